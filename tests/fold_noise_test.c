/* fold_noise_test.c - what holds of folding whatever is typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "fold_desk.h"
#include "pack_folder.h"
#include "unicode.h"

static uint32_t chance(uint32_t *seed, uint32_t sides)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % sides;
}

/* Pieces that make trouble when they meet, and any character at all. */
static size_t add_piece(uint32_t *seed, char *out)
{
    static const char *const pieces[] = {"a",
                                         "I",
                                         "can't",
                                         "cant",
                                         "numbnes",
                                         "footnumb",
                                         "fore",
                                         "arm",
                                         "sooooo",
                                         "Shoulderr",
                                         "its",
                                         "n't",
                                         "'",
                                         "''",
                                         " ",
                                         "  ",
                                         "\n",
                                         "\r\n",
                                         ".",
                                         "..",
                                         "...",
                                         ",",
                                         "?",
                                         "!",
                                         ";",
                                         ":",
                                         "-",
                                         "--",
                                         "/",
                                         "7",
                                         "10",
                                         "7.5",
                                         "b4",
                                         "w/o",
                                         "<b>",
                                         "<",
                                         ">",
                                         "(",
                                         ")",
                                         "&",
                                         "+",
                                         "*",
                                         "x-ray",
                                         "a.m.",
                                         "u",
                                         "\t",
                                         "\"",
                                         "\xC3\xA9",
                                         "\xC3\x9F",
                                         "\xC2\xA0",
                                         "\xE2\x80\x99",
                                         "\xE2\x80\x94",
                                         "\xE2\x80\xA6",
                                         "\xE2\x80\x8B",
                                         "\xEF\xBC\x97",
                                         "\xEF\xBC\x8E",
                                         "\xEF\xBC\x8F",
                                         "\xD1\x80",
                                         "\xCE\xB1",
                                         "\xCC\x81",
                                         "\xEF\xB7\xBA",
                                         "\xC5\x89",
                                         "\xF0\x9F\x91\x8D",
                                         "\xF0\x9F\x8F\xBD",
                                         "\xF0\x9D\x90\xA7",
                                         "\xC2",
                                         "\xFF",
                                         "\xF0\x9F",
                                         "\xC2\xBD",
                                         "\xE2\x84\xA2",
                                         "\xE2\x82\xAC"};
    enum { PIECES = sizeof pieces / sizeof *pieces, LAST_CODE = 0x10FFFF };
    if (chance(seed, 4) > 0) {
        const char *piece = pieces[chance(seed, PIECES)];
        memcpy(out, piece, strlen(piece));
        return strlen(piece);
    }
    if (chance(seed, 4) == 0) {
        *out = (char)chance(seed, 256);
        return 1;
    }
    uint32_t code = chance(seed, chance(seed, 2) ? 0x3000 : LAST_CODE);
    if (code >= 0xD800 && code < 0xE000) code = 'x';
    return talk__unicode_write(code, out);
}

enum { PIECES_MAX = 24, PIECE_SIZE = 12, MESSAGES = 20000 };

static bool is_mark(char c)
{
    return c && strchr(",.?!;:", c);
}

static bool is_first_byte(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Single blanks, none at the ends; marks only behind words, one at a time;
 * valid UTF-8. */
static const char *fault_of_text(const struct folded *got)
{
    for (size_t at = 0; at < got->length;) {
        uint32_t code;
        bool valid;
        at += talk__unicode_read(got->text + at, got->length - at, &code,
                                 &valid);
        if (!valid) return "not UTF-8";
    }
    for (size_t i = 0; i < got->length; i++) {
        char before = i ? got->text[i - 1] : ' ';
        char c = got->text[i];
        char behind = i + 1 < got->length ? got->text[i + 1] : ' ';
        if (c >= 'A' && c <= 'Z') return "a capital";
        if ((unsigned char)c < ' ') return "a control character";
        if (c == ' ' && (before == ' ' || i + 1 == got->length)) {
            return "a blank too many";
        }
        bool inside =
            before >= '0' && before <= '9' && behind >= '0' && behind <= '9';
        if (is_mark(c) && (before == ' ' || is_mark(before))) {
            return "a mark behind no word";
        }
        if (is_mark(c) && behind != ' ' && !inside) {
            return "no blank behind a mark";
        }
    }
    return NULL;
}

static const char *fault_of_words(const struct folded *got,
                                  const char *message, size_t length)
{
    size_t end = 0, from = 0, to = 0;
    for (size_t i = 0; i < got->word_count; i++) {
        const struct word *word = &got->words[i];
        if (word->length == 0 || word->start < end ||
            word->start + word->length > got->length) {
            return "words out of order";
        }
        if (word->from < from || word->to < to || word->from >= word->to ||
            word->to > length) {
            return "origins out of order";
        }
        end = word->start + word->length;
        from = word->from;
        to = word->to;
        if (!is_first_byte(got->text[word->start])) return "a torn letter";
        (void)message;
    }
    return NULL;
}

/* Where characters begin, as they are read. */
static const char *fault_of_borders(const struct folded *got,
                                    const char *message, size_t length)
{
    static bool border[PIECES_MAX * PIECE_SIZE + 1];
    memset(border, 0, sizeof border);
    for (size_t at = 0; at < length;) {
        uint32_t code;
        bool valid;
        border[at] = true;
        at += talk__unicode_read(message + at, length - at, &code, &valid);
    }
    border[length] = true;
    for (size_t i = 0; i < got->word_count; i++) {
        if (!border[got->words[i].from] || !border[got->words[i].to]) {
            return "an origin inside a character";
        }
    }
    return NULL;
}

static void complain(const char *fault, const char *message, size_t length,
                     const struct folded *got)
{
    char shown[PIECES_MAX * PIECE_SIZE * 4 + 1];
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        static const char hex[] = "0123456789ABCDEF";
        unsigned char byte = (unsigned char)message[i];
        if (byte >= ' ' && byte < 0x7F) {
            shown[used++] = message[i];
        } else {
            shown[used++] = '\\';
            shown[used++] = 'x';
            shown[used++] = hex[byte >> 4];
            shown[used++] = hex[byte & 15];
        }
    }
    shown[used] = '\0';
    fail_msg("%s: '%s' became '%.*s'", fault, shown, (int)got->length,
             got->text);
}

static void whatever_is_typed(void **state)
{
    uint32_t seed = 2463534242;
    for (int i = 0; i < MESSAGES; i++) {
        char message[PIECES_MAX * PIECE_SIZE];
        size_t length = 0;
        uint32_t pieces = chance(&seed, PIECES_MAX);
        while (pieces--) length += add_piece(&seed, message + length);
        struct folded got = fold(*state, message, length);
        const char *fault = fault_of_text(&got);
        if (!fault) fault = fault_of_words(&got, message, length);
        if (!fault) fault = fault_of_borders(&got, message, length);
        if (fault) complain(fault, message, length, &got);
    }
}

/* What was folded is as it is when it is folded again. */
static void folding_twice_is_folding_once(void **state)
{
    uint32_t seed = 88675123;
    for (int i = 0; i < MESSAGES; i++) {
        char message[PIECES_MAX * PIECE_SIZE], once[2000];
        size_t length = 0;
        uint32_t pieces = chance(&seed, PIECES_MAX);
        while (pieces--) length += add_piece(&seed, message + length);
        struct folded got = fold(*state, message, length);
        size_t once_length = got.length;
        assert_true(once_length < sizeof once);
        memcpy(once, got.text, once_length);
        got = fold(*state, once, once_length);
        if (got.length != once_length ||
            memcmp(got.text, once, once_length) != 0) {
            complain("folded again", once, once_length, &got);
        }
    }
}

/* ---- The same with the rules of the shipped pack ---- */

static struct pack *shipped;

static int open_shipped_desk(void **state)
{
    struct outcome outcome = read_pack(".", NULL, NULL, &shipped);
    outcome_clear(&outcome);
    if (!shipped || open_fold_desk(state) != 0) return 1;
    struct fold_desk *desk = *state;
    desk->rules = (struct fold_rules){&shipped->replaced,
                                      shipped->replacements, shipped->speller};
    return 0;
}

static int close_shipped_desk(void **state)
{
    talk__pack_free(shipped);
    return close_fold_desk(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_typed),
        cmocka_unit_test(folding_twice_is_folding_once),
    };
    int failed = cmocka_run_group_tests_name("fold noise", tests,
                                             open_fold_desk, close_fold_desk);
    const struct CMUnitTest shipped_tests[] = {
        cmocka_unit_test(whatever_is_typed),
    };
    failed +=
        cmocka_run_group_tests_name("shipped fold noise", shipped_tests,
                                    open_shipped_desk, close_shipped_desk);
    return failed != 0;
}
