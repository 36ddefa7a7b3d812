/* blocked.c - conditions that can never hold.
 * In: a condition, the tiers at which it is asked.  Out: what blocks it.
 * Ignores how a conversation gets where it holds: that is the proof's. */
#include "blocked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned talk__tiers_of(const struct finding *finding)
{
    unsigned tiers = 1u << finding->tier;
    for (uint32_t i = 0; i < finding->raise_count; i++) {
        tiers |= 1u << finding->raises[i].tier;
    }
    return tiers;
}

bool talk__has_pattern(const struct pack *pack, enum pattern_kind kind,
                       uint32_t owner)
{
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        const struct pattern *pattern = &pack->patterns[i];
        if (pattern->kind == kind && pattern->owner == owner) return true;
    }
    return false;
}

unsigned talk__tiers_there_are(const struct pack *pack)
{
    unsigned tiers = 1u << TALK_TIER_NONE;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        if (talk__has_pattern(pack, PATTERN_FINDING, i)) {
            tiers |= talk__tiers_of(&pack->findings[i]);
        }
    }
    return tiers;
}

static bool holds(const struct index_list *list, uint32_t item)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i] == item) return true;
    }
    return false;
}

/* An item of both lists, or NO_INDEX. */
static uint32_t common(const struct index_list *a, const struct index_list *b)
{
    for (uint32_t i = 0; i < a->count; i++) {
        if (holds(b, a->items[i])) return a->items[i];
    }
    return NO_INDEX;
}

#define SAY(out, size, ...) ((void)snprintf(out, size, __VA_ARGS__), true)

static bool findings_block(const struct pack *pack, const struct when *when,
                           char *out, size_t size)
{
    uint32_t both = common(&when->findings, &when->no_findings);
    if (both != NO_INDEX) {
        return SAY(out, size, "finding '%s' must count and must not",
                   pack->findings[both].name);
    }
    for (uint32_t i = 0; i < when->findings.count; i++) {
        uint32_t finding = when->findings.items[i];
        if (!talk__has_pattern(pack, PATTERN_FINDING, finding)) {
            return SAY(out, size, "no pattern tells the finding '%s'",
                       pack->findings[finding].name);
        }
    }
    return false;
}

/* Some pattern of the slot stands for one of the choices; a number can be
 * anything. */
static bool can_be_chosen(const struct pack *pack,
                          const struct value_test *test)
{
    const struct slot *slot = &pack->slots[test->slot];
    if (slot->type != SLOT_CHOICE) return true;
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        const struct pattern *pattern = &pack->patterns[i];
        if (pattern->kind != PATTERN_SLOT || pattern->owner != test->slot ||
            pattern->detail == NO_INDEX) {
            continue;
        }
        for (uint32_t n = 0; n < test->choice_count; n++) {
            if (strcmp(slot->choices[pattern->detail], test->choices[n]) ==
                0) {
                return true;
            }
        }
    }
    return false;
}

/* A choice that both allow. */
static bool can_both(const struct value_test *a, const struct value_test *b)
{
    for (uint32_t i = 0; i < a->choice_count; i++) {
        for (uint32_t n = 0; n < b->choice_count; n++) {
            if (strcmp(a->choices[i], b->choices[n]) == 0) return true;
        }
    }
    return false;
}

static bool values_block(const struct pack *pack, const struct when *when,
                         char *out, size_t size)
{
    for (uint32_t i = 0; i < when->value_count; i++) {
        const struct value_test *test = &when->values[i];
        const char *name = pack->slots[test->slot].name;
        if (holds(&when->no_slots, test->slot)) {
            return SAY(out, size, "slot '%s' must be empty and have a value",
                       name);
        }
        if (!can_be_chosen(pack, test)) {
            return SAY(out, size, "no pattern gives slot '%s' that value",
                       name);
        }
        for (uint32_t n = 0; n < i; n++) {
            if (when->values[n].slot == test->slot &&
                !can_both(&when->values[n], test)) {
                return SAY(out, size, "slot '%s' must have two values", name);
            }
        }
    }
    return false;
}

static bool slots_block(const struct pack *pack, const struct when *when,
                        char *out, size_t size)
{
    uint32_t both = common(&when->slots, &when->no_slots);
    if (both != NO_INDEX) {
        return SAY(out, size, "slot '%s' must be filled and empty",
                   pack->slots[both].name);
    }
    for (uint32_t i = 0; i < when->slots.count; i++) {
        uint32_t slot = when->slots.items[i];
        if (!talk__has_pattern(pack, PATTERN_SLOT, slot)) {
            return SAY(out, size, "no pattern fills the slot '%s'",
                       pack->slots[slot].name);
        }
    }
    return values_block(pack, when, out, size);
}

/* A value that both allow; a test has values, or bounds. */
static bool can_both_be(const struct variable_test *a,
                        const struct variable_test *b)
{
    if (!a->value_count && !b->value_count) {
        return a->least <= b->most && b->least <= a->most;
    }
    if (!a->value_count) return can_both_be(b, a);
    for (uint32_t i = 0; i < a->value_count; i++) {
        if (!b->value_count) {
            double number = strtod(a->values[i], NULL);
            if (b->least <= number && number <= b->most) return true;
        }
        for (uint32_t n = 0; n < b->value_count; n++) {
            if (strcmp(a->values[i], b->values[n]) == 0) return true;
        }
    }
    return false;
}

static bool variables_block(const struct pack *pack, const struct when *when,
                            char *out, size_t size)
{
    uint32_t both = common(&when->variables, &when->no_variables);
    if (both != NO_INDEX) {
        return SAY(out, size, "variable '%s' must have a value and none",
                   pack->variables[both].name);
    }
    for (uint32_t i = 0; i < when->test_count; i++) {
        const struct variable_test *test = &when->tests[i];
        const char *name = pack->variables[test->variable].name;
        if (holds(&when->no_variables, test->variable)) {
            return SAY(out, size, "variable '%s' must have a value and none",
                       name);
        }
        for (uint32_t n = 0; n < i; n++) {
            if (when->tests[n].variable == test->variable &&
                !can_both_be(&when->tests[n], test)) {
                return SAY(out, size, "variable '%s' must have two values",
                           name);
            }
        }
    }
    return false;
}

static bool said_blocks(const struct pack *pack, const struct when *when,
                        const unsigned *said, char *out, size_t size)
{
    if (!said || when->said.count == 0) return false;
    for (uint32_t i = 0; i < when->said.count; i++) {
        if (said[when->said.items[i]]) return false;
    }
    return SAY(out, size, "response '%s' is never said",
               pack->responses[when->said.items[0]].name);
}

/* A topic that is answered as another one is never the last. */
static bool after_blocks(const struct pack *pack, const struct when *when,
                         char *out, size_t size)
{
    if (when->after.count == 0) return false;
    for (uint32_t i = 0; i < when->after.count; i++) {
        if (pack->topics[when->after.items[i]].redirect == NO_INDEX) {
            return false;
        }
    }
    return SAY(out, size, "topic '%s' is answered as '%s', and never the last",
               pack->topics[when->after.items[0]].name,
               pack->topics[pack->topics[when->after.items[0]].redirect].name);
}

/* "avoid, urgent" */
static const char *tier_names(unsigned tiers, char *out, size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (int tier = 0; tier < TIER_COUNT; tier++) {
        if (!(tiers & 1u << tier) || length >= size) continue;
        int more =
            snprintf(out + length, size - length, "%s%s", length ? ", " : "",
                     talk_tier_name((talk_tier)tier));
        length += (size_t)more;
    }
    return *out ? out : "no tier";
}

static bool tiers_block(const struct pack *pack, const struct when *when,
                        unsigned here, char *out, size_t size)
{
    char wanted[64], there[64];
    unsigned tiers = when->tiers ? when->tiers & here : here;
    if (tiers == 0) {
        return SAY(out, size, "it wants the tier %s, where the tier is %s",
                   tier_names(when->tiers, wanted, sizeof wanted),
                   tier_names(here, there, sizeof there));
    }
    for (uint32_t i = 0; i < when->findings.count; i++) {
        const struct finding *finding =
            &pack->findings[when->findings.items[i]];
        unsigned below = (1u << finding->tier) - 1;
        if ((tiers & ~below) == 0) {
            return SAY(out, size,
                       "with '%s' the tier is %s at least, but it must be %s",
                       finding->name, talk_tier_name(finding->tier),
                       tier_names(tiers, wanted, sizeof wanted));
        }
    }
    return false;
}

bool talk__is_blocked(const struct pack *pack, const struct when *when,
                      struct where where, char *out, size_t size)
{
    unsigned here = where.tiers & talk__tiers_there_are(pack);
    char there[64];
    if (here == 0) {
        return SAY(out, size, "no finding has the tier %s",
                   tier_names(where.tiers, there, sizeof there));
    }
    if (!when) return false;
    if (where.screened && when->screened == 0) {
        return SAY(out, size, "technique comes only after the screening");
    }
    return variables_block(pack, when, out, size) ||
           said_blocks(pack, when, where.said, out, size) ||
           findings_block(pack, when, out, size) ||
           slots_block(pack, when, out, size) ||
           after_blocks(pack, when, out, size) ||
           tiers_block(pack, when, here, out, size);
}
