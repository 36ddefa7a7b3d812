/* api_abi_test.c - what a compiled host relies on: where the members of each
 * struct lie and the values of each enum. A row that changes is a library that
 * needs another soname; new rows come behind old ones. Linked to the shared
 * library; tests/abi_test.sh looks after its symbols.
 * Skipped where pointers have not 64 bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>

#include "backtalk.h"

struct row {
    const char *what;
    size_t got, wanted;
};

#define SIZE(type, wanted) #type, sizeof(type), wanted
#define MEMBER(type, member, wanted) \
#type "." #member, offsetof(type, member), wanted
#define VALUE(name, wanted) #name, (size_t)(name), wanted

static const struct row rows[] = {
    {SIZE(talk_status, 4)},
    {SIZE(talk_kind, 4)},
    {SIZE(talk_tier, 4)},
    {SIZE(talk_rule_kind, 4)},
    {SIZE(bool, 1)},
    {SIZE(talk_error, 780)},
    {MEMBER(talk_error, status, 0)},
    {MEMBER(talk_error, line, 4)},
    {MEMBER(talk_error, column, 8)},
    {MEMBER(talk_error, source, 12)},
    {MEMBER(talk_error, message, 268)},
    {SIZE(talk_options, 96)},
    {MEMBER(talk_options, size, 0)},
    {MEMBER(talk_options, alloc_fn, 8)},
    {MEMBER(talk_options, alloc_payload, 16)},
    {MEMBER(talk_options, report_fn, 24)},
    {MEMBER(talk_options, report_payload, 32)},
    {MEMBER(talk_options, clock_fn, 40)},
    {MEMBER(talk_options, clock_payload, 48)},
    {MEMBER(talk_options, message_max, 56)},
    {MEMBER(talk_options, pack_file_max, 64)},
    {MEMBER(talk_options, pack_max, 72)},
    {MEMBER(talk_options, match_limit, 80)},
    {MEMBER(talk_options, turn_work_max, 84)},
    {MEMBER(talk_options, seed, 88)},
    {MEMBER(talk_options, alternatives, 92)},
    {MEMBER(talk_options, examples, 93)},
    {SIZE(talk_example, 64)},
    {MEMBER(talk_example, text, 0)},
    {MEMBER(talk_example, length, 8)},
    {MEMBER(talk_example, kind, 16)},
    {MEMBER(talk_example, name, 24)},
    {MEMBER(talk_example, polarity, 32)},
    {MEMBER(talk_example, counter, 40)},
    {MEMBER(talk_example, source, 48)},
    {MEMBER(talk_example, line, 56)},
    {MEMBER(talk_example, column, 60)},
    {SIZE(talk_rule, 48)},
    {MEMBER(talk_rule, kind, 0)},
    {MEMBER(talk_rule, name, 8)},
    {MEMBER(talk_rule, text, 16)},
    {MEMBER(talk_rule, source, 24)},
    {MEMBER(talk_rule, line, 32)},
    {MEMBER(talk_rule, column, 36)},
    {MEMBER(talk_rule, number, 40)},
    {SIZE(talk_message, 40)},
    {MEMBER(talk_message, text, 0)},
    {MEMBER(talk_message, length, 8)},
    {MEMBER(talk_message, response, 16)},
    {MEMBER(talk_message, wording, 24)},
    {MEMBER(talk_message, technique, 32)},
    {SIZE(talk_argument, 24)},
    {MEMBER(talk_argument, name, 0)},
    {MEMBER(talk_argument, value, 8)},
    {MEMBER(talk_argument, length, 16)},
    {SIZE(talk_action, 32)},
    {MEMBER(talk_action, name, 0)},
    {MEMBER(talk_action, response, 8)},
    {MEMBER(talk_action, arguments, 16)},
    {MEMBER(talk_action, argument_count, 24)},
    {SIZE(talk_finding, 40)},
    {MEMBER(talk_finding, name, 0)},
    {MEMBER(talk_finding, polarity, 8)},
    {MEMBER(talk_finding, tier, 16)},
    {MEMBER(talk_finding, start, 24)},
    {MEMBER(talk_finding, end, 32)},
    {SIZE(talk_slot, 32)},
    {MEMBER(talk_slot, name, 0)},
    {MEMBER(talk_slot, value, 8)},
    {MEMBER(talk_slot, normal, 16)},
    {MEMBER(talk_slot, number, 24)},
    {VALUE(TALK_OK, 0)},
    {VALUE(TALK_NOMEM, 1)},
    {VALUE(TALK_LIMIT, 2)},
    {VALUE(TALK_ARGUMENT, 3)},
    {VALUE(TALK_IO, 4)},
    {VALUE(TALK_YAML, 5)},
    {VALUE(TALK_RULE, 6)},
    {VALUE(TALK_STATE, 7)},
    {VALUE(TALK_SOURCE_MAX, 256)},
    {VALUE(TALK_MESSAGE_MAX, 512)},
    {VALUE(TALK_TOPICS, 0)},
    {VALUE(TALK_FINDINGS, 1)},
    {VALUE(TALK_RESPONSES, 2)},
    {VALUE(TALK_SLOTS, 3)},
    {VALUE(TALK_VARIABLES, 4)},
    {VALUE(TALK_ACTIONS, 5)},
    {VALUE(TALK_RULE_FINDING, 0)},
    {VALUE(TALK_RULE_CUE, 1)},
    {VALUE(TALK_RULE_ANSWER, 2)},
    {VALUE(TALK_RULE_SLOT, 3)},
    {VALUE(TALK_RULE_TOPIC, 4)},
    {VALUE(TALK_RULE_WORDING, 5)},
    {VALUE(TALK_RULE_POLICY, 6)},
    {VALUE(TALK_RULE_POLARITY, 7)},
    {VALUE(TALK_RULE_ALTERNATIVE, 8)},
    {VALUE(TALK_TIER_NONE, 0)},
    {VALUE(TALK_TIER_AVOID, 1)},
    {VALUE(TALK_TIER_PROFESSIONAL, 2)},
    {VALUE(TALK_TIER_URGENT, 3)},
    {VALUE(TALK_TIER_EMERGENCY, 4)},
};

static void the_layout_stays(void **state)
{
    (void)state;
    size_t changed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].got == rows[i].wanted) continue;
        print_error("%s: got %zu, wanted %zu\n", rows[i].what, rows[i].got,
                    rows[i].wanted);
        changed++;
    }
    assert_int_equal(changed, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_layout_stays),
    };
    if (sizeof(void *) != 8) return 77;
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
