/* proof_state.c - what the future of a conversation depends on.
 * In: what is remembered.  Out: its key; the states seen so far.
 *
 * Left out of the key: how often nothing was understood, the last topic, what
 * was said last, and in which order things were told or asked. Each is read
 * in one or two places only, and a setting tries all its values there. Left
 * out, too: users' words, and of what does not count everything but whether
 * a form would ask for it. */
#include <string.h>

#include "proof_model.h"

enum { SLOTS_LEAST = 1024 };

/* ---- Findings ---- */

/* "It came back" makes it count. */
static bool is_gone(const struct known *known)
{
    return !known->counts && (known->polarity == POLARITY_PAST ||
                              known->polarity == POLARITY_OTHER_PERSON);
}

uint32_t talk__proof_counting(const struct recall *recall)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        count +=
            known->finding != NO_INDEX && (known->counts || is_gone(known));
    }
    return count;
}

talk_tier talk__proof_tier_of(const struct pack *pack,
                              const struct recall *recall, uint32_t finding)
{
    const struct finding *rule = &pack->findings[finding];
    talk_tier tier = rule->tier;
    for (uint32_t i = 0; i < rule->raise_count; i++) {
        const struct raise *raise = &rule->raises[i];
        for (uint32_t j = 0; j < raise->with.count; j++) {
            const struct known *with =
                talk__recall_known(recall, raise->with.items[j]);
            if (with && with->counts && raise->tier > tier) {
                tier = raise->tier;
            }
        }
    }
    return tier;
}

talk_tier talk__proof_tier(const struct pack *pack,
                           const struct recall *recall)
{
    talk_tier highest = TALK_TIER_NONE;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (!known->counts || known->finding == NO_INDEX) continue;
        talk_tier tier = talk__proof_tier_of(pack, recall, known->finding);
        if (tier > highest) highest = tier;
    }
    return highest;
}

/* ---- Keys ---- */

static void put(struct key *key, uint32_t number)
{
    if (key->length < KEY_MAX) {
        key->bytes[key->length++] = (unsigned char)number;
    }
}

enum { TOLD_NOT, TOLD_GONE, TOLD_COUNTS, TOLD_DOUBTED };

/* Whether a form would ask for it matters among questions, whether it may be
 * brought back everywhere else. */
static unsigned char status_of(const struct proof *proof,
                               const struct known *known)
{
    if (known->doubted) return TOLD_DOUBTED;
    if (known->counts) return TOLD_COUNTS;
    if (proof->part == PART_CARE) return is_gone(known) ? TOLD_GONE : TOLD_NOT;
    bool is_known = proof->asked_finding[known->finding] &&
                    known->polarity != POLARITY_OTHER_PERSON;
    return is_known ? TOLD_GONE : TOLD_NOT;
}

static void put_findings(const struct proof *proof,
                         const struct recall *recall, struct key *key)
{
    unsigned char status[CLASSES_MAX] = {0};
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (known->finding == NO_INDEX) continue;
        uint32_t class = proof->findings.of[known->finding];
        if (class >= CLASSES_MAX) continue;
        unsigned char is = status_of(proof, known);
        if (is > status[class]) status[class] = is;
    }
    for (uint32_t i = 0; i < proof->findings.count; i += 4) {
        put(key, (uint32_t)status[i] | (uint32_t)status[i + 1] << 2 |
                     (uint32_t)status[i + 2] << 4 |
                     (uint32_t)status[i + 3] << 6);
    }
}

static void put_screening(const struct proof *proof,
                          const struct recall *recall, struct key *key)
{
    bool open = recall->screening == SCREENING_OPEN;
    if (proof->part == PART_CARE) {
        put(key, (uint32_t)recall->screening);
        bool clear = recall->screening == SCREENING_CLEAR;
        put(key, clear ? 0 : recall->screened);
    } else {
        put(key, open);
    }
    if (proof->part == PART_QUESTIONS) return;
    put(key, open && recall->pending != NO_INDEX
                 ? proof->topics.of[recall->pending] + 1
                 : 0);
}

/* What is left to happen to a question. */
enum {
    UNASKED,
    KNOWN_UNASKED,
    DONE, /* asked, and answered, passed over or known */
    LEFT, /* asked once, and left for the one before */
    OPEN  /* plus twice the times, and whether it is known */
};

static uint32_t question_status(const struct recall *recall,
                                const struct step *step)
{
    uint32_t known = step->of_finding
                         ? talk__recall_known(recall, step->index) != NULL
                         : talk__recall_has_slot(recall, step->index);
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const struct asked *asked = &recall->asked[i];
        if (asked->question.of_finding != step->of_finding ||
            asked->question.index != step->index) {
            continue;
        }
        uint32_t times = asked->times < 3 ? asked->times : 3;
        if (recall->open.index == step->index &&
            recall->open.of_finding == step->of_finding) {
            return OPEN + 2 * times + known;
        }
        return asked->settled || known || times > 1 ? DONE : LEFT;
    }
    return known ? KNOWN_UNASKED : UNASKED;
}

/* The last turn put the question that is open. */
static bool just_put(const struct pack *pack, const struct recall *recall)
{
    if (recall->form == NO_INDEX || recall->open.index == NO_INDEX) {
        return false;
    }
    const struct form *form = &pack->forms[recall->form];
    for (uint32_t i = 0; i < recall->said_count; i++) {
        const struct said *said = &recall->said[i];
        if (said->turn == recall->turns &&
            talk__form_asks(form, said->response)) {
            return true;
        }
    }
    return false;
}

static void put_questions(const struct proof *proof,
                          const struct recall *recall, struct key *key)
{
    const struct pack *pack = proof->pack;
    put(key, recall->form == NO_INDEX ? 0 : recall->form + 1);
    put(key, recall->form_over);
    put(key, just_put(pack, recall));
    if (recall->form_over) return; /* nothing is asked any more */
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        for (uint32_t j = 0; j < form->step_count; j++) {
            put(key, question_status(recall, &form->steps[j]));
        }
    }
}

void talk__proof_key(const struct proof *proof, const struct recall *recall,
                     struct key *out)
{
    out->length = 0;
    put_findings(proof, recall, out);
    put_screening(proof, recall, out);
    put(out, recall->known_count > 0 || recall->filled_count > 0);
    if (proof->part == PART_QUESTIONS) put_questions(proof, recall, out);
}

/* ---- States ---- */

static bool same_key(const struct key *a, const struct key *b)
{
    return a->length == b->length &&
           memcmp(a->bytes, b->bytes, a->length) == 0;
}

static size_t find(const struct states *states, const struct key *key)
{
    size_t at = talk__hash((const char *)key->bytes, key->length) &
                (states->slot_count - 1);
    while (states->slots[at] != NO_INDEX &&
           !same_key(&states->nodes[states->slots[at]]->key, key)) {
        at = (at + 1) & (states->slot_count - 1);
    }
    return at;
}

static bool grow(struct proof *proof)
{
    struct states *states = &proof->states;
    if (!talk__arena_room(&proof->arena, (void **)&states->nodes,
                          states->count, &states->capacity,
                          sizeof *states->nodes)) {
        return false;
    }
    if (states->slot_count > 2 * states->count) return true;
    size_t count = states->slot_count ? 2 * states->slot_count : SLOTS_LEAST;
    uint32_t *slots = talk__arena_array(&proof->arena, count, sizeof *slots);
    if (!slots) return false;
    memset(slots, 0xFF, count * sizeof *slots);
    states->slots = slots;
    states->slot_count = count;
    for (size_t i = 0; i < states->count; i++) {
        slots[find(states, &states->nodes[i]->key)] = (uint32_t)i;
    }
    return true;
}

/* With turns as new: the order of telling is not remembered. */
static bool copy_recall(struct proof *proof, const struct recall *recall,
                        struct recall *out)
{
    struct arena *arena = &proof->arena;
    *out = *recall;
    out->known = talk__arena_array(arena, (size_t)recall->known_count + 1,
                                   sizeof *out->known);
    out->filled = talk__arena_array(arena, (size_t)recall->filled_count + 1,
                                    sizeof *out->filled);
    if (!out->known || !out->filled) return false;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        out->known[i] = recall->known[i];
        out->known[i].turn = 1;
    }
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        out->filled[i] = recall->filled[i];
        out->filled[i].turn = 1;
    }
    if (!talk__held_copy(out, arena)) return false;
    out->turns = recall->turns ? 3 : 0;
    bool put = proof->part == PART_QUESTIONS && just_put(proof->pack, recall);
    out->said_count = put;
    if (put) {
        uint32_t ask = proof->pack->forms[recall->form].ask;
        out->said[0] = (struct said){proof->pack->responses[ask].name, ask, 0,
                                     out->turns};
    }
    out->fallbacks = 0;
    out->topic = NO_INDEX;
    out->topic_name = "";
    if (proof->part == PART_QUESTIONS) {
        bool open = out->screening == SCREENING_OPEN;
        out->screening = open ? SCREENING_OPEN : SCREENING_NOT_YET;
        out->screened = open;
        return true;
    }
    out->form = NO_INDEX;
    out->form_name = "";
    out->form_over = false;
    out->open = (struct question){.name = "", .index = NO_INDEX};
    out->asked_count = 0;
    return true;
}

uint32_t talk__proof_state(struct proof *proof, const struct recall *recall,
                           const struct key *key, bool *is_new)
{
    struct states *states = &proof->states;
    *is_new = false;
    if (!grow(proof)) goto nomem;
    size_t at = find(states, key);
    if (states->slots[at] != NO_INDEX) return states->slots[at];
    struct node *node = talk__arena_take(&proof->arena, sizeof *node);
    if (!node || !copy_recall(proof, recall, &node->recall)) goto nomem;
    node->key = *key;
    node->parent = NO_INDEX;
    states->nodes[states->count] = node;
    states->slots[at] = (uint32_t)states->count++;
    *is_new = true;
    return states->slots[at];
nomem:
    proof->status = TALK_NOMEM;
    return NO_INDEX;
}

void talk__proof_states_clear(struct proof *proof)
{
    proof->states = (struct states){0};
}
