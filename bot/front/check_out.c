/* check_out.c - a pack's problems for people.
 * In: a report.  Out: problems by rule, each at its place; then a sum. */
#include "posix.h"

#include "check_out.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN_MAX = 5, /* of a rule, unless all are wanted */
    FILES_MAX = 3  /* in which most problems of a rule stand */
};

const char *check_level_name(const struct check_rule *rule)
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
            rule->name, screen_plain(screen), check_level_name(rule));
    screen_print(screen, STYLE_PLAIN, "    why:  ", rule->why,
                 strlen(rule->why));
    screen_print(screen, STYLE_PLAIN, "    mend: ", rule->mend,
                 strlen(rule->mend));
}

/* Where most problems of a rule stand; they are sorted by place. */
struct file_count {
    const char *source;
    size_t count;
};

static size_t count_file(const struct check_report *report, size_t first,
                         size_t end, struct file_count *file)
{
    *file = (struct file_count){report->problems[first].place.source, 0};
    size_t i = first;
    for (; i < end; i++) {
        const struct check_problem *problem = &report->problems[i];
        const char *source = problem->place.source;
        if (!source || !file->source || strcmp(source, file->source) != 0) {
            break;
        }
        file->count += !problem->excused;
    }
    return i > first ? i : first + 1; /* one without a place */
}

static void print_files(const struct check_report *report, size_t first,
                        size_t end, FILE *out)
{
    struct file_count most[FILES_MAX + 1] = {{NULL, 0}};
    for (size_t i = first; i < end;) {
        struct file_count file;
        i = count_file(report, i, end, &file);
        size_t at = FILES_MAX;
        for (; at > 0 && most[at - 1].count < file.count; at--) {
            most[at] = most[at - 1];
        }
        most[at] = file;
    }
    if (most[1].count == 0) return; /* there is only one file */
    fputs("    most of them:", out);
    for (size_t i = 0; i < FILES_MAX && most[i].count; i++) {
        fprintf(out, "%s %zu in %s", i ? "," : "", most[i].count,
                most[i].source);
    }
    putc('\n', out);
}

/* Returns the first problem of the next rule. */
static size_t print_problems(const struct check_report *report, size_t i,
                             const struct screen *screen, bool all)
{
    const struct check_rule *rule = report->problems[i].rule;
    size_t shown = 0, first = i;
    for (; i < report->problem_count && report->problems[i].rule == rule;
         i++) {
        const struct check_problem *problem = &report->problems[i];
        if (problem->excused) continue;
        if (shown == 0) print_rule(rule, screen);
        if (++shown > SHOWN_MAX && !all) continue;
        print_place(problem, screen->out);
        fprintf(screen->out, "%s: %s [%s]\n", check_level_name(rule),
                problem->what, rule->name);
    }
    if (shown > SHOWN_MAX && !all) {
        fprintf(screen->out, "    and %zu more; --all prints them\n",
                shown - SHOWN_MAX);
        print_files(report, first, i, screen->out);
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
                check_level_name(rule), count == 1 ? "" : "s");
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

void check_print_problems(const struct check_report *report,
                          const struct screen *screen, bool all)
{
    for (size_t i = 0; i < report->problem_count;) {
        i = print_problems(report, i, screen, all);
    }
}

void check_print(const struct check_report *report,
                 const struct screen *screen, bool all)
{
    check_print_problems(report, screen, all);
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
