/* agree_test.c - what patterns say and what messages say is folded alike, and
 * the index of words sees both with the same eyes.
 * In: rows of a pattern and a message; a pack with a topic for each. Out: the
 * message must be understood as its topic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "turn.h"

struct row {
    const char *what, *pattern, *message; /* ' is doubled in a pattern */
};

static const struct row rows[] = {
    {"a first letter, and one more perhaps", "an? reed", "an reed"},
    {"a first letter alone", "an? sedge", "a sedge"},
    {"a first letter, and more of the next", "hm+ fern", "hmmmm fern"},
    {"a first letter, and one of some", "x[yz]+ fern", "xzzy fern"},
    {"a first letter more than once", "(?:x)+y fern", "xxy fern"},
    {"a first letter that a blank may follow", "t ?moss", "the tmoss"},
    {"a blank that does follow", "t ?lichen", "the t lichen"},
    {"a first letter, and a number", "[tl] ?\\d{1,2} fern", "my l4 fern"},
    {"a first letter, and a word", "x(?: ray)+ fern", "x ray ray fern"},
    {"a letter stands before", "(?<=\\w )sorrel", "my sorrel"},
    {"a possessive", "dad''s fern", "is it my dad's fern?"},
    {"a possessive, curly", "mum''s fern", "my mum\xE2\x80\x99s fern"},
    {"a curly one in the pattern", "nan\xE2\x80\x99s fern", "my nan's fern"},
    {"with or without", "aunt(?:''s)? fern", "my aunt's fern"},
    {"a hyphen", "x ray", "an X-ray of it"},
    {"written out", "can not bloom", "it can't bloom"},
    {"an accent in the pattern", "caf\xC3\xA9", "my cafe"},
    {"an accent in the message", "rose garden", "ros\xC3\xA9 garden"},
    {"full-width letters", "orchid",
     "\xEF\xBC\xAF\xEF\xBD\x92"
     "chid"},
    {"sharp s",
     "stra\xC3\x9F"
     "e",
     "STRASSE"},
    {"numbers with their marks", "7/10", "it is 7/10"},
    {"a mark that must follow", "wilted(?=[.?!])", "it wilted!"},
    {"an end that may be missing", "gnomes?", "my gnome's hat"},
    {"an emoji that is a word", "cactus hug", "\xF0\x9F\x8C\xB5 hug"},
};
enum { ROWS = sizeof rows / sizeof *rows };

static char *pack_of_rows(void)
{
    char yaml[8192];
    size_t used = (size_t)snprintf(yaml, sizeof yaml, "topics:\n");
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    for (int i = 0; i < ROWS; i++) {
        used += (size_t)snprintf(
            yaml + used, sizeof yaml - used,
            "  row_%d: {answer: watering, patterns: ['%s']}\n", i,
            rows[i].pattern);
    }
    char *file = path_of(folder, "intents/agree.yaml");
    write_whole_file(file, yaml, used);
    free(file);
    return folder;
}

static void patterns_and_messages_agree(void **state)
{
    char *folder = pack_of_rows();
    talk_bot *bot;
    talk_worker *worker;
    talk_error err = {0};
    (void)state;
    if (talk_bot_load(folder, NULL, &bot, &err) != TALK_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
    assert_int_equal(talk_worker_new(bot, &worker, NULL), TALK_OK);
    for (int i = 0; i < ROWS; i++) {
        talk_session *session;
        const talk_turn *turn;
        char name[16];
        (void)snprintf(name, sizeof name, "row_%d", i);
        assert_int_equal(talk_session_new(bot, &session, NULL), TALK_OK);
        assert_int_equal(talk_say(worker, session, rows[i].message,
                                  strlen(rows[i].message), &turn, NULL),
                         TALK_OK);
        if (strcmp(talk_turn_topic(turn), name) != 0) {
            fail_msg("%s: '%s' is about '%s'", rows[i].what, rows[i].message,
                     talk_turn_topic(turn));
        }
        talk_session_free(session);
    }
    talk_worker_free(worker);
    talk_bot_free(bot);
    remove_folder(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_and_messages_agree),
    };
    return cmocka_run_group_tests_name("agree", tests, NULL, NULL) != 0;
}
