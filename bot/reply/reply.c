/* reply.c - a response in words: which wording, and its holes filled.
 * In: a response, what is remembered, the seed.  Out: the text.
 * Ignores why it is said. */
#include "reply.h"

#include <string.h>

#include "buffer.h"

/* ---- Which wording ---- */

static const struct filled *filled_slot(const struct recall *recall,
                                        uint32_t slot)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        if (recall->filled[i].slot == slot) return &recall->filled[i];
    }
    return NULL;
}

static bool any_label(const struct pack *pack, const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (known->counts && known->finding != NO_INDEX &&
            pack->findings[known->finding].tier > TALK_TIER_NONE) {
            return true;
        }
    }
    return false;
}

/* The question that is open, in its first words or in other ones; NULL. */
static const char *question(const struct pack *pack,
                            const struct recall *recall)
{
    const struct question *open = &recall->open;
    if (open->index == NO_INDEX) return NULL;
    const char *ask, *again;
    if (open->of_finding) {
        ask = pack->findings[open->index].ask;
        again = pack->findings[open->index].again;
    } else {
        ask = pack->slots[open->index].ask;
        again = pack->slots[open->index].again;
    }
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const struct asked *asked = &recall->asked[i];
        if (asked->question.of_finding == open->of_finding &&
            asked->question.index == open->index && asked->times > 1) {
            return again ? again : ask;
        }
    }
    return ask;
}

static const char *reason(const struct pack *pack, const struct recall *recall)
{
    const struct question *open = &recall->open;
    if (open->index == NO_INDEX) return NULL;
    return open->of_finding ? pack->findings[open->index].because
                            : pack->slots[open->index].because;
}

/* The parts of what was told, with something between them. */
struct listing {
    struct buffer *out; /* NULL: only count */
    const char *between;
    size_t count;
};

static void list_part(struct listing *list, const char *before,
                      const char *between, const char *text)
{
    if (list->count++ > 0 && list->out) {
        talk__buffer_add_text(list->out, list->between);
    }
    if (!list->out) return;
    talk__buffer_add_text(list->out, before);
    talk__buffer_add_text(list->out, between);
    talk__buffer_add_text(list->out, text);
}

static void list_findings(const struct pack *pack, const struct recall *recall,
                          uint32_t since, struct listing *list)
{
    const struct policy *policy = &pack->policy;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (known->finding == NO_INDEX || known->turn < since) continue;
        const char *label = pack->findings[known->finding].label;
        if (known->polarity == POLARITY_ABSENT) {
            list_part(list, policy->told_absent, " ", label);
        } else if (known->polarity == POLARITY_PAST) {
            list_part(list, policy->told_past, " ", label);
        } else if (known->counts) {
            list_part(list, "", "", label);
        }
    }
}

/* All that was told since that turn: "no sign of numbness", "since when:
 * monday". Returns how many parts there are; without a buffer it only counts.
 */
static size_t list_told(const struct pack *pack, const struct recall *recall,
                        uint32_t since, struct buffer *out)
{
    struct listing list = {out, pack->policy.told_between, 0};
    if (!list.between) return 0; /* the policy has no words for it */
    list_findings(pack, recall, since, &list);
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        const struct filled *filled = &recall->filled[i];
        if (filled->slot == NO_INDEX || filled->turn < since) continue;
        const struct slot *slot = &pack->slots[filled->slot];
        /* A choice has a name, which reads better than the user's words. */
        bool named = slot->type == SLOT_CHOICE;
        if (slot->label) {
            list_part(&list, slot->label, ": ",
                      named ? filled->normal : filled->value);
        }
    }
    if (since == 0 && recall->screening == SCREENING_CLEAR) {
        list_part(&list, pack->policy.told_screened, "", "");
    }
    return list.count;
}

static bool hole_filled(const struct pack *pack, const struct recall *recall,
                        const struct piece *piece, const struct wish *wish)
{
    switch (piece->hole) {
    case HOLE_NONE: return true;
    case HOLE_LABEL: return wish->label != NO_INDEX;
    case HOLE_LABELS: return any_label(pack, recall);
    case HOLE_ASK: return question(pack, recall) != NULL;
    case HOLE_BECAUSE: return reason(pack, recall) != NULL;
    case HOLE_TOLD: return list_told(pack, recall, 0, NULL) > 0;
    case HOLE_NEWS: return list_told(pack, recall, recall->turns, NULL) > 0;
    case HOLE_GUESS: return wish->guesses[0] != NO_INDEX;
    case HOLE_OTHER_GUESS: return wish->guesses[1] != NO_INDEX;
    case HOLE_SLOT: return filled_slot(recall, piece->slot) != NULL;
    }
    return false;
}

/* No hole of the wording would stay empty. */
static bool holes_filled(const struct pack *pack, const struct recall *recall,
                         const struct wording *wording,
                         const struct wish *wish)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        if (!hole_filled(pack, recall, &wording->pieces[i], wish)) {
            return false;
        }
    }
    return true;
}

static bool fits(const struct pack *pack, const struct recall *recall,
                 const struct wording *wording, const struct wish *wish)
{
    if (wording->reassures && recall->tier >= TALK_TIER_PROFESSIONAL) {
        return false;
    }
    return talk__when_holds(wording->when, recall) &&
           holes_filled(pack, recall, wording, wish);
}

static uint32_t last_wording(const struct recall *recall, uint32_t response)
{
    for (uint32_t i = recall->said_count; i > 0; i--) {
        if (recall->said[i - 1].response == response) {
            return recall->said[i - 1].wording;
        }
    }
    return NO_INDEX;
}

/* A number that looks random and is not: the same conversation with the same
 * seed has the same words. The mixer is that of MurmurHash3 (Appleby). */
static uint32_t mix(uint32_t seed, uint32_t turns, const char *name)
{
    uint32_t hash = talk__hash(name, strlen(name)) ^ (turns * 0x9E3779B9u);
    hash ^= seed * 0x85EBCA6Bu;
    hash ^= hash >> 16;
    hash *= 0x85EBCA6Bu;
    hash ^= hash >> 13;
    hash *= 0xC2B2AE35u;
    return hash ^ (hash >> 16);
}

static uint32_t choose_wording(const struct pack *pack,
                               const struct recall *recall,
                               const struct response *response, uint32_t index,
                               const struct wish *wish, uint32_t seed)
{
    uint32_t last = last_wording(recall, index);
    uint32_t total = 0, only = NO_INDEX;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        if (!fits(pack, recall, wording, wish)) continue;
        only = i;
        if (i != last) total += wording->weight;
    }
    if (total == 0) return only; /* nothing fits, or only the last one */
    uint32_t at = mix(seed, recall->turns, response->name) % total;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        if (i == last || !fits(pack, recall, wording, wish)) continue;
        if (at < wording->weight) return i;
        at -= wording->weight;
    }
    return only;
}

/* ---- Its words ---- */

static void add_labels(const struct pack *pack, const struct recall *recall,
                       struct buffer *out)
{
    bool first = true;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (!known->counts || known->finding == NO_INDEX) continue;
        const struct finding *finding = &pack->findings[known->finding];
        if (finding->tier == TALK_TIER_NONE) continue;
        if (!first) talk__buffer_add_text(out, ", ");
        talk__buffer_add_text(out, finding->label);
        first = false;
    }
}

static void fill(const struct pack *pack, const struct recall *recall,
                 const struct wording *wording, const struct wish *wish,
                 struct buffer *out)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        switch (piece->hole) {
        case HOLE_NONE:
            talk__buffer_add(out, piece->text, piece->length);
            break;
        case HOLE_LABEL:
            talk__buffer_add_text(out, pack->findings[wish->label].label);
            break;
        case HOLE_LABELS: add_labels(pack, recall, out); break;
        case HOLE_ASK:
            talk__buffer_add_text(out, question(pack, recall));
            break;
        case HOLE_BECAUSE:
            talk__buffer_add_text(out, reason(pack, recall));
            break;
        case HOLE_TOLD: (void)list_told(pack, recall, 0, out); break;
        case HOLE_NEWS:
            (void)list_told(pack, recall, recall->turns, out);
            break;
        case HOLE_GUESS:
            talk__buffer_add_text(out, pack->topics[wish->guesses[0]].ask);
            break;
        case HOLE_OTHER_GUESS:
            talk__buffer_add_text(out, pack->topics[wish->guesses[1]].ask);
            break;
        case HOLE_SLOT:
            talk__buffer_add_text(out,
                                  filled_slot(recall, piece->slot)->value);
            break;
        }
    }
}

talk_status talk__reply_word(const struct pack *pack,
                             const struct recall *recall,
                             const struct wish *wish, uint32_t seed,
                             struct arena *arena, struct worded *out,
                             bool *found)
{
    const struct response *rule = &pack->responses[wish->response];
    *out = (struct worded){0};
    uint32_t wording = wish->wording;
    if (wording == NO_INDEX || wording >= rule->wording_count ||
        !fits(pack, recall, &rule->wordings[wording], wish)) {
        wording =
            choose_wording(pack, recall, rule, wish->response, wish, seed);
    }
    *found = wording != NO_INDEX;
    if (!*found) return TALK_OK;
    struct buffer buffer;
    talk__buffer_init(&buffer, arena, REPLY_MAX);
    fill(pack, recall, &rule->wordings[wording], wish, &buffer);
    *out = (struct worded){buffer.text, buffer.length, wording};
    return buffer.status;
}

void talk__reply_note(const struct pack *pack, struct recall *next,
                      uint32_t response, uint32_t wording)
{
    struct said said = {pack->responses[response].name, response, wording,
                        next->turns};
    uint32_t at = next->said_count;
    for (uint32_t i = 0; i < next->said_count; i++) {
        if (next->said[i].response == response) at = i;
    }
    if (at == SAID_MAX) at = 0; /* full: the oldest goes */
    if (at < next->said_count) {
        memmove(&next->said[at], &next->said[at + 1],
                (next->said_count - at - 1) * sizeof *next->said);
        next->said_count--;
    }
    next->said[next->said_count++] = said;
}
