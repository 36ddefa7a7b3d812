/* proof_run.c - backtalk check --proof: explores all conversations.
 * In: a pack.  Out: what was proved, faults with their transcripts, as text,
 * JSON and SARIF; an exit code. */
#include "posix.h"

#include "proof_run.h"

#include "check_run.h"
#include "exits.h"
#include "pack_open.h"
#include "proof_note.h"
#include "proof_out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct telling {
    const char *folder; /* for transcripts; NULL: standard output */
    const char *pack;
    bool terminal, json;
    size_t told;
    struct proof_report report;
    bool failed;             /* a transcript could not be written */
    struct proof_note *note; /* NULL: nobody wants it */
};

static bool print_text(void *payload, const char *text, size_t length)
{
    const struct telling *telling = payload;
    if (telling->terminal) fputs("\r\033[K", stderr);
    if (telling->note) proof_note_text(telling->note, text, length);
    return telling->json || fwrite(text, 1, length, stdout) == length;
}

static void show_progress(void *payload, size_t states, size_t open)
{
    const struct telling *telling = payload;
    if (!telling->terminal) return;
    fprintf(stderr, "\r\033[K%zu states, %zu to go", states, open);
}

static bool write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    bool fine = file && fputs(text, file) >= 0;
    if (file && fclose(file) != 0) fine = false;
    if (!fine) {
        fprintf(stderr, "backtalk: cannot write %s: %s\n", path,
                strerror(errno));
    }
    return fine;
}

static void print_fault(const struct telling *telling,
                        const proof_fault *fault)
{
    printf("\n%s/%s:%u:%u: %s: %s\n    %s\n", telling->pack, fault->source,
           (unsigned)fault->line, (unsigned)fault->column, fault->rule,
           fault->what, fault->reason);
}

static void tell_fault(void *payload, const proof_fault *fault)
{
    struct telling *telling = payload;
    char path[4096];
    telling->told++;
    if (telling->note) proof_note_fault(telling->note, fault);
    proof_report_add(&telling->report, fault);
    if (!telling->json) print_fault(telling, fault);
    if (!telling->folder || !fault->replayed) {
        if (!telling->json) printf("\n%s\n", fault->transcript);
        return;
    }
    snprintf(path, sizeof path, "%s/%02zu_%s.convo.txt", telling->folder,
             telling->told, fault->rule);
    if (!write_file(path, fault->transcript)) telling->failed = true;
    if (!telling->json) printf("    backtalk test %s\n", path);
}

static double seconds(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool tell_sum(const struct telling *telling, const proof_result *result,
                     double took)
{
    char sum[200];
    int size =
        snprintf(sum, sizeof sum,
                 "\n%zu fault%s; %zu states, %zu transitions, "
                 "depth %zu, %.1f seconds\n",
                 result->faults, result->faults == 1 ? "" : "s",
                 result->states, result->transitions, result->depth, took);
    if (telling->note) proof_note_text(telling->note, sum, (size_t)size);
    if (telling->json) {
        return proof_write_json(&telling->report, result, took, stdout);
    }
    fputs(sum, stdout);
    return fflush(stdout) == 0;
}

static int tell(const struct settings *settings, const proof_result *result,
                double took, const struct telling *telling)
{
    const struct check_rules rules = {talk__proof_rule_count(),
                                      talk__proof_rule};
    bool fine = tell_sum(telling, result, took);
    if (settings->sarif &&
        !check_write_sarif(&telling->report.check, rules, telling->pack,
                           settings->sarif)) {
        fine = false;
    }
    if (telling->failed || !fine) return EXIT_INOUT;
    return result->faults ? EXIT_FAILED : EXIT_FINE;
}

static int prove(const struct settings *settings, struct proof_note *note)
{
    struct telling telling = {.folder = settings->transcripts,
                              .pack = pack_folder(settings->pack),
                              .terminal = isatty(STDERR_FILENO) == 1,
                              .json = settings->json,
                              .note = note};
    proof_options options = {.findings = settings->findings,
                             .fault_fn = tell_fault,
                             .write = print_text,
                             .progress_fn = show_progress,
                             .payload = &telling};
    talk_options pack_options;
    talk_error err;
    proof_result result;
    size_t problems;
    talk_options_init(&pack_options, sizeof pack_options);
    pack_options.seed = settings->seed;
    pack_options.examples = true;
    talk_bot *bot = pack_load(settings->pack, &pack_options, &problems);
    if (!bot) return EXIT_PACK;
    proof_report_init(&telling.report);
    double began = seconds();
    talk_status status = talk__proof_run(bot, &options, &result, &err);
    if (telling.terminal) fputs("\r\033[K", stderr);
    int code = EXIT_INOUT;
    if (status == TALK_OK) {
        code = tell(settings, &result, seconds() - began, &telling);
    } else {
        fprintf(stderr, "backtalk: %s\n", err.message);
    }
    proof_report_clear(&telling.report);
    talk_bot_free(bot);
    return code;
}

/* The page has what the check found, too. */
static int write_files(const struct settings *settings,
                       struct proof_note *note)
{
    struct page_proof proof;
    if (proof_note_end(note, &proof)) return check_files_run(settings, &proof);
    fputs("backtalk: no memory\n", stderr);
    return EXIT_INOUT;
}

int proof_run(const struct settings *settings)
{
    struct proof_note note;
    if (!settings->report && !settings->graph) return prove(settings, NULL);
    proof_note_begin(&note);
    int code = prove(settings, &note);
    if (code == EXIT_FINE || code == EXIT_FAILED) {
        int files = write_files(settings, &note);
        if (files != EXIT_FINE) code = files;
    }
    proof_note_clear(&note);
    return code;
}
