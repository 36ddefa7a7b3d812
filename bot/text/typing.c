/* typing.c - how likely one word is a slip of the fingers for another.
 * In: what was typed, what may have been meant.  Out: a cost.
 * Ignores how common the words are, and what they mean.
 * Method: optimal string alignment (Damerau's four kinds of slip), with
 * weights after the kinds that are frequent on a keyboard (Kernighan, Church
 * and Gale 1990: doubled and dropped letters, swaps, neighbouring keys). */
#include "typing.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* The keys round each key of QWERTY, a to z. */
static const char *const neighbours[26] = {
    "qwsz",   "vghn", "xdfv",   "serfcx", "wsdr",   "drtgvc", "ftyhbv",
    "gyujnb", "ujko", "huikmn", "jiolm",  "kop",    "njk",    "bhjm",
    "iklp",   "ol",   "wa",     "edft",   "awedxz", "rfgy",   "yhji",
    "cfgb",   "qase", "zsdc",   "tghu",   "asx"};

static bool is_neighbour(char a, char b)
{
    assert(a >= 'a' && a <= 'z');
    return strchr(neighbours[a - 'a'], b) != NULL;
}

static bool is_vowel(char c)
{
    return strchr("aeiouy", c) != NULL;
}

/* "kold", "sinse", "cauze", "jym": one letter for the sound of another. */
static bool sounds_alike(char a, char b)
{
    static const char pairs[][2] = {
        {'c', 'k'}, {'c', 's'}, {'s', 'z'}, {'g', 'j'}, {'f', 'v'}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if ((a == pairs[i][0] && b == pairs[i][1]) ||
            (b == pairs[i][0] && a == pairs[i][1])) {
            return true;
        }
    }
    return false;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* A letter too many at `at`. */
static unsigned cost_of_add(const char *typed, size_t length, size_t at)
{
    char c = typed[at];
    char before = at > 0 ? typed[at - 1] : '\0';
    char behind = at + 1 < length ? typed[at + 1] : '\0';
    if (c == before || c == behind) return TYPING_DOUBLE;
    if (at == 0) return TYPING_ADD + TYPING_FIRST;
    if (is_neighbour(c, before) || (behind && is_neighbour(c, behind))) {
        return TYPING_ADD_KEY;
    }
    return TYPING_ADD;
}

/* The letter at `at` is missing in what was typed. */
static unsigned cost_of_drop(const char *meant, size_t length, size_t at)
{
    char c = meant[at];
    if (at > 0 && meant[at - 1] == c) return TYPING_DOUBLE;
    if (at + 1 < length && meant[at + 1] == c) return TYPING_DOUBLE;
    bool last = at + 1 == length;
    if (last && at > 2 && memcmp(meant + at - 2, "ing", 3) == 0) {
        return TYPING_SPOKEN;
    }
    return at == 0 ? TYPING_DROP + TYPING_FIRST : TYPING_DROP;
}

static unsigned cost_of_mistake(char typed, char meant, bool first)
{
    if (typed == meant) return 0;
    unsigned more = first ? TYPING_FIRST : 0;
    if (is_neighbour(typed, meant)) return TYPING_KEY + more;
    if (sounds_alike(typed, meant)) return TYPING_SOUND + more;
    if (is_vowel(typed) && is_vowel(meant)) return TYPING_VOWEL + more;
    return TYPING_REPLACE + more;
}

unsigned talk__typing_cost(const char *typed, size_t typed_length,
                           const char *meant, size_t meant_length,
                           unsigned max)
{
    unsigned far = max + 1;
    unsigned rows[3][TYPING_MAX + 1];
    unsigned drops[TYPING_MAX];
    if (typed_length > TYPING_MAX || meant_length > TYPING_MAX) return far;
    /* rows[i % 3][j]: from the first i letters typed to the first j meant. */
    rows[0][0] = 0;
    for (size_t j = 0; j < meant_length; j++) {
        drops[j] = cost_of_drop(meant, meant_length, j);
        rows[0][j + 1] = rows[0][j] + drops[j];
    }
    unsigned best_before = 0;
    for (size_t i = 1; i <= typed_length; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *before = rows[(i + 2) % 3];
        const unsigned *two_before = rows[(i + 1) % 3];
        unsigned add = cost_of_add(typed, typed_length, i - 1);
        unsigned best = row[0] = before[0] + add;
        for (size_t j = 1; j <= meant_length; j++) {
            unsigned cost =
                smaller(before[j] + add, row[j - 1] + drops[j - 1]);
            cost =
                smaller(cost, before[j - 1] +
                                  cost_of_mistake(typed[i - 1], meant[j - 1],
                                                  i == 1 && j == 1));
            if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] &&
                typed[i - 2] == meant[j - 1]) {
                cost = smaller(cost, two_before[j - 2] + TYPING_SWAP);
            }
            row[j] = cost;
            best = smaller(best, cost);
        }
        /* A swap reaches back two rows. */
        if (best > max && best_before > max) return far;
        best_before = best;
    }
    return smaller(rows[typed_length % 3][meant_length], far);
}
