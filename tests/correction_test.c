/* correction_test.c - conversations that correct themselves and go stale.
 * In: tests/packs/gathering, and talks line by line.  Out: which responses
 * come, and where the tier stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bicycles.h"

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

static void what_was_told_last_is_over(void **state)
{
    struct talk *talk = *state;
    SAY("it is gone", "trouble"); /* what? */
    SAY("start over", "restart");
    SAY("a wheel is loose", "rise_any form_ask");
    SAY("rear", "form_again");
    SAY("it is gone", "changed");
    WORDS(0, "Now: earlier a loose wheel.");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
    SAY("it came back", "rise_any");
}

static void a_condition_is_not_over(void **state)
{
    struct talk *talk = *state;
    SAY("the fork is bent", "rise_any form_ask");
    SAY("it is gone", "trouble form_again");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_AVOID);
}

static void what_goes_beside_is_named_and_nothing_else_is_over(void **state)
{
    struct talk *talk = *state;
    SAY("a wheel is loose", "rise_any form_ask");
    SAY("there was a squeak too, it is gone", "trouble form_again");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
}

static void an_alarm_that_is_over_is_confirmed(void **state)
{
    struct talk *talk = *state;
    SAY("dead brakes", "rise_emergency");
    SAY("a squeak", "trouble");
    SAY("it is gone", "confirm");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_EMERGENCY);
    SAY("yes", "changed form_ask");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_NONE);
}

static void the_other_of_two_is_meant(void **state)
{
    struct talk *talk = *state;
    SAY("the other one", "fallback_1"); /* of what? */
    SAY("it squeaks, rear", "trouble form_ask");
    SAY("the other one", "changed form_again");
    WORDS(0, "Now: place: front.");
    assert_string_equal(talk_turn_slot(talk->turn, 0).value, "front");
    SAY("the other one", "changed form_ask");
    WORDS(0, "Now: place: rear.");
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

static void symptoms_go_stale_and_conditions_last(void **state)
{
    struct talk *talk = *state;
    SAY("a wheel is loose and the fork is bent, 5 years",
        "rise_any form_done");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    talk->now += 47 * 3600;
    SAY("thanks", "thanks");
    assert_int_equal(talk_turn_tier(talk->turn), TALK_TIER_PROFESSIONAL);
    talk->now += 48 * 3600;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TALK(a_high_value_is_a_finding),
        TALK(one_message_is_one_doubt),
        TALK(what_is_past_may_come_back),
        TALK(what_was_told_last_is_over),
        TALK(a_condition_is_not_over),
        TALK(what_goes_beside_is_named_and_nothing_else_is_over),
        TALK(an_alarm_that_is_over_is_confirmed),
        TALK(the_other_of_two_is_meant),
        TALK(what_another_has_may_be_ones_own),
        TALK(what_was_told_is_summed_up),
        TALK(what_was_told_last_is_taken_back),
        TALK(another_value_replaces_the_first),
        TALK(a_denial_takes_back),
        TALK(an_alarm_goes_only_when_confirmed),
        TALK(a_yes_with_a_doubt_confirms_nothing),
        TALK(a_second_denial_confirms_too),
        TALK(symptoms_go_stale_and_conditions_last),
        TALK(a_restart_forgets_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
