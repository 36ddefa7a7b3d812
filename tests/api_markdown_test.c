/* api_markdown_test.c - messages as Markdown: what is escaped, what is strong,
 * what is a list. Linked to the shared library. tests/widget_test.sh shows
 * some of it to a renderer that is not ours. In: tests/packs/markdown beside
 * the minimal pack; the shipped pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static int begin(void **state)
{
    struct host *host = take(sizeof *host);
    host_open_over(host, "tests/packs/markdown", NULL);
    *state = host;
    return 0;
}

static int end(void **state)
{
    host_close(*state);
    free(*state);
    return 0;
}

/* The caller frees it. */
static char *markdown(const talk_turn *turn, size_t index)
{
    struct written written = {.pieces_max = SIZE_MAX};
    talk_error err = {0};
    (void)write_down(&written, "", 0);
    if (talk_turn_markdown(turn, index, write_down, &written, &err) !=
        TALK_OK) {
        fail_msg("%s", err.message);
    }
    return written.text;
}

static void check(const talk_turn *turn, const char *wanted)
{
    char *got = markdown(turn, 0);
    assert_string_equal(got, wanted);
    free(got);
}

static void what_is_said_is_text(void **state)
{
    static const char *const cases[][2] = {
        {"plain, with 5 + 4 = 9 - 0!", "plain, with 5 + 4 = 9 - 0!"},
        {"*a* **b** _c_ `d`", "\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\`d\\`"},
        {"[a](http://b.example) ![c](d)",
         "\\[a\\](http://b.example) !\\[c\\](d)"},
        {"<b>bold</b> &amp; ~~gone~~ a|b",
         "&lt;b>bold&lt;/b> &amp;amp; \\~\\~gone\\~\\~ a\\|b"},
        {"a \\ b \\* c", "a \\\\ b \\\\\\* c"},
        {"a < b & c > d <3", "a < b & c > d <3"},
        {"<!-- a --> <?a?> &#42; &", "&lt;!-- a --> &lt;?a?> &amp;#42; &"},
        {"# a", "\\# a"},
        {"+ a", "\\+ a"},
        {"> a", "&gt; a"},
        {"1. a", "1\\. a"},
        {"2026) a", "2026\\) a"},
        {"7/10 is much", "7/10 is much"},
        {"112 is it. 1. or 2) later", "112 is it. 1. or 2) later"},
        {"\xC3\x84nn \xF0\x9F\x98\x80", "\xC3\x84nn \xF0\x9F\x98\x80"},
        {"112", "112"},
    };
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(talk_session_set(host->bot, host->session, "told",
                                          cases[i][0], NULL),
                         TALK_OK);
        const talk_turn *turn = host_say(host, "tell me");
        assert_string_equal(talk_turn_message(turn, 0).text, cases[i][0]);
        check(turn, cases[i][1]);
    }
}

static void lines_stay_lines(void **state)
{
    const struct host *host = *state;
    check(host_say(host, "which steps"), "What you need:\n"
                                         "\n"
                                         "- a pot\n"
                                         "- 5 \\* 4 inches of soil\n"
                                         "\n"
                                         "1\\. Fill it.  \n"
                                         "Water it.  \n"
                                         "\\# Wait.\n"
                                         "\n"
                                         "- again\n"
                                         "\n"
                                         "Done.");
    check(host_say(host, "which shapes"), "\\---  \n"
                                          "&#61;====  \n"
                                          "\\+1  \n"
                                          "12\\) a\n"
                                          "\n"
                                          "\\-5 is less");
}

/* Of one text: what stands between ** and **, with " | " between. */
static void strong_parts(const char *text, char *out, size_t size)
{
    *out = '\0';
    while ((text = strstr(text, "**"))) {
        const char *close = strstr(text + 2, "**");
        assert_non_null(close);
        if (*out) strncat(out, " | ", size - strlen(out) - 1);
        assert_true(strlen(out) + (size_t)(close - text) < size);
        strncat(out, text + 2, (size_t)(close - text) - 2);
        text = close + 2;
    }
}

static void the_help_is_strong(void **state)
{
    (void)state;
    struct host host;
    char strong[1024];
    host_open(&host, ".", NULL);
    const talk_turn *turn = host_say(&host, "my left hand is numb");
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        char *text = markdown(turn, i);
        assert_string_equal(text, talk_turn_message(turn, i).text);
        free(text);
    }
    turn = host_say(&host, "i have chest pain and can not breathe");
    assert_int_equal(talk_turn_tier(turn), TALK_TIER_EMERGENCY);
    char *text = markdown(turn, 0);
    strong_parts(text, strong, sizeof strong);
    assert_non_null(strstr(strong, "112, 911 or 999"));
    assert_null(strstr(strong, " | "));
    /* One sentence of several, and nothing else is another. */
    assert_true(strlen(strong) + 4 < strlen(text));
    assert_true(strchr(".!?", strong[strlen(strong) - 1]) != NULL);
    assert_int_equal(strlen(text), talk_turn_message(turn, 0).length + 4);
    free(text);
    host_close(&host);
}

static void what_makes_no_sense_is_refused(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "which steps");
    struct written written = {.pieces_max = SIZE_MAX};
    talk_error err = {0};
    assert_int_equal(talk_turn_markdown(NULL, 0, write_down, &written, &err),
                     TALK_ARGUMENT);
    assert_int_equal(talk_turn_markdown(turn, 0, NULL, &written, &err),
                     TALK_ARGUMENT);
    assert_non_null(strstr(err.message, "NULL"));
    assert_int_equal(talk_turn_markdown(turn, talk_turn_message_count(turn),
                                        write_down, &written, &err),
                     TALK_ARGUMENT);
    assert_non_null(strstr(err.message, "no such message"));
    assert_null(written.text);
    for (size_t pieces = 0; pieces < 8; pieces++) {
        struct written some = {.pieces_max = pieces};
        assert_int_equal(talk_turn_markdown(turn, 0, write_down, &some, &err),
                         TALK_IO);
        free(some.text);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(what_is_said_is_text),
        TEST(lines_stay_lines),
        cmocka_unit_test(the_help_is_strong),
        TEST(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
