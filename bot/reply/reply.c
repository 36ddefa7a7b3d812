/* reply.c - a response in words: which wording, and its holes filled.
 * In: a response, what is remembered, the seed.  Out: the text.
 * Ignores why it is said. */
#include "reply.h"

#include <string.h>

#include "holes.h"

/* ---- Which wording ---- */

static bool fits(const struct filling *filling, const struct wording *wording)
{
    const struct recall *recall = filling->recall;
    if (wording->reassures && recall->tier >= TALK_TIER_PROFESSIONAL) {
        return false;
    }
    return talk__when_holds(wording->when, recall) &&
           talk__holes_filled(filling, wording);
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

static uint32_t choose_wording(const struct filling *filling,
                               const struct response *response)
{
    const struct recall *recall = filling->recall;
    uint32_t last = last_wording(recall, filling->wish->response);
    uint32_t total = 0, only = NO_INDEX;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        if (!fits(filling, wording)) continue;
        if (response->ladder) return i;
        only = i;
        if (i != last) total += wording->weight;
    }
    if (total == 0) return only; /* nothing fits, or only the last one */
    uint32_t at =
        talk__mix(filling->seed, recall->turns, response->name) % total;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        if (i == last || !fits(filling, wording)) continue;
        if (at < wording->weight) return i;
        at -= wording->weight;
    }
    return only;
}

/* ---- Its words ---- */

talk_status talk__reply_word(const struct pack *pack,
                             const struct recall *recall,
                             const struct wish *wish, uint32_t seed,
                             struct arena *arena, struct worded *out,
                             bool *found)
{
    const struct response *rule = &pack->responses[wish->response];
    struct filling filling = {pack, recall, wish, seed};
    *out = (struct worded){.leads = NO_INDEX};
    uint32_t wording = wish->wording;
    if (wording == NO_INDEX || wording >= rule->wording_count ||
        !fits(&filling, &rule->wordings[wording])) {
        wording = choose_wording(&filling, rule);
    }
    *found = wording != NO_INDEX;
    if (!*found) return TALK_OK;
    struct buffer buffer;
    talk__buffer_init(&buffer, arena, REPLY_MAX);
    talk__holes_fill(&filling, &rule->wordings[wording], &buffer);
    *out = (struct worded){buffer.text, buffer.length, wording,
                           rule->wordings[wording].leads};
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
