/* page_knows.c - what a pack knows, for its page: topics, how people ask for
 * them, what is answered at which tier, where it comes from.
 * In: topics, responses, sources.  Out: HTML. */
#include <string.h>

#include "page_part.h"

enum { QUOTES = 3 };

/* Is it the first topic of its file? */
static bool opens_file(const struct pack *pack, uint32_t topic)
{
    for (uint32_t i = 0; i < topic; i++) {
        if (strcmp(pack->topics[i].place.source,
                   pack->topics[topic].place.source) == 0) {
            return false;
        }
    }
    return true;
}

static void write_tiers(struct page *page, const struct response *said)
{
    bool all = true;
    for (int tier = 0; tier < TIER_COUNT; tier++) {
        all = all && talk__response_fits(said, tier);
    }
    if (all) {
        talk__markup(&page->out, "<p>answered at every tier</p>\n");
        return;
    }
    talk__markup(&page->out, "<p>answered at ");
    for (int tier = 0; tier < TIER_COUNT; tier++) {
        if (!talk__response_fits(said, tier)) continue;
        talk__markup(&page->out, "<span class=\"tag %s\">%s</span> ",
                     talk_tier_name((talk_tier)tier),
                     talk_tier_name((talk_tier)tier));
    }
    talk__markup(&page->out, "</p>\n");
}

static void write_sources(struct page *page, const struct response *said)
{
    if (said->source_count == 0) {
        talk__markup(&page->out, "<p class=\"soft\">needs no source</p>\n");
        return;
    }
    talk__markup(&page->out, "<p class=\"soft\">sources: ");
    for (uint32_t i = 0; i < said->source_count; i++) {
        uint32_t source =
            talk__table_get(&page->pack->source_names, said->sources[i],
                            strlen(said->sources[i]));
        talk__markup(
            &page->out, "%s<b>%s</b> %s", i ? "; " : "", said->sources[i],
            source == TABLE_NONE ? "" : page->pack->sources[source].name);
    }
    talk__markup(&page->out, "</p>\n");
}

static void write_answer(struct page *page, const struct topic *topic)
{
    const struct response *said = &page->pack->responses[topic->response];
    if (topic->redirect != NO_INDEX) {
        const char *other = page->pack->topics[topic->redirect].name;
        talk__markup(&page->out,
                     "<p>answered as <a href=\"#topic-%s\">%s</a></p>\n",
                     other, other);
        return;
    }
    write_tiers(page, said);
    write_sources(page, said);
    talk__markup(&page->out,
                 "<details><summary>%u wording%s of <code>%s</code>"
                 "</summary>\n",
                 said->wording_count, said->wording_count == 1 ? "" : "s",
                 said->name);
    talk__page_wordings(page, topic->response);
    talk__markup(&page->out, "</details>\n");
}

static void write_topic(struct page *page, uint32_t index)
{
    const struct topic *topic = &page->pack->topics[index];
    struct markup *out = &page->out;
    talk__markup(out, "<article id=\"topic-%s\"><h4>%s", topic->name,
                 topic->name);
    if (topic->redirect == NO_INDEX &&
        page->pack->responses[topic->response].technique) {
        talk__markup(out, " <span class=\"tag\">technique: behind the gate"
                          "</span>");
    }
    talk__markup(out, "</h4>\n<p>");
    talk__page_quotes(page, false, index, POLARITY_PRESENT, false, QUOTES);
    talk__markup(out, "</p>\n");
    if (topic->when) {
        talk__markup(out, "<p><em>only when</em> ");
        talk__condition_write(out, page->pack, topic->when);
        talk__markup(out, "</p>\n");
    }
    write_answer(page, topic);
    talk__page_reached(page, PATTERN_TOPIC, index);
    talk__markup(out, "</article>\n");
}

void talk__page_knows(struct page *page)
{
    const struct pack *pack = page->pack;
    talk__markup(&page->out,
                 "<section id=\"knows\"><h2>What it knows</h2>\n"
                 "<p>%u topics: how people ask, and what is answered.</p>\n",
                 pack->topic_count);
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        if (!opens_file(pack, i)) continue;
        const char *file = pack->topics[i].place.source;
        talk__markup(&page->out, "<h3>%s</h3>\n<div class=\"cards\">\n", file);
        for (uint32_t n = i; n < pack->topic_count; n++) {
            if (strcmp(pack->topics[n].place.source, file) == 0) {
                write_topic(page, n);
            }
        }
        talk__markup(&page->out, "</div>\n");
    }
    talk__markup(&page->out, "</section>\n");
}
