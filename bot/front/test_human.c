/* test_human.c - the report for people: a line a transcript, then what
 * failed, then the sum.
 * In: verdicts, in order.  Out: text; colour only adds to the words. */
#include "posix.h"

#include "test_report.h"

#include "test_diff.h"

#include <stdlib.h>
#include <string.h>

/* Labels are as wide as those of /why. */
static const char label_expected[] = "expected    ";
static const char label_got[] = "got         ";
static const char label_diff[] = "changed     ";
static const char label_said[] = "you said    ";

bool report_init(struct report *report, const struct report_kind *kind,
                 FILE *out, enum color_choice color)
{
    *report = (struct report){.kind = kind};
    screen_init(&report->screen, out, color);
    /* A report is for a person also when nobody types. */
    if (color == COLOR_AUTO && report->screen.terminal) {
        report->screen.color = screen_wants_color();
    }
    report->screen.interactive = false;
    report->later = open_memstream(&report->later_text, &report->later_length);
    return report->later != NULL;
}

void report_clear(struct report *report)
{
    if (report->later) (void)fclose(report->later);
    free(report->later_text);
    *report = (struct report){0};
}

void report_later(struct report *report)
{
    if (fflush(report->later) != 0) return;
    fwrite(report->later_text, 1, report->later_length, report->screen.out);
}

const char *report_name(const struct report *report,
                        const struct verdict *verdict, size_t run, char *out,
                        size_t size)
{
    char ways[REPORT_NAME_MAX / 2], seed[24] = "";
    script_run_name(&verdict->script, run, ways, sizeof ways);
    if (report->many_seeds) {
        snprintf(seed, sizeof seed, ", seed %lu", (unsigned long)report->seed);
    }
    snprintf(out, size, "%.200s%s%s%s%s", verdict->script.title,
             *ways ? " (" : "", ways, *ways ? ")" : "", seed);
    return out;
}

static void put(const struct screen *screen, enum style style,
                const char *label, const char *text)
{
    screen_print(screen, style, label, text, strlen(text));
}

/* ---- Faults ------------------------------------------------------------ */

static bool is_comparable(const struct failure *failure)
{
    return failure->kind == FAILED_DIFFERENT &&
           failure->expect->kind == EXPECT_TEXT &&
           strcspn(failure->expected, "*") > 0;
}

/* Escapes make no width: the line is left as it is, not wrapped. */
static void put_diff(const struct screen *screen,
                     const struct failure *failure)
{
    const struct diff_colors colors = {screen_style(screen, STYLE_REMOVED),
                                       screen_style(screen, STYLE_ADDED),
                                       screen_plain(screen)};
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) return;
    int fine = diff_words(stream, failure->expected, failure->got, &colors);
    if (fclose(stream) == 0 && fine) {
        fprintf(screen->out, "%s%s\n", label_diff, text);
    }
    free(text);
}

static void put_failure(const struct screen *screen,
                        const struct failure *failure)
{
    char head[TALK_SOURCE_MAX * 16 + 128];
    snprintf(head, sizeof head, "%s:%lu:%lu: %s", failure->spot.path,
             (unsigned long)failure->spot.line,
             (unsigned long)failure->spot.column, failure_words(failure));
    put(screen, STYLE_TITLE, "", head);
    if (*failure->expected) {
        put(screen, STYLE_PLAIN, label_expected, failure->expected);
    }
    if (*failure->got) put(screen, STYLE_PLAIN, label_got, failure->got);
    if (is_comparable(failure)) put_diff(screen, failure);
}

void report_faults(const struct screen *screen, const struct verdict *verdict,
                   size_t run)
{
    const struct script *script = &verdict->script;
    for (size_t i = 0; i < verdict->fault_count; i++) {
        const struct fault *fault = &verdict->faults[i];
        if (fault->run != run) continue;
        struct said said = script_said(script, run, fault->exchange);
        for (size_t f = 0; f < fault->count; f++) {
            put_failure(screen, &fault->failures[f]);
        }
        if (*fault->why) {
            put(screen, STYLE_PLAIN, "", fault->why);
        } else {
            screen_print(screen, STYLE_PLAIN, label_said, said.text,
                         said.length);
        }
    }
}

void report_problems(const struct screen *screen,
                     const struct verdict *verdict)
{
    const struct script *script = &verdict->script;
    for (size_t i = 0; i < script->problem_count; i++) {
        const struct problem *problem = &script->problems[i];
        fputs(problem->spot.path, screen->out);
        if (problem->spot.line) {
            fprintf(screen->out, ":%lu", (unsigned long)problem->spot.line);
        }
        if (problem->spot.column) {
            fprintf(screen->out, ":%lu", (unsigned long)problem->spot.column);
        }
        fputs(": ", screen->out);
        put(screen, STYLE_PLAIN, "", problem->message);
    }
    if (script->arena.failed || verdict->arena.failed) {
        fprintf(screen->out, "%s: it takes too much memory\n", script->path);
    }
}

/* ---- The report -------------------------------------------------------- */

static void put_line(const struct report *report,
                     const struct verdict *verdict)
{
    const struct screen *screen = &report->screen;
    const struct script *script = &verdict->script;
    bool failed = verdict->failed_count > 0;
    const char *word = verdict->broken     ? "error"
                       : failed            ? "FAIL"
                       : verdict->accepted ? "new"
                                           : "ok";
    enum style style = verdict->broken || failed ? STYLE_REMOVED : STYLE_ADDED;
    fprintf(screen->out, "%s%-5s%s %s", screen_style(screen, style), word,
            screen_plain(screen), script->path);
    if (!verdict->broken && failed && script->run_count > 1) {
        fprintf(screen->out, " (%zu of %zu)", verdict->failed_count,
                script->run_count);
    }
    if (report->many_seeds) {
        fprintf(screen->out, ", seed %lu", (unsigned long)report->seed);
    }
    putc('\n', screen->out);
}

static void put_file(struct report *report, const struct verdict *verdict)
{
    char name[REPORT_NAME_MAX];
    struct screen later = report->screen;
    later.out = report->later;
    if (!report->quiet) {
        put_line(report, verdict);
        (void)fflush(report->screen.out);
    }
    if (report->brief && !verdict->broken) return;
    if (verdict->broken) {
        putc('\n', later.out);
        report_problems(&later, verdict);
        return;
    }
    for (size_t run = 0; run < verdict->script.run_count; run++) {
        if (!verdict->run_failed[run]) continue;
        putc('\n', later.out);
        put(&later, STYLE_REMOVED,
            "FAIL: ", report_name(report, verdict, run, name, sizeof name));
        report_faults(&later, verdict, run);
    }
    if (verdict->faults_untold) {
        fprintf(later.out, "%s: %zu more failures are not shown\n",
                verdict->script.path, verdict->faults_untold);
    }
}

static void put_end(struct report *report, const struct totals *totals)
{
    FILE *out = report->screen.out;
    report_later(report);
    if (!report->quiet || totals->failed + totals->broken) putc('\n', out);
    fprintf(out, "%zu passed, %zu failed", totals->passed, totals->failed);
    if (totals->broken) {
        fprintf(out, ", %zu could not be run", totals->broken);
    }
    fprintf(out, " (%zu transcript%s, %zu turn%s)\n", totals->files,
            totals->files == 1 ? "" : "s", totals->turns,
            totals->turns == 1 ? "" : "s");
}

const struct report_kind report_human = {put_file, put_end};
