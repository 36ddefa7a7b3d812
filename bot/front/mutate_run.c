/* mutate_run.c - backtalk check --mutate: changes the pack in small ways.
 * In: a pack, paths of transcripts.  Out: what nothing noticed, a score, an
 * exit code.  The changes are made in memory, on as many threads as there are
 * processors; the pack's files stay as they are. */
#include "posix.h"

#include "mutate_run.h"

#include "exits.h"
#include "mutate_out.h"
#include "pack_open.h"
#include "test_pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAMPLE = 60 }; /* changes, where not all are tried */

struct run {
    const struct settings *settings;
    struct paths paths;
    struct trials trials;
    struct mutants mutants;
    size_t *chosen; /* indices of mutants, in order */
    size_t count;
    struct score score;
    bool terminal;
    bool failed; /* something could not be tried */
};

/* ---- Trying ------------------------------------------------------------ */

static void *begin_thread(void *payload)
{
    struct run *run = payload;
    return tester_new(&run->trials);
}

static void end_thread(void *payload, void *own)
{
    (void)payload;
    tester_free(own);
}

static void *try_one(void *payload, void *own, size_t index)
{
    struct run *run = payload;
    struct outcome *outcome = malloc(sizeof *outcome);
    if (!outcome) return NULL;
    const struct mutant *mutant = &run->mutants.items[run->chosen[index]];
    *outcome = tester_try(own, mutant->number, mutant->place.source,
                          run->trials.proves && mutant->of_care);
    return outcome;
}

static bool deliver(void *payload, size_t index, void *piece)
{
    struct run *run = payload;
    struct outcome *outcome = piece;
    struct score *score = &run->score;
    const struct mutant *mutant = &run->mutants.items[run->chosen[index]];
    if (!outcome || outcome->failed) {
        run->failed = true;
        free(outcome);
        return false;
    }
    score->tries[score->tried++] =
        (struct tried){mutant, outcome->notice,
                       talk__arena_text(&run->mutants.arena, outcome->where,
                                        strlen(outcome->where))};
    score->by[outcome->notice]++;
    for (size_t i = 0; i < score->report.rate_count; i++) {
        struct check_rate *rate = &score->report.rates[i];
        if (rate->name != mutant->rule->name) continue;
        rate->tried++;
        rate->held += outcome->notice != NOTICE_NOBODY;
    }
    if (outcome->notice == NOTICE_NOBODY) {
        score->report.problems[score->report.problem_count++] =
            (struct check_problem){mutant->rule, mutant->place, mutant->what,
                                   false};
    }
    if (run->terminal) {
        fprintf(stderr, "\r\033[K%zu of %zu changes, %zu unnoticed",
                score->tried, run->count, score->report.problem_count);
    }
    free(outcome);
    return true;
}

static void discard(void *payload, void *piece)
{
    (void)payload;
    free(piece);
}

/* ---- Before and after -------------------------------------------------- */

static bool prepare_score(struct run *run)
{
    struct score *score = &run->score;
    struct check_report *report = &score->report;
    struct arena *arena = &run->mutants.arena;
    size_t kinds = talk__mutate_rule_count();
    score->all = run->mutants.count;
    score->wanted = run->mutants.wanted;
    score->seed = run->settings->seed;
    score->possible = talk__arena_array(arena, kinds, sizeof(size_t));
    report->rates = talk__arena_array(arena, kinds, sizeof *report->rates);
    report->problems =
        talk__arena_array(arena, run->count + 1, sizeof *report->problems);
    score->tries =
        talk__arena_array(arena, run->count + 1, sizeof *score->tries);
    if (!score->tries || !score->possible || !report->rates ||
        !report->problems)
        return false;
    report->rate_count = kinds;
    for (size_t i = 0; i < kinds; i++) {
        report->rates[i].name = talk__mutate_rule(i)->name;
    }
    for (size_t i = 0; i < run->mutants.count; i++) {
        for (size_t n = 0; n < kinds; n++) {
            score->possible[n] +=
                run->mutants.items[i].rule == talk__mutate_rule(n);
        }
    }
    return true;
}

static bool choose(struct run *run)
{
    const struct settings *settings = run->settings;
    size_t most = settings->all ? run->mutants.count : SAMPLE;
    run->count = talk__mutants_choose(&run->mutants, most, settings->seed,
                                      &run->chosen);
    return run->chosen && prepare_score(run);
}

/* What the pack does not keep as it is, a change of it cannot break. */
static bool holds_unchanged(struct run *run)
{
    talk_error err;
    if (talk__mutant_errors(run->trials.bot, run->trials.folder,
                            &run->trials.errors, &err) != TALK_OK) {
        fprintf(stderr, "backtalk: %s\n", err.message);
        run->failed = true;
        return false;
    }
    struct tester *tester = tester_new(&run->trials);
    if (!tester) {
        run->failed = true;
        return false;
    }
    struct outcome outcome =
        tester_try(tester, MUTANT_NONE, NULL, run->trials.proves);
    tester_free(tester);
    run->failed = outcome.failed;
    if (outcome.notice == NOTICE_NOBODY) return !outcome.failed;
    fprintf(stderr,
            "backtalk: mend the pack first: without any change it fails by "
            "its %s%s%s\n",
            notice_name(outcome.notice), *outcome.where ? ": " : "",
            outcome.where);
    return false;
}

static bool try_all(struct run *run)
{
    const struct pool_work work = {.count = run->count,
                                   .threads = pool_processors(),
                                   .begin = begin_thread,
                                   .make = try_one,
                                   .end = end_thread,
                                   .deliver = deliver,
                                   .discard = discard,
                                   .payload = run};
    bool fine = pool_run(&work);
    if (run->terminal) fputs("\r\033[K", stderr);
    if (!fine || run->mutants.arena.failed) {
        fputs("backtalk: no memory\n", stderr);
        return false;
    }
    return !run->failed;
}

/* By rule, as they are printed; those of one rule stay in their order. */
static void sort_problems(struct check_report *report, struct arena *arena)
{
    struct check_problem *sorted =
        talk__arena_array(arena, report->problem_count + 1, sizeof *sorted);
    size_t count = 0;
    if (!sorted) return; /* less well sorted, but all there */
    for (size_t n = 0; n < talk__mutate_rule_count(); n++) {
        for (size_t i = 0; i < report->problem_count; i++) {
            if (report->problems[i].rule != talk__mutate_rule(n)) continue;
            sorted[count++] = report->problems[i];
        }
    }
    report->problems = sorted;
}

static bool excuse(struct run *run, const talk_options *options)
{
    struct check_report *report = &run->score.report;
    if (!talk__mutants_excuse(run->trials.folder, options, report)) {
        fputs("backtalk: no memory\n", stderr);
        return false;
    }
    for (size_t i = 0; i < report->problem_count; i++) {
        report->excused += report->problems[i].excused;
    }
    report->warnings = report->problem_count - report->excused;
    return true;
}

static int tell(struct run *run)
{
    const struct settings *settings = run->settings;
    const struct check_rules rules = {talk__mutate_rule_count(),
                                      talk__mutate_rule};
    struct score *score = &run->score;
    int code = score_suffices(score) ? EXIT_FINE : EXIT_FAILED;
    struct screen screen;
    screen_init(&screen, stdout, settings->color);
    screen.interactive = false;
    sort_problems(&score->report, &run->mutants.arena);
    if (settings->json) {
        if (!score_write_json(score, stdout)) code = EXIT_INOUT;
    } else {
        score_print(score, &screen, settings->all);
        if (fflush(stdout) != 0) code = EXIT_INOUT;
    }
    if (settings->sarif &&
        !check_write_sarif(&score->report, rules, run->trials.folder,
                           settings->sarif)) {
        code = EXIT_INOUT;
    }
    return code;
}

static int run_all(struct run *run, const talk_options *options)
{
    talk_error err;
    if (talk__mutants_find(run->trials.folder, options, &run->mutants, &err) !=
        TALK_OK) {
        fprintf(stderr, "backtalk: %s\n", err.message);
        return EXIT_INOUT;
    }
    if (run->settings->filter) {
        talk__mutants_keep(&run->mutants, run->settings->filter);
    }
    if (run->mutants.count == 0) {
        fprintf(stderr, "backtalk: no kind of change has '%s' in its name\n",
                run->settings->filter ? run->settings->filter : "");
        return EXIT_USAGE;
    }
    if (!choose(run)) {
        fputs("backtalk: no memory\n", stderr);
        return EXIT_INOUT;
    }
    if (!holds_unchanged(run)) return run->failed ? EXIT_INOUT : EXIT_FAILED;
    if (!try_all(run) || !excuse(run, options)) return EXIT_INOUT;
    return tell(run);
}

int mutate_run(const struct settings *settings)
{
    struct run run = {.settings = settings,
                      .terminal = isatty(STDERR_FILENO) == 1};
    talk_options options;
    size_t problems;
    int code = EXIT_USAGE;
    talk_options_init(&options, sizeof options);
    options.examples = true;
    talk_bot *bot = pack_load(settings->pack, &options, &problems);
    if (!bot) return EXIT_PACK;
    /* Changed packs do not load without a word. */
    talk_options_init(&options, sizeof options);
    options.examples = true;
    run.trials = (struct trials){.folder = pack_folder(settings->pack),
                                 .paths = &run.paths,
                                 .proves = settings->proof,
                                 .findings = settings->findings,
                                 .bot = bot};
    if (settings->path_count == 0 ||
        paths_collect(&run.paths, settings->paths, settings->path_count)) {
        code = run_all(&run, &options);
    }
    talk__mutants_clear(&run.mutants);
    paths_clear(&run.paths);
    talk_bot_free(bot);
    return code;
}
