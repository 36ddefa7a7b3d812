/* check_out.c - a pack's problems for people, and as JSON.
 * In: a report.  Out: problems by rule, each at its place; then a sum. */
#include "posix.h"

#include "check_out.h"

#include "json_door.h"

#include <stdlib.h>
#include <string.h>

/* ---- For people -------------------------------------------------------- */

enum { SHOWN_MAX = 5 }; /* of a rule, unless all are wanted */

static const char *level_name(const struct check_rule *rule)
{
    return rule->level == CHECK_ERROR ? "error" : "warning";
}

static void print_place(const struct check_problem *problem, FILE *out)
{
    if (!problem->place.source) return;
    fprintf(out, "%s:%lu:%lu: ", problem->place.source,
            (unsigned long)problem->place.line,
            (unsigned long)problem->place.column);
}

/* Why and what to do, once for all problems of a rule. */
static void print_rule(const struct check_rule *rule,
                       const struct screen *screen)
{
    fprintf(screen->out, "%s%s%s (%s)\n",
            screen_style(screen, rule->level == CHECK_ERROR ? STYLE_EMERGENCY
                                                            : STYLE_CAUTION),
            rule->name, screen_plain(screen), level_name(rule));
    screen_print(screen, STYLE_PLAIN, "    why:  ", rule->why,
                 strlen(rule->why));
    screen_print(screen, STYLE_PLAIN, "    mend: ", rule->mend,
                 strlen(rule->mend));
}

/* Returns the first problem of the next rule. */
static size_t print_problems(const struct check_report *report, size_t i,
                             const struct screen *screen, bool all)
{
    const struct check_rule *rule = report->problems[i].rule;
    size_t shown = 0;
    for (; i < report->problem_count && report->problems[i].rule == rule;
         i++) {
        const struct check_problem *problem = &report->problems[i];
        if (problem->excused) continue;
        if (shown == 0) print_rule(rule, screen);
        if (++shown > SHOWN_MAX && !all) continue;
        print_place(problem, screen->out);
        fprintf(screen->out, "%s: %s [%s]\n", level_name(rule), problem->what,
                rule->name);
    }
    if (shown > SHOWN_MAX && !all) {
        fprintf(screen->out, "    and %zu more; --all prints them\n",
                shown - SHOWN_MAX);
    }
    if (shown) putc('\n', screen->out);
    return i;
}

/* How much there is to do, at a glance. */
static void print_counts(const struct check_report *report, FILE *out)
{
    if (report->errors + report->warnings == 0) return;
    fputs("problems by rule\n", out);
    for (size_t i = 0; i < report->problem_count;) {
        const struct check_rule *rule = report->problems[i].rule;
        size_t count = 0;
        for (; i < report->problem_count && report->problems[i].rule == rule;
             i++) {
            count += !report->problems[i].excused;
        }
        if (count == 0) continue;
        fprintf(out, "  %-24s %6zu %s%s\n", rule->name, count,
                level_name(rule), count == 1 ? "" : "s");
    }
    putc('\n', out);
}

static void print_rates(const struct check_report *report, FILE *out)
{
    if (report->rate_count == 0) return;
    fputs("understood when it is said otherwise\n", out);
    for (size_t i = 0; i < report->rate_count; i++) {
        const struct check_rate *rate = &report->rates[i];
        double percent = rate->tried
                             ? 100.0 * (double)rate->held / (double)rate->tried
                             : 100.0;
        fprintf(out, "  %-24s %6zu of %6zu %6.1f %%\n", rate->name, rate->held,
                rate->tried, percent);
    }
    putc('\n', out);
}

void check_print(const struct check_report *report,
                 const struct screen *screen, bool all)
{
    for (size_t i = 0; i < report->problem_count;) {
        i = print_problems(report, i, screen, all);
    }
    print_rates(report, screen->out);
    print_counts(report, screen->out);
    if (report->wordings) {
        fprintf(screen->out,
                "reading grade of %zu wordings: %.1f on average, %.1f at "
                "most\n",
                report->wordings, report->grade_mean, report->grade_most);
    }
    fprintf(screen->out, "%zu error%s, %zu warning%s", report->errors,
            report->errors == 1 ? "" : "s", report->warnings,
            report->warnings == 1 ? "" : "s");
    if (report->excused)
        fprintf(screen->out, ", %zu excused", report->excused);
    putc('\n', screen->out);
}

/* ---- JSON -------------------------------------------------------------- */

static json_t *text(const char *string)
{
    return json_door_text(string, strlen(string));
}

static json_t *problem_json(const struct check_problem *problem)
{
    const struct check_rule *rule = problem->rule;
    json_t *json = json_object();
    bool fine = json_door_put(json, "rule", text(rule->name)) &&
                json_door_put(json, "level", text(level_name(rule))) &&
                json_door_put(json, "what", text(problem->what)) &&
                json_door_put(json, "why", text(rule->why)) &&
                json_door_put(json, "mend", text(rule->mend)) &&
                json_door_put(json, "excused", json_boolean(problem->excused));
    if (fine && problem->place.source) {
        fine =
            json_door_put(json, "file", text(problem->place.source)) &&
            json_door_put(json, "line", json_integer(problem->place.line)) &&
            json_door_put(json, "column", json_integer(problem->place.column));
    }
    if (fine) return json;
    json_decref(json);
    return NULL;
}

static json_t *rate_json(const struct check_rate *rate)
{
    return json_pack("{s:s, s:I, s:I}", "name", rate->name, "held",
                     (json_int_t)rate->held, "tried", (json_int_t)rate->tried);
}

bool check_write_json(const struct check_report *report, FILE *out)
{
    json_t *json = json_object(), *problems = json_array();
    json_t *rates = json_array();
    bool fine = json_door_put(json, "problems", problems) &&
                json_door_put(json, "survival", rates);
    for (size_t i = 0; fine && i < report->problem_count; i++) {
        fine = json_array_append_new(problems,
                                     problem_json(&report->problems[i])) == 0;
    }
    for (size_t i = 0; fine && i < report->rate_count; i++) {
        fine = json_array_append_new(rates, rate_json(&report->rates[i])) == 0;
    }
    fine = fine &&
           json_door_put(json, "errors",
                         json_integer((json_int_t)report->errors)) &&
           json_door_put(json, "warnings",
                         json_integer((json_int_t)report->warnings)) &&
           json_door_put(json, "excused",
                         json_integer((json_int_t)report->excused)) &&
           json_door_put(json, "grade",
                         json_pack("{s:f, s:f}", "mean", report->grade_mean,
                                   "most", report->grade_most)) &&
           json_dumpf(json, out, JSON_INDENT(1) | JSON_REAL_PRECISION(4)) == 0;
    putc('\n', out);
    json_decref(json);
    return fine;
}
