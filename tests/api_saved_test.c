/* api_saved_test.c - saved sessions that are broken, cut off, or not ours.
 * Linked to the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static struct written save(const struct host *host)
{
    struct written saved = {.pieces_max = SIZE_MAX};
    assert_int_equal(
        talk_session_save(host->session, write_down, &saved, NULL), TALK_OK);
    return saved;
}

/* A conversation with something of everything. */
static struct written save_some(const struct host *host)
{
    host_say(host, "the leaves are yellow since monday, 3 out of 10");
    host_say(host, "how do I repot it?");
    host_say(host, "no weedkiller, but it is mouldy");
    return save(host);
}

static talk_status load(const struct host *host, const char *json,
                        size_t length, talk_error *err)
{
    talk_session *session;
    talk_status status =
        talk_session_load(host->bot, json, length, &session, err);
    assert_true((status == TALK_OK) == (session != NULL));
    if (status == TALK_OK) {
        struct host other = *host;
        other.session = session;
        assert_true(talk_turn_message_count(host_say(&other, "hello")) > 0);
        talk_session_free(session);
    }
    return status;
}

static void null_is_refused(void **state)
{
    const struct host *host = *state;
    struct written saved = save(host);
    talk_session *session = host->session;
    assert_int_equal(talk_session_save(NULL, write_down, &saved, NULL),
                     TALK_ARGUMENT);
    assert_int_equal(talk_session_save(host->session, NULL, NULL, NULL),
                     TALK_ARGUMENT);
    assert_int_equal(
        talk_session_load(NULL, saved.text, saved.length, &session, NULL),
        TALK_ARGUMENT);
    assert_null(session);
    assert_int_equal(talk_session_load(host->bot, NULL, 1, &session, NULL),
                     TALK_ARGUMENT);
    assert_int_equal(
        talk_session_load(host->bot, saved.text, saved.length, NULL, NULL),
        TALK_ARGUMENT);
    free(saved.text);
}

struct text_case {
    const char *what, *json, *message;
};

static const struct text_case foreign[] = {
    {"nothing", "", "no JSON"},
    {"no JSON", "hello", "no JSON"},
    {"a list", "[]", "no JSON object"},
    {"a number", "7", "no JSON"},
    {"some object", "{}", "lacks 'backtalk'"},
    {"another version", "{\"backtalk\":2}", "version 2"},
    {"nothing but the version", "{\"backtalk\":1}", "'turns' is missing"},
    {"a key twice", "{\"backtalk\":1,\"backtalk\":1}", "no JSON"},
    {"a deep list", "{\"backtalk\":1,\"turns\":[[[[[[[[1]]]]]]]]}",
     "'turns' is missing or makes no sense"},
};

static void what_is_not_ours_is_refused(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        const struct text_case *c = &foreign[i];
        talk_error err = {0};
        talk_status status = load(host, c->json, strlen(c->json), &err);
        if (status != TALK_STATE || err.status != TALK_STATE ||
            !strstr(err.message, c->message)) {
            fail_msg("%s: %s: %s", c->what, talk_status_name(status),
                     err.message);
        }
    }
}

static void what_was_cut_off_is_refused(void **state)
{
    const struct host *host = *state;
    struct written saved = save_some(host);
    assert_int_equal(load(host, saved.text, saved.length, NULL), TALK_OK);
    for (size_t length = 0; length < saved.length; length++) {
        talk_error err = {0};
        assert_int_equal(load(host, saved.text, length, &err), TALK_STATE);
        assert_int_equal(err.status, TALK_STATE);
    }
    free(saved.text);
}

/* One byte is another: it is refused, or it makes sense. */
static void a_changed_byte_does_no_harm(void **state)
{
    static const char bytes[] = "0917-\"{}[],:\\ax\0\xff";
    const struct host *host = *state;
    struct written saved = save_some(host);
    size_t loaded = 0, refused = 0;
    for (size_t i = 0; i < saved.length; i++) {
        char before = saved.text[i];
        saved.text[i] = bytes[i % (sizeof bytes - 1)];
        talk_status status = load(host, saved.text, saved.length, NULL);
        assert_true(status == TALK_OK || status == TALK_STATE);
        loaded += status == TALK_OK;
        refused += status == TALK_STATE;
        saved.text[i] = before;
    }
    assert_true(loaded > 0 && refused > 0);
    free(saved.text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_HOST(null_is_refused),
        WITH_HOST(what_is_not_ours_is_refused),
        WITH_HOST(what_was_cut_off_is_refused),
        WITH_HOST(a_changed_byte_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
