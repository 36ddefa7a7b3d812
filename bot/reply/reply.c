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

/* No hole of the wording would stay empty. */
static bool holes_filled(const struct pack *pack, const struct recall *recall,
                         const struct wording *wording, uint32_t label)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        if (piece->hole == HOLE_LABEL && label == NO_INDEX) return false;
        if (piece->hole == HOLE_LABELS && !any_label(pack, recall)) {
            return false;
        }
        if (piece->hole == HOLE_SLOT && !filled_slot(recall, piece->slot)) {
            return false;
        }
    }
    return true;
}

static bool fits(const struct pack *pack, const struct recall *recall,
                 const struct wording *wording, uint32_t label)
{
    if (wording->reassures && recall->tier >= TALK_TIER_PROFESSIONAL) {
        return false;
    }
    return talk__when_holds(wording->when, recall) &&
           holes_filled(pack, recall, wording, label);
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
                               uint32_t label, uint32_t seed)
{
    uint32_t last = last_wording(recall, index);
    uint32_t total = 0, only = NO_INDEX;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        if (!fits(pack, recall, wording, label)) continue;
        only = i;
        if (i != last) total += wording->weight;
    }
    if (total == 0) return only; /* nothing fits, or only the last one */
    uint32_t at = mix(seed, recall->turns, response->name) % total;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        if (i == last || !fits(pack, recall, wording, label)) continue;
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
                 const struct wording *wording, uint32_t label,
                 struct buffer *out)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        switch (piece->hole) {
        case HOLE_NONE:
            talk__buffer_add(out, piece->text, piece->length);
            break;
        case HOLE_LABEL:
            talk__buffer_add_text(out, pack->findings[label].label);
            break;
        case HOLE_LABELS: add_labels(pack, recall, out); break;
        case HOLE_SLOT:
            talk__buffer_add_text(out,
                                  filled_slot(recall, piece->slot)->value);
            break;
        }
    }
}

talk_status talk__reply_word(const struct pack *pack,
                             const struct recall *recall, uint32_t response,
                             uint32_t label, uint32_t seed,
                             struct arena *arena, struct worded *out,
                             bool *found)
{
    const struct response *rule = &pack->responses[response];
    *out = (struct worded){0};
    uint32_t wording =
        choose_wording(pack, recall, rule, response, label, seed);
    *found = wording != NO_INDEX;
    if (!*found) return TALK_OK;
    struct buffer buffer;
    talk__buffer_init(&buffer, arena, REPLY_MAX);
    fill(pack, recall, &rule->wordings[wording], label, &buffer);
    *out = (struct worded){buffer.text, buffer.length, wording};
    return buffer.status;
}

void talk__reply_note(const struct pack *pack, struct recall *next,
                      uint32_t response, uint32_t wording)
{
    struct said said = {pack->responses[response].name, response, wording};
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
