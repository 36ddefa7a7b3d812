/* session_test.c - what is remembered comes back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"
#include "session.h"
#include "starving.h"

struct memory_of {
    struct pack *pack;
    struct starving starving;
    struct talk_session session;
    struct arena arena;
};

static int open_session(void **state)
{
    struct memory_of *m = take(sizeof *m);
    m->starving = (struct starving){.fail_at = NEVER};
    struct memory memory = {starving_alloc, &m->starving};
    struct outcome outcome = read_pack(MINIMAL_PACK, NULL, NULL, &m->pack);
    outcome_clear(&outcome);
    m->session = (struct talk_session){.memory = memory};
    talk__arena_init(&m->arena, &memory, 0);
    *state = m;
    return m->pack ? 0 : 1;
}

static int close_session(void **state)
{
    struct memory_of *m = *state;
    talk__arena_clear(&m->arena);
    talk__memory_give(&m->session.memory, m->session.blob,
                      m->session.capacity);
    assert_int_equal(m->starving.blocks, 0);
    assert_int_equal(m->starving.bytes, 0);
    talk__pack_free(m->pack);
    free(m);
    return 0;
}

static struct recall recall_of(struct memory_of *m, const struct pack *pack)
{
    struct recall recall;
    assert_int_equal(
        talk__session_recall(&m->session, pack, &m->arena, &recall), TALK_OK);
    return recall;
}

/* ---- Recalls that are the same ---- */

#define SAME(member)      assert_true(got->member == want->member)
#define SAME_TEXT(member) assert_string_equal(got->member, want->member)

static void same_question(const struct question *got,
                          const struct question *want)
{
    SAME_TEXT(name);
    SAME(index);
    SAME(of_finding);
}

static void same_known(const struct known *got, const struct known *want)
{
    SAME_TEXT(name);
    SAME(finding);
    SAME(polarity);
    SAME(counts);
    SAME(doubted);
    SAME(turn);
}

static void same_filled(const struct filled *got, const struct filled *want)
{
    SAME_TEXT(name);
    SAME_TEXT(value);
    SAME_TEXT(normal);
    SAME(slot);
    SAME(turn);
}

static void same_said(const struct said *got, const struct said *want)
{
    SAME_TEXT(name);
    SAME(response);
    SAME(wording);
    SAME(turn);
}

static void same_held(const struct held *got, const struct held *want)
{
    SAME_TEXT(name);
    SAME_TEXT(value);
    SAME(variable);
    SAME(set);
    SAME(until);
}

static void same(const struct recall *got, const struct recall *want)
{
    SAME(turns);
    SAME(at);
    SAME(tier);
    SAME(screening);
    SAME(screened);
    SAME(fallbacks);
    SAME_TEXT(pending_name);
    SAME_TEXT(topic_name);
    SAME_TEXT(form_name);
    SAME(pending);
    SAME(topic);
    SAME(form);
    SAME(form_over);
    SAME(known_count);
    SAME(filled_count);
    SAME(said_count);
    SAME(asked_count);
    SAME(held_count);
    for (uint32_t i = 0; i < want->held_count; i++) {
        same_held(&got->held[i], &want->held[i]);
    }
    same_question(&got->open, &want->open);
    for (uint32_t i = 0; i < want->known_count; i++) {
        same_known(&got->known[i], &want->known[i]);
    }
    for (uint32_t i = 0; i < want->filled_count; i++) {
        same_filled(&got->filled[i], &want->filled[i]);
    }
    for (uint32_t i = 0; i < want->said_count; i++) {
        same_said(&got->said[i], &want->said[i]);
    }
    for (uint32_t i = 0; i < want->asked_count; i++) {
        same_question(&got->asked[i].question, &want->asked[i].question);
        assert_true(got->asked[i].times == want->asked[i].times);
        assert_true(got->asked[i].settled == want->asked[i].settled);
    }
}

/* ---- Recalls made up ---- */

/* xorshift (Marsaglia). */
static uint32_t pick(uint32_t *random, uint32_t below)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random % below;
}

static struct question any_question(const struct pack *pack, uint32_t *random)
{
    struct question question = {.of_finding = pick(random, 2)};
    question.index = pick(random, question.of_finding ? pack->finding_count
                                                      : pack->slot_count);
    question.name = question.of_finding ? pack->findings[question.index].name
                                        : pack->slots[question.index].name;
    return question;
}

static struct recall any_recall(struct memory_of *m, uint32_t *random)
{
    const struct pack *pack = m->pack;
    struct recall r;
    talk__recall_init(&r);
    r.turns = pick(random, 100000);
    r.at = (uint64_t)pick(random, UINT32_MAX) << pick(random, 32);
    r.tier = (talk_tier)pick(random, TIER_COUNT);
    r.screening = (enum screening)pick(random, SCREENING_DOUBT + 1);
    r.screened = pick(random, 4);
    r.fallbacks = pick(random, 300);
    if (pick(random, 2)) {
        r.topic = pick(random, pack->topic_count);
        r.topic_name = pack->topics[r.topic].name;
        r.pending = r.topic;
        r.pending_name = r.topic_name;
        r.open = any_question(pack, random);
    }
    r.form_over = pick(random, 2);
    r.known_count = pick(random, pack->finding_count + 1);
    r.known = talk__arena_array(&m->arena, r.known_count + 1, sizeof *r.known);
    for (uint32_t i = 0; i < r.known_count; i++) {
        r.known[i] =
            (struct known){pack->findings[i].name,
                           i,
                           (enum polarity)pick(random, POLARITY_COUNT),
                           pick(random, 2),
                           pick(random, 2),
                           pick(random, 300)};
    }
    r.filled_count = pick(random, pack->slot_count + 1);
    r.filled =
        talk__arena_array(&m->arena, r.filled_count + 1, sizeof *r.filled);
    for (uint32_t i = 0; i < r.filled_count; i++) {
        char *value = talk__arena_take(&m->arena, 301);
        memset(value, 'v', pick(random, 301));
        r.filled[i] =
            (struct filled){pack->slots[i].name, i, value,
                            pick(random, 2) ? "7" : "", pick(random, 300)};
    }
    r.said_count = pick(random, SAID_MAX + 1);
    for (uint32_t i = 0; i < r.said_count; i++) {
        uint32_t response = pick(random, pack->response_count);
        r.said[i] = (struct said){pack->responses[response].name, response,
                                  pick(random, 200), pick(random, 300)};
    }
    r.asked_count = pick(random, STEPS_MAX + 1);
    for (uint32_t i = 0; i < r.asked_count; i++) {
        r.asked[i] = (struct asked){any_question(pack, random),
                                    pick(random, 3), pick(random, 2)};
    }
    static const char *const names[] = {"plan", "owner", "jokes"};
    r.held_count = pick(random, 4);
    r.held = talk__arena_array(&m->arena, r.held_count + 1, sizeof *r.held);
    for (uint32_t i = 0; i < r.held_count; i++) {
        uint32_t lasts = pick(random, 300);
        r.held[i] = (struct held){names[i], NO_INDEX, true,
                                  pick(random, 2) ? "a value" : "",
                                  lasts ? r.turns + lasts : 0};
    }
    return r;
}

/* ---- Tests ---- */

static void a_new_session_recalls_nothing(void **state)
{
    struct memory_of *m = *state;
    struct recall fresh, got = recall_of(m, m->pack);
    talk__recall_init(&fresh);
    same(&got, &fresh);
}

static void whatever_is_committed_is_recalled(void **state)
{
    struct memory_of *m = *state;
    uint32_t random = 12345;
    for (int i = 0; i < 3000; i++) {
        talk__arena_reset(&m->arena);
        struct recall want = any_recall(m, &random);
        assert_int_equal(talk__session_commit(&m->session, &want), TALK_OK);
        struct recall got = recall_of(m, m->pack);
        same(&got, &want);
        /* What was recalled may be committed in its place. */
        assert_int_equal(talk__session_commit(&m->session, &got), TALK_OK);
        got = recall_of(m, m->pack);
        same(&got, &want);
    }
}

static void the_largest_numbers_fit(void **state)
{
    struct memory_of *m = *state;
    struct recall want;
    talk__recall_init(&want);
    want.turns = UINT32_MAX;
    want.at = UINT64_MAX;
    want.fallbacks = UINT32_MAX;
    assert_int_equal(talk__session_commit(&m->session, &want), TALK_OK);
    struct recall got = recall_of(m, m->pack);
    same(&got, &want);
}

static void without_a_pack_there_are_names_alone(void **state)
{
    struct memory_of *m = *state;
    uint32_t random = 99;
    struct recall want = any_recall(m, &random);
    while (!want.known_count || want.topic == NO_INDEX || !want.said_count) {
        want = any_recall(m, &random);
    }
    assert_int_equal(talk__session_commit(&m->session, &want), TALK_OK);
    struct recall got = recall_of(m, NULL);
    assert_int_equal(got.topic, NO_INDEX);
    assert_string_equal(got.topic_name, want.topic_name);
    assert_int_equal(got.known[0].finding, NO_INDEX);
    assert_string_equal(got.known[0].name, want.known[0].name);
    assert_int_equal(got.said[0].response, NO_INDEX);
    assert_string_equal(got.said[0].name, want.said[0].name);
}

static void a_name_that_the_pack_has_not_is_kept(void **state)
{
    struct memory_of *m = *state;
    struct known known = {.name = "frost",
                          .finding = 0,
                          .polarity = POLARITY_PRESENT,
                          .counts = true,
                          .turn = 1};
    struct recall want;
    talk__recall_init(&want);
    want.known = &known;
    want.known_count = 1;
    want.topic_name = "weather";
    assert_int_equal(talk__session_commit(&m->session, &want), TALK_OK);
    struct recall got = recall_of(m, m->pack);
    assert_int_equal(got.known[0].finding, NO_INDEX);
    assert_int_equal(got.topic, NO_INDEX);
    assert_int_equal(talk__session_commit(&m->session, &got), TALK_OK);
    got = recall_of(m, m->pack);
    assert_string_equal(got.known[0].name, "frost");
    assert_true(got.known[0].counts);
    assert_string_equal(got.topic_name, "weather");
}

static void without_memory_nothing_changes(void **state)
{
    struct memory_of *m = *state;
    uint32_t random = 7;
    struct recall small, large = any_recall(m, &random);
    while (large.filled_count < 4 || large.said_count < 4) {
        large = any_recall(m, &random);
    }
    talk__recall_init(&small);
    small.turns = 5;
    assert_int_equal(talk__session_commit(&m->session, &small), TALK_OK);
    m->starving.fail_at = m->starving.asked;
    assert_int_equal(talk__session_commit(&m->session, &large), TALK_NOMEM);
    m->starving.fail_at = NEVER;
    struct recall got = recall_of(m, m->pack);
    same(&got, &small);
}

static void forgotten_is_wiped(void **state)
{
    struct memory_of *m = *state;
    uint32_t random = 3;
    struct recall fresh, recall = any_recall(m, &random);
    assert_int_equal(talk__session_commit(&m->session, &recall), TALK_OK);
    talk_session_reset(&m->session);
    for (size_t i = 0; i < m->session.capacity; i++) {
        assert_int_equal(m->session.blob[i], 0);
    }
    talk__recall_init(&fresh);
    struct recall got = recall_of(m, m->pack);
    same(&got, &fresh);
}

/* ---- When ---- */

struct when_case {
    const char *what;
    struct when when;
    bool wanted;
};

static uint32_t first[] = {0}, both[] = {0, 1}, second[] = {1};
static const char *six_seven[] = {"6", "7"}, *eight[] = {"8"};
static struct variable_test seven = {0, six_seven, 2, -INFINITY, INFINITY},
                            other = {0, eight, 1, -INFINITY, INFINITY},
                            reached = {0, NULL, 0, 7, INFINITY},
                            passed = {0, NULL, 0, -INFINITY, 6.5},
                            empty = {1, NULL, 0, -INFINITY, INFINITY};
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a piece of an initializer */
#define ANY .screened = -1

/* Of a recall at tier avoid in which finding 0 counts, 1 was absent, slot 1 is
 * filled, topic 0 was the last, response 0 was in the last reply and 1 in that
 * before, variable 0 is 7 and 1 has no value. */
static const struct when_case whens[] = {
    {"no condition", {ANY}, true},
    {"the tier", {ANY, .tiers = 1u << TALK_TIER_AVOID}, true},
    {"another tier", {ANY, .tiers = 1u << TALK_TIER_NONE}, false},
    {"a finding", {ANY, .findings = {first, 1}}, true},
    {"all findings, not some", {ANY, .findings = {both, 2}}, false},
    {"an absent one is not present", {ANY, .findings = {second, 1}}, false},
    {"none of them", {ANY, .no_findings = {second, 1}}, true},
    {"one of those", {ANY, .no_findings = {both, 2}}, false},
    {"a slot", {ANY, .slots = {second, 1}}, true},
    {"all slots, not some", {ANY, .slots = {both, 2}}, false},
    {"an empty slot", {ANY, .no_slots = {first, 1}}, true},
    {"a filled one", {ANY, .no_slots = {both, 2}}, false},
    {"after one of these", {ANY, .after = {both, 2}}, true},
    {"after another", {ANY, .after = {second, 1}}, false},
    {"what was said last", {ANY, .said = {both, 2}}, true},
    {"what was said before that", {ANY, .said = {second, 1}}, false},
    {"a variable", {ANY, .variables = {first, 1}}, true},
    {"all variables, not some", {ANY, .variables = {both, 2}}, false},
    {"no value", {ANY, .no_variables = {second, 1}}, true},
    {"some value", {ANY, .no_variables = {both, 2}}, false},
    {"one of its values", {ANY, .tests = &seven, .test_count = 1}, true},
    {"none of them", {ANY, .tests = &other, .test_count = 1}, false},
    {"a number reached", {ANY, .tests = &reached, .test_count = 1}, true},
    {"a number passed", {ANY, .tests = &passed, .test_count = 1}, false},
    {"no number", {ANY, .tests = &empty, .test_count = 1}, false},
    {"screened", {.screened = 1}, true},
    {"not screened", {.screened = 0}, false},
    {"all at once",
     {.screened = 1, .tiers = 1u << TALK_TIER_AVOID, .slots = {second, 1}},
     true},
    {"all but one",
     {.screened = 1, .tiers = 1u << TALK_TIER_AVOID, .slots = {first, 1}},
     false},
};

static void conditions_hold(void **state)
{
    (void)state;
    struct known known[] = {{.finding = 0, .counts = true},
                            {.finding = 1, .polarity = POLARITY_ABSENT}};
    struct filled filled[] = {{.slot = 1}};
    struct held held[] = {{.value = "7"}, {.variable = 1}};
    struct recall recall;
    talk__recall_init(&recall);
    recall.tier = TALK_TIER_AVOID;
    recall.screening = SCREENING_CLEAR;
    recall.topic = 0;
    recall.known = known;
    recall.known_count = 2;
    recall.filled = filled;
    recall.filled_count = 1;
    recall.held = held;
    recall.held_count = 2;
    recall.replied = 5;
    recall.said[0] = (struct said){.response = 1, .turn = 4};
    recall.said[1] = (struct said){.response = 0, .turn = 5};
    recall.said_count = 2;
    assert_true(talk__when_holds(NULL, &recall));
    for (size_t i = 0; i < sizeof whens / sizeof *whens; i++) {
        bool got = talk__when_holds(&whens[i].when, &recall);
        if (got != whens[i].wanted) fail_msg("%s: %d", whens[i].what, got);
    }
}

int main(void)
{
#define WITH_SESSION(test) \
    cmocka_unit_test_setup_teardown(test, open_session, close_session)
    static const struct CMUnitTest tests[] = {
        WITH_SESSION(a_new_session_recalls_nothing),
        WITH_SESSION(whatever_is_committed_is_recalled),
        WITH_SESSION(the_largest_numbers_fit),
        WITH_SESSION(without_a_pack_there_are_names_alone),
        WITH_SESSION(a_name_that_the_pack_has_not_is_kept),
        WITH_SESSION(without_memory_nothing_changes),
        WITH_SESSION(forgotten_is_wiped),
        cmocka_unit_test(conditions_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
