/* bench_scale.c - how a turn and loading grow with the number of intents.
 * In: nothing.  Out: a table of generated packs.
 *
 * The messages are of 50 to 80 characters; four of five ask for one intent,
 * the fifth for none. The patterns of an intent name a word of its own, which
 * one other intent may share, and everyday words, which are as frequent as
 * they are in languages (Zipf) and fill up the messages, too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "measure.h"

enum {
    MESSAGES = 200,
    ROUNDS = 21,
    FILE_INTENTS = 100, /* in one file */
    EVERYDAY = 400,     /* words */
    WORD_MAX = 16,
    TEXT_MAX = 64 * 1024
};

static const unsigned sizes[] = {10, 100, 1000, 10000};

/* ---- Words ---- */

struct words {
    char everyday[EVERYDAY][WORD_MAX];
    double sums[EVERYDAY]; /* of weights, up to each word */
    uint64_t state;
};

/* xorshift64 (Marsaglia 2003). */
static uint64_t draw(struct words *words)
{
    uint64_t x = words->state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    words->state = x;
    return x;
}

/* Syllables from a number: another word for another number. */
static void spell_out(size_t number, char *out)
{
    static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
    size_t at = 0;
    for (number += 100; number && at < WORD_MAX - 3; number /= 70) {
        out[at++] = consonants[number % 70 / 5];
        out[at++] = vowels[number % 5];
    }
    out[at] = '\0';
}

static void words_init(struct words *words)
{
    double sum = 0;
    words->state = 88172645463325252u;
    for (size_t i = 0; i < EVERYDAY; i++) {
        spell_out(i, words->everyday[i]);
        sum += 1.0 / (double)(i + 1);
        words->sums[i] = sum;
    }
}

static const char *everyday(struct words *words)
{
    double share = (double)(draw(words) >> 11) / 9007199254740992.0;
    double wanted = share * words->sums[EVERYDAY - 1];
    size_t at = 0;
    while (words->sums[at] < wanted) at++;
    return words->everyday[at];
}

/* ---- Packs ---- */

struct intent {
    char own[WORD_MAX];
    const char *others[4]; /* everyday words */
};

static void write_intents(const char *folder, const struct intent *intents,
                          unsigned first, unsigned count)
{
    static char topics[TEXT_MAX], responses[TEXT_MAX];
    char name[64];
    int t = snprintf(topics, sizeof topics, "topics:\n");
    int r = snprintf(responses, sizeof responses, "responses:\n");
    for (unsigned i = first; i < first + count; i++) {
        const struct intent *it = &intents[i];
        t += snprintf(topics + t, sizeof topics - (size_t)t,
                      "  intent_%u:\n"
                      "    patterns: ['%s{gap} %s', "
                      "'(?:how|what|when){gap} %s', '%s (?:%s|%s)']\n"
                      "    examples: [i %s the %s, how do i %s, my %s %s]\n"
                      "    not: [not that]\n",
                      i, it->others[0], it->own, it->own, it->own,
                      it->others[1], it->others[2], it->others[0], it->own,
                      it->own, it->own, it->others[1]);
        r += snprintf(responses + r, sizeof responses - (size_t)r,
                      "  intent_%u: {sources: [P1], say: Answer %u.}\n", i, i);
    }
    (void)snprintf(name, sizeof name, "intents/topics/g%u.yaml", first);
    char *path = path_of(folder, name);
    write_whole_file(path, topics, (size_t)t);
    free(path);
    (void)snprintf(name, sizeof name, "responses/topics/g%u.yaml", first);
    path = path_of(folder, name);
    write_whole_file(path, responses, (size_t)r);
    free(path);
}

static char *generate(struct words *words, struct intent *intents,
                      unsigned count)
{
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    for (unsigned i = 0; i < count; i++) {
        spell_out(EVERYDAY + draw(words) % count, intents[i].own);
        for (int w = 0; w < 4; w++) intents[i].others[w] = everyday(words);
    }
    for (unsigned i = 0; i < count; i += FILE_INTENTS) {
        unsigned left = count - i;
        write_intents(folder, intents, i,
                      left < FILE_INTENTS ? left : FILE_INTENTS);
    }
    return folder;
}

static void make_message(struct words *words, const struct intent *intent,
                         char *out, size_t size)
{
    const char *w[8];
    for (int i = 0; i < 8; i++) w[i] = everyday(words);
    if (intent) {
        w[2] = intent->others[0];
        w[4] = intent->own;
    }
    (void)snprintf(out, size, "please %s %s i %s my %s for %s %s and %s %s?",
                   w[0], w[1], w[2], w[4], w[3], w[5], w[6], w[7]);
}

/* ---- Measuring ---- */

struct figures {
    double loading; /* ms */
    double turn;    /* us */
    double found;   /* percent of the messages: an intent */
    size_t bytes;
};

static bool is_intent(const char *topic)
{
    return topic && strncmp(topic, "intent_", 7) == 0;
}

static void take_turns(talk_bot *bot, struct words *words,
                       const struct intent *intents, unsigned count,
                       struct figures *figures)
{
    static char messages[MESSAGES][256];
    static double times[MESSAGES][ROUNDS], medians[MESSAGES];
    talk_worker *worker;
    talk_session *session;
    talk_error err;
    const talk_turn *turn;
    int found = 0;
    must(talk_worker_new(bot, &worker, &err), &err);
    must(talk_session_new(bot, &session, &err), &err);
    for (int i = 0; i < MESSAGES; i++) {
        const struct intent *intent =
            i % 5 ? &intents[draw(words) % count] : NULL;
        make_message(words, intent, messages[i], sizeof messages[i]);
    }
    for (int round = -1; round < ROUNDS; round++) { /* the first warms up */
        for (int i = 0; i < MESSAGES; i++) {
            talk_session_reset(session);
            double start = now_ns();
            must(talk_say(worker, session, messages[i], strlen(messages[i]),
                          &turn, &err),
                 &err);
            if (round >= 0) times[i][round] = (now_ns() - start) / 1e3;
            if (round == 0) found += is_intent(talk_turn_topic(turn));
        }
    }
    for (int i = 0; i < MESSAGES; i++) {
        medians[i] = value_at(times[i], ROUNDS, 0.5);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    figures->turn = value_at(medians, MESSAGES, 0.5);
    figures->found = 100.0 * found / MESSAGES;
}

static struct figures measure(unsigned count)
{
    struct words words;
    words_init(&words);
    struct intent *intents = take(count * sizeof *intents);
    char *folder = generate(&words, intents, count);
    struct starving counter;
    talk_options options = counting_options(&counter);
    double start = busy_ns();
    talk_bot *bot = load(folder, &options);
    struct figures figures = {.loading = (busy_ns() - start) / 1e6,
                              .bytes = counter.bytes};
    take_turns(bot, &words, intents, count, &figures);
    talk_bot_free(bot);
    remove_folder(folder);
    free(folder);
    free(intents);
    return figures;
}

int main(void)
{
    double first = 0;
    printf("generated packs: with 10,000 intents a turn is to take at most 3 "
           "times what it takes with 10\n");
    printf("%10s %12s %14s %8s %10s\n", "intents", "loading, ms", "turn, us",
           "times", "bot, KiB");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct figures figures = measure(sizes[i]);
        if (i == 0) first = figures.turn;
        printf("%10u %12.1f %10.1f %8.1f %10.0f %10zu\n", sizes[i],
               figures.loading, figures.turn, figures.turn / first,
               figures.found, figures.bytes / 1024);
    }
    return 0;
}
