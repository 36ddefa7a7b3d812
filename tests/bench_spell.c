/* bench_spell.c - how well the shipped pack spells, and what that costs.
 * In: the pack in the working directory; tests/prose.txt, or the files that
 * the arguments name. Out: how many mistyped key words are put right; how many
 * words of prose are taken for what they are not; microseconds a word.
 *
 * The key words are those that patterns need, of six letters and more. They
 * are mistyped by chance, but the same way in every run: a letter doubled or
 * dropped, neighbours swapped, the next key hit. What comes out as a word is
 * not counted, for words are never corrected. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "disk.h"
#include "fold.h"
#include "index.h"
#include "pack_folder.h"
#include "spell.h"

enum { LETTERS_MIN = 6, FORMS = 6, ROUNDS = 20, MESSAGE_MAX = 1000 };

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

struct bench {
    struct pack *pack;
    struct fold_rules rules;
    struct arena arena;
    uint32_t seed;
};

static struct folded fold(struct bench *bench, const char *text, size_t length)
{
    struct folded folded;
    talk__arena_reset(&bench->arena);
    if (talk__fold(&bench->rules, text, length, SIZE_MAX / 2, &bench->arena,
                   &folded) != TALK_OK) {
        give_up("fold", "a text");
    }
    return folded;
}

/* ---- Mistyping ---- */

static uint32_t chance(struct bench *bench, size_t sides)
{
    bench->seed = bench->seed * 1664525u + 1013904223u;
    return (bench->seed >> 8) % (uint32_t)sides;
}

static void double_letter(struct bench *bench, char *word, size_t length)
{
    size_t at = chance(bench, length);
    memmove(word + at + 1, word + at, length - at + 1);
}

static void drop_letter(struct bench *bench, char *word, size_t length)
{
    size_t at = chance(bench, length);
    memmove(word + at, word + at + 1, length - at);
}

/* Two that are the same would not be seen. */
static void swap_letters(struct bench *bench, char *word, size_t length)
{
    size_t at = chance(bench, length - 1);
    for (size_t i = 0; i < length && word[at] == word[at + 1]; i++) {
        at = (at + 1) % (length - 1);
    }
    char letter = word[at];
    word[at] = word[at + 1];
    word[at + 1] = letter;
}

static void hit_next_key(struct bench *bench, char *word, size_t length)
{
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    size_t at = chance(bench, length);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *key = strchr(rows[i], word[at]);
        if (!key) continue;
        bool left = key[1] == '\0' || (key > rows[i] && chance(bench, 2));
        word[at] = left ? key[-1] : key[1];
        return;
    }
}

static void (*const slips[])(struct bench *, char *, size_t) = {
    double_letter, drop_letter, swap_letters, hit_next_key};
enum { KINDS = sizeof slips / sizeof *slips };

/* ---- Recall ---- */

struct tally {
    size_t tried, right;
};

static bool is_key_word(const struct bench *bench,
                        const struct table_entry *entry)
{
    if (entry->length < LETTERS_MIN || entry->length > SPELL_MAX - 2) {
        return false;
    }
    for (uint32_t i = 0; i < entry->length; i++) {
        if (entry->key[i] < 'a' || entry->key[i] > 'z') return false;
    }
    if (talk__table_get(&bench->pack->replaced, entry->key, entry->length) !=
        TABLE_NONE) {
        return false;
    }
    /* A slip that stands in a pattern is not what anybody means. */
    char fixed[SPELL_MAX];
    size_t length;
    return !talk__spell_correct(bench->rules.speller, entry->key,
                                entry->length, false, fixed, &length);
}

static bool is_word(const struct bench *bench, const char *text)
{
    size_t length = strlen(text);
    return talk__spell_is_right(bench->rules.speller, text, length) ||
           talk__table_get(&bench->pack->index->words, text, length) !=
               TABLE_NONE;
}

static void mistype(struct bench *bench, const struct table_entry *entry,
                    int count, struct tally *tally)
{
    char word[SPELL_MAX + 2], fixed[SPELL_MAX];
    size_t length;
    memcpy(word, entry->key, entry->length);
    word[entry->length] = '\0';
    for (int i = 0; i < count; i++) {
        slips[chance(bench, KINDS)](bench, word, strlen(word));
    }
    bool corrected = talk__spell_correct(bench->rules.speller, word,
                                         strlen(word), false, fixed, &length);
    if (!corrected && is_word(bench, word)) return;
    tally->tried++;
    if (corrected && length == entry->length &&
        memcmp(fixed, entry->key, length) == 0) {
        tally->right++;
    }
}

static void measure_recall(struct bench *bench, int count, const char *what,
                           double target)
{
    const struct table *words = &bench->pack->index->words;
    struct tally tally = {0};
    double start = now();
    for (size_t i = 0; i < words->count; i++) {
        if (!is_key_word(bench, &words->entries[i])) continue;
        for (int form = 0; form < FORMS; form++) {
            mistype(bench, &words->entries[i], count, &tally);
        }
    }
    double micros = (now() - start) / (double)tally.tried;
    printf("%-28s %6.2f %% of %zu put right (aim %.0f), %.1f us each\n", what,
           100.0 * (double)tally.right / (double)tally.tried, tally.tried,
           target, micros);
}

/* ---- Prose ---- */

/* Where a message ends: behind a paragraph, or a blank. */
static size_t message_length(const char *text, size_t length)
{
    if (length > MESSAGE_MAX) {
        length = MESSAGE_MAX;
        while (length > 1 && text[length - 1] != ' ') length--;
    }
    const char *end = strstr(text, "\n\n");
    size_t paragraph = end ? (size_t)(end - text) + 2 : length;
    return paragraph < length ? paragraph : length;
}

static void tell_corrections(const struct folded *folded, const char *text)
{
    for (size_t i = 0; i < folded->correction_count; i++) {
        const struct correction *c = &folded->corrections[i];
        printf("    %.*s -> %.*s\n", (int)(c->to - c->from), text + c->from,
               (int)c->length, folded->text + c->start);
    }
}

static void measure_prose(struct bench *bench, const char *path)
{
    size_t length, words = 0, corrections = 0;
    char *text = read_whole_file(path, &length);
    double start = now();
    for (int round = 0; round < ROUNDS; round++) {
        size_t at = 0;
        while (at < length) {
            size_t part = message_length(text + at, length - at);
            if (text[at] != '#') {
                struct folded folded = fold(bench, text + at, part);
                words += folded.word_count;
                corrections += folded.correction_count;
                if (round == 0) tell_corrections(&folded, text + at);
            }
            at += part;
        }
    }
    printf("%-28s %6.2f in 1,000 words of %zu corrected (aim 1), %.2f us a "
           "word\n",
           path, 1000.0 * (double)corrections / (double)words, words / ROUNDS,
           (now() - start) / (double)words);
    free(text);
}

int main(int argc, char **argv)
{
    struct bench bench = {.seed = 1};
    struct memory memory = talk__memory_from(NULL);
    struct outcome outcome = read_pack(".", NULL, NULL, &bench.pack);
    if (!bench.pack || !bench.pack->speller) {
        (void)fprintf(stderr, "%sno pack that spells\n", outcome.lines);
        return 1;
    }
    outcome_clear(&outcome);
    talk__arena_init(&bench.arena, &memory, 0);
    bench.rules = (struct fold_rules){
        &bench.pack->replaced, bench.pack->replacements, bench.pack->speller};
    measure_recall(&bench, 1, "key words with one slip", 97);
    measure_recall(&bench, 2, "key words with two slips", 85);
    for (int i = 1; i < argc; i++) measure_prose(&bench, argv[i]);
    if (argc < 2) measure_prose(&bench, "tests/prose.txt");
    talk__arena_clear(&bench.arena);
    talk__pack_free(bench.pack);
    return 0;
}
