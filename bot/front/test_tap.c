/* test_tap.c - the report as TAP 13 (Test Anything Protocol): one point for
 * each dialogue, with its faults as comments below.
 * In: verdicts, in order.  Out: lines for a harness such as prove. */
#include "posix.h"

#include "test_report.h"

#include <stdlib.h>
#include <string.h>

/* "#" begins a directive, and a line end would end the point. */
static void put_name(FILE *out, const char *name)
{
    for (; *name; name++) {
        if (*name == '#' || *name == '\\') putc('\\', out);
        putc(*name == '\n' ? ' ' : *name, out);
    }
}

/* Text of people, each line a comment. */
static void put_comment(FILE *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(out, "# %.*s\n", (int)length, text);
        text += length;
        if (*text) text++;
    }
}

static void put_point(struct report *report, const struct verdict *verdict,
                      size_t run, bool passed)
{
    char name[REPORT_NAME_MAX];
    FILE *out = report->screen.out;
    if (report->count == 0) fputs("TAP version 13\n", out);
    fprintf(out, "%sok %zu - ", passed ? "" : "not ", ++report->count);
    put_name(out, verdict->script.path);
    fputs(": ", out);
    put_name(out, report_name(report, verdict, run, name, sizeof name));
    putc('\n', out);
    if (passed) return;
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) return;
    const struct screen screen = {.out = stream};
    if (verdict->broken) {
        report_problems(&screen, verdict);
    } else {
        report_faults(&screen, verdict, run);
    }
    if (fclose(stream) == 0) put_comment(out, text);
    free(text);
}

static void put_file(struct report *report, const struct verdict *verdict)
{
    if (verdict->broken) {
        put_point(report, verdict, 0, false);
        return;
    }
    for (size_t run = 0; run < verdict->script.run_count; run++) {
        put_point(report, verdict, run, !verdict->run_failed[run]);
    }
}

static void put_end(struct report *report, const struct totals *totals)
{
    (void)totals;
    fprintf(report->screen.out, "1..%zu\n", report->count);
}

const struct report_kind report_tap = {put_file, put_end};
