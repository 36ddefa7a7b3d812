/* proof_explore.c - breadth first, until no state is new.
 * In: letters, a part.  Out: states, faults, and where each letter that is
 * said alone leads. */
#include <string.h>

#include "proof_model.h"

enum {
    FINDINGS_DEFAULT = 2,
    STATES_DEFAULT = 400000,
    STATES_BETWEEN = 256 /* of two calls of the host's progress */
};

uint32_t talk__proof_findings_max(const struct proof *proof)
{
    uint32_t most = proof->options->findings;
    if (most == 0) most = FINDINGS_DEFAULT;
    if (proof->part == PART_QUESTIONS && most > 2) most = 2;
    return most;
}

static void judge(struct proof *proof, uint32_t node,
                  const struct letter *letter, const struct setting *setting,
                  const struct seen *seen)
{
    struct breach breaches[BREACHES_MAX];
    size_t count = talk__proof_judge(proof, seen, breaches);
    for (size_t i = 0; i < count; i++) {
        talk__proof_suspect(proof, &breaches[i], node, letter, setting);
    }
}

static const struct asked *asked_of(const struct recall *recall,
                                    const struct step *step)
{
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const struct question *question = &recall->asked[i].question;
        if (question->index == step->index &&
            question->of_finding == step->of_finding) {
            return &recall->asked[i];
        }
    }
    return NULL;
}

/* Questions for slots that are like others' were passed over at the start;
 * without an index there is no way back to them. The others were asked in
 * the order of the form. */
static void put_in_order(const struct proof *proof, struct recall *recall)
{
    const struct pack *pack = proof->pack;
    struct asked asked[STEPS_MAX];
    uint32_t count = 0;
    if (proof->part != PART_QUESTIONS) return;
    for (uint32_t i = 0; i < pack->slot_count && count < STEPS_MAX; i++) {
        if (!proof->folded_slot[i]) continue;
        asked[count++] =
            (struct asked){{pack->slots[i].name, NO_INDEX, false}, 1, true};
    }
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        for (uint32_t j = 0; j < form->step_count; j++) {
            const struct asked *it = asked_of(recall, &form->steps[j]);
            if (it && count < STEPS_MAX) asked[count++] = *it;
        }
    }
    memcpy(recall->asked, asked, count * sizeof *asked);
    recall->asked_count = count;
}

/* The state lies on the way to `from`. */
static bool is_behind(const struct proof *proof, uint32_t from, uint32_t state)
{
    while (from != state && from != NO_INDEX) {
        from = proof->states.nodes[from]->parent;
    }
    return from == state;
}

/* Where the turn leads; NO_INDEX: beyond what is looked at. */
static uint32_t arrive(struct proof *proof, uint32_t from,
                       const struct letter *letter,
                       const struct setting *setting, struct recall *next)
{
    struct key key;
    if (talk__proof_counting(next) > talk__proof_findings_max(proof)) {
        proof->skipped++;
        return NO_INDEX;
    }
    put_in_order(proof, next);
    talk__proof_key(proof, next, &key);
    bool is_new;
    uint32_t to = talk__proof_state(proof, next, &key, &is_new);
    if (to == NO_INDEX) return NO_INDEX;
    const struct node *before = proof->states.nodes[from];
    struct node *node = proof->states.nodes[to];
    bool plain = before->plain && talk__proof_can_be_said(letter) &&
                 talk__proof_as_it_is(setting);
    /* A way that cannot be said gives way to one that can, if not as short. */
    if (!is_new && (node->plain || !plain || is_behind(proof, from, to))) {
        return to;
    }
    node->plain = plain;
    node->parent = from;
    node->letter = *letter;
    node->setting = *setting;
    node->depth = proof->states.nodes[from]->depth + 1;
    if (node->depth > proof->depth) proof->depth = node->depth;
    return to;
}

static bool nothing_open(const struct recall *recall)
{
    return recall->open.index == NO_INDEX &&
           recall->screening != SCREENING_OPEN;
}

/* What a state must allow. */
struct ways {
    bool out, start;
};

static void look_for_ways(const struct proof *proof, uint32_t to,
                          const struct letter *letter, const struct seen *seen,
                          struct ways *ways)
{
    const struct recall *last = seen->last;
    const struct recall *next = &seen->turn->decision.next;
    if (letter->gap != GAP_NONE) return;
    if (seen->turn->decision.reset) {
        if (to == 0) ways->start = true;
        return;
    }
    bool same = next->filled_count == last->filled_count &&
                next->tier == last->tier &&
                talk__proof_counting(next) == talk__proof_counting(last);
    if (same && nothing_open(next) && !talk__proof_asks(proof, seen)) {
        ways->out = true;
    }
}

static bool note_lead(struct proof *proof, uint32_t node, size_t single,
                      uint32_t to, bool asks)
{
    uint32_t *leads = proof->states.nodes[node]->leads;
    if (!leads) {
        leads = talk__arena_array(&proof->arena, proof->single_count + 1,
                                  sizeof *leads);
        if (!leads) return false;
        proof->states.nodes[node]->leads = leads;
    }
    leads[single] = to == NO_INDEX ? NO_INDEX : to << 1 | (asks ? 1u : 0u);
    return true;
}

static void expand(struct proof *proof, uint32_t at)
{
    struct ways ways = {false, false};
    size_t single = 0;
    for (size_t i = 0; i < proof->letter_count; i++) {
        const struct letter *letter = &proof->letters[i];
        const struct node *node = proof->states.nodes[at];
        size_t count = talk__proof_is_told(proof, node, letter)
                           ? talk__proof_settings(proof, node, letter)
                           : 0;
        uint32_t lead = NO_INDEX;
        bool asks = false;
        for (size_t s = 0; s < count; s++) {
            struct setting setting = proof->settings[s];
            struct seen seen;
            talk__arena_reset(&proof->worker->arena);
            if (!talk__proof_step(proof, node, letter, &setting, &seen)) break;
            proof->transitions++;
            struct recall next = seen.turn->decision.next;
            judge(proof, at, letter, &setting, &seen);
            uint32_t to = arrive(proof, at, letter, &setting, &next);
            if (s == 0) lead = to;
            if (s == 0) asks = talk__proof_asks(proof, &seen);
            if (setting.step == NO_INDEX) {
                look_for_ways(proof, to, letter, &seen, &ways);
            }
        }
        if (proof->status != TALK_OK) return;
        if (letter->single && !note_lead(proof, at, single++, lead, asks)) {
            proof->status = TALK_NOMEM;
            return;
        }
    }
    struct breach breach = {RULE_START, NO_INDEX, NO_INDEX, NO_INDEX};
    if (!ways.start && proof->states.nodes[at]->recall.tier > TALK_TIER_NONE) {
        talk__proof_suspect(proof, &breach, at, NULL, NULL);
    }
    breach.rule = RULE_EXIT;
    if (!ways.out && !nothing_open(&proof->states.nodes[at]->recall)) {
        talk__proof_suspect(proof, &breach, at, NULL, NULL);
    }
}

static bool begin(struct proof *proof)
{
    struct recall recall;
    struct key key;
    bool is_new;
    talk__proof_states_clear(proof);
    talk__recall_init(&recall);
    if (!talk__held_init(&recall, proof->pack, 0, &proof->arena)) {
        proof->status = TALK_NOMEM;
    }
    put_in_order(proof, &recall);
    talk__proof_key(proof, &recall, &key);
    (void)talk__proof_state(proof, &recall, &key, &is_new);
    if (proof->status == TALK_OK) proof->states.nodes[0]->plain = true;
    proof->singles = talk__arena_array(&proof->arena, proof->letter_count + 1,
                                       sizeof *proof->singles);
    if (!proof->singles) proof->status = TALK_NOMEM;
    if (proof->status != TALK_OK) return false;
    proof->single_count = 0;
    for (size_t i = 0; i < proof->letter_count; i++) {
        if (proof->letters[i].single) {
            proof->singles[proof->single_count++] = (uint32_t)i;
        }
    }
    proof->transitions = proof->skipped = proof->depth = 0;
    return true;
}

void talk__proof_explore(struct proof *proof)
{
    const proof_options *options = proof->options;
    uint32_t most = options->states ? options->states : STATES_DEFAULT;
    if (!begin(proof)) return;
    for (uint32_t at = 0; at < proof->states.count && at < most; at++) {
        expand(proof, at);
        if (proof->status != TALK_OK) return;
        if (options->progress_fn && at % STATES_BETWEEN == 0) {
            options->progress_fn(options->payload, at,
                                 proof->states.count - at);
        }
    }
    if (proof->states.count > most) proof->result->complete = false;
}
