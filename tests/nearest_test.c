/* nearest_test.c - how far words are from each other, and which was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"

struct distance_case {
    const char *what, *a, *b;
    size_t max, want;
};

static const struct distance_case distances[] = {
    {"equal words", "numb", "numb", 2, 0},
    {"nothing and nothing", "", "", 2, 0},
    {"nothing and a word", "", "ab", 2, 2},
    {"nothing and a longer word", "", "abc", 2, 3},
    {"a letter left out", "numbness", "numness", 2, 1},
    {"a letter put in", "stif", "stiff", 2, 1},
    {"a letter mistaken", "sore", "sure", 2, 1},
    {"neighbours swapped", "form", "from", 2, 1},
    {"swapped at the start", "ehlp", "help", 2, 1},
    {"two mistakes", "shuolder", "shouldr", 2, 2},
    {"a swap is not cut open", "ca", "abc", 3, 3},
    {"more than max is max + 1", "kitten", "sitting", 2, 3},
    {"exactly max", "kitten", "sitting", 3, 3},
    {"max 0, equal", "back", "back", 0, 0},
    {"max 0, different", "back", "pack", 0, 1},
    {"nothing in common", "abcdefgh", "stuvwxyz", 3, 4},
    {"a wrong accent is two bytes", "cafe", "caf\xC3\xA9", 3, 2},
};

static void distance(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        const struct distance_case *c = &distances[i];
        size_t a = strlen(c->a), b = strlen(c->b);
        size_t there = talk__edit_distance(c->a, a, c->b, b, c->max);
        size_t back = talk__edit_distance(c->b, b, c->a, a, c->max);
        if (there != c->want || back != c->want) {
            fail_msg("%s: got %zu and %zu, wanted %zu", c->what, there, back,
                     c->want);
        }
    }
}

/* The same by the book, without bound or short cuts. */
static size_t plain_distance(const char *a, size_t a_length, const char *b,
                             size_t b_length)
{
    size_t table[9][9];
    for (size_t i = 0; i <= a_length; i++) {
        for (size_t j = 0; j <= b_length; j++) {
            size_t best = i == 0 ? j : i;
            if (i && j) {
                best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                if (table[i - 1][j] + 1 < best) best = table[i - 1][j] + 1;
                if (table[i][j - 1] + 1 < best) best = table[i][j - 1] + 1;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && table[i - 2][j - 2] + 1 < best) {
                best = table[i - 2][j - 2] + 1;
            }
            table[i][j] = best;
        }
    }
    return table[a_length][b_length];
}

static void distance_is_that_of_the_book(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 50000; round++) {
        char words[2][8];
        size_t lengths[2];
        for (size_t w = 0; w < 2; w++) {
            seed = seed * 1664525u + 1013904223u;
            lengths[w] = (seed >> 16) % 9;
            for (size_t i = 0; i < lengths[w]; i++) {
                seed = seed * 1664525u + 1013904223u;
                words[w][i] = (char)('a' + (seed >> 16) % 3);
            }
        }
        size_t max = (seed >> 8) % 5;
        size_t want =
            plain_distance(words[0], lengths[0], words[1], lengths[1]);
        if (want > max) want = max + 1;
        size_t got = talk__edit_distance(words[0], lengths[0], words[1],
                                         lengths[1], max);
        if (got != want) {
            fail_msg("'%.*s' '%.*s' max %zu: got %zu, wanted %zu",
                     (int)lengths[0], words[0], (int)lengths[1], words[1], max,
                     got, want);
        }
    }
}

static void long_words_are_far(void **state)
{
    (void)state;
    char a[200], b[200];
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    assert_int_equal(talk__edit_distance(a, 200, b, 200, 5), 6);
    assert_int_equal(talk__edit_distance(a, 200, a, 199, 5), 1);
    assert_int_equal(talk__edit_distance(a, 200, a, 200, 5), 0);
}

struct nearest_case {
    const char *what, *typed, *want;
};

static const struct nearest_case meant[] = {
    {"one letter too many", "patternss", "patterns"},
    {"the nearer one", "prioriti", "priority"},
    {"the same", "not", "not"},
    {"short words may have one mistake", "nod", "not"},
    {"short words may not have two", "nnn", NULL},
    {"far from all", "colour", NULL},
    {"nothing typed", "", NULL},
};

static void nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"priority", "patterns", "examples",
                                        "not",      "nota",     "answer"};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        struct nearest near;
        talk__nearest_init(&near, meant[i].typed, strlen(meant[i].typed));
        for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
            talk__nearest_try(&near, names[n]);
        }
        const char *want = meant[i].want ? meant[i].want : "nothing";
        const char *got = near.name ? near.name : "nothing";
        if (strcmp(got, want) != 0) {
            fail_msg("%s: got %s, wanted %s", meant[i].what, got, want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance),
        cmocka_unit_test(distance_is_that_of_the_book),
        cmocka_unit_test(long_words_are_far),
        cmocka_unit_test(nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
