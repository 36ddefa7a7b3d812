/* mutate_try.c - one changed pack, and who notices.
 * In: the number of a change.  Out: the first of those who look at it, the
 * cheapest first, to whom something is wrong. */
#include "posix.h"

#include "mutate_try.h"

#include "proof.h"
#include "test_parse.h"
#include "test_play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *notice_name(enum notice notice)
{
    static const char *const names[NOTICE_COUNT] = {
        "loading", "rules", "examples", "transcripts", "proof", "nothing"};
    return names[notice];
}

/* ---- The transcripts, read once -------------------------------------------
 */

struct tester {
    const struct trials *trials;
    struct verdict *verdicts; /* by path */
    size_t count;
    talk_error err; /* of the last load */
    size_t number;  /* that is loaded */
};

static bool read_one(struct verdict *verdict, const char *path,
                     const talk_bot *bot)
{
    const struct memory memory = talk__memory_from(NULL);
    struct script *script = &verdict->script;
    talk__arena_init(&verdict->arena, &memory, 0);
    script_init(script, path);
    script_read(script);
    if (!script->problem_count) script_check_names(script, bot);
    if (!script->problem_count && !script->arena.failed) return true;
    fprintf(stderr, "backtalk: %s: cannot be played; see backtalk test\n",
            path);
    return false;
}

struct tester *tester_new(const struct trials *trials)
{
    struct tester *tester = calloc(1, sizeof *tester);
    if (!tester) return NULL;
    tester->trials = trials;
    tester->verdicts =
        calloc(trials->paths->count + 1, sizeof *tester->verdicts);
    bool fine = tester->verdicts != NULL;
    for (size_t i = 0; fine && i < trials->paths->count; i++) {
        tester->count++;
        fine = read_one(&tester->verdicts[i], trials->paths->items[i],
                        trials->bot);
    }
    if (fine) return tester;
    tester_free(tester);
    return NULL;
}

void tester_free(struct tester *tester)
{
    if (!tester) return;
    for (size_t i = 0; i < tester->count; i++) {
        script_clear(&tester->verdicts[i].script);
        talk__arena_clear(&tester->verdicts[i].arena);
    }
    free(tester->verdicts);
    free(tester);
}

/* ---- Who looks ------------------------------------------------------------
 */

static talk_bot *load(void *payload, const talk_options *options)
{
    struct tester *tester = payload;
    talk_options own = *options;
    talk_bot *bot;
    own.examples = true;
    (void)talk__mutant_load(tester->trials->folder, &own, tester->number, &bot,
                            &tester->err);
    return bot;
}

static bool rules_notice(const struct tester *tester, const talk_bot *bot,
                         struct outcome *outcome)
{
    size_t errors;
    talk_error err;
    if (talk__mutant_errors(bot, tester->trials->folder, &errors, &err) !=
        TALK_OK) {
        fprintf(stderr, "backtalk: %s\n", err.message);
        outcome->failed = true;
    }
    return errors > tester->trials->errors;
}

static bool examples_notice(const talk_bot *bot, const char *near,
                            struct outcome *outcome)
{
    struct place place;
    talk_error err;
    if (talk__mutant_examples(bot, near, &place, &err) != TALK_OK) {
        fprintf(stderr, "backtalk: %s\n", err.message);
        outcome->failed = true;
    }
    if (!place.source) return false;
    snprintf(outcome->where, sizeof outcome->where, "%s:%u:%u", place.source,
             (unsigned)place.line, (unsigned)place.column);
    return true;
}

/* As if it had not been played. */
static bool renew(struct verdict *verdict)
{
    talk__arena_reset(&verdict->arena);
    verdict->faults = NULL;
    verdict->fault_count = verdict->fault_capacity = 0;
    verdict->faults_untold = verdict->turn_count = verdict->failed_count = 0;
    verdict->run_failed =
        talk__arena_array(&verdict->arena, verdict->script.run_count, 1);
    return verdict->run_failed != NULL;
}

static bool transcripts_notice(struct tester *tester, struct stage *stage,
                               struct outcome *outcome)
{
    struct player player;
    bool noticed = false;
    if (!player_init(&player, stage)) {
        fputs("backtalk: no memory\n", stderr);
        outcome->failed = true;
        return false;
    }
    for (size_t i = 0; i < tester->count && !noticed; i++) {
        struct verdict *verdict = &tester->verdicts[i];
        if (!renew(verdict)) {
            outcome->failed = true;
            break;
        }
        play(&player, verdict);
        noticed = verdict->failed_count || verdict->script.problem_count;
        verdict->script.problem_count = 0;
        if (noticed) {
            snprintf(outcome->where, sizeof outcome->where, "%s",
                     verdict->script.path);
        }
    }
    player_clear(&player);
    return noticed;
}

static bool proof_notices(const struct tester *tester, const talk_bot *bot,
                          struct outcome *outcome)
{
    const proof_options options = {.findings = tester->trials->findings};
    proof_result result;
    talk_error err;
    if (talk__proof_run(bot, &options, &result, &err) == TALK_OK) {
        return result.faults > 0;
    }
    /* More kinds than the proof can tell apart: the change made them. */
    if (err.status == TALK_LIMIT) return true;
    fprintf(stderr, "backtalk: %s\n", err.message);
    outcome->failed = true;
    return false;
}

struct outcome tester_try(struct tester *tester, size_t number,
                          const char *near, bool proves)
{
    struct outcome outcome = {.notice = NOTICE_LOADING};
    struct stage stage;
    tester->number = number;
    if (!stage_open_with(&stage, load, tester)) {
        outcome.failed = tester->err.status == TALK_NOMEM;
        snprintf(outcome.where, sizeof outcome.where, "%.255s:%u:%u",
                 tester->err.source, (unsigned)tester->err.line,
                 (unsigned)tester->err.column);
        return outcome;
    }
    const talk_bot *bot = stage.bot;
    outcome.notice = NOTICE_NOBODY;
    if (rules_notice(tester, bot, &outcome)) {
        outcome.notice = NOTICE_RULES;
    } else if (examples_notice(bot, near, &outcome)) {
        outcome.notice = NOTICE_EXAMPLES;
    } else if (transcripts_notice(tester, &stage, &outcome)) {
        outcome.notice = NOTICE_TRANSCRIPTS;
    } else if (proves && proof_notices(tester, bot, &outcome)) {
        outcome.notice = NOTICE_PROOF;
    }
    stage_close(&stage);
    return outcome;
}
