/* conditions.c - a pack's conditions in words, for people.
 * In: a condition.  Out: its parts, all of which must hold. */
#include "conditions.h"

#include <math.h>

enum { LISTED_MAX = 4 }; /* names of a list; the others are counted */

struct telling {
    struct markup *out;
    const struct pack *pack;
    bool begun;
};

static void part(struct telling *telling, const char *what)
{
    talk__markup(telling->out, "%s%s", telling->begun ? "; " : "", what);
    telling->begun = true;
}

typedef const char *(*name_fn)(const struct pack *pack, uint32_t index);

static const char *finding_name(const struct pack *pack, uint32_t index)
{
    return pack->findings[index].name;
}

static const char *slot_name(const struct pack *pack, uint32_t index)
{
    return pack->slots[index].name;
}

static const char *topic_name(const struct pack *pack, uint32_t index)
{
    return pack->topics[index].name;
}

static const char *response_name(const struct pack *pack, uint32_t index)
{
    return pack->responses[index].name;
}

static const char *variable_name(const struct pack *pack, uint32_t index)
{
    return pack->variables[index].name;
}

static void list(struct telling *telling, const char *what,
                 const struct index_list *items, const char *joint,
                 name_fn name)
{
    if (items->count == 0) return;
    part(telling, what);
    /* "and 1 more" is no shorter than its name. */
    uint32_t shown = items->count > LISTED_MAX + 1 ? LISTED_MAX : items->count;
    for (uint32_t i = 0; i < shown; i++) {
        talk__markup(telling->out, "%s%s", i ? joint : " ",
                     name(telling->pack, items->items[i]));
    }
    if (shown < items->count) {
        talk__markup(telling->out, "%s%u more", joint, items->count - shown);
    }
}

static void tiers(struct telling *telling, unsigned bits)
{
    const char *joint = " ";
    if (bits == 0) return;
    part(telling, "tier");
    for (int tier = 0; tier < TIER_COUNT; tier++) {
        if (!(bits & 1u << tier)) continue;
        talk__markup(telling->out, "%s%s", joint,
                     talk_tier_name((talk_tier)tier));
        joint = " or ";
    }
}

static void choices(struct telling *telling, const char *name,
                    const char *const *values, uint32_t count)
{
    part(telling, name);
    for (uint32_t i = 0; i < count; i++) {
        talk__markup(telling->out, "%s%s", i ? " or " : " is ", values[i]);
    }
}

static void test(struct telling *telling, const struct variable_test *asked)
{
    const char *name = telling->pack->variables[asked->variable].name;
    if (asked->value_count) {
        choices(telling, name, asked->values, asked->value_count);
        return;
    }
    part(telling, name);
    if (isfinite(asked->least)) {
        talk__markup(telling->out, " from %g", asked->least);
    }
    if (isfinite(asked->most)) {
        talk__markup(telling->out, " to %g", asked->most);
    }
}

void talk__condition_write(struct markup *out, const struct pack *pack,
                           const struct when *when)
{
    struct telling telling = {.out = out, .pack = pack};
    if (!when) return;
    tiers(&telling, when->tiers);
    list(&telling, "with", &when->findings, " and ", finding_name);
    list(&telling, "without", &when->no_findings, " and ", finding_name);
    list(&telling, "known:", &when->slots, " and ", slot_name);
    list(&telling, "not known:", &when->no_slots, " and ", slot_name);
    list(&telling, "after", &when->after, " or ", topic_name);
    list(&telling, "said before:", &when->said, " or ", response_name);
    list(&telling, "set:", &when->variables, " and ", variable_name);
    list(&telling, "not set:", &when->no_variables, " and ", variable_name);
    for (uint32_t i = 0; i < when->value_count; i++) {
        const struct value_test *asked = &when->values[i];
        choices(&telling, pack->slots[asked->slot].name, asked->choices,
                asked->choice_count);
    }
    for (uint32_t i = 0; i < when->test_count; i++) {
        test(&telling, &when->tests[i]);
    }
    if (when->screened >= 0) {
        part(&telling, when->screened ? "screened" : "not screened");
    }
}

bool talk__wording_fits(const struct response *response,
                        const struct wording *wording, int tier)
{
    const struct when *when = wording->when;
    if (response->technique && tier > TALK_TIER_NONE) return false;
    if (wording->reassures && tier >= TALK_TIER_PROFESSIONAL) return false;
    return !when || !when->tiers || (when->tiers & 1u << tier);
}

bool talk__response_fits(const struct response *response, int tier)
{
    for (uint32_t i = 0; i < response->wording_count; i++) {
        if (talk__wording_fits(response, &response->wordings[i], tier)) {
            return true;
        }
    }
    return false;
}
