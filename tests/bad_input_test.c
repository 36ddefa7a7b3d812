/* bad_input_test.c - whatever bytes a message has, there is a reply, and a
 * red flag that can be read is read.
 * In: the shipped pack, odd messages. Ignores how the replies are worded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "turn.h"

enum { LONGEST = 64 * 1024 };

static int open_shipped(void **state)
{
    struct host *host = take(sizeof *host);
    host_open(host, ".", NULL);
    *state = host;
    return 0;
}

static int close_shipped(void **state)
{
    host_close(*state);
    free(*state);
    return 0;
}

static bool has_said(const talk_turn *turn, uint32_t response)
{
    for (size_t i = 0; i < turn->message_count; i++) {
        if (turn->messages[i].response == response) return true;
    }
    return false;
}

/* A new conversation with one message. */
static const talk_turn *say(const struct host *host, const char *text,
                            size_t length)
{
    talk_session_reset(host->session);
    const talk_turn *turn = host_say_bytes(host, text, length);
    assert_true(talk_turn_message_count(turn) > 0);
    assert_true(talk_turn_message(turn, 0).length > 0);
    assert_false(talk_turn_technique(turn));
    free(turn_why(turn));
    return turn;
}

/* ---- Short ones ---- */

struct odd {
    const char *what;
    const char *text;
    size_t length;
};
#define ODD(what, text)              \
    {                                \
        what, text, sizeof(text) - 1 \
    }

static const struct odd nothings[] = {
    ODD("an empty line", ""),
    ODD("blanks", "   "),
    ODD("all kinds of blanks", " \t\r\n\v\f\xc2\xa0\xe2\x80\x83\xe3\x80\x80"),
    ODD("a line's end", "\n"),
    ODD("emoji", "\xf0\x9f\x98\x80"),
    ODD("several, with a skin and joined",
        "\xf0\x9f\x91\xa9\xf0\x9f\x8f\xbd\xe2\x80\x8d\xf0\x9f\x92\xbb "
        "\xf0\x9f\x98\xad\xf0\x9f\x98\xad"),
    ODD("NUL bytes", "\0\0\0"),
    ODD("control characters", "\x01\x02\x1b\x7f\xc2\x85"),
    ODD("marks", "?!... --- ,;: \"'()[]{}<>"),
    ODD("what cannot be seen",
        "\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf\xe2\x81\xa0\xc2\xad"),
    ODD("directions", "\xe2\x80\xae\xe2\x80\x8f\xe2\x80\xac"),
    ODD("marks over nothing", "\xcc\x81\xcc\xb6\xcd\x9f"),
};

static void nothing_said_is_told(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++) {
        const struct odd *odd = &nothings[i];
        const talk_turn *turn = say(host, odd->text, odd->length);
        if (!has_said(turn, turn->pack->policy.empty)) {
            fail_msg("%s: %s", odd->what, talk_turn_message(turn, 0).response);
        }
        assert_int_equal(talk_turn_tier(turn), TALK_TIER_NONE);
    }
}

static const struct odd broken[] = {
    ODD("a byte that is no UTF-8", "is the sound b\xff"
                                   "ad"),
    ODD("a character cut off", "why does it pop\xf0\x9f\x98"),
    ODD("an overlong form", "why\xc0\xa0"
                            "does it"),
    ODD("half of a pair", "why \xed\xa0\xbd does it"),
    ODD("beyond Unicode", "why \xf5\x80\x80\x80 does it"),
    ODD("in a word that is mended", "how to get more m\xff"
                                    "obile"),
    ODD("in another", "for a mont\xff"
                      "h now i want to crack it"),
    ODD("Latin-1", "na\xefve caf\xe9"),
    ODD("nothing but such bytes", "\xff\xfe\xfd"),
};

static void what_could_not_be_read_is_told(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        const struct odd *odd = &broken[i];
        const talk_turn *turn = say(host, odd->text, odd->length);
        if (!has_said(turn, turn->pack->policy.unread)) {
            fail_msg("%s: %s", odd->what, talk_turn_message(turn, 0).response);
        }
    }
}

/* ---- Red flags in odd clothes ---- */

static const struct odd flags[] = {
    ODD("plain", "i have chest pain"),
    ODD("capitals", "I HAVE CHEST PAIN!!!"),
    ODD("blanks", "  i   have \t chest  \xc2\xa0 pain  "),
    ODD("a byte that is no UTF-8 before it", "\xffi have chest pain"),
    ODD("behind it", "i have chest pain\xfe"),
    ODD("around it", "i have \xff"
                     "chest pain\xff please"),
    ODD("in the middle of it", "i have chest\xff pain"),
    ODD("in place of a blank", "i have chest\xffpain"),
    ODD("a character cut off behind it", "i have chest pain \xf0\x9f\x98"),
    ODD("a NUL byte before it", "\0i have chest pain"),
    ODD("in the middle", "i have chest\0pain"),
    ODD("a terminal's colours", "i have \x1b[31mchest pain\x1b[0m"),
    ODD("an escape that does not end", "\x1b[i have chest pain"),
    ODD("a bell", "i have \achest\a pain"),
    ODD("a page's end", "i have chest\fpain"),
    ODD("soft hyphens", "i have che\xc2\xadst pa\xc2\xadin"),
    ODD("a zero-width blank in a word", "i have che\xe2\x80\x8bst pain"),
    ODD("a byte order mark", "\xef\xbb\xbfi have chest pain"),
    ODD("from right to left", "\xe2\x80\xaei have chest pain\xe2\x80\xac"),
    ODD("among Hebrew",
        "\xd7\x99\xd7\xa9 \xd7\x9c\xd7\x99 chest pain \xd7\x94\xd7\x99\xd7"
        "\x95\xd7\x9d"),
    ODD("among Arabic", "\xd8\xb9\xd9\x86\xd8\xaf\xd9\x8a chest pain"),
    ODD("full width",
        "\xef\xbd\x89 have \xef\xbd\x83\xef\xbd\x88\xef\xbd\x85\xef\xbd\x93"
        "\xef\xbd\x94 pain"),
    ODD("struck through", "i have c\xcc\xb6h\xcc\xb6"
                          "e\xcc\xb6s\xcc\xb6t\xcc\xb6 pain"),
    ODD("with Cyrillic letters", "i have \xd1\x81hest p\xd0\xb0in"),
    ODD("emoji between", "i have chest \xf0\x9f\x98\xad pain"),
    ODD("markup", "<p>I have <b>chest pain</b></p>"),
    ODD("Markdown", "i have **chest pain**"),
    ODD("a quoted mail", "> hello\n> i have chest pain\n"),
    ODD("a paste of lines",
        "hello there\nmy back is stiff\n\ni have chest pain\nwhat now?\n"),
    ODD("with the line ends of Windows",
        "my back is stiff\r\ni have chest pain\r\nwhat now?\r\n"),
    ODD("with those of old Macs", "my back is stiff\ri have chest pain\r"),
    ODD("a list", "- stiff back\n- chest pain\n- tired"),
    ODD("a table", "stiff back\tchest pain\ttired"),
    ODD("JSON", "{\"symptom\":\"chest pain\",\"since\":\"today\"}"),
    ODD("hyphens", "i have chest-pain"),
    ODD("an underscore", "i have chest_pain"),
};

static void a_flag_is_seen(void **state)
{
    const struct host *host = *state;
    size_t missed = 0;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const struct odd *odd = &flags[i];
        const talk_turn *turn = say(host, odd->text, odd->length);
        if (talk_turn_tier(turn) == TALK_TIER_EMERGENCY) continue;
        print_message("missed: %s; read as '%s'\n", odd->what,
                      turn->heard.folded.text);
        missed++;
    }
    assert_int_equal(missed, 0);
}

/* ---- Long ones ---- */

/* LONGEST bytes of the part, again and again; the last one may be cut. */
static char *flood(const char *part, size_t length)
{
    char *text = take(LONGEST);
    for (size_t i = 0; i < LONGEST; i++) text[i] = part[i % length];
    return text;
}

static const struct odd parts[] = {
    ODD("one letter", "x"),
    ODD("one word", "numb "),
    ODD("one word without blanks", "numb"),
    ODD("a question", "why does my upper back want to pop? "),
    ODD("commas", ",a"),
    ODD("line ends", "\n"),
    ODD("apostrophes", "'"),
    ODD("words with apostrophes", "can't n't 's "),
    ODD("brackets", "(((["),
    ODD("the beginning of markup", "<"),
    ODD("digits", "7/10 "),
    ODD("slashes", "a/"),
    ODD("emoji", "\xf0\x9f\x98\x80"),
    ODD("marks over one letter", "\xcc\x81"),
    ODD("a letter that grows", "\xef\xb7\xba"),
    ODD("bytes that are no UTF-8", "\xff"),
    ODD("NUL bytes", "\0"),
    ODD("Hebrew", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d "),
    ODD("typing errors", "numbnes tinglng wekness "),
    ODD("values", "since two weeks ago after lifting a box "),
};

static void floods_have_a_reply(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *text = flood(parts[i].text, parts[i].length);
        const talk_turn *turn = say(host, text, LONGEST);
        if (talk_session_size(host->session) > 2048) {
            fail_msg("%s: the session has %zu bytes", parts[i].what,
                     talk_session_size(host->session));
        }
        (void)turn;
        free(text);
    }
}

static void a_byte_more_is_refused(void **state)
{
    const struct host *host = *state;
    char *text = take(LONGEST + 1);
    memset(text, 'x', LONGEST + 1);
    talk_error err = {0};
    const talk_turn *turn;
    assert_int_equal(
        talk_say(host->worker, host->session, text, LONGEST + 1, &turn, &err),
        TALK_LIMIT);
    assert_string_equal(err.message,
                        "the message has 65537 bytes; at most 65536 are read");
    free(text);
}

/* Wherever in a long story it stands, a flag is seen, or the turn says that
 * not all was read. */
static void a_flag_in_a_long_story_is_seen(void **state)
{
    static const char *const stories[] = {
        "I walked to the shop and bought some bread. ",
        "and then i went home and then i ate and then ", /* no sentence ends */
        "why does it pop? how often? my back is stiff, no numbness. "};
    static const char flag[] = " I have chest pain. ";
    static const size_t places[] = {
        0, 900, 1015, 1024, 5000, 33333, LONGEST - sizeof flag + 1};
    const struct host *host = *state;
    for (size_t s = 0; s < sizeof stories / sizeof *stories; s++) {
        char *text = flood(stories[s], strlen(stories[s]));
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            char *place = text + places[i];
            char before[sizeof flag];
            memcpy(before, place, sizeof flag - 1);
            memcpy(place, flag, sizeof flag - 1);
            const talk_turn *turn = say(host, text, LONGEST);
            if (talk_turn_tier(turn) != TALK_TIER_EMERGENCY &&
                !has_said(turn, turn->pack->policy.unread)) {
                fail_msg("story %zu, byte %zu: %s", s, places[i],
                         talk_turn_message(turn, 0).text);
            }
            memcpy(place, before, sizeof flag - 1);
        }
        free(text);
    }
}

/* Several words of one flag, behind any number of others. */
static void a_flag_behind_any_number_of_words_is_seen(void **state)
{
    static const char flag[] = "i lost control of my bladder";
    enum { WORDS = 300, WORD = 3 };
    const struct host *host = *state;
    char text[WORDS * WORD + sizeof flag];
    for (size_t words = 0; words <= WORDS; words++) {
        memcpy(text + words * WORD, flag, sizeof flag);
        const talk_turn *turn = say(host, text, strlen(text));
        if (talk_turn_tier(turn) != TALK_TIER_EMERGENCY) {
            fail_msg("behind %zu words", words);
        }
        memcpy(text + words * WORD, "so ", WORD);
    }
}

/* xorshift (Marsaglia). */
static void noise_has_a_reply(void **state)
{
    const struct host *host = *state;
    uint32_t random = 1;
    for (int round = 0; round < 200; round++) {
        char *text = take(LONGEST);
        size_t length = (size_t)1 << (round % 17);
        for (size_t i = 0; i < length; i++) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            text[i] = (char)(round % 2 ? random : random % 96 + 32);
        }
        (void)say(host, text, length);
        free(text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_said_is_told),
        cmocka_unit_test(what_could_not_be_read_is_told),
        cmocka_unit_test(a_flag_is_seen),
        cmocka_unit_test(floods_have_a_reply),
        cmocka_unit_test(a_byte_more_is_refused),
        cmocka_unit_test(a_flag_in_a_long_story_is_seen),
        cmocka_unit_test(a_flag_behind_any_number_of_words_is_seen),
        cmocka_unit_test(noise_has_a_reply),
    };
    return cmocka_run_group_tests(tests, open_shipped, close_shipped) != 0;
}
