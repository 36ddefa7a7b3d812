/* check_run.c - backtalk check: loads a pack, has it checked, tells of it.
 * In: a pack.  Out: reports, an exit code. */
#include "posix.h"

#include "check_run.h"

#include "check_files.h"
#include "check_out.h"
#include "exits.h"
#include "pack_open.h"

#include <stdio.h>
#include <unistd.h>

/* At a terminal the stage stands in one line, which the next one takes. */
static void show_stage(void *payload, const char *stage)
{
    if (*(const bool *)payload) {
        fprintf(stderr, "\r\033[Kchecking: %s", stage);
    }
}

static int tell(const struct settings *settings,
                const struct check_report *report)
{
    int code = report->errors ? EXIT_FAILED : EXIT_FINE;
    const struct check_rules rules = {talk__check_rule_count(),
                                      talk__check_rule};
    struct screen screen;
    screen_init(&screen, stdout, settings->color);
    screen.interactive = false;
    if (settings->json) {
        if (!check_write_json(report, stdout)) code = EXIT_INOUT;
    } else {
        check_print(report, &screen, settings->all);
    }
    if (settings->sarif &&
        !check_write_sarif(report, rules, pack_folder(settings->pack),
                           settings->sarif)) {
        code = EXIT_INOUT;
    }
    return code;
}

/* print: its problems are told; else only the files are written. */
static int check(const struct settings *settings, bool print,
                 const struct page_proof *proof)
{
    bool terminal = isatty(STDERR_FILENO) == 1;
    struct check_options options = {.folder = pack_folder(settings->pack),
                                    .seed = settings->seed,
                                    .progress_fn = show_stage,
                                    .payload = &terminal};
    struct check_report report;
    size_t problems;
    talk_options pack_options;
    talk_error err;
    talk_options_init(&pack_options, sizeof pack_options);
    pack_options.seed = settings->seed;
    pack_options.alternatives = true;
    pack_options.examples = true;
    talk_bot *bot = pack_load(settings->pack, &pack_options, &problems);
    if (!bot) return EXIT_PACK;
    int code = EXIT_INOUT;
    talk_status status = talk__check(bot, &options, &report, &err);
    if (terminal) fputs("\r\033[K", stderr);
    if (status == TALK_OK) {
        code = report.errors ? EXIT_FAILED : EXIT_FINE;
        if (print) code = tell(settings, &report);
        if (!check_files_write(settings, bot, &report, proof)) {
            code = EXIT_INOUT;
        }
    } else {
        fprintf(stderr, "backtalk: %s\n", err.message);
    }
    talk__check_clear(&report);
    talk_bot_free(bot);
    return code;
}

int check_run(const struct settings *settings)
{
    return check(settings, true, NULL);
}

int check_files_run(const struct settings *settings,
                    const struct page_proof *proof)
{
    return check(settings, false, proof);
}
