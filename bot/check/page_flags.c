/* page_flags.c - what a pack takes for a symptom, for its page: each finding
 * with its tier, how people tell it, and what they are told.
 * In: findings, tiers.  Out: HTML. */
#include "page_part.h"

enum { QUOTES = 3 };

static void write_said(struct page *page, const char *when, uint32_t response)
{
    talk__markup(&page->out, "<h4>%s <code>%s</code></h4>\n", when,
                 page->pack->responses[response].name);
    talk__page_wordings(page, response);
}

static void write_told(struct page *page, uint32_t finding)
{
    static const char *const how[POLARITY_COUNT] = {
        "has it", "has it not", "had it", "what if", "another has"};
    talk__markup(&page->out, "<dl>\n");
    for (int p = 0; p < POLARITY_COUNT; p++) {
        talk__markup(&page->out, "<dt>%s</dt><dd>", how[p]);
        talk__page_quotes(page, true, finding, (enum polarity)p, false,
                          p == POLARITY_PRESENT ? QUOTES : 1);
        talk__markup(&page->out, "</dd>\n");
    }
    talk__markup(&page->out, "</dl>\n");
}

static void write_raises(struct page *page, const struct finding *finding)
{
    for (uint32_t i = 0; i < finding->raise_count; i++) {
        const struct raise *raise = &finding->raises[i];
        const char *name = talk_tier_name(raise->tier);
        talk__markup(&page->out,
                     "<p><span class=\"tag %s\">%s</span> together with ",
                     name, name);
        for (uint32_t w = 0; w < raise->with.count; w++) {
            talk__markup(&page->out, "%s%s", w ? " or " : "",
                         page->pack->findings[raise->with.items[w]].name);
        }
        talk__markup(&page->out, "</p>\n");
    }
}

/* Values from which on it is there. */
static void write_thresholds(struct page *page, uint32_t finding)
{
    for (uint32_t i = 0; i < page->pack->slot_count; i++) {
        const struct slot *slot = &page->pack->slots[i];
        if (!slot->threshold || slot->threshold->finding != finding) continue;
        talk__markup(&page->out,
                     "<p>there, too, when <code>%s</code> is %g%s or "
                     "more</p>\n",
                     slot->name, slot->threshold->from,
                     slot->type == SLOT_TIME ? " days" : "");
    }
}

static void write_finding(struct page *page, uint32_t index)
{
    const struct pack *pack = page->pack;
    const struct finding *finding = &pack->findings[index];
    const char *tier = talk_tier_name(finding->tier);
    struct markup *out = &page->out;
    talk__markup(out,
                 "<article class=\"%s\" id=\"finding-%s\"><h4>%s "
                 "<span class=\"tag %s\">%s</span></h4>\n"
                 "<p>called <b>%s</b> in answers</p>\n",
                 tier, finding->name, finding->name, tier, tier,
                 finding->label);
    write_raises(page, finding);
    write_thresholds(page, index);
    if (finding->past_counts) {
        talk__markup(out, "<p>counts although it is past</p>\n");
    }
    if (finding->past_stays) {
        talk__markup(out, "<p>once is always: a past is present</p>\n");
    }
    write_told(page, index);
    if (finding->ask) {
        talk__markup(out, "<p>asked as <q>%s</q></p>\n", finding->ask);
    }
    if (finding->rise != NO_INDEX) {
        write_said(page, "Says first", finding->rise);
    }
    if (finding->stand != NO_INDEX) {
        write_said(page, "Says in place of answers", finding->stand);
    }
    talk__page_reached(page, PATTERN_FINDING, index);
    talk__markup(out, "</article>\n");
}

static size_t count(const struct pack *pack, int tier)
{
    size_t count = 0;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        count += (int)pack->findings[i].tier == tier;
    }
    return count;
}

static void write_tier(struct page *page, int tier)
{
    const struct tier_policy *policy = &page->pack->policy.tiers[tier];
    size_t findings = count(page->pack, tier);
    talk__markup(&page->out,
                 "<h3 id=\"tier-%s\">%s <small>%zu finding%s</small></h3>\n",
                 talk_tier_name((talk_tier)tier), talk__page_tier(tier),
                 findings, findings == 1 ? "" : "s");
    if (tier != TALK_TIER_NONE) {
        talk__markup(&page->out, "<div class=\"answers %s\">\n",
                     talk_tier_name((talk_tier)tier));
        write_said(page, "When it rises", policy->rise);
        write_said(page, "While it stands", policy->stand);
        write_said(page, "In place of technique", policy->refuse);
        talk__markup(&page->out, "</div>\n");
    }
    talk__markup(&page->out, "<div class=\"cards\">\n");
    for (uint32_t i = 0; i < page->pack->finding_count; i++) {
        if ((int)page->pack->findings[i].tier == tier) write_finding(page, i);
    }
    talk__markup(&page->out, "</div>\n");
}

/* All of them at a glance, with the way to each. */
static void write_list(struct page *page, int tier)
{
    const char *name = talk_tier_name((talk_tier)tier);
    struct markup *out = &page->out;
    talk__markup(out,
                 "<dt><a class=\"tag %s\" href=\"#tier-%s\">%s</a></dt><dd>",
                 name, name, name);
    const char *joint = "";
    for (uint32_t i = 0; i < page->pack->finding_count; i++) {
        const struct finding *finding = &page->pack->findings[i];
        if ((int)finding->tier != tier) continue;
        talk__markup(out, "%s<a href=\"#finding-%s\">%s</a>", joint,
                     finding->name, finding->name);
        joint = ", ";
    }
    talk__markup(out, "</dd>\n");
}

void talk__page_flags(struct page *page)
{
    talk__markup(&page->out,
                 "<section id=\"flags\"><h2>Red flags and other findings</h2>"
                 "\n<p>Each with its tier: the highest of those that are "
                 "there decides what is said.</p>\n<dl>\n");
    for (int tier = TIER_COUNT - 1; tier >= 0; tier--) write_list(page, tier);
    talk__markup(&page->out, "</dl>\n");
    for (int tier = TIER_COUNT - 1; tier >= 0; tier--) write_tier(page, tier);
    talk__markup(&page->out, "</section>\n");
}
