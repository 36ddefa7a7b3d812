/* recall.c - questions about what a conversation remembers.
 * In: a recall, a condition.  Out: yes or no. */
#include <string.h>

#include "session.h"

struct known *talk__recall_known(const struct recall *recall, uint32_t finding)
{
    for (uint32_t i = 0; i < recall->known_count; i++) {
        if (recall->known[i].finding == finding) return &recall->known[i];
    }
    return NULL;
}

bool talk__recall_counts(const struct recall *recall, uint32_t finding)
{
    const struct known *known = talk__recall_known(recall, finding);
    return known && known->counts;
}

bool talk__recall_has_slot(const struct recall *recall, uint32_t slot)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        if (recall->filled[i].slot == slot) return true;
    }
    return false;
}

static bool value_holds(const struct value_test *test,
                        const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        const struct filled *filled = &recall->filled[i];
        if (filled->slot != test->slot) continue;
        for (uint32_t j = 0; j < test->choice_count; j++) {
            if (strcmp(filled->normal, test->choices[j]) == 0) return true;
        }
    }
    return false;
}

bool talk__recall_said(const struct recall *recall, uint32_t response)
{
    for (uint32_t i = 0; i < recall->said_count; i++) {
        const struct said *said = &recall->said[i];
        if (said->response == response && said->turn == recall->replied) {
            return true;
        }
    }
    return false;
}

static bool any_said(const struct index_list *responses,
                     const struct recall *recall)
{
    for (uint32_t i = 0; i < responses->count; i++) {
        if (talk__recall_said(recall, responses->items[i])) return true;
    }
    return responses->count == 0;
}

static bool test_holds(const struct variable_test *test,
                       const struct recall *recall)
{
    const char *value = talk__held_value(recall, test->variable);
    double number;
    if (!value) return false;
    for (uint32_t i = 0; i < test->value_count; i++) {
        if (strcmp(value, test->values[i]) == 0) return true;
    }
    return test->value_count == 0 && talk__number_read(value, &number) &&
           number >= test->least && number <= test->most;
}

static bool variables_hold(const struct when *when,
                           const struct recall *recall)
{
    for (uint32_t i = 0; i < when->variables.count; i++) {
        if (!talk__held_value(recall, when->variables.items[i])) return false;
    }
    for (uint32_t i = 0; i < when->no_variables.count; i++) {
        if (talk__held_value(recall, when->no_variables.items[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < when->test_count; i++) {
        if (!test_holds(&when->tests[i], recall)) return false;
    }
    return true;
}

bool talk__when_holds(const struct when *when, const struct recall *recall)
{
    if (!when) return true;
    if (when->tiers && !(when->tiers & (1u << recall->tier))) return false;
    for (uint32_t i = 0; i < when->findings.count; i++) {
        if (!talk__recall_counts(recall, when->findings.items[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < when->no_findings.count; i++) {
        if (talk__recall_counts(recall, when->no_findings.items[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < when->slots.count; i++) {
        if (!talk__recall_has_slot(recall, when->slots.items[i])) return false;
    }
    for (uint32_t i = 0; i < when->no_slots.count; i++) {
        if (talk__recall_has_slot(recall, when->no_slots.items[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < when->value_count; i++) {
        if (!value_holds(&when->values[i], recall)) return false;
    }
    bool after = when->after.count == 0;
    for (uint32_t i = 0; i < when->after.count && !after; i++) {
        after = recall->topic == when->after.items[i];
    }
    if (!after || !any_said(&when->said, recall)) return false;
    if (!variables_hold(when, recall)) return false;
    bool screened = recall->screening == SCREENING_CLEAR;
    return when->screened < 0 || (when->screened == 1) == screened;
}

bool talk__recall_of_another(const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (!known->counts && known->turn == recall->turns &&
            known->polarity == POLARITY_OTHER_PERSON) {
            return true;
        }
    }
    return false;
}
