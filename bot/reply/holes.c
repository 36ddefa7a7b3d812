/* holes.c - what fills the holes of a wording.
 * In: pieces, what is remembered.  Out: the text.
 * Ignores which wording it is and why it is said. */
#include "holes.h"

#include <string.h>

/* The mixer is that of MurmurHash3 (Appleby). */
uint32_t talk__mix(uint32_t seed, uint32_t turns, const char *name)
{
    uint32_t hash = talk__hash(name, strlen(name)) ^ (turns * 0x9E3779B9u);
    hash ^= seed * 0x85EBCA6Bu;
    hash ^= hash >> 16;
    hash *= 0x85EBCA6Bu;
    hash ^= hash >> 13;
    hash *= 0xC2B2AE35u;
    return hash ^ (hash >> 16);
}

/* ---- What there is ---- */

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
        if (!slot->label) continue;
        /* A choice has a name, which reads better than the user's words. */
        bool named = slot->type == SLOT_CHOICE;
        list_part(&list, slot->label, ": ", named ? filled->normal : "");
        if (out && !named) talk__swap_persons(pack, filled->value, out);
    }
    if (since == 0 && recall->screening == SCREENING_CLEAR) {
        list_part(&list, pack->policy.told_screened, "", "");
    }
    return list.count;
}

static bool hole_filled(const struct filling *filling,
                        const struct piece *piece)
{
    const struct pack *pack = filling->pack;
    const struct recall *recall = filling->recall;
    const struct wish *wish = filling->wish;
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
    case HOLE_SLOT:
    case HOLE_SWAP: return filled_slot(recall, piece->index) != NULL;
    case HOLE_VARIABLE: return talk__held_value(recall, piece->index) != NULL;
    case HOLE_LIST: return true;
    }
    return false;
}

bool talk__holes_filled(const struct filling *filling,
                        const struct wording *wording)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        if (!hole_filled(filling, &wording->pieces[i])) return false;
    }
    return true;
}

/* ---- The words ---- */

/* The next one each turn, so that none comes twice in a row. */
static const char *pick(const struct filling *filling,
                        const struct pack_list *list)
{
    uint32_t first = talk__mix(filling->seed, 0, list->name);
    uint32_t turns = filling->recall->turns % list->item_count;
    return list->items[(first % list->item_count + turns) % list->item_count];
}

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

static void fill(const struct filling *filling, const struct piece *piece,
                 struct buffer *out)
{
    const struct pack *pack = filling->pack;
    const struct recall *recall = filling->recall;
    const struct wish *wish = filling->wish;
    const char *text = "";
    switch (piece->hole) {
    case HOLE_NONE: talk__buffer_add(out, piece->text, piece->length); return;
    case HOLE_LABELS: add_labels(pack, recall, out); return;
    case HOLE_TOLD: (void)list_told(pack, recall, 0, out); return;
    case HOLE_NEWS: (void)list_told(pack, recall, recall->turns, out); return;
    case HOLE_SWAP:
        talk__swap_persons(pack, filled_slot(recall, piece->index)->value,
                           out);
        return;
    case HOLE_LABEL: text = pack->findings[wish->label].label; break;
    case HOLE_ASK: text = question(pack, recall); break;
    case HOLE_BECAUSE: text = reason(pack, recall); break;
    case HOLE_GUESS: text = pack->topics[wish->guesses[0]].ask; break;
    case HOLE_OTHER_GUESS: text = pack->topics[wish->guesses[1]].ask; break;
    case HOLE_SLOT: text = filled_slot(recall, piece->index)->value; break;
    case HOLE_VARIABLE: text = talk__held_value(recall, piece->index); break;
    case HOLE_LIST: text = pick(filling, &pack->lists[piece->index]); break;
    }
    talk__buffer_add_text(out, text);
}

void talk__holes_fill(const struct filling *filling,
                      const struct wording *wording, struct buffer *out)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        fill(filling, &wording->pieces[i], out);
    }
}
