/* bench_worst.c - how long a message of 64 KiB can hold a turn: of the shipped
 * pack, and of a pack with hostile patterns; also where there is no machine
 * code for patterns.
 * In: nothing.  Out: a table; the aims stand in its headings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "index.h"
#include "measure.h"
#include "turn.h"

enum {
    MESSAGE_MAX = 64 * 1024,
    REPEATED_EVERY = 97 /* of the examples one in so many is tried repeated */
};

/* ---- Messages ---- */

struct message {
    char bytes[MESSAGE_MAX];
    size_t length;
};

/* False when it is full. */
static bool add(struct message *message, const char *text, size_t length)
{
    if (message->length + length > MESSAGE_MAX) return false;
    memcpy(message->bytes + message->length, text, length);
    message->length += length;
    return true;
}

static void fill(struct message *message, const char *text)
{
    message->length = 0;
    while (add(message, text, strlen(text))) continue;
}

static void fill_examples(struct message *message, const struct pack *pack,
                          const char *between, size_t step)
{
    message->length = 0;
    for (size_t i = 0;; i = (i + step) % pack->example_count) {
        const struct example *example = &pack->examples[i];
        if (!add(message, example->text, example->length)) return;
        if (!add(message, between, strlen(between))) return;
    }
}

/* The words that patterns require, one after the other. */
static void fill_keys(struct message *message, const struct pack *pack)
{
    const struct table *words = &pack->index->words;
    message->length = 0;
    for (;;) {
        for (size_t i = 0; i < words->count; i++) {
            const struct table_entry *entry = &words->entries[i];
            if (!add(message, entry->key, entry->length)) return;
            if (!add(message, " ", 1)) return;
        }
    }
}

/* ---- Measuring ---- */

struct times {
    double cold, warm, interpreted; /* ms */
    bool unread;
};

struct bench {
    talk_bot *bot;
    talk_worker *worker; /* has heard much */
    talk_session *session;
    struct matcher *interpreter;
    struct arena arena;
    struct memory memory;
};

static double say(struct bench *bench, talk_worker *worker,
                  const struct message *message, const talk_turn **turn)
{
    talk_error err;
    talk_session_reset(bench->session);
    double start = busy_ns();
    must(talk_say(worker, bench->session, message->bytes, message->length,
                  turn, &err),
         &err);
    return (busy_ns() - start) / 1e6;
}

static double interpret(struct bench *bench, const struct message *message)
{
    struct recall recall;
    struct heard heard;
    talk__recall_init(&recall);
    talk__arena_reset(&bench->arena);
    double start = busy_ns();
    must(talk__understand(bench->interpreter, &recall, message->bytes,
                          message->length, MESSAGE_MAX * 12, 0, &bench->arena,
                          &heard),
         &(talk_error){.message = "understanding failed"});
    return (busy_ns() - start) / 1e6;
}

static struct times measure(struct bench *bench, const struct message *message)
{
    struct times times;
    talk_worker *fresh;
    talk_error err;
    const talk_turn *turn;
    must(talk_worker_new(bench->bot, &fresh, &err), &err);
    times.cold = say(bench, fresh, message, &turn);
    talk_worker_free(fresh);
    (void)say(bench, bench->worker, message, &turn);
    times.warm = say(bench, bench->worker, message, &turn);
    times.unread = turn->heard.flags_unread;
    (void)interpret(bench, message);
    times.interpreted = interpret(bench, message);
    return times;
}

static void bench_open(struct bench *bench, const char *folder)
{
    talk_error err;
    struct understand_limits limits = {2000, 20 * 1024, true};
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.examples = true;
    bench->bot = load(folder, &options);
    bench->memory = talk__memory_from(NULL);
    must(talk_worker_new(bench->bot, &bench->worker, &err), &err);
    must(talk_session_new(bench->bot, &bench->session, &err), &err);
    must(talk__matcher_new(bench->bot->pack, &bench->memory, &limits,
                           &bench->interpreter),
         &(talk_error){.message = "no memory"});
    talk__arena_init(&bench->arena, &bench->memory, 0);
}

static void bench_close(struct bench *bench)
{
    talk__arena_clear(&bench->arena);
    talk__matcher_free(bench->interpreter);
    talk_session_free(bench->session);
    talk_worker_free(bench->worker);
    talk_bot_free(bench->bot);
}

static void tell_heading(const char *what)
{
    printf("%s\n  %-34s %9s %9s %9s\n", what, "a message of 64 KiB, ms",
           "cold", "warm", "no JIT");
}

static void tell(const char *what, struct times times)
{
    printf("  %-34s %9.1f %9.1f %9.1f%s\n", what, times.cold, times.warm,
           times.interpreted, times.unread ? "   not all read" : "");
}

/* ---- The shipped pack ---- */

static const struct {
    const char *what, *text;
} repeated[] = {
    {"a a a a", "a "},
    {"a key word", "numb "},
    {"two key words", "numb back "},
    {"key words and a gap", "numb a b c d e f back "},
    {"aaaa", "a"},
    {"a word of 200 letters",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "},
    {"apostrophes", "a'a'"},
    {"misspelt words", "nubmness tinglng crakcing thoracik "},
    {"commas", ", "},
    {"question marks", "why? "},
    {"digits", "7 "},
    {"emoji", "\xF0\x9F\x98\x80"},
    {"right to left", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D "},
    {"not UTF-8", "\xFF\xFE"},
    {"NUL bytes", NULL},
};

static void fill_repeated(struct message *message, size_t row)
{
    if (repeated[row].text) {
        fill(message, repeated[row].text);
    } else {
        memset(message->bytes, 0, MESSAGE_MAX);
        message->length = MESSAGE_MAX;
    }
}

static void fill_with_example(struct message *message,
                              const struct example *example,
                              const char *between)
{
    bool room = true;
    message->length = 0;
    while (room) {
        room = add(message, example->text, example->length) &&
               add(message, between, strlen(between));
    }
}

/* Of the examples, each repeated, the one that takes longest. */
static void tell_slowest(struct bench *bench, struct message *message,
                         const char *between)
{
    const struct pack *pack = bench->bot->pack;
    const talk_turn *turn;
    size_t slowest = 0;
    double most = 0;
    char what[64];
    for (size_t i = 0; i < pack->example_count; i += REPEATED_EVERY) {
        fill_with_example(message, &pack->examples[i], between);
        double time = say(bench, bench->worker, message, &turn);
        if (time <= most) continue;
        most = time;
        slowest = i;
    }
    fill_with_example(message, &pack->examples[slowest], between);
    (void)snprintf(what, sizeof what, "'%.16s…', \"%s\" between",
                   pack->examples[slowest].text, between);
    tell(what, measure(bench, message));
}

static void tell_shipped(struct message *message)
{
    struct bench bench;
    bench_open(&bench, ".");
    const struct pack *pack = bench.bot->pack;
    tell_heading("the shipped pack: at most 50 ms are aimed at");
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        fill_repeated(message, i);
        tell(repeated[i].what, measure(&bench, message));
    }
    fill_keys(message, pack);
    tell("all words that patterns require", measure(&bench, message));
    fill_examples(message, pack, ". ", 1);
    tell("the examples, one by one", measure(&bench, message));
    fill_examples(message, pack, " ", 389);
    tell("the same, shuffled, no full stops", measure(&bench, message));
    tell_slowest(&bench, message, " ");
    tell_slowest(&bench, message, ". ");
    bench_close(&bench);
}

/* ---- Hostile patterns ---- */

static const char *const hostile[] = {
    "\\w*\\w*[!?]",        "([ab]{0,95}){3}[yz]",       "(a|aa)+$",
    "a (?:\\w*\\w*)*[!?]", "(?:a|b|ab)+ (?:a|b|ab)+ z",
};

static const char *const baits[] = {"a", "ab", "a ", "ab ", "aa ab a, "};

static char *hostile_pack(size_t row)
{
    char yaml[512];
    char *folder = temporary_folder();
    char *path = path_of(folder, "intents/findings/hostile.yaml");
    copy_folder(MINIMAL_PACK, folder);
    int length = snprintf(yaml, sizeof yaml,
                          "findings:\n"
                          "  hostile:\n"
                          "    tier: urgent\n"
                          "    label: a hostile pattern\n"
                          "    patterns: ['%s']\n"
                          "    examples: {present: [a]}\n",
                          hostile[row]);
    write_whole_file(path, yaml, (size_t)length);
    free(path);
    return folder;
}

static void tell_hostile(struct message *message)
{
    tell_heading("hostile patterns: at most 100 ms are aimed at");
    for (size_t row = 0; row < sizeof hostile / sizeof *hostile; row++) {
        struct bench bench;
        struct times worst = {0};
        char *folder = hostile_pack(row);
        bench_open(&bench, folder);
        for (size_t i = 0; i < sizeof baits / sizeof *baits; i++) {
            fill(message, baits[i]);
            struct times times = measure(&bench, message);
            if (times.cold > worst.cold) worst.cold = times.cold;
            if (times.warm > worst.warm) worst.warm = times.warm;
            if (times.interpreted > worst.interpreted) {
                worst.interpreted = times.interpreted;
            }
            worst.unread |= times.unread;
        }
        tell(hostile[row], worst);
        bench_close(&bench);
        remove_folder(folder);
        free(folder);
    }
}

int main(void)
{
    struct message *message = take(sizeof *message);
    tell_shipped(message);
    tell_hostile(message);
    free(message);
    return 0;
}
