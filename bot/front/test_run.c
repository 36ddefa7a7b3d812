/* test_run.c - backtalk test: reads, plays and reports transcripts.
 * In: paths, options.  Out: reports, an exit code.  Every transcript is read
 * and played by one thread; what they say comes in order of path. */
#include "posix.h"

#include "test_run.h"

#include "exits.h"
#include "pack_open.h"
#include "test_accept.h"
#include "test_collect.h"
#include "test_coverage.h"
#include "test_match.h"
#include "test_parse.h"
#include "test_play.h"
#include "test_pool.h"
#include "test_record_run.h"
#include "test_report.h"
#include "test_watch.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct run {
    const struct settings *settings;
    struct paths paths;
    struct stage stage;
    struct coverage coverage;
    bool covers; /* coverage was begun */
    struct report report;
    struct report junit; /* kind NULL: not wanted */
    struct totals totals;
    bool no_memory;
    bool unwritten; /* --accept could not write a file */
};

/* ---- One transcript ---------------------------------------------------- */

/* As --filter compares: "*" stands for anything, case does not count, and
 * the text may stand anywhere. */
static bool holds(const char *text, const char *wanted)
{
    size_t bytes = strlen(text), more = strlen(wanted);
    char *folded = malloc(bytes + 1), *pattern = malloc(more + 3);
    bool found = false;
    if (folded && pattern) {
        for (size_t i = 0; i <= bytes; i++) {
            folded[i] = (char)tolower((unsigned char)text[i]);
        }
        pattern[0] = '*';
        for (size_t i = 0; i < more; i++) {
            pattern[i + 1] = (char)tolower((unsigned char)wanted[i]);
        }
        memcpy(pattern + more + 1, "*", 2);
        found = match_text(pattern, folded, bytes);
    }
    free(folded);
    free(pattern);
    return found;
}

static bool is_wanted(const struct settings *settings,
                      const struct script *script)
{
    return !settings->filter || holds(script->path, settings->filter) ||
           holds(script->title, settings->filter);
}

/* Of --repeat, each round has its own: piece `index` is of round
 * index / paths. */
static uint32_t seed_of(const struct run *run, size_t index)
{
    return run->settings->seed + (uint32_t)(index / run->paths.count);
}

/* Reads it and, unless it has problems, plays it. NULL: no memory. */
static void *examine(void *payload, void *own, size_t index)
{
    struct run *run = payload;
    struct player *player = own;
    struct verdict *verdict = calloc(1, sizeof *verdict);
    if (!verdict) return NULL;
    struct script *script = &verdict->script;
    const struct memory memory = talk__memory_from(NULL);
    talk__arena_init(&verdict->arena, &memory, 0);
    script_init(script, run->paths.items[index % run->paths.count]);
    script_read(script);
    verdict->filtered = !is_wanted(run->settings, script);
    if (verdict->filtered) return verdict;
    if (!script->problem_count) script_check_names(script, run->stage.bot);
    verdict->broken = script->problem_count > 0 || script->arena.failed;
    if (verdict->broken || run->settings->list) return verdict;
    verdict->run_failed =
        talk__arena_array(&verdict->arena, script->run_count, 1);
    player->seed = seed_of(run, index);
    if (verdict->run_failed) play(player, verdict);
    verdict->broken = script->problem_count > 0 || verdict->arena.failed;
    return verdict;
}

static void *begin_thread(void *payload)
{
    struct run *run = payload;
    struct player *player = malloc(sizeof *player);
    if (!player) return NULL;
    if (!player_init(player, &run->stage)) {
        player_clear(player);
        free(player);
        return NULL;
    }
    if (run->covers) {
        player->turn_fn = coverage_turn;
        player->payload = &run->coverage;
    }
    return player;
}

static void end_thread(void *payload, void *own)
{
    (void)payload;
    player_clear(own);
    free(own);
}

static void discard(void *payload, void *piece)
{
    (void)payload;
    verdict_free(piece);
}

/* ---- All of them ------------------------------------------------------- */

static void list(const struct verdict *verdict)
{
    const struct script *script = &verdict->script;
    printf("%s: %s", script->path, script->title);
    if (!verdict->broken && script->run_count > 1) {
        printf(" (%zu dialogues)", script->run_count);
    }
    putchar('\n');
}

static void count(struct totals *totals, const struct verdict *verdict)
{
    totals->files++;
    totals->turns += verdict->turn_count;
    if (verdict->broken) {
        totals->broken++;
        return;
    }
    totals->failed += verdict->failed_count;
    totals->passed += verdict->script.run_count - verdict->failed_count;
}

/* --accept: what came becomes what is expected, and is played again. */
static struct verdict *accept(struct run *run, size_t index,
                              struct verdict *verdict)
{
    const struct settings *settings = run->settings;
    struct player player;
    if (verdict->broken || verdict->filtered || !verdict->failed_count) {
        return verdict;
    }
    switch (accept_verdict(verdict, settings->dry_run, &run->report.screen)) {
    case ACCEPT_NOTHING: return verdict;
    case ACCEPT_FAILED: run->unwritten = true; return verdict;
    case ACCEPT_CHANGED: break;
    }
    if (settings->dry_run) return verdict;
    verdict_free(verdict);
    verdict = player_init(&player, &run->stage) ? examine(run, &player, index)
                                                : NULL;
    player_clear(&player);
    if (verdict) verdict->accepted = true;
    return verdict;
}

static bool deliver(void *payload, size_t index, void *piece)
{
    struct run *run = payload;
    struct verdict *verdict = piece;
    if (verdict && run->settings->accept)
        verdict = accept(run, index, verdict);
    if (!verdict) {
        run->no_memory = true;
        return false;
    }
    run->report.seed = run->junit.seed = seed_of(run, index);
    bool bad = verdict->broken || verdict->failed_count;
    if (!verdict->filtered) {
        count(&run->totals, verdict);
        if (run->settings->list && !verdict->broken) {
            list(verdict);
        } else {
            run->report.kind->file(&run->report, verdict);
        }
        if (run->junit.kind) run->junit.kind->file(&run->junit, verdict);
    }
    bool go_on = !(bad && !verdict->filtered && run->settings->fail_fast) &&
                 !ferror(run->report.screen.out);
    verdict_free(verdict);
    return go_on;
}

static bool wants_coverage(const struct settings *settings)
{
    return settings->coverage_count || settings->min_coverage >= 0;
}

/* All rounds of --repeat in one go: what the threads have stays warm. */
static int play_all(struct run *run)
{
    const struct settings *settings = run->settings;
    const struct pool_work work = {
        .count = run->paths.count * (settings->repeat ? settings->repeat : 1),
        .threads = settings->jobs ? settings->jobs : pool_processors(),
        .begin = begin_thread,
        .make = examine,
        .end = end_thread,
        .deliver = deliver,
        .discard = discard,
        .payload = run};
    if (wants_coverage(settings)) {
        run->covers = coverage_init(&run->coverage, run->stage.bot);
        if (!run->covers) run->no_memory = true;
    }
    if (!run->no_memory && !pool_run(&work)) run->no_memory = true;
    if (run->no_memory) {
        fputs("backtalk: no memory\n", stderr);
        return EXIT_INOUT;
    }
    if (run->totals.files == 0) {
        fprintf(stderr, "backtalk: no transcript matches '%s'\n",
                settings->filter ? settings->filter : "");
        return EXIT_USAGE;
    }
    if (run->unwritten) return EXIT_INOUT;
    return run->totals.failed + run->totals.broken ? EXIT_FAILED : EXIT_FINE;
}

static int play_on_stage(struct run *run)
{
    const struct settings *settings = run->settings;
    if (!stage_open(&run->stage, settings->pack, wants_coverage(settings))) {
        return EXIT_PACK;
    }
    int code = play_all(run);
    stage_close(&run->stage);
    return code;
}

/* ---- Reports ----------------------------------------------------------- */

static bool open_reports(struct run *run)
{
    const struct settings *settings = run->settings;
    const struct report_kind *kind = settings->tap    ? &report_tap
                                     : settings->json ? &report_json
                                                      : &report_human;
    bool fine = report_init(&run->report, kind, stdout, settings->color);
    run->report.quiet = settings->quiet || settings->dry_run;
    run->report.brief = settings->dry_run;
    run->report.many_seeds = settings->repeat > 1;
    if (!fine || !settings->junit) return fine;
    FILE *file = fopen(settings->junit, "w");
    if (!file) {
        fprintf(stderr, "backtalk: cannot write %s: %s\n", settings->junit,
                strerror(errno));
        return false;
    }
    fine = report_init(&run->junit, &report_junit, file, COLOR_NEVER);
    run->junit.many_seeds = run->report.many_seeds;
    return fine;
}

/* The table goes where it breaks no other report. */
static int tell_coverage(struct run *run, int code)
{
    const struct settings *settings = run->settings;
    double percent = coverage_percent(coverage_all(&run->coverage));
    if (!settings->tap && !settings->json) {
        coverage_print(&run->coverage, &run->report.screen);
    }
    for (size_t i = 0; i < settings->coverage_count; i++) {
        const char *path = settings->coverage[i];
        if (strcmp(path, "-") == 0 ||
            coverage_write(&run->coverage, path,
                           pack_folder(settings->pack))) {
            continue;
        }
        fprintf(stderr, "backtalk: cannot write %s: %s\n", path,
                strerror(errno));
        code = EXIT_INOUT;
    }
    if (percent >= settings->min_coverage || code == EXIT_INOUT) return code;
    fprintf(stderr, "backtalk: the coverage is %.1f %%, below %g %%\n",
            percent, settings->min_coverage);
    return EXIT_FAILED;
}

static int close_reports(struct run *run, int code)
{
    const struct settings *settings = run->settings;
    bool told = code == EXIT_FINE || code == EXIT_FAILED || run->unwritten;
    if (told && !(settings->list && run->totals.broken == 0)) {
        run->report.kind->end(&run->report, &run->totals);
    }
    if (told && run->covers) code = tell_coverage(run, code);
    if (!run->junit.kind) return code;
    if (told) run->junit.kind->end(&run->junit, &run->totals);
    FILE *file = run->junit.screen.out;
    bool fine = !ferror(file);
    if (fclose(file) == 0 && fine) return code;
    fprintf(stderr, "backtalk: cannot write %s\n", settings->junit);
    return EXIT_INOUT;
}

static int run_once(const struct settings *settings)
{
    struct run run = {.settings = settings};
    int code = EXIT_USAGE;
    if (paths_collect(&run.paths, settings->paths, settings->path_count)) {
        code = EXIT_INOUT;
        if (open_reports(&run)) code = play_on_stage(&run);
        code = close_reports(&run, code);
        report_clear(&run.report);
        report_clear(&run.junit);
    }
    if (run.covers) coverage_clear(&run.coverage);
    paths_clear(&run.paths);
    return code;
}

int test_run(const struct settings *settings)
{
    if (settings->record) return record_run(settings);
    if (settings->watch) return watch_run(settings, run_once);
    return run_once(settings);
}
