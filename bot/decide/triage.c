/* triage.c - how urgent a conversation is.
 * In: what was told, what was known.  Out: what is known now, and the tier:
 * the highest that any finding that counts demands.  Ignores questions. */
#include <string.h>

#include "decide.h"

static bool any_counts(const struct recall *recall,
                       const struct index_list *findings)
{
    for (uint32_t i = 0; i < findings->count; i++) {
        if (talk__recall_counts(recall, findings->items[i])) return true;
    }
    return false;
}

talk_tier talk__triage_tier(const struct pack *pack,
                            const struct recall *recall, uint32_t index)
{
    const struct finding *finding = &pack->findings[index];
    talk_tier tier = finding->tier;
    for (uint32_t i = 0; i < finding->raise_count; i++) {
        const struct raise *raise = &finding->raises[i];
        if (raise->tier > tier && any_counts(recall, &raise->with)) {
            tier = raise->tier;
        }
    }
    return tier;
}

uint32_t talk__triage_decider(const struct pack *pack,
                              const struct recall *recall)
{
    uint32_t best = NO_INDEX, best_turn = 0;
    talk_tier best_tier = TALK_TIER_NONE;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (!known->counts || known->finding == NO_INDEX) continue;
        talk_tier tier = talk__triage_tier(pack, recall, known->finding);
        if (tier == TALK_TIER_NONE || tier < best_tier) continue;
        if (tier > best_tier || known->turn > best_turn) {
            best = known->finding;
            best_tier = tier;
            best_turn = known->turn;
        }
    }
    return best;
}

/* In one message the present wins: "no numbness. wait, actually my pinky is
 * numb". Otherwise what was said last. */
static bool overrides(const struct known *known, uint32_t turn,
                      const struct told_finding *told)
{
    return known->turn != turn || !known->counts || told->counts;
}

static void take_finding(const struct pack *pack, struct recall *next,
                         const struct told_finding *told)
{
    if (told->polarity == POLARITY_HYPOTHETICAL) return;
    if (told->polarity == POLARITY_OTHER_PERSON && !told->counts) return;
    struct known *known = talk__recall_known(next, told->finding);
    if (!known) {
        known = &next->known[next->known_count++];
        known->name = pack->findings[told->finding].name;
        known->finding = told->finding;
    } else if (!overrides(known, next->turns, told)) {
        return;
    }
    known->polarity = told->polarity;
    known->counts = told->counts;
    known->turn = next->turns;
}

static void take_value(const struct pack *pack, struct recall *next,
                       const struct told_value *told)
{
    struct filled *filled = NULL;
    for (uint32_t i = 0; i < next->filled_count && !filled; i++) {
        if (next->filled[i].slot == told->slot) filled = &next->filled[i];
    }
    if (!filled) filled = &next->filled[next->filled_count++];
    *filled = (struct filled){pack->slots[told->slot].name, told->slot,
                              told->value, told->normal};
}

talk_status talk__triage(const struct pack *pack, const struct told *told,
                         struct arena *arena, struct recall *next)
{
    struct known *known = talk__arena_array(
        arena, next->known_count + told->finding_count + 1, sizeof *known);
    struct filled *filled = talk__arena_array(
        arena, next->filled_count + told->value_count + 1, sizeof *filled);
    if (!known || !filled) return TALK_NOMEM;
    if (next->known_count) {
        memcpy(known, next->known, next->known_count * sizeof *known);
    }
    if (next->filled_count) {
        memcpy(filled, next->filled, next->filled_count * sizeof *filled);
    }
    next->known = known;
    next->filled = filled;
    for (size_t i = 0; i < told->finding_count; i++) {
        take_finding(pack, next, &told->findings[i]);
    }
    for (size_t i = 0; i < told->value_count; i++) {
        take_value(pack, next, &told->values[i]);
    }
    uint32_t decider = talk__triage_decider(pack, next);
    next->tier = decider == NO_INDEX ? TALK_TIER_NONE
                                     : talk__triage_tier(pack, next, decider);
    return TALK_OK;
}
