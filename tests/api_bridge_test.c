/* api_bridge_test.c - what a bridge needs, as its author sees it: quick
 * replies with and without buttons, and messages in pieces.
 * In: tests/packs/gathering. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static int open_gathering(void **state)
{
    struct host *host = take(sizeof *host);
    host_open(host, "tests/packs/gathering", NULL);
    *state = host;
    return 0;
}

/* ---- Quick replies ---- */

static void assert_numbered(const talk_turn *turn, const char *wanted)
{
    struct written written = {.pieces_max = SIZE_MAX};
    assert_int_equal(talk_turn_numbered(turn, write_down, &written, NULL),
                     TALK_OK);
    assert_string_equal(written.text ? written.text : "", wanted);
    free(written.text);
}

static void assert_picked(const struct host *host, const char *text,
                          const char *wanted)
{
    const char *picked = "old";
    assert_int_equal(talk_session_pick(host->bot, host->session, text,
                                       strlen(text), &picked, NULL),
                     TALK_OK);
    if (wanted ? !picked || strcmp(picked, wanted) != 0 : picked != NULL) {
        fail_msg("'%s': picked '%s', wanted '%s'", text,
                 picked ? picked : "nothing", wanted ? wanted : "nothing");
    }
}

static void an_open_question_has_its_answers(void **state)
{
    const struct host *host = *state;
    host_say(host, "it squeaks and something is wrong");
    const talk_turn *turn = host_say(host, "3");
    assert_int_equal(talk_turn_quick_count(turn), 3);
    assert_string_equal(talk_turn_quick(turn, 0), "Front");
    assert_string_equal(talk_turn_quick(turn, 2), "Not sure");
    assert_string_equal(talk_turn_quick(turn, 3), "");
    assert_numbered(turn, "1. Front\n2. Rear\n3. Not sure");
    turn = host_say(host, "Rear"); /* the next question is of a finding */
    assert_numbered(turn, "1. Yes\n2. No\n3. Not sure");
    turn = host_say(host, "No");
    assert_int_equal(talk_turn_quick_count(turn), 0);
    assert_numbered(turn, "");
}

static void a_question_without_answers_offers_none(void **state)
{
    const struct host *host = *state;
    /* "chains" suggests something, but the age is asked behind it. */
    host_say(host, "something is wrong");
    const talk_turn *turn = host_say(host, "the chain");
    assert_int_equal(talk_turn_quick_count(turn), 0);
    assert_picked(host, "1", NULL);
}

static void a_response_suggests(void **state)
{
    const struct host *host = *state;
    assert_numbered(host_say(host, "about chains"),
                    "1. Which tyres?\n2. Something is wrong");
    assert_numbered(host_say(host, "can i fix it myself"),
                    "1. No\n2. A bent fork");
}

static void an_emergency_suggests_nothing(void **state)
{
    const struct host *host = *state;
    host_say(host, "the brakes are dead");
    assert_numbered(host_say(host, "about chains"), "");
    assert_picked(host, "1", NULL);
}

static void a_number_is_what_it_stands_for(void **state)
{
    const struct host *host = *state;
    assert_picked(host, "1", NULL); /* nothing was said */
    host_say(host, "about chains");
    static const struct {
        const char *text, *picked;
    } cases[] = {
        {"1", "Which tyres?"},
        {"2", "Something is wrong"},
        {" 2.\n", "Something is wrong"},
        {"#2", "Something is wrong"},
        {"02)", "Something is wrong"},
        {"1:", "Which tyres?"},
        {"0", NULL},
        {"3", NULL},
        {"", NULL},
        {" ", NULL},
        {"#", NULL},
        {".", NULL},
        {"-1", NULL},
        {"1 2", NULL},
        {"1x", NULL},
        {"2 years", NULL},
        {"99999999999999999999999999999", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_picked(host, cases[i].text, cases[i].picked);
    }
    host_say(host, "Something is wrong"); /* asks for the age */
    assert_picked(host, "2", NULL);
}

static void a_saved_session_offers_the_same(void **state)
{
    struct host *host = *state;
    struct written written = {.pieces_max = SIZE_MAX};
    host_say(host, "it squeaks and something is wrong");
    host_say(host, "3");
    assert_int_equal(
        talk_session_save(host->session, write_down, &written, NULL), TALK_OK);
    talk_session_free(host->session);
    assert_int_equal(talk_session_load(host->bot, written.text, written.length,
                                       &host->session, NULL),
                     TALK_OK);
    free(written.text);
    assert_picked(host, "2", "Rear");
}

static void a_callback_that_gives_up_ends_it(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "about chains");
    for (size_t pieces = 0; pieces < 5; pieces++) {
        struct written written = {.pieces_max = pieces};
        talk_error err = {0};
        assert_int_equal(talk_turn_numbered(turn, write_down, &written, &err),
                         TALK_IO);
        assert_int_equal(err.status, TALK_IO);
        free(written.text);
    }
}

static void nothing_is_no_argument(void **state)
{
    const struct host *host = *state;
    struct written written = {0};
    const char *picked = "old";
    assert_int_equal(talk_turn_quick_count(NULL), 0);
    assert_string_equal(talk_turn_quick(NULL, 0), "");
    assert_int_equal(talk_turn_numbered(NULL, write_down, &written, NULL),
                     TALK_ARGUMENT);
    assert_int_equal(
        talk_turn_numbered(host_say(host, "hi"), NULL, NULL, NULL),
        TALK_ARGUMENT);
    assert_int_equal(
        talk_session_pick(NULL, host->session, "1", 1, &picked, NULL),
        TALK_ARGUMENT);
    assert_null(picked);
    assert_int_equal(talk_session_pick(host->bot, NULL, "1", 1, &picked, NULL),
                     TALK_ARGUMENT);
    assert_int_equal(
        talk_session_pick(host->bot, host->session, NULL, 1, &picked, NULL),
        TALK_ARGUMENT);
    assert_int_equal(
        talk_session_pick(host->bot, host->session, "1", 1, NULL, NULL),
        TALK_ARGUMENT);
    assert_int_equal(
        talk_session_pick(host->bot, host->session, NULL, 0, &picked, NULL),
        TALK_OK);
}

/* ---- Pieces ---- */

static void long_texts_come_in_pieces(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        size_t most;
        const char *pieces; /* joined with "|" */
    } cases[] = {
        {"what fits is whole", "One two.", 8, "One two."},
        {"nothing is nothing", "", 8, ""},
        {"behind a sentence", "One two. Three four.", 14,
         "One two.|Three four."},
        {"the last that fits", "A b. C d. E f. G h.", 15,
         "A b. C d. E f.|G h."},
        {"a question, and a quote", "He asks \"why?\" Nobody knows.", 20,
         "He asks \"why?\"|Nobody knows."},
        {"a line ends like a sentence", "one two\nthree four", 12,
         "one two|three four"},
        {"an early sentence does not count", "No. That is a long one now", 20,
         "No. That is a long|one now"},
        {"else between words", "one two three four", 9, "one two|three|four"},
        {"a word that just fits", "one two three", 7, "one two|three"},
        {"blanks at the cut go", "one   two", 5, "one|two"},
        {"a word that is too long", "abcdefghij", 4, "abcd|efgh|ij"},
        {"between characters", "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 5,
         "\xC3\xA9\xC3\xA9|\xC3\xA9\xC3\xA9"},
        {"a mark stays with its letter", "abce\xCC\x81x", 5, "abc|e\xCC\x81x"},
        {"a family stays together",
         "ab\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9z", 12,
         "ab|\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9z"},
        {"unless it is longer than a piece",
         "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9", 8,
         "\xF0\x9F\x91\xA8\xE2\x80\x8D|\xF0\x9F\x91\xA9"},
        {"less than 4 is 4", "abcdef", 0, "abcd|ef"},
        {"broken UTF-8", "\xFF\xFE\xFD\xFC\xFB\xFA", 4,
         "\xFF\xFE\xFD\xFC|\xFB\xFA"},
        {"blanks alone", "        ", 4, "    |    "},
        {"blanks first", "      one two", 8, "      on|e two"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[200] = "";
        const char *text = cases[i].text;
        for (size_t length = strlen(text), next; length;
             text += next, length -= next) {
            size_t piece = talk_split(text, length, cases[i].most, &next);
            size_t at = strlen(got);
            assert_true(next > 0 && piece <= next && next <= length);
            assert_true(piece <= cases[i].most || piece <= 4);
            (void)snprintf(got + at, sizeof got - at, "%s%.*s", at ? "|" : "",
                           (int)piece, text);
        }
        if (strcmp(got, cases[i].pieces) != 0) {
            fail_msg("%s: got '%s', wanted '%s'", cases[i].name, got,
                     cases[i].pieces);
        }
    }
    size_t next = 7;
    assert_int_equal(talk_split(NULL, 3, 8, &next), 0);
    assert_int_equal(next, 3);
    assert_int_equal(talk_split("one two", 7, 4, NULL), 3);
}

int main(void)
{
#define WITH_GATHERING(test) \
    cmocka_unit_test_setup_teardown(test, open_gathering, close_minimal)
    const struct CMUnitTest tests[] = {
        WITH_GATHERING(an_open_question_has_its_answers),
        WITH_GATHERING(a_question_without_answers_offers_none),
        WITH_GATHERING(a_response_suggests),
        WITH_GATHERING(an_emergency_suggests_nothing),
        WITH_GATHERING(a_number_is_what_it_stands_for),
        WITH_GATHERING(a_saved_session_offers_the_same),
        WITH_GATHERING(a_callback_that_gives_up_ends_it),
        WITH_GATHERING(nothing_is_no_argument),
        cmocka_unit_test(long_texts_come_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
