/* api_rules_test.c - the single rules of a pack and their places. Linked to
 * the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <string.h>

#include "host.h"

static const struct kind_row {
    talk_rule_kind kind;
    const char *name, *text; /* one that the minimal pack has */
} rows[] = {
    {TALK_RULE_FINDING, "weedkiller", "weed ?killer"},
    {TALK_RULE_CUE, "", "last year"},
    {TALK_RULE_ANSWER, "", "nope"},
    {TALK_RULE_SLOT, "severity", "(?<value>\\d+) (?:out of|/) 10"},
    {TALK_RULE_TOPIC, "light", "sun(?:light|ny)?"},
    {TALK_RULE_WORDING, "thanks", ""},
    {TALK_RULE_POLICY, "rise_avoid", "avoid rise"},
    {TALK_RULE_POLICY, "fallback_2", "fallback"},
    {TALK_RULE_POLARITY, "rash", "other_person"},
};

static bool is_row(const talk_rule *rule, const struct kind_row *row)
{
    return rule->kind == row->kind && strcmp(rule->name, row->name) == 0 &&
           strcmp(rule->text, row->text) == 0 && rule->line > 0 &&
           rule->column > 0;
}

static void every_kind_of_rule_is_told(void **state)
{
    const struct host *host = *state;
    size_t count = talk_bot_rule_count(host->bot);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
            talk_rule rule = talk_bot_rule(host->bot, i);
            if (!is_row(&rule, &rows[r])) continue;
            found++;
            if (!strstr(rule.source, ".yaml")) fail_msg("%s", rule.source);
        }
        if (found != 1) {
            fail_msg("%s '%s': found %zu times", rows[r].name, rows[r].text,
                     found);
        }
    }
}

static void every_wording_is_told(void **state)
{
    const struct host *host = *state;
    size_t count = talk_bot_rule_count(host->bot), greetings = 0;
    for (size_t i = 0; i < count; i++) {
        talk_rule rule = talk_bot_rule(host->bot, i);
        greetings += rule.kind == TALK_RULE_WORDING &&
                     strcmp(rule.name, "greeting") == 0;
    }
    assert_int_equal(greetings, 2);
}

static void there_is_no_rule_behind_the_last(void **state)
{
    const struct host *host = *state;
    size_t count = talk_bot_rule_count(host->bot);
    assert_true(count > 50);
    assert_null(talk_bot_rule(host->bot, count).name);
    assert_null(talk_bot_rule(host->bot, SIZE_MAX).name);
    assert_int_equal(talk_bot_rule_count(NULL), 0);
    assert_null(talk_bot_rule(NULL, 0).name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOST(every_kind_of_rule_is_told),
        WITH_HOST(every_wording_is_told),
        WITH_HOST(there_is_no_rule_behind_the_last),
    };
    return cmocka_run_group_tests_name("api_rules", tests, NULL, NULL) != 0;
}
