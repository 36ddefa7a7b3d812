/* test_junit.c - the report as JUnit XML, as CI servers read it: a suite for
 * each transcript, a case for each dialogue.
 * In: verdicts, in order.  Out: one document; its counts stand at its head,
 * so that all is held back until the end. */
#include "posix.h"

#include "test_report.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* XML has no way to write most control characters. */
static bool is_xml(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code != 0x7F && code != 0xFFFE && code != 0xFFFF);
}

static void put_escaped(FILE *out, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t code;
        int valid;
        size_t bytes = utf8_next(text + at, length - at, &code, &valid);
        switch (code) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '"': fputs("&quot;", out); break;
        case '\n': fputs("&#10;", out); break;
        default:
            if (valid && is_xml(code)) {
                fwrite(text + at, 1, bytes, out);
            } else {
                fputs(UTF8_REPLACEMENT, out);
            }
        }
        at += bytes;
    }
}

static void put_attribute(FILE *out, const char *name, const char *value)
{
    fprintf(out, " %s=\"", name);
    put_escaped(out, value);
    putc('"', out);
}

/* The first failure in a few words, and everything as text. */
static void put_failure(FILE *out, const struct verdict *verdict, size_t run)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) return;
    const struct screen screen = {.out = stream};
    const char *words = "";
    if (verdict->broken) {
        report_problems(&screen, verdict);
        words = verdict->script.problem_count
                    ? verdict->script.problems[0].message
                    : "no memory";
    } else {
        report_faults(&screen, verdict, run);
        for (size_t i = 0; i < verdict->fault_count && !*words; i++) {
            const struct fault *fault = &verdict->faults[i];
            if (fault->run != run || fault->count == 0) continue;
            words = failure_words(&fault->failures[0]);
        }
    }
    if (fclose(stream) == 0) {
        const char *element = verdict->broken ? "error" : "failure";
        fprintf(out, "      <%s", element);
        put_attribute(out, "message", words);
        putc('>', out);
        put_escaped(out, text);
        fprintf(out, "</%s>\n", element);
    }
    free(text);
}

static void put_case(struct report *report, const struct verdict *verdict,
                     size_t run, bool passed)
{
    char name[REPORT_NAME_MAX];
    FILE *out = report->later;
    fputs("    <testcase", out);
    put_attribute(out, "classname", verdict->script.path);
    put_attribute(out, "name",
                  report_name(report, verdict, run, name, sizeof name));
    put_attribute(out, "file", verdict->script.path);
    if (passed) {
        fputs("/>\n", out);
        return;
    }
    fputs(">\n", out);
    put_failure(out, verdict, run);
    fputs("    </testcase>\n", out);
}

static void put_file(struct report *report, const struct verdict *verdict)
{
    FILE *out = report->later;
    size_t runs = verdict->broken ? 1 : verdict->script.run_count;
    fputs("  <testsuite", out);
    put_attribute(out, "name", verdict->script.path);
    fprintf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%d\">\n", runs,
            verdict->broken ? 0 : verdict->failed_count,
            verdict->broken ? 1 : 0);
    for (size_t run = 0; run < runs; run++) {
        put_case(report, verdict, run,
                 !verdict->broken && !verdict->run_failed[run]);
    }
    fputs("  </testsuite>\n", out);
}

static void put_end(struct report *report, const struct totals *totals)
{
    FILE *out = report->screen.out;
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"backtalk\" tests=\"%zu\" failures=\"%zu\" "
            "errors=\"%zu\">\n",
            totals->passed + totals->failed + totals->broken, totals->failed,
            totals->broken);
    report_later(report);
    fputs("</testsuites>\n", out);
}

const struct report_kind report_junit = {put_file, put_end};
