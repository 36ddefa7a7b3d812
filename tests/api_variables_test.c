/* api_variables_test.c - variables: set by the host and by responses, asked by
 * conditions, kept, saved and forgotten. Linked to the shared library.
 * In: tests/packs/variables beside the minimal pack. */
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
    host_open_over(host, "tests/packs/variables", NULL);
    *state = host;
    return 0;
}

static int end(void **state)
{
    host_close(*state);
    free(*state);
    return 0;
}

static void set(const struct host *host, const char *name, const char *value)
{
    talk_error err = {0};
    if (talk_session_set(host->bot, host->session, name, value, &err) !=
        TALK_OK) {
        fail_msg("%s: %s", name, err.message);
    }
}

static const char *get(const struct host *host, const char *name)
{
    return talk_session_get(host->bot, host->session, name);
}

static void refused(const struct host *host, const char *name,
                    const char *value, const char *message)
{
    talk_error err = {0};
    assert_int_equal(
        talk_session_set(host->bot, host->session, name, value, &err),
        TALK_ARGUMENT);
    assert_int_equal(err.status, TALK_ARGUMENT);
    assert_string_equal(err.message, message);
}

/* ---- The host's ---- */

static void what_the_host_sets_changes_answers(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "any advice?", "Read the label.");
    set(host, "plan", "paid");
    EXPECT(host, "any advice?", "Buy the paid one.");
    set(host, "plan", NULL);
    EXPECT(host, "any advice?", "Read the label.");
}

static void a_value_is_shown_as_it_was_set(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "who am i", "I do not know.");
    set(host, "owner", "Zo\xC3\xAB {label}");
    EXPECT(host, "who am i", "You are Zo\xC3\xAB {label}.");
    set(host, "owner", "");
    EXPECT(host, "who am i", "You are .");
}

static void numbers_are_compared(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "and the weather", "Ask a thermometer.");
    set(host, "degrees", "30.0");
    EXPECT(host, "and the weather", "Water it: 30!");
    set(host, "degrees", "29.999");
    EXPECT(host, "and the weather", "Fine.");
    set(host, "degrees", "-7.25");
    EXPECT(host, "and the weather", "Take it in.");
    set(host, "degrees", "0.5");
    EXPECT(host, "and the weather", "Take it in.");
}

static void what_was_set_can_be_asked(void **state)
{
    const struct host *host = *state;
    assert_string_equal(get(host, "plan"), "free");
    assert_null(get(host, "owner"));
    assert_null(get(host, "colour"));
    set(host, "plan", "paid");
    set(host, "degrees", "007.50");
    assert_string_equal(get(host, "plan"), "paid");
    assert_string_equal(get(host, "degrees"), "7.5");
    host_say(host, "one joke");
    assert_string_equal(get(host, "jokes"), "1");
    assert_string_equal(get(host, "plan"), "paid");
    talk_session_reset(host->session);
    assert_string_equal(get(host, "plan"), "free");
}

static void what_makes_no_sense_is_refused(void **state)
{
    const struct host *host = *state;
    char *longest = take(258);
    set(host, "plan", "paid");
    refused(host, "colour", "red", "the pack has no variable 'colour'");
    refused(host, "plan", "cheap", "variable 'plan' cannot be 'cheap'");
    refused(host, "degrees", "hot", "variable 'degrees' cannot be 'hot'");
    refused(host, "degrees", "", "variable 'degrees' cannot be ''");
    refused(host, "degrees", "1000000000000000",
            "variable 'degrees' cannot be '1000000000000000'");
    refused(host, "owner", "\xFF", "variable 'owner' cannot be '\xFF'");
    memset(longest, 0, 258);
    memset(longest, 'x', 256);
    set(host, "owner", longest);
    longest[256] = 'x';
    assert_int_equal(
        talk_session_set(host->bot, host->session, "owner", longest, NULL),
        TALK_ARGUMENT);
    assert_int_equal(strlen(get(host, "owner")), 256);
    assert_string_equal(get(host, "plan"), "paid");
    free(longest);

    assert_int_equal(talk_session_set(NULL, host->session, "plan", "x", NULL),
                     TALK_ARGUMENT);
    assert_int_equal(talk_session_set(host->bot, NULL, "plan", "x", NULL),
                     TALK_ARGUMENT);
    assert_int_equal(
        talk_session_set(host->bot, host->session, NULL, "x", NULL),
        TALK_ARGUMENT);
    assert_null(talk_session_get(NULL, host->session, "plan"));
    assert_null(talk_session_get(host->bot, NULL, "plan"));
    assert_null(talk_session_get(host->bot, host->session, NULL));
}

/* ---- Those of responses ---- */

static void a_counter_goes_up(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "a joke", "A cactus walks into a bar.");
    EXPECT(host, "a joke", "It was sharp.");
    EXPECT(host, "a joke", "No. 2 are enough.");
    EXPECT(host, "a joke", "No. 3 are enough.");
    EXPECT(host, "count anew", "From the start.");
    EXPECT(host, "a joke", "A cactus walks into a bar.");
}

static void a_counter_has_an_end(void **state)
{
    const struct host *host = *state;
    set(host, "jokes", "999999999999999");
    host_say(host, "a joke");
    assert_string_equal(get(host, "jokes"), "999999999999999");
}

static void a_context_ends_by_itself(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "which one", "Which what?");
    EXPECT(host, "lamps", "Lamps help.");
    EXPECT(host, "which one", "A white lamp.");
    EXPECT(host, "which one", "A white lamp.");
    assert_null(get(host, "about"));
    EXPECT(host, "which one", "Which what?");
    EXPECT(host, "lamps", "Lamps help.");
    EXPECT(host, "pots", "Pots matter.");
    EXPECT(host, "which one", "A clay pot.");
    set(host, "about", "lamps");
    EXPECT(host, "who am i", "I do not know.");
    EXPECT(host, "which one", "A white lamp.");
    EXPECT(host, "which one", "Which what?");
}

/* ---- How long it is kept ---- */

static void a_new_start_keeps_what_the_pack_keeps(void **state)
{
    const struct host *host = *state;
    set(host, "plan", "paid");
    set(host, "owner", "Ann");
    host_say(host, "a joke");
    EXPECT(host, "start over", "We start over.");
    assert_string_equal(get(host, "plan"), "paid");
    assert_null(get(host, "owner"));
    EXPECT(host, "a joke", "A cactus walks into a bar.");
}

static void it_is_saved_with_the_session(void **state)
{
    struct host *host = *state;
    struct written saved = {.pieces_max = SIZE_MAX};
    set(host, "plan", "paid");
    host_say(host, "a joke");
    host_say(host, "lamps");
    assert_int_equal(
        talk_session_save(host->session, write_down, &saved, NULL), TALK_OK);
    talk_session_free(host->session);
    assert_int_equal(talk_session_load(host->bot, saved.text, saved.length,
                                       &host->session, NULL),
                     TALK_OK);
    free(saved.text);
    assert_string_equal(get(host, "plan"), "paid");
    EXPECT(host, "a joke", "It was sharp.");
    EXPECT(host, "which one", "A white lamp.");
    EXPECT(host, "which one", "Which what?");
}

static void note(void *payload, const talk_error *problem)
{
    (void)write_down(payload, problem->message, strlen(problem->message));
}

static void what_the_pack_does_not_know_is_dropped(void **state)
{
    (void)state;
    struct written told = {.pieces_max = SIZE_MAX};
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.report_fn = note;
    options.report_payload = &told;
    struct host host;
    host_open_over(&host, "tests/packs/variables", &options);
    set(&host, "plan", "paid");
    struct written saved = {.pieces_max = SIZE_MAX};
    assert_int_equal(talk_session_save(host.session, write_down, &saved, NULL),
                     TALK_OK);
    struct {
        const char *from, *to, *message;
    } cases[] = {
        {"\"paid\"", "\"owed\"", "the value of the variable 'plan'"},
        {"\"plan\"", "\"luck\"", "the variable 'luck'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        talk_session *loaded;
        char *at = strstr(saved.text, cases[i].from);
        assert_non_null(at);
        memcpy(at, cases[i].to, strlen(cases[i].to));
        assert_int_equal(talk_session_load(host.bot, saved.text, saved.length,
                                           &loaded, NULL),
                         TALK_OK);
        assert_non_null(strstr(told.text, cases[i].message));
        assert_string_equal(talk_session_get(host.bot, loaded, "plan"),
                            "free");
        talk_session_free(loaded);
        memcpy(at, cases[i].from, strlen(cases[i].from));
    }
    free(told.text);
    free(saved.text);
    host_close(&host);
}

/* A session may go to a bot that knows less, and come back. */
static void another_pack_leaves_it_alone(void **state)
{
    const struct host *host = *state;
    struct host other;
    host_open(&other, MINIMAL_PACK, NULL);
    set(host, "plan", "paid");
    const talk_turn *turn;
    assert_int_equal(
        talk_say(other.worker, host->session, "hello", 5, &turn, NULL),
        TALK_OK);
    assert_int_equal(
        talk_session_set(other.bot, host->session, "plan", "free", NULL),
        TALK_ARGUMENT);
    EXPECT(host, "any advice?", "Buy the paid one.");
    host_close(&other);
}

static void a_session_stays_small(void **state)
{
    const struct host *host = *state;
    assert_in_range(talk_session_size(host->session), 1, 48);
    set(host, "plan", "paid");
    set(host, "owner", "Ann");
    set(host, "degrees", "21.5");
    for (int i = 0; i < 50; i++) {
        host_say(host, "a joke");
        host_say(host, "lamps");
        host_say(host, "the leaves are yellow since monday");
    }
    assert_in_range(talk_session_size(host->session), 1, 1023);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(what_the_host_sets_changes_answers),
        TEST(a_value_is_shown_as_it_was_set),
        TEST(numbers_are_compared),
        TEST(what_was_set_can_be_asked),
        TEST(what_makes_no_sense_is_refused),
        TEST(a_counter_goes_up),
        TEST(a_counter_has_an_end),
        TEST(a_context_ends_by_itself),
        TEST(a_new_start_keeps_what_the_pack_keeps),
        TEST(it_is_saved_with_the_session),
        cmocka_unit_test(what_the_pack_does_not_know_is_dropped),
        TEST(another_pack_leaves_it_alone),
        TEST(a_session_stays_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
