/* form_test.c - conversations that gather.
 * In: tests/packs/gathering, and talks line by line.  Out: which responses
 * come, and where the tier stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bicycles.h"

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

static void a_screening_that_fell_is_not_repeated(void **state)
{
    struct talk *talk = *state;
    SAY("can i fix it myself", "screening");
    SAY("say that again, the fork is bent", "rise_any say_again");
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

static void the_last_words_are_said_again(void **state)
{
    struct talk *talk = *state;
    SAY("say that again", "say_again");
    SAY("it squeaks", "trouble form_ask");
    SAY("say that again", "trouble form_ask");
    WORDS(1, "How old is it, in years?");
    SAY("say that again", "trouble form_ask");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TALK(asks_one_thing_at_a_time),
        TALK(words_depend_on_what_was_gathered),
        TALK(never_asks_what_is_known),
        TALK(conditions_hold_back_a_question),
        TALK(a_bare_number_counts_only_when_asked_for),
        TALK(a_digression_is_answered_then_the_question_returns_once),
        TALK(a_late_yes_is_meant_for_something_else),
        TALK(what_is_not_understood_is_asked_in_other_words),
        TALK(a_yes_to_how_many_is_asked_again),
        TALK(a_supposed_trouble_is_no_answer),
        TALK(who_denies_all_is_asked_nothing),
        TALK(a_screening_that_fell_is_not_repeated),
        TALK(who_tells_something_else_is_asked_something_else),
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
        TALK(the_last_words_are_said_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
