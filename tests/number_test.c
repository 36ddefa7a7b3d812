/* number_test.c - numbers as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "number.h"

struct reading {
    const char *text;
    bool is_number;
    double number;
};

static const struct reading readings[] = {
    {"0", true, 0},      {"7", true, 7},      {"007", true, 7},
    {"-2", true, -2},    {"2.5", true, 2.5},  {"-0.25", true, -0.25},
    {"", false, 0},      {"-", false, 0},     {".5", false, 0},
    {"5.", false, 0},    {"2,5", false, 0},   {"1e3", false, 0},
    {" 7", false, 0},    {"7 ", false, 0},    {"+7", false, 0},
    {"seven", false, 0}, {"1.2.3", false, 0}, {"0x10", false, 0},
    {"nan", false, 0},   {"P14D", false, 0},
};

static void reads_numbers_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        const struct reading *c = &readings[i];
        double got = 0;
        if (talk__number_read(c->text, &got) != c->is_number ||
            (c->is_number && (got < c->number || got > c->number))) {
            fail_msg("'%s': %f", c->text, got);
        }
    }
}

struct writing {
    double number;
    const char *text;
};

static const struct writing writings[] = {
    {0, "0"},
    {-0.0, "0"},
    {7, "7"},
    {-7, "-7"},
    {10, "10"},
    {100, "100"},
    {2.5, "2.5"},
    {-0.125, "-0.125"},
    {0.1 + 0.2, "0.3"},
    {1.0 / 3, "0.333333"},
    {0.9999999, "1"},
    {0.0000001, "0"},
    {-0.0000001, "0"},
    {999999999, "999999999"},
    {123456.789, "123456.789"},
    {999999999999999, "999999999999999"},
};

static void writes_the_shortest_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof writings / sizeof *writings; i++) {
        char got[NUMBER_SIZE];
        size_t length = talk__number_write(writings[i].number, got);
        if (strcmp(got, writings[i].text) != 0 || length != strlen(got)) {
            fail_msg("%f: '%s', %zu bytes", writings[i].number, got, length);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_and_nothing_else),
        cmocka_unit_test(writes_the_shortest_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
