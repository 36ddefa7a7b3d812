/* page_covered.c - how well a pack's examples try it, for its page: patterns
 * and alternatives that they reach, what small changes do, ease of reading.
 * In: a report.  Out: HTML. */
#include "page_part.h"

enum { LEAST_SHOWN = 12 }; /* of the findings and topics tried least */

static double percent(struct share share)
{
    return share.all ? 100.0 * (double)share.held / (double)share.all : 100.0;
}

static void begin_table(struct page *page, const char *title,
                        const char *first)
{
    talk__markup(&page->out,
                 "<h3>%s</h3>\n<div class=\"wide\" tabindex=\"0\" "
                 "role=\"region\" aria-label=\"%s\"><table>\n"
                 "<tr><th scope=\"col\">%s</th>"
                 "<th scope=\"col\" class=\"number\">count</th>"
                 "<th scope=\"col\" class=\"number\">of</th>"
                 "<th scope=\"col\" class=\"number\">percent</th>"
                 "<td></td></tr>\n",
                 title, title, first);
}

/* The bar repeats the figure, for the eye only. */
static void write_row(struct page *page, const char *name, struct share share)
{
    double part = percent(share);
    talk__markup(&page->out,
                 "<tr><th scope=\"row\">%s</th><td class=\"number\">%zu</td>"
                 "<td class=\"number\">%zu</td>"
                 "<td class=\"number\">%.1f %%</td>"
                 "<td><span class=\"bar\" aria-hidden=\"true\">"
                 "<span style=\"width:%.1f%%\"></span></span></td></tr>\n",
                 name, share.held, share.all, part, part);
}

static void end_table(struct page *page)
{
    talk__markup(&page->out, "</table></div>\n");
}

static void write_kinds(struct page *page)
{
    static const struct {
        enum pattern_kind kind;
        const char *name;
    } kinds[] = {{PATTERN_FINDING, "patterns of findings"},
                 {PATTERN_TOPIC, "patterns of topics"},
                 {PATTERN_SLOT, "patterns of slots"},
                 {PATTERN_CUE, "cues"}};
    struct share ways = {0, page->pack->alternative_count};
    begin_table(page, "Reached by examples", "what");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        write_row(page, kinds[i].name,
                  talk__page_share(page, kinds[i].kind, NO_INDEX));
    }
    for (uint32_t i = 0; i < page->pack->alternative_count; i++) {
        ways.held += page->report->ways[i];
    }
    write_row(page, "alternatives of all patterns", ways);
    end_table(page);
}

/* ---- Tried least ---- */

struct least {
    const char *name;
    struct share share;
};

/* Keeps the list sorted, most untried first. */
static void enter(struct least list[LEAST_SHOWN], size_t *count,
                  const char *name, struct share share)
{
    size_t missing = share.all - share.held, at = *count;
    if (missing == 0) return;
    while (at > 0 &&
           list[at - 1].share.all - list[at - 1].share.held < missing) {
        if (at < LEAST_SHOWN) list[at] = list[at - 1];
        at--;
    }
    if (at == LEAST_SHOWN) return;
    list[at] = (struct least){name, share};
    if (*count < LEAST_SHOWN) ++*count;
}

static void write_least(struct page *page)
{
    const struct pack *pack = page->pack;
    struct least list[LEAST_SHOWN];
    size_t count = 0;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        enter(list, &count, pack->findings[i].name,
              talk__page_share(page, PATTERN_FINDING, i));
    }
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        enter(list, &count, pack->topics[i].name,
              talk__page_share(page, PATTERN_TOPIC, i));
    }
    if (count == 0) return;
    begin_table(page, "Tried least", "finding or topic");
    for (size_t i = 0; i < count; i++) {
        write_row(page, list[i].name, list[i].share);
    }
    end_table(page);
}

static void write_rates(struct page *page)
{
    const struct check_report *report = page->report;
    if (report->rate_count == 0) return;
    begin_table(page, "Understood when it is said otherwise", "change");
    for (size_t i = 0; i < report->rate_count; i++) {
        write_row(
            page, report->rates[i].name,
            (struct share){report->rates[i].held, report->rates[i].tried});
    }
    end_table(page);
}

void talk__page_covered(struct page *page)
{
    const struct check_report *report = page->report;
    talk__markup(&page->out,
                 "<section id=\"covered\"><h2>What its examples try</h2>\n"
                 "<p>%u examples, each said to the whole engine.</p>\n",
                 page->pack->example_count);
    write_kinds(page);
    write_rates(page);
    write_least(page);
    if (report->wordings) {
        talk__markup(&page->out,
                     "<h3>Ease of reading</h3>\n<p>%zu wordings: grade %.1f "
                     "on average, %.1f at most (Flesch and Kincaid: years of "
                     "school).</p>\n",
                     report->wordings, report->grade_mean, report->grade_most);
    }
    talk__markup(&page->out, "</section>\n");
}
