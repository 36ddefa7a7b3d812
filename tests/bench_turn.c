/* bench_turn.c - what a turn of the shipped pack costs: time, by stage too,
 * allocations, the size of a session; and what loading costs.
 * In: bench_messages.txt, what people write.  Out: a table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "measure.h"
#include "turn.h"

enum {
    ROUNDS = 31,      /* of all messages; a message's time is their median */
    WARM_ROUNDS = 5,  /* then all has become machine code that will */
    LOADS = 5,        /* the least is told */
    TURNS_A_TALK = 8, /* then the session starts over */
    FOLDED_MAX = 1 << 20
};

#define PACK     "."
#define MESSAGES "tests/bench_messages.txt"

/* ---- Stages ---- */

/* Rows: stage, what it does. */
#define STAGES(ROW)                                 \
    ROW(RECALL, "recall", "the session, unpacked")  \
    ROW(FOLD, "fold", "and spelling")               \
    ROW(MATCH, "match", "")                         \
    ROW(CONTEXT, "context", "polarity of findings") \
    ROW(CHOOSE, "choose", "which topics are meant") \
    ROW(VALUES, "values", "")                       \
    ROW(DECIDE, "decide", "")                       \
    ROW(COMMIT, "commit", "the session, packed")    \
    ROW(TURN, "whole turn", "replies included")
#define NAME(stage, name, what) stage,
enum stage { STAGES(NAME) STAGE_COUNT };
#undef NAME

struct bench {
    struct messages messages;
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session, *copy;
    struct arena arena;
    double *times; /* [message][stage][round] */
};

static double *time_of(struct bench *bench, size_t message, enum stage stage,
                       size_t round)
{
    return &bench->times[(message * STAGE_COUNT + stage) * ROUNDS + round];
}

/* The stages as pipeline.c calls them; the turn itself is said by say(). */
static void run_stages(struct bench *bench, size_t message, size_t round)
{
    const char *text = bench->messages.lines[message];
    const struct pack *pack = bench->bot->pack;
    struct fold_rules rules = {&pack->replaced, pack->replacements,
                               pack->speller};
    struct arena *arena = &bench->arena;
    struct heard heard = {.guesses = {NO_INDEX, NO_INDEX}};
    struct recall recall;
    struct told told;
    struct decision decision;
    talk_status status = TALK_OK;
    double last = now_ns();
    talk__arena_reset(arena);
#define STAGE(stage, call)                                    \
    status = status == TALK_OK ? (call) : status;             \
    *time_of(bench, message, stage, round) = now_ns() - last; \
    last = now_ns();
    STAGE(RECALL, talk__session_recall(bench->session, pack, arena, &recall))
    STAGE(FOLD, talk__fold(&rules, text, strlen(text), FOLDED_MAX, arena,
                           &heard.folded))
    STAGE(MATCH, talk__match(bench->worker->matcher, &recall, arena, &heard))
    STAGE(CONTEXT, talk__context(pack, arena, &heard))
    STAGE(CHOOSE, talk__choose(pack, &recall, arena, &heard))
    STAGE(VALUES, talk__values(pack, &recall, text, 0, arena, &heard))
    STAGE(DECIDE, talk__tell(&heard, arena, &told) == TALK_OK
                      ? talk__decide(pack, &recall, &told, arena, &decision)
                      : TALK_NOMEM)
    STAGE(COMMIT, talk__session_commit(bench->copy, &decision.next))
#undef STAGE
    must(status, &(talk_error){.message = "a stage failed"});
}

static void say(struct bench *bench, const char *text)
{
    talk_error err;
    const talk_turn *turn;
    must(talk_say(bench->worker, bench->session, text, strlen(text), &turn,
                  &err),
         &err);
}

/* Twice over all messages: no stage finds the caches warm from the same
 * message. */
static void run_round(struct bench *bench, size_t round)
{
    for (size_t i = 0; i < bench->messages.count; i++) {
        if (i % TURNS_A_TALK == 0) talk_session_reset(bench->session);
        double start = now_ns();
        say(bench, bench->messages.lines[i]);
        *time_of(bench, i, TURN, round) = now_ns() - start;
    }
    for (size_t i = 0; i < bench->messages.count; i++) {
        run_stages(bench, i, round);
    }
}

/* ---- Telling ---- */

static void tell_stages(struct bench *bench)
{
    static const char *const names[][2] = {
#define NAME(stage, name, what) {name, what},
        STAGES(NAME)
#undef NAME
    };
    size_t count = bench->messages.count;
    double *medians = take(count * sizeof *medians);
    printf("  %-12s %10s %10s %10s   ns a message\n", "", "median", "90%",
           "longest");
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        for (size_t i = 0; i < count; i++) {
            medians[i] =
                value_at(time_of(bench, i, (enum stage)stage, 0), ROUNDS, 0.5);
        }
        double median = value_at(medians, count, 0.5);
        printf("  %-12s %10.0f %10.0f %10.0f   %s\n", names[stage][0], median,
               value_at(medians, count, 0.9), value_at(medians, count, 1),
               names[stage][1]);
    }
    free(medians);
}

static void tell_turns(void)
{
    struct bench bench = {.messages = read_messages(MESSAGES)};
    struct starving counter;
    talk_options options = counting_options(&counter);
    talk_error err;
    bench.bot = load(PACK, &options);
    size_t bot_bytes = counter.bytes;
    must(talk_worker_new(bench.bot, &bench.worker, &err), &err);
    must(talk_session_new(bench.bot, &bench.session, &err), &err);
    must(talk_session_new(bench.bot, &bench.copy, &err), &err);
    size_t new_session = talk_session_size(bench.session);
    struct memory memory = talk__memory_from(NULL);
    talk__arena_init(&bench.arena, &memory, 0);
    size_t count = bench.messages.count;
    bench.times = take(count * STAGE_COUNT * ROUNDS * sizeof *bench.times);
    for (int round = 0; round < WARM_ROUNDS; round++) run_round(&bench, 0);
    size_t worker_bytes = counter.bytes - bot_bytes;
    size_t idle_session = talk_session_size(bench.session);
    size_t asked = counter.asked;
    for (size_t round = 0; round < ROUNDS; round++) run_round(&bench, round);
    asked = counter.asked - asked;
    printf("turns: %zu messages, %u patterns, median of %d rounds\n", count,
           (unsigned)bench.bot->pack->pattern_count, ROUNDS);
    tell_stages(&bench);
    printf("memory\n");
    printf("  %-36s %10zu\n", "heap allocations of all warm turns", asked);
    printf("  %-36s %10zu bytes\n", "a new session", new_session);
    printf("  %-36s %10zu bytes\n", "a session after some turns",
           idle_session);
    printf("  %-36s %10zu KiB\n", "the bot", bot_bytes / 1024);
    printf("  %-36s %10zu KiB\n", "a worker that has heard all this",
           worker_bytes / 1024);
    talk__arena_clear(&bench.arena);
    talk_session_free(bench.copy);
    talk_session_free(bench.session);
    talk_worker_free(bench.worker);
    talk_bot_free(bench.bot);
    messages_clear(&bench.messages);
    free(bench.times);
}

static void tell_loading(void)
{
    double times[LOADS];
    for (int i = 0; i < LOADS; i++) {
        double start = busy_ns();
        talk_bot_free(load(PACK, NULL));
        times[i] = busy_ns() - start;
    }
    printf("loading\n  %-36s %10.1f ms\n", "the shipped pack",
           value_at(times, LOADS, 0) / 1e6);
}

int main(void)
{
    tell_loading();
    tell_turns();
    return 0;
}
