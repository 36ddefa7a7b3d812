/* fold_test.c - messages as folded text, and the way back to the user's
 * bytes, case by case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "fold_desk.h"
#include "starving.h"

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
    {"… but not in a sentence that a program broke into lines",
     "for a week now i have had a pain in my chest\npain",
     "for a week now i have had a pain in my chest pain"},
    {"… also with a carriage return, blanks and an indent",
     "for a week now i have had a pain in my chest \r\n  pain",
     "for a week now i have had a pain in my chest pain"},
    {"a sentence that begins behind it is one",
     "for a week now i have had a pain in my chest\nPain",
     "for a week now i have had a pain in my chest. pain"},
    {"so is an item of a list",
     "for a week now i have had a pain in my chest\n- pain",
     "for a week now i have had a pain in my chest. pain"},
    {"a paragraph ends it",
     "for a week now i have had a pain in my chest\n\npain",
     "for a week now i have had a pain in my chest. pain"},
    {"a colon stays", "for a week now i have had these things to tell:\npain",
     "for a week now i have had these things to tell. pain"},
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
    {"small capitals", "\xC9\xB4\xE1\xB4\x9C\xE1\xB4\x8D\xCA\x99", "numb"},
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

/* ---- Limits ---- */

static void a_ceiling_holds(void **state)
{
    struct fold_desk *desk = *state;
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
    const struct fold_desk *desk = *state;
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
    struct fold_desk *desk = *state;
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
        cmocka_unit_test(a_ceiling_holds),
        cmocka_unit_test(memory_may_end),
        cmocka_unit_test(patterns_fold_alike),
    };
    return cmocka_run_group_tests_name("fold", tests, open_fold_desk,
                                       close_fold_desk) != 0;
}
