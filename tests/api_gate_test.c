/* api_gate_test.c - talks at random under rules of every kind: whatever
 * variables hold and wherever redirects lead, no technique goes past the gate,
 * and no hook stands before an alarm. Linked to the shared library.
 * In: tests/packs/variables, wordings, redirects, hooks and actions beside the
 * minimal pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

enum { TALKS = 400, TURNS = 25 };

static const char *const lines[] = {
    "how do i repot it",
    "a new home",
    "moving",
    "help",
    "shake it",
    "say that again",
    "once more",
    "no",
    "yes",
    "not sure",
    "there is weedkiller in the soil",
    "no weedkiller",
    "it is mouldy",
    "no mould",
    "my cat ate a lily",
    "nobody ate the plant",
    "start over",
    "a joke",
    "stupid bot",
    "remind me",
    "hmpf",
    "",
};

static const struct {
    const char *name, *value;
} values[] = {
    {"gym", "on"},        {"gym", NULL},    {"shop", "closed"},
    {"shop", "open"},     {"news", "moss"}, {"news", NULL},
    {"reminder", "done"}, {"plan", "paid"}, {"rude", "2"},
};

/* xorshift (Marsaglia). */
static size_t pick(uint32_t *random, size_t below)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random % below;
}

static bool is_screened(const struct host *host)
{
    char *state = host_state(host);
    bool clear = strstr(state, "\"screening\":\"clear\"") != NULL;
    free(state);
    return clear;
}

static void check(const struct host *host, const talk_turn *turn,
                  talk_tier before, const char *said)
{
    talk_tier tier = talk_turn_tier(turn);
    size_t count = talk_turn_message_count(turn);
    if (count == 0) fail_msg("'%s': no message", said);
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(turn, i);
        bool how = message.technique || strstr(message.text, "Lift") ||
                   strstr(message.text, "Shake");
        if (how && (tier != TALK_TIER_NONE || !is_screened(host))) {
            fail_msg("'%s': past the gate: %s", said, message.text);
        }
    }
    for (size_t i = 0; i < talk_turn_action_count(turn); i++) {
        talk_action action = talk_turn_action(turn, i);
        if (strcmp(action.response, "shake") == 0) {
            assert_true(talk_turn_technique(turn));
        }
    }
    const char *first = talk_turn_message(turn, 0).response;
    if (tier > before && strncmp(first, "rise_", 5) != 0) {
        fail_msg("'%s': the tier rose, and first comes %s", said, first);
    }
}

static void no_rule_goes_past_the_gate(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "tests/packs/variables", "tests/packs/wordings",
        "tests/packs/redirects", "tests/packs/hooks", "tests/packs/actions"};
    char *folder = temporary_folder();
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        copy_folder(rules[i], folder);
    }
    struct host host;
    host_open_over(&host, folder, NULL);
    remove_folder(folder);
    free(folder);
    uint32_t random = 20261121;
    size_t given = 0, rose = 0;
    for (size_t t = 0; t < TALKS; t++) {
        talk_tier tier = TALK_TIER_NONE;
        talk_session_reset(host.session);
        for (size_t i = 0; i < TURNS; i++) {
            if (pick(&random, 3) == 0) {
                size_t v = pick(&random, sizeof values / sizeof *values);
                assert_int_equal(talk_session_set(host.bot, host.session,
                                                  values[v].name,
                                                  values[v].value, NULL),
                                 TALK_OK);
            }
            const char *said =
                lines[pick(&random, sizeof lines / sizeof *lines)];
            const talk_turn *turn = host_say(&host, said);
            /* Whoever starts over has no tier before. */
            if (strcmp(said, "start over") == 0) tier = TALK_TIER_NONE;
            check(&host, turn, tier, said);
            given += talk_turn_technique(turn);
            rose += talk_turn_tier(turn) > tier;
            tier = talk_turn_tier(turn);
        }
    }
    host_close(&host);
    /* The talks were worth it. */
    assert_true(given > 50);
    assert_true(rose > 500);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rule_goes_past_the_gate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
