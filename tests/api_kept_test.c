/* api_kept_test.c - messages that come twice, as the author of a bridge sees
 * it: their ids, and what was answered.
 * In: tests/packs/minimal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static void keep(const struct host *host, const char *id, const char *answer)
{
    talk_error err = {0};
    if (talk_session_keep(host->session, id, answer, &err) != TALK_OK) {
        fail_msg("keep '%s': %s", id, err.message);
    }
}

static void assert_kept(const struct host *host, const char *id,
                        const char *wanted)
{
    const char *got = talk_session_kept(host->session, id);
    if (wanted ? !got || strcmp(got, wanted) != 0 : got != NULL) {
        fail_msg("'%s': got %s, wanted %s", id, got ? got : "NULL",
                 wanted ? wanted : "NULL");
    }
}

static void keep_many(const struct host *host, int from, int to)
{
    for (int i = from; i <= to; i++) {
        char id[16], answer[16];
        (void)snprintf(id, sizeof id, "id %d", i);
        (void)snprintf(answer, sizeof answer, "answer %d", i);
        keep(host, id, answer);
    }
}

/* Saves it and goes on with what is loaded. */
static void save_and_load(struct host *host)
{
    struct written written = {.pieces_max = SIZE_MAX};
    talk_error err = {0};
    assert_int_equal(
        talk_session_save(host->session, write_down, &written, NULL), TALK_OK);
    talk_session_free(host->session);
    if (talk_session_load(host->bot, written.text, written.length,
                          &host->session, &err) != TALK_OK) {
        fail_msg("%s: %s", err.message, written.text);
    }
    free(written.text);
}

static void what_was_answered_is_known(void **state)
{
    const struct host *host = *state;
    assert_kept(host, "a", NULL);
    host_say(host, "hello");
    keep(host, "a", "Hello.");
    assert_kept(host, "a", "Hello.");
    assert_kept(host, "b", NULL);
    assert_kept(host, "", NULL);
    host_say(host, "the soil is mouldy");
    assert_kept(host, "a", "Hello.");
    keep(host, "a", "Another.");
    assert_kept(host, "a", "Another.");
    keep(host, "\xC3\xA4 \"1\"", "\xC3\xB6\n\"2\"");
    assert_kept(host, "\xC3\xA4 \"1\"", "\xC3\xB6\n\"2\"");
}

static void the_last_are_remembered(void **state)
{
    struct host *host = *state;
    keep_many(host, 1, 40);
    for (int again = 0; again < 2; again++) {
        assert_kept(host, "id 40", "answer 40");
        assert_kept(host, "id 37", "answer 37");
        assert_kept(host, "id 36", "");
        assert_kept(host, "id 9", "");
        assert_kept(host, "id 8", NULL);
        save_and_load(host);
    }
    /* One that is known is not counted twice. */
    keep_many(host, 40, 40);
    assert_kept(host, "id 37", "answer 37");
    assert_kept(host, "id 9", "");
    keep_many(host, 41, 41);
    assert_kept(host, "id 37", "");
    assert_kept(host, "id 9", NULL);
}

static void saving_changes_nothing_without_ids(void **state)
{
    struct host *host = *state;
    struct written written = {.pieces_max = SIZE_MAX};
    host_say(host, "the soil is mouldy");
    assert_int_equal(
        talk_session_save(host->session, write_down, &written, NULL), TALK_OK);
    assert_null(strstr(written.text, "kept"));
    free(written.text);
    keep(host, "a", "b");
    char *shown = host_state(host);
    assert_null(strstr(shown, "kept"));
    free(shown);
}

static void who_begins_anew_is_forgotten(void **state)
{
    struct host *host = *state;
    host_say(host, "the soil is mouldy");
    keep(host, "a", "Mould is bad.");
    keep(host, "b", "It is.");
    size_t before = talk_session_size(host->session);
    host_say(host, "start over");
    assert_kept(host, "a", "");
    assert_kept(host, "b", "");
    keep(host, "c", "We start over.");
    assert_kept(host, "c", "We start over.");
    save_and_load(host);
    assert_kept(host, "a", "");
    assert_kept(host, "c", "We start over.");
    talk_session_reset(host->session);
    assert_kept(host, "a", NULL);
    assert_kept(host, "c", NULL);
    assert_true(talk_session_size(host->session) < before);
}

/* At most 4 KiB for 32 ids of 20 bytes and answers of 600. */
static void what_is_kept_is_small(void **state)
{
    const struct host *host = *state;
    char answer[601];
    memset(answer, 'x', 600);
    answer[600] = '\0';
    size_t before = talk_session_size(host->session);
    for (int i = 0; i < 200; i++) {
        char id[21];
        (void)snprintf(id, sizeof id, "message-%012d", i);
        keep(host, id, answer);
    }
    assert_in_range(talk_session_size(host->session) - before, 3000, 4096);
}

static void what_makes_no_sense_is_refused(void **state)
{
    const struct host *host = *state;
    talk_error err = {0};
    size_t most = 64 * 1024;
    char *long_text = take(most + 2);
    memset(long_text, 'x', most + 1);
    long_text[most + 1] = '\0';
    static const struct {
        const char *id, *answer;
    } cases[] = {
        {NULL, "a"},   {"a", NULL},    {"", "a"},
        {"\xFF", "a"}, {"a", "b\xC3"}, {"\xED\xA0\x80", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        err = (talk_error){0};
        assert_int_equal(talk_session_keep(host->session, cases[i].id,
                                           cases[i].answer, &err),
                         TALK_ARGUMENT);
        assert_int_equal(err.status, TALK_ARGUMENT);
    }
    assert_int_equal(talk_session_keep(NULL, "a", "b", NULL), TALK_ARGUMENT);
    assert_null(talk_session_kept(NULL, "a"));
    assert_null(talk_session_kept(host->session, NULL));
    assert_int_equal(talk_session_keep(host->session, "a", long_text, &err),
                     TALK_LIMIT);
    assert_string_equal(err.message,
                        "the answer to a message has 65537 bytes; "
                        "at most 65536 are kept");
    assert_kept(host, "a", NULL);
    keep(host, "a", long_text + 1);
    assert_kept(host, "a", long_text + 1);
    long_text[TALK_ID_MAX + 1] = '\0';
    assert_int_equal(talk_session_keep(host->session, long_text, "b", &err),
                     TALK_ARGUMENT);
    assert_string_equal(err.message,
                        "the id of a message has 257 bytes; it is "
                        "UTF-8 of 1 to 256");
    keep(host, long_text + 1, "b");
    assert_kept(host, long_text + 1, "b");
    free(long_text);
}

static void broken_ones_are_not_loaded(void **state)
{
    const struct host *host = *state;
    struct written written = {.pieces_max = SIZE_MAX};
    assert_int_equal(
        talk_session_save(host->session, write_down, &written, NULL), TALK_OK);
    static const char *const cases[] = {
        "7",
        "{}",
        "[7]",
        "[{}]",
        "[{\"id\":\"a\"}]",
        "[{\"answer\":\"a\"}]",
        "[{\"id\":\"a\",\"answer\":7}]",
        "[{\"id\":\"\",\"answer\":\"a\"}]",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[8192];
        talk_session *session;
        talk_error err = {0};
        int length = snprintf(json, sizeof json, "{\"kept\":%s,%s", cases[i],
                              written.text + 1);
        assert_in_range(length, 1, sizeof json - 1);
        if (talk_session_load(host->bot, json, (size_t)length, &session,
                              &err) != TALK_STATE) {
            fail_msg("%s was loaded", cases[i]);
        }
        assert_null(session);
        assert_true(strlen(err.message) > 0);
    }
    free(written.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOST(what_was_answered_is_known),
        WITH_HOST(the_last_are_remembered),
        WITH_HOST(saving_changes_nothing_without_ids),
        WITH_HOST(who_begins_anew_is_forgotten),
        WITH_HOST(what_is_kept_is_small),
        WITH_HOST(what_makes_no_sense_is_refused),
        WITH_HOST(broken_ones_are_not_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
