/* saved_test.c - a session saved and loaded goes on as if nothing had been.
 * In: tests/packs/gathering.  Out: the same turns, and what broken or foreign
 * states are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backtalk.h"

struct text {
    char bytes[8192];
    size_t length;
};

static bool append(void *payload, const char *bytes, size_t length)
{
    struct text *text = payload;
    if (text->length + length >= sizeof text->bytes) return false;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
    return true;
}

static bool refuse(void *payload, const char *bytes, size_t length)
{
    (void)payload;
    (void)bytes;
    (void)length;
    return false;
}

struct bench {
    talk_bot *bot;
    talk_worker *worker;
    struct text reports;
};

static void hear_report(void *payload, const talk_error *problem)
{
    struct bench *bench = payload;
    append(&bench->reports, problem->message, strlen(problem->message));
    append(&bench->reports, "\n", 1);
}

static void load_bot(struct bench *bench, const char *pack)
{
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.report_fn = hear_report;
    options.report_payload = bench;
    assert_int_equal(talk_bot_load(pack, &options, &bench->bot, NULL),
                     TALK_OK);
    assert_int_equal(talk_worker_new(bench->bot, &bench->worker, NULL),
                     TALK_OK);
}

static int begin(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    load_bot(bench, "tests/packs/gathering");
    *state = bench;
    return 0;
}

static void unload(struct bench *bench)
{
    talk_worker_free(bench->worker);
    talk_bot_free(bench->bot);
}

static int end(void **state)
{
    unload(*state);
    free(*state);
    return 0;
}

static talk_session *fresh(struct bench *bench)
{
    talk_session *session;
    assert_int_equal(talk_session_new(bench->bot, &session, NULL), TALK_OK);
    return session;
}

static const talk_turn *say(struct bench *bench, talk_session *session,
                            const char *text)
{
    const talk_turn *turn;
    assert_int_equal(
        talk_say(bench->worker, session, text, strlen(text), &turn, NULL),
        TALK_OK);
    return turn;
}

static void save(const talk_session *session, struct text *text)
{
    text->length = 0;
    assert_int_equal(talk_session_save(session, append, text, NULL), TALK_OK);
}

static const char *const lines[] = {"it is broken, it squeaks",
                                    "7",
                                    "why do you ask",
                                    "rear",
                                    "not sure",
                                    "can i fix it myself",
                                    "no",
                                    "the fork is bent",
                                    "dead brakes",
                                    "no dead brakes",
                                    "yes",
                                    "what did i tell you",
                                    "say that again",
                                    "scratch that"};
enum { LINES = sizeof lines / sizeof *lines };

/* After every line: saved, loaded, and the next answers are the same. */
static void goes_on_after_loading(void **state)
{
    struct bench *bench = *state;
    talk_session *kept = fresh(bench), *moved = fresh(bench);
    struct text before, after;
    for (size_t i = 0; i < LINES; i++) {
        char said[1024] = "";
        const talk_turn *turn = say(bench, kept, lines[i]);
        for (size_t m = 0; m < talk_turn_message_count(turn); m++) {
            strcat(said, talk_turn_message(turn, m).text);
        }
        turn = say(bench, moved, lines[i]);
        const char *rest = said;
        for (size_t m = 0; m < talk_turn_message_count(turn); m++) {
            talk_message message = talk_turn_message(turn, m);
            assert_memory_equal(rest, message.text, message.length);
            rest += message.length;
        }
        assert_string_equal(rest, "");
        save(moved, &before);
        talk_session_free(moved);
        assert_int_equal(talk_session_load(bench->bot, before.bytes,
                                           before.length, &moved, NULL),
                         TALK_OK);
        save(moved, &after);
        assert_string_equal(before.bytes, after.bytes);
    }
    assert_string_equal(bench->reports.bytes, "");
    talk_session_free(kept);
    talk_session_free(moved);
}

static void what_the_pack_lacks_is_dropped_and_told(void **state)
{
    struct bench *bench = *state;
    talk_session *session = fresh(bench), *loaded;
    struct text text;
    say(bench, session, "a wheel is loose, 3 years");
    save(session, &text);
    talk_session_free(session);
    unload(bench);
    load_bot(bench, "tests/packs/minimal");
    assert_int_equal(
        talk_session_load(bench->bot, text.bytes, text.length, &loaded, NULL),
        TALK_OK);
    assert_non_null(strstr(bench->reports.bytes,
                           "names the finding 'loose_wheel', which the pack "
                           "does not have: dropped\n"));
    assert_non_null(strstr(bench->reports.bytes, "the slot 'age'"));
    /* A flag was dropped: doubt shuts the gate. */
    save(loaded, &text);
    assert_non_null(strstr(text.bytes, "\"screening\":\"doubt\""));
    talk_session_free(loaded);
}

static void refused(struct bench *bench, const char *json, const char *message)
{
    talk_session *session = (talk_session *)bench; /* to see it cleared */
    talk_error err = {0};
    assert_int_equal(
        talk_session_load(bench->bot, json, strlen(json), &session, &err),
        TALK_STATE);
    assert_null(session);
    assert_int_equal(err.status, TALK_STATE);
    assert_non_null(strstr(err.message, message));
}

static void broken_states_are_refused(void **state)
{
    struct bench *bench = *state;
    refused(bench, "", "no JSON");
    refused(bench, "{", "no JSON");
    refused(bench, "[1]", "no JSON object");
    refused(bench, "{}", "it lacks 'backtalk'");
    refused(bench, "{\"backtalk\":2}",
            "of version 2; this library reads version 1");
    refused(bench, "{\"backtalk\":1}", "'turns' is missing");
}

/* Every value of a good state in turn becomes one of the wrong type. */
static void every_wrong_type_is_refused(void **state)
{
    struct bench *bench = *state;
    talk_session *session = fresh(bench), *loaded;
    struct text good;
    say(bench, session, "it is broken, a wheel is loose, 3 years");
    save(session, &good);
    talk_session_free(session);
    size_t refusals = 0;
    for (const char *at = good.bytes; (at = strstr(at, "\":")) != NULL;) {
        at += 2;
        struct text bad = {.length = 0};
        size_t head = (size_t)(at - good.bytes);
        append(&bad, good.bytes, head);
        append(&bad, "1.5,\"x\":", 8); /* the old value follows */
        append(&bad, at, good.length - head);
        talk_status status = talk_session_load(bench->bot, bad.bytes,
                                               bad.length, &loaded, NULL);
        if (status == TALK_OK) talk_session_free(loaded);
        bool optional = strstr(bad.bytes, "\"slot\":1.5") ||
                        strstr(bad.bytes, "\"open_slot\":1.5");
        assert_int_equal(status, optional ? TALK_OK : TALK_STATE);
        refusals += status == TALK_STATE;
    }
    assert_true(refusals > 25);
}

static void arguments_are_checked(void **state)
{
    struct bench *bench = *state;
    talk_session *session = fresh(bench), *loaded;
    struct text text = {.length = 0};
    talk_error err;
    assert_int_equal(talk_session_save(NULL, append, &text, &err),
                     TALK_ARGUMENT);
    assert_int_equal(talk_session_save(session, NULL, &text, &err),
                     TALK_ARGUMENT);
    assert_int_equal(talk_session_save(session, refuse, NULL, &err), TALK_IO);
    assert_int_equal(talk_session_load(NULL, "{}", 2, &loaded, &err),
                     TALK_ARGUMENT);
    assert_int_equal(talk_session_load(bench->bot, NULL, 0, &loaded, &err),
                     TALK_ARGUMENT);
    assert_int_equal(talk_session_load(bench->bot, "{}", 2, NULL, &err),
                     TALK_ARGUMENT);
    talk_session_free(session);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(goes_on_after_loading),
        TEST(what_the_pack_lacks_is_dropped_and_told),
        TEST(broken_states_are_refused),
        TEST(every_wrong_type_is_refused),
        TEST(arguments_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
