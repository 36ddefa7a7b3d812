/* factor_test.c - alternatives that begin alike, brought together: written as
 * wanted, and matching what they matched before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <string.h>

#include "factor.h"
#include "regex.h"

static struct memory memory;
static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    memory = talk__memory_from(NULL);
    talk__arena_init(&arena, &memory, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    talk__arena_clear(&arena);
    return 0;
}

static void expect_factored(const char *pattern, const char *wanted)
{
    size_t length;
    const char *out = talk__factor(&arena, pattern, strlen(pattern), &length);
    assert_non_null(out);
    assert_int_equal(length, strlen(wanted));
    assert_memory_equal(out, wanted, length);
}

static void what_is_common_goes_before(void **state)
{
    (void)state;
    expect_factored("crack|cracks|pop|cracking", "crack(|ing|s)|pop");
    expect_factored("my (?:neck|nose|back) hurts",
                    "my (?:back|n(eck|ose)) hurts");
    expect_factored("(?<value>ten|two|one)", "(?<value>one|t(en|wo))");
    expect_factored("(?:a|b) (?=ca|cb)", "(?:a|b) (?=c(a|b))");
}

/* Only what begins with another letter may be passed. */
static void order_is_kept_where_it_counts(void **state)
{
    (void)state;
    expect_factored("ab|\\w+|ac", "ab|\\w+|ac");
    expect_factored("ab|(?:x)|ac", "ab|(?:x)|ac");
    expect_factored("ab||ac", "ab||ac");
    expect_factored("a?b|ac|ad", "a?b|a(c|d)");
    expect_factored("abc|ab|abd", "ab(c||d)");
    expect_factored("ab*|ab+|ab{2}|abc", "a(b*|b+|b{2}|bc)");
}

static void some_things_stay_as_they_are(void **state)
{
    (void)state;
    expect_factored("", "");
    expect_factored("pain", "pain");
    expect_factored("(?<!to )(?<=an|at)x", "(?<!to )(?<=an|at)x");
    expect_factored("[a|b](?:[)|(]c|d)", "[a|b](?:[)|(]c|d)");
    expect_factored("\\||\\)|\\(", "\\||\\)|\\(");
    expect_factored("\xC3\xA4|\xC3\xB6", "\xC3\xA4|\xC3\xB6");
}

/* PCRE2 takes groups in groups, but not any number of them. */
static void long_ladders_compile(void **state)
{
    (void)state;
    char pattern[3000];
    size_t size = 0, length;
    struct regex *regex;
    struct regex_fault fault;
    for (int letters = 70; letters > 0; letters--) {
        memset(pattern + size, 'a', (size_t)letters);
        size += (size_t)letters;
        pattern[size++] = '|';
    }
    const char *out = talk__factor(&arena, pattern, size - 1, &length);
    assert_non_null(out);
    assert_int_equal(talk__regex_new(&memory, out, length, 0, &regex, &fault),
                     TALK_OK);
    talk__regex_free(&memory, regex);
}

/* ---- Any pattern, any text ---- */

static uint32_t seed = 20261121;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
}

struct written {
    char text[4000];
    size_t length;
};

static void put(struct written *out, const char *text)
{
    size_t length = strlen(text);
    assert_true(out->length + length < sizeof out->text);
    memcpy(out->text + out->length, text, length + 1);
    out->length += length;
}

static void write_choice(struct written *out, int depth);

static void write_row(struct written *out, int depth)
{
    static const char *const atoms[] = {"a", "b",    "c",   "a", "b",  "c",
                                        "a", "[ab]", "\\w", " ", "\\b"};
    static const char *const signs[] = {"", "", "",  "",  "",   "",
                                        "", "", "?", "*", "+?", "{1,2}"};
    static const char *const heads[] = {"(?:", "(?:", "(", "(?=", "(?!"};
    for (uint32_t items = any(4); items > 0; items--) {
        if (depth < 3 && any(5) == 0) {
            uint32_t head = any(5);
            put(out, heads[head]);
            write_choice(out, depth + 1);
            put(out, ")");
            if (head < 3) put(out, signs[any(10)]);
        } else {
            uint32_t atom = any(11);
            put(out, atoms[atom]);
            if (atom < 10) put(out, signs[any(12)]);
        }
    }
}

static void write_choice(struct written *out, int depth)
{
    write_row(out, depth);
    for (uint32_t more = any(5); more > 0; more--) {
        put(out, "|");
        write_row(out, depth);
    }
}

static struct regex *compiled(const char *pattern, size_t length)
{
    struct regex *regex;
    struct regex_fault fault;
    assert_int_equal(
        talk__regex_new(&memory, pattern, length, 0, &regex, &fault), TALK_OK);
    return regex;
}

static void all_matches_stay_the_same(void **state)
{
    (void)state;
    struct regex_limits limits = {1000 * 1000, false};
    struct regex_space *space;
    size_t matches = 0, changed = 0;
    assert_int_equal(talk__regex_space_new(&memory, &limits, &space), TALK_OK);
    for (int round = 0; round < 3000; round++) {
        struct written pattern = {.length = 0};
        size_t length;
        write_choice(&pattern, 0);
        talk__arena_reset(&arena);
        const char *out =
            talk__factor(&arena, pattern.text, pattern.length, &length);
        assert_non_null(out);
        changed +=
            length != pattern.length || memcmp(out, pattern.text, length) != 0;
        struct regex *before = compiled(pattern.text, pattern.length);
        struct regex *after = compiled(out, length);
        for (int texts = 0; texts < 20; texts++) {
            char text[12];
            for (size_t i = 0; i < sizeof text; i++) text[i] = "abc "[any(4)];
            struct subject subject = {text, sizeof text, false};
            size_t start[2] = {0, 0}, end[2] = {0, 0};
            enum regex_result found[2];
            found[0] = talk__regex_find(space, before, &subject, 0, &start[0],
                                        &end[0]);
            found[1] = talk__regex_find(space, after, &subject, 0, &start[1],
                                        &end[1]);
            matches += found[0] == REGEX_MATCH;
            if (found[0] != found[1] || start[0] != start[1] ||
                end[0] != end[1]) {
                fail_msg("'%s' is not '%.*s' for '%.12s'", pattern.text,
                         (int)length, out, text);
            }
        }
        talk__regex_free(&memory, before);
        talk__regex_free(&memory, after);
    }
    talk__regex_space_free(&memory, space);
    /* Neither is there nothing to compare. */
    assert_true(matches > 5000);
    assert_true(changed > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_common_goes_before),
        cmocka_unit_test(order_is_kept_where_it_counts),
        cmocka_unit_test(some_things_stay_as_they_are),
        cmocka_unit_test(long_ladders_compile),
        cmocka_unit_test(all_matches_stay_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
