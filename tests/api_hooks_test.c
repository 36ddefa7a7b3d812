/* api_hooks_test.c - hooks and actions: what goes before every answer, and
 * what the host is asked to do. Linked to the shared library.
 * In: tests/packs/hooks and actions, each beside the minimal pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "starving.h"

static int open_rules(void **state, const char *rules)
{
    struct host *host = take(sizeof *host);
    host_open_over(host, rules, NULL);
    *state = host;
    return 0;
}

static int open_hooks(void **state)
{
    return open_rules(state, "tests/packs/hooks");
}

static int open_actions(void **state)
{
    return open_rules(state, "tests/packs/actions");
}

static int end(void **state)
{
    host_close(*state);
    free(*state);
    return 0;
}

static void set(const struct host *host, const char *name, const char *value)
{
    assert_int_equal(
        talk_session_set(host->bot, host->session, name, value, NULL),
        TALK_OK);
}

/* ---- Hooks ---- */

static void a_hook_is_said_first(void **state)
{
    const struct host *host = *state;
    set(host, "news", "moss is back");
    EXPECT(host, "are chemicals bad",
           "News: moss is back. | What kills weeds may kill the plant. Use "
           "none.");
    EXPECT(host, "are chemicals bad",
           "What kills weeds may kill the plant. Use none.");
}

static void a_hook_may_stand_for_the_answer(void **state)
{
    const struct host *host = *state;
    set(host, "shop", "closed");
    EXPECT(host, "are chemicals bad", "We are closed.");
    EXPECT(host, "hmpf", "We are closed.");
    EXPECT(host, "", "We are closed.");
    set(host, "shop", "open");
    EXPECT(host, "are chemicals bad",
           "What kills weeds may kill the plant. Use none.");
}

static void counters_can_set_it_off(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "stupid bot", "That was rude.");
    EXPECT(host, "stupid bot", "That was rude.");
    /* By priority: the shop is closed, too. */
    set(host, "shop", "closed");
    EXPECT(host, "how often do i water it", "I have heard enough.");
    EXPECT(host, "how often do i water it", "We are closed.");
}

static void what_is_told_meanwhile_is_remembered(void **state)
{
    const struct host *host = *state;
    set(host, "shop", "closed");
    EXPECT(host, "the leaves are yellow since monday", "We are closed.");
    set(host, "shop", "open");
    const talk_turn *turn = host_say(host, "hello");
    assert_int_equal(talk_turn_slot_count(turn), 1);
}

static void no_hook_suppresses_an_alarm(void **state)
{
    const struct host *host = *state;
    set(host, "shop", "closed");
    EXPECT(host, "there is weedkiller in the soil",
           "With weedkiller in the soil, leave it in its pot. | What kills "
           "weeds may kill the plant. Use none.");
    EXPECT(host, "and mould, it is mouldy", "With mould, ask a gardener.");
    /* Nothing new, and no alarm: the shop is closed again. */
    EXPECT(host, "how often do i water it", "We are closed.");
    EXPECT(host, "its sap gave me a rash", "With a rash, see a doctor today.");
    EXPECT(host, "my cat ate a lily",
           "Whoever ate it: call the poison line now.");
    EXPECT(host, "hmpf", "As I said: call the poison line now.");
    EXPECT(host, "how do i repot it",
           "I will not say how, because of weedkiller in the soil, mould, a "
           "rash, a plant that was eaten: call the poison line now.");
}

static void a_new_flag_at_the_same_tier_is_spoken_of(void **state)
{
    const struct host *host = *state;
    host_say(host, "it is mouldy");
    set(host, "shop", "closed");
    EXPECT(host, "it is all mouldy",
           "As I said: ask a gardener. | We are closed.");
}

static void the_gate_holds_before_hooks(void **state)
{
    const struct host *host = *state;
    static const char how[] =
        "Lift it out, shake off the old soil, and set it into a pot one size "
        "up.";
    set(host, "gym", "on");
    const talk_turn *turn = EXPECT(host, "and when",
                                   "Then better leave it in its pot. | Sorry, "
                                   "say that in other words?");
    assert_false(talk_turn_technique(turn));
    char *why = turn_why(turn);
    assert_non_null(strstr(why, "\"blocked\":\"repotting\""));
    free(why);
    set(host, "gym", NULL);
    host_say(host, "how do i repot it");
    EXPECT(host, "no", how);
    set(host, "gym", "on");
    turn = host_say(host, "thanks");
    assert_string_equal(talk_turn_message(turn, 0).text, how);
    assert_true(talk_turn_technique(turn));
    host_say(host, "there is weedkiller in the soil");
    turn = EXPECT(host, "thanks",
                  "I will not say how, because of weedkiller in the soil: "
                  "leave it in its pot. | You are welcome. {Grow well}");
    assert_false(talk_turn_technique(turn));
}

static void the_order_is_by_priority_then_name(void **state)
{
    const struct host *host = *state;
    set(host, "gym", "on");
    set(host, "news", "moss is back");
    const talk_turn *turn = host_say(host, "thanks");
    /* gym_b, gym_c, news: of equals the first. */
    char *responses = turn_responses(turn);
    assert_string_equal(responses, "screening_unsure thanks");
    free(responses);
}

static void hooks_are_rules(void **state)
{
    const struct host *host = *state;
    char told[256] = "";
    for (size_t i = 0; i < talk_bot_rule_count(host->bot); i++) {
        talk_rule rule = talk_bot_rule(host->bot, i);
        if (strcmp(rule.text, "hook") != 0) continue;
        assert_int_equal(rule.kind, TALK_RULE_POLICY);
        assert_string_equal(rule.source, "intents/hooks.yaml");
        assert_true(rule.line > 0 && rule.column > 0);
        strcat(strcat(told, rule.name), " ");
    }
    assert_string_equal(told, "told_off closed repotting closed news ");
}

/* ---- Actions ---- */

static void wants(const talk_turn *turn, size_t index, const char *wanted)
{
    struct written got = {.pieces_max = SIZE_MAX};
    talk_action action = talk_turn_action(turn, index);
    (void)write_down(&got, action.name, strlen(action.name));
    for (size_t i = 0; i < action.argument_count; i++) {
        const talk_argument *argument = &action.arguments[i];
        assert_int_equal(strlen(argument->value), argument->length);
        (void)write_down(&got, " ", 1);
        (void)write_down(&got, argument->name, strlen(argument->name));
        (void)write_down(&got, "=", 1);
        (void)write_down(&got, argument->value, argument->length);
    }
    assert_string_equal(got.text, wanted);
    free(got.text);
}

static void an_action_comes_with_its_arguments(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = EXPECT(host, "i am ann, remind me", "I will.");
    assert_int_equal(talk_turn_action_count(turn), 1);
    assert_string_equal(talk_turn_action(turn, 0).response, "remind_me");
    /* What the response adds counts after it was said. */
    wants(turn, 0, "remind what=to water, {weekly} who=ann times=0");
    turn = EXPECT(host, "remind me", "I will.");
    wants(turn, 0, "remind what=to water, {weekly} who=ann times=1");
    turn = host_say(host, "hello");
    assert_int_equal(talk_turn_action_count(turn), 0);
    assert_null(talk_turn_action(turn, 0).name);
    assert_int_equal(talk_turn_action_count(NULL), 0);
}

static void what_cannot_be_filled_is_left_out(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = EXPECT(host, "remind me", "I will.");
    wants(turn, 0, "remind what=to water, {weekly} times=0");
}

static void a_response_may_have_several(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "the bell, and remind me");
    assert_int_equal(talk_turn_action_count(turn), 3);
    size_t bell =
        strcmp(talk_turn_action(turn, 0).response, "bell") == 0 ? 0 : 1;
    wants(turn, bell, "ring");
    wants(turn, bell + 1, "remind what=x who=x times=x");
}

static void what_is_repeated_is_not_done_again(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "remind me", "I will.");
    const talk_turn *turn = EXPECT(host, "say that again", "I will.");
    assert_int_equal(talk_turn_action_count(turn), 0);
    assert_string_equal(talk_session_get(host->bot, host->session, "times"),
                        "1");
}

/* The host tells what came of it; an empty message gives the bot the word. */
static void the_host_tells_how_it_went(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "remind me", "I will.");
    set(host, "reminder", "done");
    EXPECT(host, "", "The reminder is set.");
    assert_null(talk_session_get(host->bot, host->session, "reminder"));
    set(host, "reminder", "failed");
    EXPECT(host, "thanks",
           "There is no reminder. | You are welcome. {Grow well}");
}

static void what_the_gate_holds_back_does_nothing(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn =
        EXPECT(host, "shake it", "Before that: was any weedkiller used?");
    assert_int_equal(talk_turn_action_count(turn), 0);
    turn = EXPECT(host, "no", "Shake it.");
    assert_int_equal(talk_turn_action_count(turn), 1);
    assert_string_equal(talk_session_get(host->bot, host->session, "times"),
                        "7");
    host_say(host, "there is weedkiller in the soil");
    turn = host_say(host, "shake it");
    assert_false(talk_turn_technique(turn));
    assert_int_equal(talk_turn_action_count(turn), 0);
    assert_string_equal(talk_session_get(host->bot, host->session, "times"),
                        "7");
}

static void a_warm_turn_takes_no_memory(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alloc_fn = starving_alloc;
    options.alloc_payload = &starving;
    struct host host;
    host_open_over(&host, "tests/packs/actions", &options);
    for (int i = 0; i < 3; i++) {
        if (i == 2) starving.fail_at = starving.asked;
        host_say(&host, "i am ann, remind me");
        host_say(&host, "say that again");
        host_say(&host, "the bell");
    }
    starving.fail_at = NEVER;
    assert_int_equal(starving.refused, 0);
    host_close(&host);
    assert_int_equal(starving.blocks, 0);
}

/* Refused the 1st, 2nd, 3rd … memory: told, and nothing has changed. */
static void setting_starves(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alloc_fn = starving_alloc;
    options.alloc_payload = &starving;
    struct host host;
    host_open_over(&host, "tests/packs/hooks", &options);
    size_t failures = 0;
    for (size_t nth = 0;; nth++) {
        talk_error err = {0};
        starving.fail_at = starving.asked + nth;
        talk_status status = talk_session_set(host.bot, host.session, "news",
                                              "moss is back", &err);
        starving.fail_at = NEVER;
        if (status == TALK_OK) break;
        failures++;
        assert_int_equal(status, TALK_NOMEM);
        assert_int_equal(err.status, TALK_NOMEM);
        assert_null(talk_session_get(host.bot, host.session, "news"));
    }
    assert_true(failures > 0);
    host_close(&host);
    assert_int_equal(starving.blocks, 0);
}

#define HOOKS(name)   cmocka_unit_test_setup_teardown(name, open_hooks, end)
#define ACTIONS(name) cmocka_unit_test_setup_teardown(name, open_actions, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        HOOKS(a_hook_is_said_first),
        HOOKS(a_hook_may_stand_for_the_answer),
        HOOKS(counters_can_set_it_off),
        HOOKS(what_is_told_meanwhile_is_remembered),
        HOOKS(no_hook_suppresses_an_alarm),
        HOOKS(a_new_flag_at_the_same_tier_is_spoken_of),
        HOOKS(the_gate_holds_before_hooks),
        HOOKS(the_order_is_by_priority_then_name),
        HOOKS(hooks_are_rules),
        ACTIONS(an_action_comes_with_its_arguments),
        ACTIONS(what_cannot_be_filled_is_left_out),
        ACTIONS(a_response_may_have_several),
        ACTIONS(what_is_repeated_is_not_done_again),
        ACTIONS(the_host_tells_how_it_went),
        ACTIONS(what_the_gate_holds_back_does_nothing),
        cmocka_unit_test(a_warm_turn_takes_no_memory),
        cmocka_unit_test(setting_starves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
