/* page.c - one page about a pack, for authors and for those who review it.
 * In: a bot, what was found of it, what was proved.  Out: HTML that needs no
 * other file, and runs nothing. */
#include "page.h"

#include "page_part.h"
#include "turn.h"

enum { SHOWN_MAX = 25 }; /* problems of a rule */

static const char style[] =
#include "style.inc"
    ;

/* ---- The top ---- */

static void write_top(struct page *page)
{
    struct markup *out = &page->out;
    talk__markup(out,
                 "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                 "<meta charset=\"utf-8\"/>\n"
                 "<meta name=\"viewport\" "
                 "content=\"width=device-width, initial-scale=1\"/>\n"
                 "<meta http-equiv=\"Content-Security-Policy\" "
                 "content=\"default-src &#39;none&#39;; "
                 "style-src &#39;unsafe-inline&#39;\"/>\n"
                 "<title>%s: backtalk check</title>\n<style>\n",
                 page->pack->title);
    out->failed =
        out->failed || !out->write(out->payload, style, sizeof style - 1);
    talk__markup(out,
                 "</style>\n</head>\n<body>\n<header>\n<h1>%s</h1>\n"
                 "<p class=\"soft\">What backtalk %s found of the pack %s."
                 "</p>\n</header>\n",
                 page->pack->title, talk_version(), page->pack->name);
}

static void write_contents(struct page *page)
{
    talk__markup(&page->out,
                 "<nav aria-label=\"Contents\"><a href=\"#flags\">Red flags"
                 "</a> <a href=\"#knows\">What it knows</a> "
                 "<a href=\"#gathers\">What it gathers</a> "
                 "<a href=\"#covered\">What its examples try</a> "
                 "<a href=\"#proof\">What was proved</a> "
                 "<a href=\"#problems\">Problems</a></nav>\n");
}

static void write_figure(struct page *page, size_t number, const char *of)
{
    talk__markup(&page->out, "<li><b>%zu</b> %s</li>\n", number, of);
}

static void write_figures(struct page *page, const struct page_proof *proof)
{
    const struct pack *pack = page->pack;
    const struct check_report *report = page->report;
    talk__markup(&page->out,
                 "<p class=\"verdict %s\">%zu error%s, %zu "
                 "warning%s, %zu excused. %s</p>\n"
                 "<ul class=\"figures\">\n",
                 report->errors ? "bad" : "good", report->errors,
                 report->errors == 1 ? "" : "s", report->warnings,
                 report->warnings == 1 ? "" : "s", report->excused,
                 !proof          ? "The proof was not run."
                 : proof->faults ? "The proof found faults."
                                 : "The proof found no fault.");
    write_figure(page, pack->topic_count, "topics");
    write_figure(page, pack->finding_count, "findings");
    write_figure(page, pack->slot_count, "slots");
    write_figure(page, pack->response_count, "responses");
    write_figure(page, pack->pattern_count, "patterns");
    write_figure(page, pack->example_count, "examples");
    talk__markup(&page->out, "</ul>\n");
}

/* ---- The proof ---- */

static void write_proof(struct page *page, const struct page_proof *proof)
{
    struct markup *out = &page->out;
    talk__markup(out, "<section id=\"proof\"><h2>What was proved</h2>\n");
    if (!proof) {
        talk__markup(out, "<p>Nothing yet: the proof was not run. "
                          "<code>backtalk check --proof --report FILE</code> "
                          "explores all conversations.</p>\n</section>\n");
        return;
    }
    for (const struct page_fault *fault = proof->faults; fault;
         fault = fault->next) {
        talk__markup(out,
                     "<article class=\"emergency\"><h3>Fault: %s</h3>\n"
                     "<p>%s</p>\n<pre>%s</pre></article>\n",
                     fault->rule, fault->what, fault->transcript);
    }
    talk__markup(out, "<pre>%s</pre>\n</section>\n", proof->text);
}

/* ---- Problems ---- */

static void write_problem(struct page *page,
                          const struct check_problem *problem)
{
    const struct place *place = &problem->place;
    talk__markup(&page->out, "<li>");
    if (place->source) {
        talk__markup(&page->out, "<code>%s:%u:%u</code> ", place->source,
                     place->line, place->column);
    }
    talk__markup(&page->out, "%s</li>\n", problem->what);
}

/* From the first problem of a rule on; returns the first of the next. */
static size_t next_rule(const struct check_report *report, size_t first,
                        size_t *count)
{
    const struct check_rule *rule = report->problems[first].rule;
    size_t end = first;
    *count = 0;
    for (; end < report->problem_count && report->problems[end].rule == rule;
         end++) {
        *count += !report->problems[end].excused;
    }
    return end;
}

static void write_rule(struct page *page, size_t first, size_t end,
                       size_t count)
{
    const struct check_report *report = page->report;
    const struct check_rule *rule = report->problems[first].rule;
    const char *level = rule->level == CHECK_ERROR ? "error" : "warning";
    struct markup *out = &page->out;
    talk__markup(out,
                 "<h3 id=\"rule-%s\">%s <span class=\"tag %s\">%s</span> "
                 "<small>%zu</small></h3>\n<p>%s<br/><em>To mend it:</em> %s"
                 "</p>\n",
                 rule->name, rule->name,
                 rule->level == CHECK_ERROR ? "emergency" : "professional",
                 level, count, rule->why, rule->mend);
    talk__markup(out, rule->level == CHECK_ERROR ? "<details open=\"open\">"
                                                 : "<details>");
    talk__markup(out, "<summary>%s</summary>\n<ol>\n",
                 count > SHOWN_MAX ? "The first of them" : "All of them");
    size_t shown = 0;
    for (size_t i = first; i < end && shown < SHOWN_MAX; i++) {
        if (report->problems[i].excused) continue;
        write_problem(page, &report->problems[i]);
        shown++;
    }
    talk__markup(out, "</ol>\n");
    if (count > shown) {
        talk__markup(out,
                     "<p>and %zu more: <code>backtalk check --all</code></p>"
                     "\n",
                     count - shown);
    }
    talk__markup(out, "</details>\n");
}

static void write_counts(struct page *page)
{
    const struct check_report *report = page->report;
    talk__markup(&page->out, "<ul class=\"figures\">\n");
    for (size_t i = 0, count; i < report->problem_count;) {
        const char *name = report->problems[i].rule->name;
        i = next_rule(report, i, &count);
        if (count == 0) continue;
        talk__markup(&page->out,
                     "<li><b>%zu</b> <a href=\"#rule-%s\">%s</a></li>\n",
                     count, name, name);
    }
    talk__markup(&page->out, "</ul>\n");
}

static void write_problems(struct page *page)
{
    const struct check_report *report = page->report;
    talk__markup(&page->out,
                 "<section id=\"problems\"><h2>Problems by rule</h2>\n");
    write_counts(page);
    for (size_t i = 0, end, count; i < report->problem_count; i = end) {
        end = next_rule(report, i, &count);
        if (count) write_rule(page, i, end, count);
    }
    if (report->errors + report->warnings == 0) {
        talk__markup(&page->out, "<p>None, by %zu rules.</p>\n",
                     talk__check_rule_count());
    }
    talk__markup(&page->out, "</section>\n");
}

talk_status talk__page_write(const talk_bot *bot,
                             const struct check_report *report,
                             const struct page_proof *proof,
                             talk_write_fn write, void *payload,
                             talk_error *err)
{
    struct page page = {{write, payload, false}, bot->pack, report};
    write_top(&page);
    write_figures(&page, proof);
    write_contents(&page);
    talk__markup(&page.out, "<main>\n");
    talk__page_flags(&page);
    talk__page_knows(&page);
    talk__page_gathers(&page);
    talk__page_covered(&page);
    write_proof(&page, proof);
    write_problems(&page);
    talk__markup(&page.out, "</main>\n</body>\n</html>\n");
    if (!page.out.failed) return TALK_OK;
    return talk__fail(err, TALK_IO, (struct place){0},
                      "the page could not be written");
}
