/* grade_test.c - how hard a text is to read: words, syllables, the grade. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "grade.h"

static const struct word_row {
    const char *word;
    size_t syllables;
} words[] = {
    {"back", 1},      {"numb", 1},      {"were", 1},   {"the", 1},
    {"table", 2},     {"muscle", 2},    {"whole", 1},  {"wanted", 2},
    {"baked", 1},     {"houses", 2},    {"comes", 1},  {"numbness", 2},
    {"emergency", 4}, {"doctor", 2},    {"rhythm", 1}, {"technique", 2},
    {"cracked", 1},   {"stretches", 2}, {"a", 1},      {"sh", 1},
    {"vertebrae", 3}, {"eye", 1},
};

static void syllables_are_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t got =
            talk__grade_syllables(words[i].word, strlen(words[i].word));
        if (got != words[i].syllables) {
            fail_msg("'%s': got %zu, wanted %zu", words[i].word, got,
                     words[i].syllables);
        }
    }
}

/* 0.39 * words / sentences + 11.8 * syllables / words - 15.59 */
static const struct text_row {
    const char *text;
    size_t words;
    double grade;
} texts[] = {
    {"", 0, 0},
    {" ,. ", 0, 0},
    {"Stop.", 1, 0.39 + 11.8 - 15.59},
    {"Stop", 1, 0.39 + 11.8 - 15.59},
    {"Stop here. Call a doctor now!", 6, 0.39 * 6 / 2 + 11.8 * 7 / 6 - 15.59},
    {"Call 112, 911 or 999.", 5, 0.39 * 5 + 11.8 * 5 / 5 - 15.59},
    {"It is 7.5 of 10... or so.", 8, 0.39 * 8 / 2 + 11.8 * 8 / 8 - 15.59},
    {"I can't.", 2, 0.39 * 2 + 11.8 * 2 / 2 - 15.59},
};

static void texts_have_a_grade(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i].text);
        double got = talk__grade(texts[i].text, length);
        assert_int_equal(talk__grade_words(texts[i].text, length),
                         texts[i].words);
        if (fabs(got - texts[i].grade) > 0.001) {
            fail_msg("'%s': got %f, wanted %f", texts[i].text, got,
                     texts[i].grade);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syllables_are_counted),
        cmocka_unit_test(texts_have_a_grade),
    };
    return cmocka_run_group_tests_name("grade", tests, NULL, NULL) != 0;
}
