/* api_wordings_test.c - ladders, lists, the user's words said back, answers
 * after the last reply, priorities, and redirects. Linked to the shared
 * library.
 * In: tests/packs/wordings and redirects, each beside the minimal pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static int open_rules(void **state, const char *rules)
{
    struct host *host = take(sizeof *host);
    host_open_over(host, rules, NULL);
    *state = host;
    return 0;
}

static int open_wordings(void **state)
{
    return open_rules(state, "tests/packs/wordings");
}

static int open_redirects(void **state)
{
    return open_rules(state, "tests/packs/redirects");
}

static int end(void **state)
{
    host_close(*state);
    free(*state);
    return 0;
}

/* ---- Wordings ---- */

static void a_ladder_says_the_first_that_fits(void **state)
{
    const struct host *host = *state;
    for (int i = 0; i < 5; i++) EXPECT(host, "how is it", "Green.");
    host_say(host, "it stands in the north");
    EXPECT(host, "how is it", "Not yellow; its window looks north.");
    host_say(host, "the leaves are yellow");
    for (int i = 0; i < 5; i++) EXPECT(host, "how is it", "Yellow.");
    host_say(host, "and the soil is mouldy");
    EXPECT(host, "how is it", "Yellow and mouldy.");
}

static void a_list_gives_one_after_the_other(void **state)
{
    const struct host *host = *state;
    static const char *const trees[] = {"An oak.", "An elm.", "An ash."};
    int said[3] = {0}, last = -1;
    for (int i = 0; i < 9; i++) {
        talk_message message =
            talk_turn_message(host_say(host, "which tree"), 0);
        int tree = 2;
        while (tree > 0 && strcmp(message.text, trees[tree]) != 0) tree--;
        assert_string_equal(message.text, trees[tree]);
        assert_int_not_equal(tree, last);
        last = tree;
        said[tree]++;
    }
    for (int tree = 0; tree < 3; tree++) assert_int_equal(said[tree], 3);
    EXPECT(host, "moss", "Only moss.");
    EXPECT(host, "moss", "Only moss.");
}

static void a_list_begins_where_the_seed_says(void **state)
{
    (void)state;
    char first[3][16] = {""};
    size_t count = 0;
    for (uint32_t seed = 0; seed < 40; seed++) {
        struct host host;
        talk_options options;
        talk_options_init(&options, sizeof options);
        options.seed = seed;
        host_open_over(&host, "tests/packs/wordings", &options);
        talk_message message =
            talk_turn_message(host_say(&host, "which tree"), 0);
        size_t i = 0;
        while (i < count && strcmp(first[i], message.text) != 0) i++;
        if (i == count) strcpy(first[count++], message.text);
        host_close(&host);
    }
    assert_int_equal(count, 3);
}

static const struct {
    const char *said, *wanted;
} swaps[] = {
    {"I want my plant to love me",
     "You want your plant to love you? \"my plant to love me\""},
    {"I want you to say I am right",
     "You want me to say you are right? \"you to say I am right\""},
    {"I want it, because i'm ill, and YOU ARE kind",
     "You want it, because you're ill, and I am kind? \"it, because i'm ill, "
     "and YOU ARE kind\""},
    {"I want what I\xE2\x80\x99m owed",
     "You want what you're owed? \"what I\xE2\x80\x99m owed\""},
    /* Parts of words stay, and so does what a comma parts. */
    {"I want mystery, i, am mean",
     "You want mystery, you, am mean? \"mystery, i, am mean\""},
    {"I want it", "You want it? \"it\""},
};

static void persons_are_swapped(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof swaps / sizeof *swaps; i++) {
        EXPECT(host, swaps[i].said, swaps[i].wanted);
    }
}

static void what_was_told_may_last_some_turns(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "my name is Ann", "Hey Ann!");
    EXPECT(host, "hey", "Hey!");
    assert_int_equal(talk_turn_slot_count(host_say(host, "hey, I am sad")), 1);
    EXPECT(host, "hey", "Cheer up.");
    EXPECT(host, "hey", "Cheer up.");
    const talk_turn *turn = EXPECT(host, "hey", "Hey!");
    assert_int_equal(talk_turn_slot_count(turn), 0);
}

static void an_answer_may_hang_on_the_last_reply(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "tell me", "Tell you what?");
    EXPECT(host, "a riddle", "What has leaves and no roots?");
    EXPECT(host, "tell me", "A book.");
    EXPECT(host, "moss", "Only moss.");
    EXPECT(host, "tell me", "Tell you what?");
}

static void an_answer_may_hang_on_the_last_topic(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "more of it", "More of what?");
    EXPECT(host, "more of it", "More and more.");
    EXPECT(host, "moss", "Only moss.");
    EXPECT(host, "more of it", "More moss.");
}

static void priority_goes_before_length(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "the leaf of my oldest herb", "The short one.");
}

/* ---- Redirects ---- */

static void a_topic_is_answered_as_the_last_on_its_way(void **state)
{
    const struct host *host = *state;
    static const char water[] =
        "Water it when the upper inch of the soil is dry. Most plants die of "
        "too much.";
    const talk_turn *turn = EXPECT(host, "it is drowning", water);
    assert_string_equal(talk_turn_topic(turn), "watering");
    turn = EXPECT(host, "it is soaked", water);
    assert_string_equal(talk_turn_topic(turn), "watering");
}

static void wordings_that_lead_elsewhere_take_turns(void **state)
{
    const struct host *host = *state;
    const char *last = "";
    for (int i = 0; i < 10; i++) {
        const talk_turn *turn = host_say(host, "a quiz");
        assert_int_equal(talk_turn_message_count(turn), 1);
        const char *response = talk_turn_message(turn, 0).response;
        assert_true(strncmp(response, "question_", 9) == 0);
        assert_string_not_equal(response, last);
        last = response;
    }
}

/* What led to it counts as said, and it is repeated word for word. */
static void the_way_is_remembered(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "go on", "Go where?");
    for (int i = 0; i < 10; i++) {
        char text[64];
        const talk_turn *turn = host_say(host, "a quiz");
        strcpy(text, talk_turn_message(turn, 0).text);
        EXPECT(host, "once more", text);
        EXPECT(host, "once more", text);
        EXPECT(host, "go on", "You must know.");
        EXPECT(host, "go on", "Go where?");
    }
}

static void the_trace_tells_the_way(void **state)
{
    const struct host *host = *state;
    char *why = turn_why(host_say(host, "a quiz"));
    assert_non_null(strstr(why, "\"led_by\":[{\"response\":\"ask_me\""));
    free(why);
    why = turn_why(host_say(host, "hello"));
    assert_null(strstr(why, "led_by"));
    free(why);
}

/* ---- The gate ---- */

static void a_redirect_to_technique_waits_for_the_screening(void **state)
{
    const struct host *host = *state;
    EXPECT(host, "a new home", "Before that: was any weedkiller used?");
    EXPECT(host, "no",
           "Lift it out, shake off the old soil, and set it into a pot one "
           "size up.");
    talk_session_reset(host->session);
    EXPECT(host, "moving", "Before that: was any weedkiller used?");
    const talk_turn *turn = EXPECT(host, "no", "Lift with your legs.");
    assert_true(talk_turn_technique(turn));
    assert_true(talk_turn_message(turn, 0).technique);
}

static void a_redirect_to_technique_is_refused(void **state)
{
    const struct host *host = *state;
    static const char *const ways[] = {"a new home", "moving", "help"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        talk_session_reset(host->session);
        host_say(host, "there is weedkiller in the soil");
        const talk_turn *turn = EXPECT(
            host, ways[i],
            "I will not say how, because of weedkiller in the soil: leave it "
            "in its pot.");
        assert_false(talk_turn_technique(turn));
    }
}

#define WORDINGS(name) \
    cmocka_unit_test_setup_teardown(name, open_wordings, end)
#define REDIRECTS(name) \
    cmocka_unit_test_setup_teardown(name, open_redirects, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WORDINGS(a_ladder_says_the_first_that_fits),
        WORDINGS(a_list_gives_one_after_the_other),
        cmocka_unit_test(a_list_begins_where_the_seed_says),
        WORDINGS(persons_are_swapped),
        WORDINGS(what_was_told_may_last_some_turns),
        WORDINGS(an_answer_may_hang_on_the_last_reply),
        WORDINGS(an_answer_may_hang_on_the_last_topic),
        WORDINGS(priority_goes_before_length),
        REDIRECTS(a_topic_is_answered_as_the_last_on_its_way),
        REDIRECTS(wordings_that_lead_elsewhere_take_turns),
        REDIRECTS(the_way_is_remembered),
        REDIRECTS(the_trace_tells_the_way),
        REDIRECTS(a_redirect_to_technique_waits_for_the_screening),
        REDIRECTS(a_redirect_to_technique_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
