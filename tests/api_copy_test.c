/* api_copy_test.c - a copy of a session is what it was copied from, and the
 * way back to it. Linked to the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "starving.h"

/* The caller frees it. */
static char *saved(const talk_session *session)
{
    struct written written = {.pieces_max = SIZE_MAX};
    assert_int_equal(talk_session_save(session, write_down, &written, NULL),
                     TALK_OK);
    return written.text;
}

static void assert_same(const talk_session *got, const char *wanted)
{
    char *text = saved(got);
    assert_string_equal(text, wanted);
    free(text);
}

static talk_session *fresh(const struct host *host)
{
    talk_session *session;
    assert_int_equal(talk_session_new(host->bot, &session, NULL), TALK_OK);
    return session;
}

static void copy(const talk_session *from, talk_session *to)
{
    assert_int_equal(talk_session_copy(from, to, NULL), TALK_OK);
}

static void talk_a_little(const struct host *host)
{
    host_say(host, "the leaves are yellow since monday, 3 out of 10");
    host_say(host, "it is mouldy");
    assert_int_equal(
        talk_session_keep(host->session, "id-1", "an answer", NULL), TALK_OK);
}

static void a_copy_is_the_same(void **state)
{
    const struct host *host = *state;
    talk_session *other = fresh(host);
    talk_a_little(host);
    char *wanted = saved(host->session);
    copy(host->session, other);
    assert_same(other, wanted);
    assert_string_equal(talk_session_kept(other, "id-1"), "an answer");
    copy(other, other);
    assert_same(other, wanted);
    talk_session_free(other);
    assert_same(host->session, wanted);
    free(wanted);
}

static void each_goes_its_own_way(void **state)
{
    const struct host *host = *state;
    struct host other = *host;
    other.session = fresh(host);
    talk_a_little(host);
    char *wanted = saved(host->session);
    copy(host->session, other.session);
    host_say(&other, "the leaves are brown, my cat ate a lily");
    assert_same(host->session, wanted);
    copy(host->session, other.session);
    assert_same(other.session, wanted);
    talk_session_free(other.session);
    free(wanted);
}

static void what_is_empty_is_copied_too(void **state)
{
    const struct host *host = *state;
    talk_session *empty = fresh(host), *other = fresh(host);
    char *wanted = saved(empty);
    copy(empty, other);
    assert_same(other, wanted);
    talk_a_little(host);
    copy(host->session, other);
    copy(empty, other);
    assert_same(other, wanted);
    assert_null(talk_session_kept(other, "id-1"));
    talk_session_free(other);
    talk_session_free(empty);
    free(wanted);
}

static void null_is_refused(void **state)
{
    const struct host *host = *state;
    talk_error err = {0};
    assert_int_equal(talk_session_copy(NULL, host->session, &err),
                     TALK_ARGUMENT);
    assert_non_null(strstr(err.message, "talk_session_copy"));
    assert_int_equal(talk_session_copy(host->session, NULL, NULL),
                     TALK_ARGUMENT);
}

/* Turn and copy with the n-th allocation failing: the copy of before brings
 * back what was, without a single allocation. */
static void the_way_back_needs_no_memory(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER, .for_good = true};
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alloc_fn = starving_alloc;
    options.alloc_payload = &starving;
    struct host host;
    host_open(&host, MINIMAL_PACK, &options);
    talk_a_little(&host);
    char *wanted = saved(host.session);
    size_t failures = 0;
    for (size_t n = 0;; n++) {
        talk_session *before = fresh(&host);
        const talk_turn *turn;
        starving.fail_at = starving.asked + n;
        talk_status copied = talk_session_copy(host.session, before, NULL);
        bool fine =
            copied == TALK_OK &&
            talk_say(host.worker, host.session, "begin anew", 10, &turn,
                     NULL) == TALK_OK &&
            talk_session_keep(host.session, "id-2", "b", NULL) == TALK_OK;
        starving.fail_at = starving.asked;
        if (copied == TALK_OK) {
            assert_int_equal(talk_session_copy(before, host.session, NULL),
                             TALK_OK);
        }
        starving.fail_at = NEVER;
        assert_same(host.session, wanted);
        talk_session_free(before);
        if (fine) break;
        failures++;
    }
    assert_true(failures >= 3);
    free(wanted);
    host_close(&host);
    assert_int_equal(starving.blocks, 0);
    assert_int_equal(starving.bytes, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_HOST(a_copy_is_the_same),
        WITH_HOST(each_goes_its_own_way),
        WITH_HOST(what_is_empty_is_copied_too),
        WITH_HOST(null_is_refused),
        cmocka_unit_test(the_way_back_needs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
