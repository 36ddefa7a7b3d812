/* proof_graph.c - what happens when the same is said for ever.
 * In: where each letter that is said alone leads, from every state.  Out: a
 * fault when a question is put in every turn of such a circle.
 *
 * Who asks for a question (why it is put, the one before, what was said) is
 * given it as often as they like. */
#include <string.h>

#include "proof_model.h"

static bool asked_for(const struct proof *proof, const struct letter *letter)
{
    for (uint32_t i = 0; i < letter->topic_count; i++) {
        enum topic_act act = proof->pack->topics[letter->topics[i]].act;
        if (act == TOPIC_JUSTIFIES || act == TOPIC_GOES_BACK ||
            act == TOPIC_REPEATS) {
            return true;
        }
    }
    return false;
}

static uint32_t lead_of(const struct proof *proof, uint32_t state,
                        size_t single)
{
    const uint32_t *leads = proof->states.nodes[state]->leads;
    return leads ? leads[single] : NO_INDEX;
}

/* The circle through `state` asks in every turn. */
static bool asks_for_ever(const struct proof *proof, uint32_t state,
                          size_t single)
{
    uint32_t at = state;
    do {
        uint32_t lead = lead_of(proof, at, single);
        if (lead == NO_INDEX || !(lead & 1)) return false;
        at = lead >> 1;
    } while (at != state);
    return true;
}

/* Marks: 0 not seen, else the number of the walk that came by. */
static void walk_all(struct proof *proof, size_t single, uint32_t *marks)
{
    uint32_t count = (uint32_t)proof->states.count;
    memset(marks, 0, count * sizeof *marks);
    for (uint32_t start = 0; start < count; start++) {
        uint32_t at = start;
        while (at != NO_INDEX && marks[at] == 0) {
            marks[at] = start + 1;
            uint32_t lead = lead_of(proof, at, single);
            at = lead == NO_INDEX ? NO_INDEX : lead >> 1;
        }
        if (at == NO_INDEX || marks[at] != start + 1) continue;
        if (!asks_for_ever(proof, at, single)) continue;
        struct breach breach = {RULE_LIVELOCK, NO_INDEX, NO_INDEX, NO_INDEX};
        struct setting setting = {
            .step = NO_INDEX, .topic = NO_INDEX, .said = NO_INDEX};
        talk__proof_suspect(proof, &breach, at,
                            &proof->letters[proof->singles[single]], &setting);
    }
}

void talk__proof_graph(struct proof *proof)
{
    uint32_t *marks = talk__arena_array(&proof->arena, proof->states.count + 1,
                                        sizeof *marks);
    if (!marks) {
        proof->status = TALK_NOMEM;
        return;
    }
    for (size_t i = 0; i < proof->single_count; i++) {
        const struct letter *letter = &proof->letters[proof->singles[i]];
        if (!asked_for(proof, letter)) walk_all(proof, i, marks);
    }
}
