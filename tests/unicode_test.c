/* unicode_test.c - characters: read, folded, written, repaired. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "unicode.h"

struct read_case {
    const char *what, *bytes;
    size_t length, want;
    uint32_t code;
    bool valid;
};

static const struct read_case reads[] = {
    {"ASCII", "a", 1, 1, 'a', true},
    {"a NUL byte", "\0", 1, 1, 0, true},
    {"two bytes", "\xC3\xA9x", 3, 2, 0xE9, true},
    {"three bytes", "\xE2\x80\xA6", 3, 3, 0x2026, true},
    {"four bytes", "\xF0\x9F\x91\x8D", 4, 4, 0x1F44D, true},
    {"cut off", "\xF0\x9F\x91", 3, 1, 0xFFFD, false},
    {"a byte that only goes on", "\x91x", 2, 1, 0xFFFD, false},
    {"longer than need be", "\xC0\x80", 2, 1, 0xFFFD, false},
    {"a surrogate", "\xED\xA0\x80", 3, 1, 0xFFFD, false},
    {"beyond Unicode", "\xF4\x90\x80\x80", 4, 1, 0xFFFD, false},
    {"a byte that never stands", "\xFF", 1, 1, 0xFFFD, false},
};

static void characters_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        const struct read_case *c = &reads[i];
        uint32_t code;
        bool valid;
        size_t got = talk__unicode_read(c->bytes, c->length, &code, &valid);
        if (got != c->want || code != c->code || valid != c->valid) {
            fail_msg("%s: got %zu, U+%04X, %d", c->what, got, (unsigned)code,
                     valid);
        }
    }
}

struct fold_case {
    const char *what;
    uint32_t code;
    const char *want;      /* the folded characters, written */
    enum char_class class; /* of the first one */
};

static const struct fold_case folds[] = {
    {"a small letter", 'a', "a", CHAR_WORD},
    {"a capital", 'A', "a", CHAR_WORD},
    {"a digit", '7', "7", CHAR_WORD},
    {"a blank", ' ', " ", CHAR_BLANK},
    {"a tab", '\t', "\t", CHAR_BLANK},
    {"a line feed", '\n', "\n", CHAR_NEWLINE},
    {"a full stop", '.', ".", CHAR_PUNCTUATION},
    {"a colon", ':', ":", CHAR_PUNCTUATION},
    {"a hyphen", '-', "-", CHAR_DASH},
    {"a bracket", '(', "(", CHAR_BRACKET},
    {"a slash", '/', "/", CHAR_SYMBOL},
    {"a star", '*', "*", CHAR_BLANK},
    {"a grave accent", '`', "`", CHAR_APOSTROPHE},
    {"a curly apostrophe", 0x2019, "'", CHAR_APOSTROPHE},
    {"a prime", 0x2032, "'", CHAR_APOSTROPHE},
    {"an ellipsis", 0x2026, ",", CHAR_PUNCTUATION},
    {"a capital with an accent", 0xC9, "e", CHAR_WORD},
    {"sharp s", 0xDF, "ss", CHAR_WORD},
    {"n with an apostrophe", 0x149, "'n", CHAR_APOSTROPHE},
    {"a ligature", 0xFB00, "ff", CHAR_WORD},
    {"a full-width letter", 0xFF21, "a", CHAR_WORD},
    {"a full-width full stop", 0xFF0E, ".", CHAR_PUNCTUATION},
    {"a letter in a circle", 0x24D0, "a", CHAR_WORD},
    {"a Cyrillic capital", 0x0411, "\xD0\xB1", CHAR_WORD},
    {"a no-break space", 0xA0, " ", CHAR_BLANK},
    {"a long dash", 0x2014, "\xE2\x80\x94", CHAR_DASH},
    {"a line separator", 0x2028, "\xE2\x80\xA8", CHAR_NEWLINE},
    {"a thumb", 0x1F44D, "\xF0\x9F\x91\x8D", CHAR_SYMBOL},
    {"a skin tone", 0x1F3FD, "\xF0\x9F\x8F\xBD", CHAR_NOTHING},
    {"what is not UTF-8", 0xFFFD, "\xEF\xBF\xBD", CHAR_SYMBOL},
};

static void characters_are_folded(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        const struct fold_case *c = &folds[i];
        struct folded_char chars[FOLD_MAX];
        char got[FOLD_MAX * 4];
        size_t length = 0, count = talk__unicode_fold(c->code, chars);
        for (size_t j = 0; j < count; j++) {
            length += talk__unicode_write(chars[j].code, got + length);
        }
        if (length != strlen(c->want) || memcmp(got, c->want, length) != 0 ||
            chars[0].class != c->class) {
            fail_msg("%s: got '%.*s' of class %d", c->what, (int)length, got,
                     (int)chars[0].class);
        }
    }
}

static void marks_and_what_is_invisible_fold_to_nothing(void **state)
{
    static const uint32_t codes[] = {0x301, 0xAD, 0x200B, 0x200D, 0xFE0F};
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct folded_char chars[FOLD_MAX];
        size_t count = talk__unicode_fold(codes[i], chars);
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(chars[j].class, CHAR_NOTHING);
        }
    }
}

/* The longest of all has 18: an Arabic blessing in one character. */
static void no_character_folds_to_too_many(void **state)
{
    enum { LAST_CODE = 0x10FFFF };
    size_t most = 0;
    (void)state;
    for (uint32_t code = 0; code <= LAST_CODE; code++) {
        struct folded_char chars[FOLD_MAX];
        size_t count = talk__unicode_fold(code, chars);
        assert_in_range(count, 0, FOLD_MAX);
        if (count > most) most = count;
    }
    assert_int_equal(most, 18);
}

/* What was folded stays as it is. */
static void folded_characters_fold_to_themselves(void **state)
{
    enum { LAST_CODE = 0x10FFFF };
    (void)state;
    for (uint32_t code = 0; code <= LAST_CODE; code++) {
        struct folded_char once[FOLD_MAX], twice[FOLD_MAX];
        size_t count = talk__unicode_fold(code, once);
        for (size_t i = 0; i < count; i++) {
            if (once[i].class == CHAR_NOTHING) continue;
            size_t again = talk__unicode_fold(once[i].code, twice);
            if (again != 1 || twice[0].code != once[i].code ||
                twice[0].class != once[i].class) {
                fail_msg("U+%04X of U+%04X", (unsigned)once[i].code,
                         (unsigned)code);
            }
        }
    }
}

static void look_alikes_are_latin(void **state)
{
    (void)state;
    assert_int_equal(talk__unicode_looks_like(0x0430), 'a');
    assert_int_equal(talk__unicode_looks_like(0x03BF), 'o');
    assert_int_equal(talk__unicode_looks_like(0x0274), 'n');
    assert_int_equal(talk__unicode_looks_like('a'), '\0');
    assert_int_equal(talk__unicode_looks_like(0x0431), '\0');
}

struct repair_case {
    const char *what, *bytes, *want;
};

static const struct repair_case repairs[] = {
    {"nothing to repair", "numb \xC3\xA9", "numb \xC3\xA9"},
    {"a byte",
     "a\xFF"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"each byte of what is cut off", "\xF0\x9F", "\xEF\xBF\xBD\xEF\xBF\xBD"},
};

static void texts_are_repaired(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    (void)state;
    talk__arena_init(&arena, &memory, 0);
    for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++) {
        const struct repair_case *c = &repairs[i];
        size_t length;
        const char *got =
            talk__unicode_repair(&arena, c->bytes, strlen(c->bytes), &length);
        assert_non_null(got);
        if (length != strlen(c->want) || memcmp(got, c->want, length) != 0) {
            fail_msg("%s: got '%.*s'", c->what, (int)length, got);
        }
    }
    talk__arena_clear(&arena);
}

static void a_repair_needs_memory(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    size_t length;
    (void)state;
    talk__arena_init(&arena, &memory, 1);
    assert_null(
        talk__unicode_repair(&arena, "\xFF\xFF\xFF\xFF\xFF\xFF", 6, &length));
    talk__arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_read),
        cmocka_unit_test(characters_are_folded),
        cmocka_unit_test(marks_and_what_is_invisible_fold_to_nothing),
        cmocka_unit_test(no_character_folds_to_too_many),
        cmocka_unit_test(folded_characters_fold_to_themselves),
        cmocka_unit_test(look_alikes_are_latin),
        cmocka_unit_test(texts_are_repaired),
        cmocka_unit_test(a_repair_needs_memory),
    };
    return cmocka_run_group_tests_name("unicode", tests, NULL, NULL) != 0;
}
