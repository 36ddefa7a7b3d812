/* fold_test.c - messages as folded text, and the way back to the user's
 * bytes: by cases, and by properties that hold for whatever is typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "fold.h"
#include "starving.h"
#include "unicode.h"

enum { CEILING = 100000 };

/* What a small pack replaces. */
static const struct {
    const char *from, *to;
} replacements[] = {
    {"can't", "can not"},
    {"cant", "can not"},
    {"won't", "will not"},
    {"i'm", "i am"},
    {"its'", "it is"},
    {"dosent", "does not"},
    {"u", "you"},
    {"w/o", "without"},
    {"\xF0\x9F\x91\x8D", "yes"},
    {"\xF0\x9F\x91\x8E", "no"},
    {"b4", "before"},
    {"2day", "today"},
};
enum { REPLACED = sizeof replacements / sizeof *replacements };

struct desk {
    struct arena arena, rules_arena;
    struct table replaced;
    const char *to[REPLACED];
    struct fold_rules rules;
};

static int open_desk(void **state)
{
    static struct desk desk;
    struct memory memory = talk__memory_from(NULL);
    talk__arena_init(&desk.arena, &memory, 0);
    talk__arena_init(&desk.rules_arena, &memory, 0);
    talk__table_init(&desk.replaced, &desk.rules_arena);
    for (uint32_t i = 0; i < REPLACED; i++) {
        const char *from = replacements[i].from;
        desk.to[i] = replacements[i].to;
        if (!talk__table_set(&desk.replaced, from, strlen(from), i)) return 1;
    }
    desk.rules = (struct fold_rules){&desk.replaced, desk.to, NULL};
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    talk__arena_clear(&desk->arena);
    talk__arena_clear(&desk->rules_arena);
    return 0;
}

static struct folded fold(struct desk *desk, const char *text, size_t length)
{
    struct folded folded;
    talk__arena_reset(&desk->arena);
    assert_int_equal(
        talk__fold(&desk->rules, text, length, CEILING, &desk->arena, &folded),
        TALK_OK);
    return folded;
}

/* ---- By cases ---- */

struct fold_case {
    const char *what, *message, *want;
};

static const struct fold_case cases[] = {
    {"nothing", "", ""},
    {"blanks only", " \t  ", ""},
    {"marks only", "?!...", ""},
    {"capitals", "MY Left ARM", "my left arm"},
    {"blanks are single", "  my \t arm  ", "my arm"},
    {"a mark sticks to the word before it", "numb , and cold",
     "numb, and cold"},
    {"no blank behind a mark", "numb.can i?yes", "numb. can i? yes"},
    {"the mark that says more stays", "what?!?,", "what?"},
    {"a line break is a full stop", "numb\r\ncold", "numb. cold"},
    {"three points are a pause", "numb... cold", "numb, cold"},
    {"two points are, too", "numb.. cold", "numb, cold"},
    {"an ellipsis is a pause", "numb\xE2\x80\xA6 cold", "numb, cold"},
    {"a question behind a pause", "numb...?", "numb?"},
    {"brackets are commas", "my arm (left) hurts", "my arm, left, hurts"},
    {"a bracket at the start", "(left)", "left,"},
    {"a hyphen is a blank", "mid-back x-ray", "mid back x ray"},
    {"a dash is a pause", "numb - cold", "numb, cold"},
    {"a long dash is a pause", "numb \xE2\x80\x94 cold", "numb, cold"},
    {"two hyphens are a dash", "numb--cold", "numb, cold"},
    {"numbers keep their marks", "7.5, 7/10, 2-3, 9:30",
     "7.5, 7/10, 2-3, 9:30"},
    {"a number ends a sentence", "it is 7. it hurts", "it is 7. it hurts"},
    {"full-width numbers", "\xEF\xBC\x97\xEF\xBC\x8F\xEF\xBC\x91\xEF\xBC\x90",
     "7/10"},
    {"initials", "at 9 a.m. e.g. now", "at 9 am. eg. now"},
    {"no initials", "is it i.am", "is it i. am"},
    {"and, plus", "numb & cold + weak", "numb and cold and weak"},
    {"a slash between words", "numb/cold", "numb, cold"},
    {"a slash that the pack knows", "w/o pain", "without pain"},
    {"a slash that it does not know", "a/c unit", "a c unit"},
    {"markup is dropped", "my <b>arm</b> *hurts* _now_ ~", "my arm hurts now"},
    {"less than is no markup", "pain < 3 days", "pain 3 days"},
    {"quotes vanish", "she said \"numb\" 'cold'", "she said numb cold"},
    {"a possessive stays", "my dad's arm", "my dad's arm"},
    {"written out", "I can't, I'm numb", "i can not, i am numb"},
    {"a curly apostrophe", "can\xE2\x80\x99t", "can not"},
    {"a grave accent for it", "can`t", "can not"},
    {"an acute accent for it", "can\xC2\xB4t", "can not"},
    {"no apostrophe", "cant", "can not"},
    {"an apostrophe in the wrong place", "ca'nt", "can not"},
    {"any verb with n't", "it shouldn't", "it should not"},
    {"a verb that the pack writes otherwise", "won't", "will not"},
    {"a misspelt one", "dosen't", "does not"},
    {"an apostrophe that the pack has at an end", "its' numb", "it is numb"},
    {"quotes round what is written out", "'cant'", "can not"},
    {"SMS forms", "U b4 2day", "you before today"},
    {"full-width letters", "\xEF\xBC\xAE\xEF\xBD\x95\xEF\xBD\x8D\xEF\xBD\x82",
     "numb"},
    {"letters of mathematics",
     "\xF0\x9D\x90\xA7\xF0\x9D\x90\xAE"
     "\xF0\x9D\x90\xA6\xF0\x9D\x90\x9B",
     "numb"},
    {"a ligature", "sti\xEF\xAC\x80", "stiff"},
    {"sharp s",
     "stra\xC3\x9F"
     "e",
     "strasse"},
    {"an accent", "caf\xC3\xA9", "cafe"},
    {"an accent as a mark of its own", "cafe\xCC\x81", "cafe"},
    {"a zero-width space inside", "nu\xE2\x80\x8Bmb", "numb"},
    {"a soft hyphen", "nu\xC2\xADmb", "numb"},
    {"a no-break space",
     "left\xC2\xA0"
     "arm",
     "left arm"},
    {"look-alikes among Latin letters", "n\xD1\x83mb \xD1\x80\xD0\xB0in",
     "nymb pain"},
    {"a word of nothing but look-alikes", "\xD1\x80\xD0\xB0\xD1\x81\xD0\xB5",
     "pace"},
    {"a Russian word stays", "\xD0\xB1\xD0\xBE\xD0\xBB\xD1\x8C",
     "\xD0\xB1\xD0\xBE\xD0\xBB\xD1\x8C"},
    {"emoji that mean a word", "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD numb",
     "yes numb"},
    {"one that means nothing", "numb \xF0\x9F\x94\xA5 arm", "numb arm"},
    {"a variation selector", "\xF0\x9F\x91\x8E\xEF\xB8\x8F", "no"},
    {"a byte that is not UTF-8", "numb \xFF arm", "numb arm"},
    {"a character that is cut off", "numb \xF0\x9F", "numb"},
};

static void cases_fold(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct fold_case *c = &cases[i];
        struct folded got = fold(*state, c->message, strlen(c->message));
        if (got.length != strlen(c->want) ||
            memcmp(got.text, c->want, got.length) != 0) {
            fail_msg("%s: got '%.*s', wanted '%s'", c->what, (int)got.length,
                     got.text, c->want);
        }
    }
}

static void invalid_bytes_are_counted(void **state)
{
    struct folded got = fold(*state, "a\xFF\xC3 b\0c", 7);
    assert_int_equal(got.invalid, 2);
    assert_int_equal(got.word_count, 3);
}

/* ---- The way back ---- */

struct origin_case {
    const char *what, *message, *part; /* of the folded text */
    const char *want;                  /* of the message */
};

static const struct origin_case origins[] = {
    {"a plain word", "my arm hurts", "arm", "arm"},
    {"two words", "my arm hurts", "arm hurts", "arm hurts"},
    {"one of those that were written out", "I can't walk", "not", "can't"},
    {"up to one", "I can't walk", "can not walk", "can't walk"},
    {"an emoji", "well \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD ok", "yes",
     "\xF0\x9F\x91\x8D"},
    {"a letter that became two",
     "stra\xC3\x9F"
     "e 5",
     "strasse",
     "stra\xC3\x9F"
     "e"},
    {"with a zero-width space", "my nu\xE2\x80\x8Bmb arm", "numb",
     "nu\xE2\x80\x8Bmb"},
    {"an and", "numb & cold", "and cold", "& cold"},
    {"a half of a word with a hyphen", "mid-back", "back", "back"},
};

static void parts_lead_back(void **state)
{
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        const struct origin_case *c = &origins[i];
        struct folded got = fold(*state, c->message, strlen(c->message));
        const char *at = strstr(got.text, c->part);
        assert_non_null(at);
        size_t start = (size_t)(at - got.text), from, to;
        talk__folded_origin(&got, start, start + strlen(c->part), &from, &to);
        if (to - from != strlen(c->want) ||
            memcmp(c->message + from, c->want, to - from) != 0) {
            fail_msg("%s: got '%.*s', wanted '%s'", c->what, (int)(to - from),
                     c->message + from, c->want);
        }
    }
}

static void nothing_leads_nowhere(void **state)
{
    struct folded got = fold(*state, "...", 3);
    size_t from = 9, to = 9;
    talk__folded_origin(&got, 0, 0, &from, &to);
    assert_int_equal(from, 0);
    assert_int_equal(to, 0);
}

static void offsets_behind_the_end_are_of_the_last_word(void **state)
{
    struct folded got = fold(*state, "my arm.", 7);
    size_t from, to;
    talk__folded_origin(&got, got.length, got.length, &from, &to);
    assert_int_equal(from, 3);
    assert_int_equal(to, 6);
}

static void words_are_found_by_offset(void **state)
{
    struct folded got = fold(*state, "my dad's arm", 12);
    static const size_t want[] = {0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4};
    assert_int_equal(got.word_count, 4);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_int_equal(talk__folded_word_at(&got, i), want[i]);
    }
}

/* ---- Whatever is typed ---- */

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

enum { PIECES_MAX = 24, PIECE_SIZE = 8, MESSAGES = 20000 };

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

/* ---- Limits ---- */

static void a_ceiling_holds(void **state)
{
    struct desk *desk = *state;
    struct folded folded;
    talk__arena_reset(&desk->arena);
    assert_int_equal(
        talk__fold(&desk->rules, "numb arm", 8, 8, &desk->arena, &folded),
        TALK_OK);
    assert_int_equal(
        talk__fold(&desk->rules, "numb arms", 9, 8, &desk->arena, &folded),
        TALK_LIMIT);
    assert_int_equal(
        talk__fold(&desk->rules, "numb arm!", 9, 8, &desk->arena, &folded),
        TALK_LIMIT);
}

static void memory_may_end(void **state)
{
    static char text[20000];
    const struct desk *desk = *state;
    struct starving starving = {.fail_at = 0};
    struct memory memory = {starving_alloc, &starving};
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 5 ? 'x' : ' ';
    memset(text + sizeof text / 2, 'y', sizeof text / 2);
    talk_status status = TALK_NOMEM;
    for (size_t nth = 0; status != TALK_OK; nth++) {
        struct arena arena;
        struct folded folded;
        starving = (struct starving){.fail_at = nth};
        talk__arena_init(&arena, &memory, 0);
        status = talk__fold(&desk->rules, text, sizeof text, CEILING, &arena,
                            &folded);
        if (starving.refused) assert_int_equal(status, TALK_NOMEM);
        talk__arena_clear(&arena);
        assert_int_equal(starving.blocks, 0);
    }
    assert_true(starving.asked > 1);
}

/* ---- Patterns ---- */

static void patterns_fold_alike(void **state)
{
    struct desk *desk = *state;
    const char *got;
    size_t length;
    static const struct fold_case patterns[] = {
        {"ASCII stays", "\\w+(?:Caf\\xE9)?", "\\w+(?:Caf\\xE9)?"},
        {"letters beyond it",
         "caf\xC3\xA9|stra\xC3\x9F"
         "e",
         "cafe|strasse"},
        {"a curly apostrophe", "dad\xE2\x80\x99s", "dad's"},
        {"what is invisible goes", "a\xE2\x80\x8B?", "a?"},
        {"nothing", "", ""},
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const struct fold_case *c = &patterns[i];
        talk__arena_reset(&desk->arena);
        assert_true(talk__fold_pattern(&desk->arena, c->message,
                                       strlen(c->message), &got, &length));
        if (length != strlen(c->want) || memcmp(got, c->want, length) != 0) {
            fail_msg("%s: got '%.*s', wanted '%s'", c->what, (int)length, got,
                     c->want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_fold),
        cmocka_unit_test(invalid_bytes_are_counted),
        cmocka_unit_test(parts_lead_back),
        cmocka_unit_test(nothing_leads_nowhere),
        cmocka_unit_test(offsets_behind_the_end_are_of_the_last_word),
        cmocka_unit_test(words_are_found_by_offset),
        cmocka_unit_test(whatever_is_typed),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(a_ceiling_holds),
        cmocka_unit_test(memory_may_end),
        cmocka_unit_test(patterns_fold_alike),
    };
    return cmocka_run_group_tests_name("fold", tests, open_desk, close_desk) !=
           0;
}
