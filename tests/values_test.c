/* values_test.c - slot values of the shipped pack: what the user's words are
 * worth, seen from Wednesday, 15 May 2024. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "backtalk.h"

static const uint64_t WEDNESDAY = 1715774400; /* 2024-05-15 12:00 UTC */

struct desk {
    talk_bot *bot, *timeless; /* the latter has no clock */
    talk_worker *worker, *timeless_worker;
};

static uint64_t tell_time(void *payload)
{
    return *(const uint64_t *)payload;
}

static int open_desk(void **state)
{
    static uint64_t now = WEDNESDAY;
    static struct desk desk;
    talk_options options;
    talk_options_init(&options, sizeof options);
    if (talk_bot_load(".", &options, &desk.timeless, NULL) != TALK_OK ||
        talk_worker_new(desk.timeless, &desk.timeless_worker, NULL) !=
            TALK_OK) {
        return 1;
    }
    options.clock_fn = tell_time;
    options.clock_payload = &now;
    *state = &desk;
    return talk_bot_load(".", &options, &desk.bot, NULL) != TALK_OK ||
           talk_worker_new(desk.bot, &desk.worker, NULL) != TALK_OK;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    talk_worker_free(desk->worker);
    talk_bot_free(desk->bot);
    talk_worker_free(desk->timeless_worker);
    talk_bot_free(desk->timeless);
    return 0;
}

/* ---- One message ---- */

struct row {
    const char *message, *slot;
    const char *value; /* NULL: the slot must stay empty */
    const char *normal;
};

static void check_row(talk_worker *worker, const talk_bot *bot,
                      const struct row *row)
{
    talk_session *session;
    const talk_turn *turn;
    talk_slot got = {.value = NULL};
    assert_int_equal(talk_session_new(bot, &session, NULL), TALK_OK);
    assert_int_equal(talk_say(worker, session, row->message,
                              strlen(row->message), &turn, NULL),
                     TALK_OK);
    for (size_t i = 0; i < talk_turn_slot_count(turn); i++) {
        talk_slot slot = talk_turn_slot(turn, i);
        if (strcmp(slot.name, row->slot) == 0) got = slot;
    }
    if (!row->value) {
        if (got.value) {
            fail_msg("'%s': %s is '%s', wanted nothing", row->message,
                     row->slot, got.value);
        }
    } else if (!got.value || strcmp(got.value, row->value) != 0 ||
               strcmp(got.normal, row->normal) != 0) {
        fail_msg("'%s': %s is '%s' (%s), wanted '%s' (%s)", row->message,
                 row->slot, got.value ? got.value : "nothing",
                 got.value ? got.normal : "", row->value, row->normal);
    }
    talk_session_free(session);
}

static void check_rows(const struct desk *desk, const struct row *rows,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_row(desk->worker, desk->bot, &rows[i]);
    }
}

#define CHECK(state, rows) \
    check_rows(*(state), rows, sizeof(rows) / sizeof *(rows))

static void durations_become_days(void **state)
{
    static const struct row rows[] = {
        {"my back has been stiff for two weeks", "onset", "two weeks", "P14D"},
        {"it started 3 days ago", "onset", "3 days ago", "P3D"},
        {"my back has been stiff for 3wks", "onset", "3wks", "P21D"},
        {"stiff for 3-4weeks now", "onset", "3-4weeks", "P28D"},
        {"about a month ago", "onset", "a month ago", "P30D"},
        {"it's been there for four days", "onset", "four days", "P4D"},
        {"for a year and a half now", "onset", "a year and a half", "P548D"},
        {"I've had this tightness for like 6 months", "onset", "6 months",
         "P183D"},
        {"twenty one days", "onset", "twenty one days", "P21D"},
        {"a couple of weeks", "onset", "a couple of weeks", "P14D"},
        {"it has been half a year", "onset", "half a year", "P183D"},
        {"my back's been aching for an hour", "onset", "an hour", "PT1H"},
        {"one and a half weeks", "onset", "one and a half weeks", "P11D"},
        {"the pain began three hours ago", "onset", "three hours ago", "PT3H"},
        {"a good few years I think", "onset", "a good few years", "P1096D"},
        {"I have had a sore back for over ten years", "onset", "ten years",
         "P3653D"},
        {"stiff for a fortnight", "onset", "a fortnight", "P14D"},
        {"it's been going on 5 weeks", "onset", "5 weeks", "P35D"},
    };
    CHECK(state, rows);
}

static void the_higher_end_of_a_range_counts(void **state)
{
    static const struct row rows[] = {
        {"I have been stiff for 2-3 weeks", "onset", "2-3 weeks", "P21D"},
        {"since two or three days ago", "onset", "two or three days ago",
         "P3D"},
        {"a week or two", "onset", "a week or two", "P14D"},
        {"the pain is a 6 to 7", "severity", "6 to 7", "7"},
        {"six or seven out of ten", "severity", "six or seven", "7"},
        {"4-5/10", "severity", "4-5/10", "5"},
    };
    CHECK(state, rows);
}

static void dates_are_counted_from_now(void **state)
{
    static const struct row rows[] = {
        {"since monday", "onset", "monday", "P2D"},
        {"since last friday", "onset", "last friday", "P5D"},
        {"since wednesday", "onset", "wednesday", "P7D"},
        {"since tuesday last week", "onset", "tuesday last week", "P8D"},
        {"yesterday", "onset", "yesterday", "P1D"},
        {"my back hurts since this morning", "onset", "this morning", "P0D"},
        {"it started last night", "onset", "last night", "P1D"},
        {"since the day before yesterday", "onset", "the day before yesterday",
         "P2D"},
        {"stiff since march", "onset", "march", "P75D"},
        {"since september", "onset", "september", "P257D"},
        {"since march 3rd", "onset", "march 3rd", "P73D"},
        {"since the 3rd of march", "onset", "the 3rd of march", "P73D"},
        {"since 2019", "onset", "2019", "P1961D"},
        {"it began in june 2023", "onset", "june 2023", "P349D"},
        {"since last year", "onset", "last year", "P365D"},
        {"since february 29 2020", "onset", "february 29 2020", "P1537D"},
    };
    CHECK(state, rows);
}

static void other_times_keep_their_words(void **state)
{
    static const struct row rows[] = {
        {"since I was 15", "onset", "I was 15", ""},
        {"I have had it all my life", "onset", "all my life", ""},
        {"as long as I can remember", "onset", "as long as I can remember",
         ""},
        {"my back hurts since I moved house", "onset", "I moved house", ""},
        {"stiff since the accident", "onset", "since the accident", ""},
    };
    CHECK(state, rows);
}

static void nonsense_is_no_value(void **state)
{
    static const struct row rows[] = {
        {"11/10", "severity", NULL, NULL},
        {"since 1850", "onset", NULL, NULL},
        {"since 2031", "onset", NULL, NULL},
        {"my back has been stiff for 300 years", "onset", NULL, NULL},
        {"a hundred out of ten", "severity", NULL, NULL},
        {"it has hurt for 99999999999 days", "onset", NULL, NULL},
    };
    CHECK(state, rows);
}

static void numbers_are_on_the_scale(void **state)
{
    static const struct row rows[] = {
        {"7/10", "severity", "7/10", "7"},
        {"upper back pain, 3 out of 10", "severity", "3", "3"},
        {"seven out of ten", "severity", "seven", "7"},
        {"a solid 8", "severity", "8", "8"},
        {"I'd say a 6", "severity", "6", "6"},
        {"pain level is 4 right now", "severity", "4", "4"},
        {"on a scale from 1 to 10 I'd say 5", "severity", "5", "5"},
        {"3", "severity", "3", "3"},
        {"2.5/10", "severity", "2.5/10", "2.5"},
        {"maybe a nine", "severity", "nine", "9"},
        {"0/10 pain", "severity", "0/10", "0"},
        {"it hurts, i'd give it a 7", "severity", "7", "7"},
    };
    CHECK(state, rows);
}

static void words_are_points_of_the_scale(void **state)
{
    static const struct row rows[] = {
        {"mild", "severity", "mild", "2"},
        {"it's pretty mild really", "severity", "pretty mild", "2"},
        {"my back is killing me", "severity", "killing me", "9"},
        {"it is moderate", "severity", "it is moderate", "5"},
        {"severe pain in my back", "severity", "severe pain", "8"},
        {"it's unbearable", "severity", "unbearable", "9"},
        {"it hurts a bit", "severity", "hurts a bit", "2"},
        {"it is not that bad", "severity", "is not that bad", "2"},
        {"worst pain of my life", "severity", "worst pain of my life", "10"},
        {"8 out of 10, it's mild at night", "severity", "8", "8"},
        {"no severe pain", "severity", NULL, NULL},
        {"it is not unbearable", "severity", NULL, NULL},
    };
    CHECK(state, rows);
}

static void the_last_value_counts(void **state)
{
    static const struct row rows[] = {
        {"3 out of 10, no, 8 out of 10", "severity", "8", "8"},
        {"sorry, I meant 8 out of 10, it's severe", "severity", "8", "8"},
        {"my left arm, sorry, my right arm", "side", "right", "right"},
    };
    CHECK(state, rows);
}

static void sides(void **state)
{
    static const struct row rows[] = {
        {"I have tingling in my right arm", "side", "right", "right"},
        {"I meant my left arm", "side", "left", "left"},
        {"on the left", "side", "left", "left"},
        {"right", "side", "right", "right"},
        {"mostly the left side", "side", "left", "left"},
        {"both sides", "side", "both", "both"},
        {"it's right in the middle", "side", "middle", "middle"},
        {"not the right, the left", "side", "left", "left"},
        {"my back hurts right now", "side", NULL, NULL},
        {"is that right?", "side", NULL, NULL},
        {"what is left to do", "side", NULL, NULL},
        {"am i doing it right", "side", NULL, NULL},
    };
    CHECK(state, rows);
}

static void places_triggers_and_what_helps(void **state)
{
    static const struct row rows[] = {
        {"it hurts between my shoulder blades", "place",
         "between my shoulder blades", "between the shoulder blades"},
        {"mid back", "place", "mid back", "mid back"},
        {"my neck is fine but my upper back is stiff", "place", "upper back",
         "upper back"},
        {"it hurts when I sit too long", "trigger", "I sit too long", ""},
        {"after the gym", "trigger", "the gym", ""},
        {"from sitting at my desk", "trigger", "sitting at my desk", ""},
        {"my back got stiff after lifting boxes", "trigger", "lifting boxes",
         ""},
        {"a hot shower helps a bit", "helps", "a hot shower", ""},
        {"it gets better when I lie down", "helps", "I lie down", ""},
        {"nothing helps", "helps", NULL, NULL},
        {"what helps against it?", "helps", NULL, NULL},
        {"does heat help?", "helps", NULL, NULL},
    };
    CHECK(state, rows);
}

static void other_talk_fills_nothing(void **state)
{
    static const struct row rows[] = {
        {"how long should I hold the stretch, 20 seconds?", "onset", NULL,
         NULL},
        {"I sit for 8 hours a day", "onset", NULL, NULL},
        {"why does it take 20 minutes?", "onset", NULL, NULL},
        {"the pain is in two places", "severity", NULL, NULL},
        {"I crack it 10 times a day", "severity", NULL, NULL},
        {"how many of the 12 vertebrae move", "severity", NULL, NULL},
        {"can i crack it 3 times a week", "onset", NULL, NULL},
        {"pain for 3 weeks", "severity", NULL, NULL},
    };
    CHECK(state, rows);
}

static void without_a_clock_dates_keep_their_words(void **state)
{
    static const struct row rows[] = {
        {"since monday", "onset", "monday", ""},
        {"since 2019", "onset", "2019", ""},
        {"for two weeks", "onset", "two weeks", "P14D"},
        {"yesterday", "onset", "yesterday", "P1D"},
    };
    const struct desk *desk = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_row(desk->timeless_worker, desk->timeless, &rows[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_become_days),
        cmocka_unit_test(the_higher_end_of_a_range_counts),
        cmocka_unit_test(dates_are_counted_from_now),
        cmocka_unit_test(other_times_keep_their_words),
        cmocka_unit_test(nonsense_is_no_value),
        cmocka_unit_test(numbers_are_on_the_scale),
        cmocka_unit_test(words_are_points_of_the_scale),
        cmocka_unit_test(the_last_value_counts),
        cmocka_unit_test(sides),
        cmocka_unit_test(places_triggers_and_what_helps),
        cmocka_unit_test(other_talk_fills_nothing),
        cmocka_unit_test(without_a_clock_dates_keep_their_words),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk) != 0;
}
