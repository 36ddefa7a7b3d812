/* bridge_stanza_test.c - the parts of the XMPP bridge that only think: which
 * stanza deserves an answer, when to try again, whose answers wait.
 * In: stanzas.  Out: verdicts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "backoff.h"
#include "notes.h"
#include "outbox.h"
#include "stanza.h"

/* ---- Which stanza deserves an answer ---- */

static const struct room rooms[] = {{"yoga@rooms.example", "Bot"}};
static const struct presence self = {"bot@example", rooms, 1};

static void test_verdicts(void **state)
{
    static const struct {
        const char *name;
        struct stanza stanza;
        const char *verdict;
        const char *who, *text; /* of an answer */
    } cases[] = {
        {"a person",
         {.from = "anna@example/phone", .type = "chat", .body = "hi"},
         "answer",
         "anna@example",
         "hi"},
        {"no type is normal",
         {.from = "anna@example/x", .body = " hi\n"},
         "answer",
         "anna@example",
         "hi"},
        {"a type nobody knows is normal",
         {.from = "anna@example", .type = "telegram", .body = "hi"},
         "answer",
         "anna@example",
         "hi"},
        {"what a server kept while we were away",
         {.from = "anna@example/x",
          .type = "chat",
          .body = "hi",
          .delayed = true},
         "answer",
         "anna@example",
         "hi"},
        {"an error",
         {.from = "anna@example", .type = "error", .body = "hi"},
         "error",
         NULL,
         NULL},
        {"a headline",
         {.from = "anna@example", .type = "headline", .body = "hi"},
         "no person",
         NULL,
         NULL},
        {"no body",
         {.from = "anna@example", .type = "chat"},
         "no text",
         NULL,
         NULL},
        {"blanks",
         {.from = "anna@example", .type = "chat", .body = " \n\t"},
         "no text",
         NULL,
         NULL},
        {"ourselves",
         {.from = "bot@example/other", .type = "chat", .body = "hi"},
         "echo",
         NULL,
         NULL},
        {"ourselves in capitals",
         {.from = "Bot@Example", .type = "chat", .body = "hi"},
         "echo",
         NULL,
         NULL},
        {"a carbon of ours",
         {.from = "anna@example",
          .type = "chat",
          .body = "hi",
          .copied = true},
         "copy",
         NULL,
         NULL},
        {"nobody", {.type = "chat", .body = "hi"}, "no person", NULL, NULL},
        {"a server",
         {.from = "example", .type = "chat", .body = "hi"},
         "no person",
         NULL,
         NULL},
        {"a server's resource with an at",
         {.from = "example/a@b", .type = "chat", .body = "hi"},
         "no person",
         NULL,
         NULL},
        {"encrypted",
         {.from = "anna@example/x",
          .type = "chat",
          .body = "no OMEMO here",
          .encrypted = true},
         "unreadable",
         "anna@example",
         "no OMEMO here"},

        {"in a room, not to us",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "hi"},
         "not addressed",
         NULL,
         NULL},
        {"in a room, to us",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "Bot: hi"},
         "answer",
         "yoga@rooms.example/Anna",
         "hi"},
        {"in a room, to us, otherwise",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = " @bot  my back\nhurts "},
         "answer",
         "yoga@rooms.example/Anna",
         "my back\nhurts"},
        {"in a room, our nick alone",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "bot?"},
         "answer",
         "yoga@rooms.example/Anna",
         ""},
        {"in a room, a longer nick",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "bottle: hi"},
         "not addressed",
         NULL,
         NULL},
        {"in a room, about us",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "bot's asleep"},
         "not addressed",
         NULL,
         NULL},
        {"in a room, from before",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "Bot: hi",
          .delayed = true},
         "history",
         NULL,
         NULL},
        {"in a room, ours come back",
         {.from = "yoga@rooms.example/Bot",
          .type = "groupchat",
          .body = "Bot: hi"},
         "echo",
         NULL,
         NULL},
        {"the room itself",
         {.from = "yoga@rooms.example",
          .type = "groupchat",
          .body = "Bot: hi"},
         "no person",
         NULL,
         NULL},
        {"a room where we are not",
         {.from = "judo@rooms.example/Anna",
          .type = "groupchat",
          .body = "Bot: hi"},
         "no person",
         NULL,
         NULL},
        {"in a room, encrypted",
         {.from = "yoga@rooms.example/Anna",
          .type = "groupchat",
          .body = "Bot: hi",
          .encrypted = true},
         "not addressed",
         NULL,
         NULL},
        {"alone, through a room",
         {.from = "yoga@rooms.example/Anna", .type = "chat", .body = "hi"},
         "answer",
         "yoga@rooms.example/Anna",
         "hi"},
        {"alone, through a room that is not ours",
         {.from = "judo@rooms.example/Anna",
          .type = "chat",
          .body = "hi",
          .of_room = true},
         "answer",
         "judo@rooms.example/Anna",
         "hi"},
        {"an invitation into a room",
         {.from = "judo@rooms.example", .body = "come in", .of_room = true},
         "no person",
         NULL,
         NULL},
        {"ours, alone, through a room",
         {.from = "yoga@rooms.example/Bot", .type = "chat", .body = "hi"},
         "echo",
         NULL,
         NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct heard heard;
        const char *verdict =
            verdict_name(stanza_judge(&cases[i].stanza, &self, &heard));
        if (strcmp(verdict, cases[i].verdict) != 0) {
            fail_msg("%s: got '%s', wanted '%s'", cases[i].name, verdict,
                     cases[i].verdict);
        }
        if (!cases[i].who) continue;
        if (heard.who_length != strlen(cases[i].who) ||
            memcmp(heard.who, cases[i].who, heard.who_length) != 0) {
            fail_msg("%s: got '%.*s', wanted '%s'", cases[i].name,
                     (int)heard.who_length, heard.who, cases[i].who);
        }
        if (heard.length != strlen(cases[i].text) ||
            memcmp(heard.text, cases[i].text, heard.length) != 0) {
            fail_msg("%s: got '%.*s', wanted '%s'", cases[i].name,
                     (int)heard.length, heard.text, cases[i].text);
        }
    }
}

static void test_room_or_not(void **state)
{
    struct stanza stanza = {.from = "yoga@rooms.example/Anna",
                            .type = "groupchat",
                            .body = "Bot: x"};
    struct heard heard;
    (void)state;
    assert_int_equal(stanza_judge(&stanza, &self, &heard), STANZA_ANSWER);
    assert_true(heard.in_room && heard.aloud);
    stanza.type = "chat";
    assert_int_equal(stanza_judge(&stanza, &self, &heard), STANZA_ANSWER);
    assert_true(heard.in_room && !heard.aloud);
    stanza.from = "anna@example/x";
    assert_int_equal(stanza_judge(&stanza, &self, &heard), STANZA_ANSWER);
    assert_true(!heard.in_room && !heard.aloud);
}

static void test_clean(void **state)
{
    static const struct {
        const char *name, *text, *wanted;
    } cases[] = {
        {"lines and tabs stay", "a\n\tb", "a\n\tb"},
        {"control characters go", "a\x01\x1b[0m\r\n", "a[0m\n"},
        {"characters that XML has not",
         "a\xEF\xBF\xBE\xEF\xBF\xBF"
         "b",
         "ab"},
        {"the one beside them stays", "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
        {"cut short at the end", "a\xEF\xBF", "a\xEF\xBF"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "%s", cases[i].text);
        text[stanza_clean(text, strlen(text))] = '\0';
        if (strcmp(text, cases[i].wanted) != 0) {
            fail_msg("%s: got '%s', wanted '%s'", cases[i].name, text,
                     cases[i].wanted);
        }
    }
}

/* ---- When to try again ---- */

static void test_backoff(void **state)
{
    uint32_t most = BACKOFF_FIRST_MS;
    (void)state;
    for (uint32_t failed = 0; failed < 100; failed++) {
        assert_int_equal(backoff_ms(failed, 0), most / 2);
        assert_int_equal(backoff_ms(failed, most / 2), most);
        assert_in_range(backoff_ms(failed, UINT32_MAX), most / 2, most);
        most = most * 2 < BACKOFF_MOST_MS ? most * 2 : BACKOFF_MOST_MS;
    }
    assert_int_equal(most, BACKOFF_MOST_MS);
}

/* ---- What waits ---- */

static void test_notes(void **state)
{
    struct notes notes = {0};
    size_t length;
    (void)state;
    assert_null(notes_read(&notes, "a", &length));
    assert_true(notes_write(&notes, "a", "one", 3));
    assert_true(notes_write(&notes, "b", "two", 3));
    assert_true(notes_write(&notes, "a", "three", 5));
    assert_string_equal(notes_read(&notes, "a", &length), "three");
    assert_int_equal(length, 5);
    notes_remove(&notes, "a");
    notes_remove(&notes, "a");
    assert_null(notes_read(&notes, "a", &length));
    assert_string_equal(notes_read(&notes, "b", &length), "two");
    notes_clear(&notes);
    assert_null(notes.first);
}

static void test_outbox(void **state)
{
    struct outbox outbox = {0};
    (void)state;
    struct waiting *first = outbox_put(&outbox, "a", false);
    assert_ptr_equal(outbox_put(&outbox, "a", false), first);
    first->ping = 3;
    outbox_put(&outbox, "room/b", true)->ping = 4;
    (void)outbox_put(&outbox, "c", false); /* not sent yet */
    assert_null(outbox_taken(&outbox, 2));
    struct waiting *taken = outbox_taken(&outbox, 3);
    assert_ptr_equal(taken, first);
    outbox_free_one(taken);
    assert_null(outbox_taken(&outbox, 3));
    outbox_put(&outbox, "d", false)->ping = 9;
    outbox_hung_up(&outbox); /* the room's is gone, the others wait */
    assert_null(outbox_taken(&outbox, 100));
    assert_string_equal(outbox.first->who, "c");
    assert_string_equal(outbox.first->next->who, "d");
    outbox_remove(&outbox, "c");
    outbox_remove(&outbox, "c");
    assert_string_equal(outbox.first->who, "d");
    outbox_clear(&outbox);
    assert_null(outbox.first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts), cmocka_unit_test(test_room_or_not),
        cmocka_unit_test(test_clean),    cmocka_unit_test(test_backoff),
        cmocka_unit_test(test_notes),    cmocka_unit_test(test_outbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
