/* form_test.c - conversations that gather, correct themselves and go stale.
 * In: tests/packs/gathering, and talks line by line.  Out: which responses
 * come, and where the tier stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "backtalk.h"

static uint64_t now; /* what the host's clock says */

static uint64_t tell_time(void *payload)
{
    return *(const uint64_t *)payload;
}

struct talk {
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    const talk_turn *turn;
};

static int begin(void **state)
{
    static struct talk talk;
    talk_options options;
    talk_options_init(&options);
    now = 1000000;
    options.clock_fn = tell_time;
    options.clock_payload = &now;
    assert_int_equal(
        talk_bot_load("tests/packs/gathering", &options, &talk.bot, NULL),
        TALK_OK);
    assert_int_equal(talk_worker_new(talk.bot, &talk.worker, NULL), TALK_OK);
    assert_int_equal(talk_session_new(talk.bot, &talk.session, NULL), TALK_OK);
    *state = &talk;
    return 0;
}

static int end(void **state)
{
    struct talk *talk = *state;
    talk_session_free(talk->session);
    talk_worker_free(talk->worker);
    talk_bot_free(talk->bot);
    return 0;
}

/* The names of the responses that came, with blanks between. */
static const char *say(struct talk *talk, const char *text)
{
    static char names[512];
    assert_int_equal(talk_say(talk->worker, talk->session, text, strlen(text),
                              &talk->turn, NULL),
                     TALK_OK);
    names[0] = '\0';
    for (size_t i = 0; i < talk_turn_message_count(talk->turn); i++) {
        size_t at = strlen(names);
        (void)snprintf(names + at, sizeof names - at, "%s%s", at ? " " : "",
                       talk_turn_message(talk->turn, i).response);
    }
    return names;
}

static const char *words(const struct talk *talk, size_t message)
{
    assert_true(message < talk_turn_message_count(talk->turn));
    return talk_turn_message(talk->turn, message).text;
}

#define SAY(text, responses) assert_string_equal(say(talk, text), responses)
#define WORDS(message, text) assert_string_equal(words(talk, message), text)

static void asks_one_thing_at_a_time(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken, it squeaks", "trouble form_ask");
    WORDS(1, "How old is it, in years?");
    SAY("12", "form_ask");
    WORDS(0, "Front or rear?");
    SAY("front", "form_ask");
    WORDS(0, "Is a wheel loose?");
    SAY("no", "form_done");
    WORDS(0, "That is all I need. a squeak; no sign of a loose wheel; "
             "years old: 12; place: front.");
}

static void words_depend_on_what_was_gathered(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken, it squeaks, 2 years, rear, no loose wheel",
        "trouble form_done");
    WORDS(1, "Mind the rear. a squeak; no sign of a loose wheel; "
             "years old: 2; place: rear.");
}

static void never_asks_what_is_known(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken, no loose wheel, it is 3 years old",
        "trouble form_done");
}

static void conditions_hold_back_a_question(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("7", "form_ask");
    WORDS(0, "Is a wheel loose?"); /* nothing squeaks: no place */
}

static void a_bare_number_counts_only_when_asked_for(void **state)
{
    struct talk *talk = *state;
    SAY("7", "fallback_1");
    assert_int_equal(talk_turn_slot_count(talk->turn), 0);
}

static void
a_digression_is_answered_then_the_question_returns_once(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("what about the chain", "chains form_again");
    WORDS(1, "Once more: Roughly how many years have you had it?");
    SAY("and chains?", "chains");
    SAY("it is broken", "trouble"); /* who does not answer is left alone */
    SAY("7 years", "form_ask");     /* and may answer all the same */
    WORDS(0, "Is a wheel loose?");
}

static void a_late_yes_is_meant_for_something_else(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken, 7 years", "trouble form_ask");
    WORDS(1, "Is a wheel loose?");
    SAY("chains", "chains form_again");
    SAY("chains", "chains");
    SAY("yes", "unasked");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void what_is_not_understood_is_asked_in_other_words(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("abc", "form_unclear");
    WORDS(0, "Pardon? Roughly how many years have you had it?");
    SAY("abc", "fallback_1"); /* not a third time */
}

static void a_yes_to_how_many_is_asked_again(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("yes", "form_unclear");
    SAY("yes", "form_ask");
    WORDS(0, "Is a wheel loose?");
}

static void a_supposed_trouble_is_no_answer(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken, 7 years", "trouble form_ask");
    SAY("what if a wheel is loose", "trouble form_again");
}

static void who_denies_all_is_asked_nothing(void **state)
{
    struct talk *talk = *state;
    SAY("no loose wheel", "noted");
    SAY("it squeaks", "trouble form_ask");
}

static void a_high_value_is_a_finding(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("60", "rise_any form_done");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    SAY("6 years", "changed");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
    WORDS(0, "Now: years old: 6.");
}

static void one_message_is_one_doubt(void **state)
{
    struct talk *talk = *state;
    SAY("the brakes are dead", "rise_emergency");
    SAY("scratch that, no dead brakes", "confirm");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_EMERGENCY);
    SAY("yes", "changed");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void a_screening_that_fell_is_not_repeated(void **state)
{
    struct talk *talk = *state;
    SAY("can i fix it myself", "screening");
    SAY("say that again, the fork is bent", "rise_any say_again");
}

static void what_is_past_may_come_back(void **state)
{
    struct talk *talk = *state;
    SAY("it came back", "trouble"); /* what? */
    SAY("start over", "restart");
    SAY("a wheel is loose", "rise_any form_ask");
    SAY("the loose wheel was long ago", "changed");
    WORDS(0, "Now: earlier a loose wheel.");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
    SAY("it came back", "rise_any");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
}

static void what_another_has_may_be_ones_own(void **state)
{
    struct talk *talk = *state;
    SAY("my sister has a loose wheel", "others");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
    SAY("what did i tell you", "my_words");
    SAY("it came back", "rise_any");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    SAY("my sister has a loose wheel", "others form_ask"); /* too */
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
}

static void who_tells_something_else_is_asked_something_else(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("it squeaks", "trouble form_again");
    SAY("it squeaks", "trouble form_ask");
    WORDS(1, "Front or rear?");
}

static void a_bare_answer_gets_a_receipt(void **state)
{
    struct talk *talk = *state;
    SAY("no", "unasked");
    SAY("skip", "unasked");
}

static void the_nearest_questions_are_proposed(void **state)
{
    struct talk *talk = *state;
    SAY("a new lubricant", "fallback_1");
    WORDS(0, "Do you mean: How is a chain oiled?");
    SAY("thanks", "thanks"); /* back to the foot of the ladder */
    SAY("rubber or profile or lubricant?", "fallback_1");
    WORDS(0, "Do you mean: Which tyres are there? Or: How is a chain oiled?");
    SAY("thanks", "thanks");
    SAY("of or a new one", "fallback_1"); /* short words say little */
    WORDS(0, "Pardon?");
}

static void no_step_of_the_ladder_comes_twice(void **state)
{
    struct talk *talk = *state;
    SAY("abc", "fallback_1");
    SAY("abc", "fallback_2");
    SAY("abc", "fallback_1");
    SAY("abc", "fallback_2");
    SAY("chains", "chains");
    SAY("abc", "fallback_1");
}

static void questions_can_be_skipped(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("skip", "form_skipped form_ask");
    SAY("not sure", "form_skipped form_done");
}

static void questions_have_a_reason(void **state)
{
    struct talk *talk = *state;
    SAY("why do you ask", "why_asked");
    SAY("it is broken", "trouble form_ask");
    SAY("why do you ask", "form_because");
    WORDS(0, "Old chains squeak more. How old is it, in years?");
    SAY("4", "form_ask");
}

static void one_can_go_back(void **state)
{
    struct talk *talk = *state;
    SAY("go back", "go_back");
    SAY("it is broken", "trouble form_ask");
    SAY("go back", "go_back form_again"); /* there is none before it */
    SAY("5", "form_ask");
    SAY("go back", "form_ask");
    SAY("6", "form_ask");
    assert_string_equal(talk_turn_slot(talk->turn, 0).value, "6");
}

static void one_can_stop(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("stop asking", "stop_asking");
    SAY("it is broken", "trouble");
}

static void yes_to_a_question_is_a_finding(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("3", "form_ask");
    SAY("yes", "rise_any form_done");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
}

static void thanks_is_no_moment_for_a_question(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("thanks", "thanks");
    SAY("9 years", "form_ask");
}

static void an_alarm_breaks_the_form(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("the brakes are dead", "rise_emergency");
    SAY("yes", "unasked"); /* to no question */
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_EMERGENCY);
}

static void screening_closes_the_open_question(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("can i fix it myself", "screening");
    SAY("no", "fix_it");
    assert_true(talk_turn_technique(talk->turn));
}

static void the_screening_can_be_cancelled(void **state)
{
    struct talk *talk = *state;
    SAY("can i fix it myself", "screening");
    SAY("stop asking", "stop_asking");
    SAY("no", "unasked");
    SAY("can i fix it myself", "screening");
}

static void what_was_told_is_summed_up(void **state)
{
    struct talk *talk = *state;
    SAY("what did i tell you", "my_words");
    SAY("it squeaks", "trouble form_ask");
    SAY("8", "form_ask");
    SAY("what did i tell you", "told form_again");
    WORDS(0, "You told me: a squeak; years old: 8.");
    SAY("can i fix it myself", "screening");
    SAY("no", "fix_it");
    SAY("what did i tell you", "told");
    WORDS(0, "You told me: a squeak; years old: 8; nothing bent.");
}

static void what_was_told_last_is_taken_back(void **state)
{
    struct talk *talk = *state;
    SAY("scratch that", "not_so");
    SAY("a wheel is loose", "rise_any form_ask");
    SAY("stop asking", "stop_asking");
    SAY("the fork is bent", "stand_any");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    SAY("scratch that", "taken_back");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    SAY("scratch that", "taken_back");
    WORDS(0, "Forgotten.");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void another_value_replaces_the_first(void **state)
{
    struct talk *talk = *state;
    SAY("8 years", "form_ask");
    SAY("stop asking", "stop_asking");
    SAY("8 years", "noted");
    SAY("9 years", "changed");
    assert_string_equal(talk_turn_slot(talk->turn, 0).value, "9");
}

static void a_denial_takes_back(void **state)
{
    struct talk *talk = *state;
    SAY("a wheel is loose", "rise_any form_ask");
    SAY("no loose wheel", "changed"); /* nothing is left to ask about */
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void an_alarm_goes_only_when_confirmed(void **state)
{
    struct talk *talk = *state;
    SAY("dead brakes", "rise_emergency");
    SAY("no dead brakes", "confirm");
    WORDS(0, "Really no dead brakes any more?");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_EMERGENCY);
    SAY("chains", "kept chains");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_EMERGENCY);
    SAY("scratch that", "confirm");
    SAY("scratch that", "kept"); /* no sure yes */
    SAY("scratch that", "confirm");
    SAY("yes", "changed");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void a_yes_with_a_doubt_confirms_nothing(void **state)
{
    struct talk *talk = *state;
    SAY("dead brakes", "rise_emergency");
    SAY("no dead brakes", "confirm");
    SAY("yes a little", "kept");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_EMERGENCY);
}

static void a_second_denial_confirms_too(void **state)
{
    struct talk *talk = *state;
    SAY("dead brakes", "rise_emergency");
    SAY("no dead brakes", "confirm");
    SAY("no dead brakes", "changed");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void the_last_words_are_said_again(void **state)
{
    struct talk *talk = *state;
    SAY("say that again", "say_again");
    SAY("it squeaks", "trouble form_ask");
    SAY("say that again", "trouble form_ask");
    WORDS(1, "How old is it, in years?");
    SAY("say that again", "trouble form_ask");
}

static void symptoms_go_stale_and_conditions_last(void **state)
{
    struct talk *talk = *state;
    SAY("a wheel is loose and the fork is bent, 5 years",
        "rise_any form_done");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    now += 47 * 3600;
    SAY("thanks", "thanks");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    now += 48 * 3600;
    SAY("thanks", "thanks");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_AVOID);
    assert_int_equal(talk_turn_slot_count(talk->turn), 0);
}

static void a_restart_forgets_everything(void **state)
{
    struct talk *talk = *state;
    SAY("it is broken", "trouble form_ask");
    SAY("2", "form_ask");
    SAY("start over", "restart");
    assert_int_equal(talk_turn_slot_count(talk->turn), 0);
    SAY("it is broken", "trouble form_ask");
    WORDS(1, "How old is it, in years?");
}

#define TALK(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TALK(asks_one_thing_at_a_time),
        TALK(words_depend_on_what_was_gathered),
        TALK(never_asks_what_is_known),
        TALK(conditions_hold_back_a_question),
        TALK(a_bare_number_counts_only_when_asked_for),
        TALK(a_digression_is_answered_then_the_question_returns_once),
        TALK(who_tells_something_else_is_asked_something_else),
        TALK(a_late_yes_is_meant_for_something_else),
        TALK(what_is_not_understood_is_asked_in_other_words),
        TALK(a_yes_to_how_many_is_asked_again),
        TALK(a_supposed_trouble_is_no_answer),
        TALK(who_denies_all_is_asked_nothing),
        TALK(a_high_value_is_a_finding),
        TALK(one_message_is_one_doubt),
        TALK(a_screening_that_fell_is_not_repeated),
        TALK(what_is_past_may_come_back),
        TALK(what_another_has_may_be_ones_own),
        TALK(a_bare_answer_gets_a_receipt),
        TALK(the_nearest_questions_are_proposed),
        TALK(no_step_of_the_ladder_comes_twice),
        TALK(questions_can_be_skipped),
        TALK(questions_have_a_reason),
        TALK(one_can_go_back),
        TALK(one_can_stop),
        TALK(yes_to_a_question_is_a_finding),
        TALK(thanks_is_no_moment_for_a_question),
        TALK(an_alarm_breaks_the_form),
        TALK(screening_closes_the_open_question),
        TALK(the_screening_can_be_cancelled),
        TALK(what_was_told_is_summed_up),
        TALK(what_was_told_last_is_taken_back),
        TALK(another_value_replaces_the_first),
        TALK(a_denial_takes_back),
        TALK(an_alarm_goes_only_when_confirmed),
        TALK(a_yes_with_a_doubt_confirms_nothing),
        TALK(a_second_denial_confirms_too),
        TALK(the_last_words_are_said_again),
        TALK(symptoms_go_stale_and_conditions_last),
        TALK(a_restart_forgets_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
