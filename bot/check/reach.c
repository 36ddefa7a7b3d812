/* reach.c - topics, responses and wordings that no conversation can reach.
 * In: a pack.  Out: what is dead in it, with the condition that blocks it.
 * What is told here can never come; what is not told may still be hard to
 * reach: that is the proof's. */
#include <stdio.h>
#include <string.h>

#include "blocked.h"
#include "check_desk.h"

enum {
    WHY_MAX = 256,
    ALL_TIERS = (1u << TIER_COUNT) - 1,
    CALM_TIERS = (1u << TALK_TIER_URGENT) - 1 /* no hook is tried above */
};

/* Per response: tiers at which something says it; 0: nothing does. */
struct reaching {
    struct check_desk *desk;
    const struct pack *pack;
    unsigned *said;
};

static void say(const struct reaching *r, uint32_t response, unsigned tiers)
{
    if (response != NO_INDEX) r->said[response] |= tiers;
}

/* ---- Topics ---- */

/* Something leads to it although it has no pattern. */
static bool is_meant(const struct pack *pack, uint32_t topic)
{
    const struct topic *rule = &pack->topics[topic];
    if (pack->policy.symptoms == topic || pack->policy.hypothetical == topic) {
        return true;
    }
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        if (pack->findings[i].about == topic) return true;
    }
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        if (pack->topics[i].redirect == topic) return true;
    }
    /* It can be guessed from its examples. */
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        if (!example->of_finding && !example->counter &&
            example->owner == topic && rule->act == TOPIC_ANSWERS &&
            !rule->when) {
            return true;
        }
    }
    return false;
}

static void check_topics(const struct reaching *r)
{
    const struct where anywhere = {ALL_TIERS, false, NULL};
    for (uint32_t i = 0; i < r->pack->topic_count; i++) {
        const struct topic *topic = &r->pack->topics[i];
        char why[WHY_MAX];
        bool meant = is_meant(r->pack, i);
        if (!meant && !talk__has_pattern(r->pack, PATTERN_TOPIC, i)) {
            talk__desk_tell(r->desk, RULE_UNREACHABLE_TOPIC, topic->place,
                            "topic '%s': it has no pattern, and nothing leads "
                            "to it",
                            topic->name);
        } else if (!meant && talk__is_blocked(r->pack, topic->when, anywhere,
                                              why, sizeof why)) {
            talk__desk_tell(r->desk, RULE_UNREACHABLE_TOPIC, topic->place,
                            "topic '%s': %s", topic->name, why);
        } else if (topic->redirect == NO_INDEX) {
            say(r, topic->response, ALL_TIERS);
        }
    }
}

/* ---- Who says what ---- */

static void say_policy(const struct reaching *r)
{
    const struct policy *policy = &r->pack->policy;
    const uint32_t always[] = {
        policy->screening_ask,   policy->screening_again,
        policy->screening_which, policy->screening_unsure,
        policy->noted,           policy->unasked,
        policy->others,          policy->unread,
        policy->empty,           policy->told,
        policy->taken_back,      policy->changed,
        policy->confirm,         policy->kept,
    };
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        say(r, always[i], ALL_TIERS);
    }
    for (uint32_t i = 0; i < policy->fallback_count; i++) {
        say(r, policy->fallbacks[i], ALL_TIERS);
    }
    for (int tier = TALK_TIER_AVOID; tier < TIER_COUNT; tier++) {
        say(r, policy->tiers[tier].rise, 1u << tier);
        say(r, policy->tiers[tier].stand, 1u << tier);
        say(r, policy->tiers[tier].refuse, 1u << tier);
    }
    for (uint32_t i = 0; i < r->pack->finding_count; i++) {
        const struct finding *finding = &r->pack->findings[i];
        say(r, finding->rise, talk__tiers_of(finding));
        say(r, finding->stand, ALL_TIERS);
    }
}

static void say_forms_and_hooks(const struct reaching *r)
{
    for (uint32_t i = 0; i < r->pack->form_count; i++) {
        const struct form *form = &r->pack->forms[i];
        const uint32_t asking[] = {form->again, form->unclear, form->skipped,
                                   form->done};
        bool somewhere = form->when && form->when->tiers;
        for (size_t n = 0; n < sizeof asking / sizeof *asking; n++) {
            say(r, asking[n], somewhere ? form->when->tiers : ALL_TIERS);
        }
        /* These two may be asked for while the tier rises. */
        say(r, form->ask, ALL_TIERS);
        say(r, form->because, ALL_TIERS);
    }
    for (uint32_t i = 0; i < r->pack->hook_count; i++) {
        say(r, r->pack->hooks[i].response, CALM_TIERS);
    }
}

/* What a wording leads to is said where the wording is. */
static void say_leads(const struct reaching *r)
{
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < r->pack->response_count; i++) {
            const struct response *response = &r->pack->responses[i];
            for (uint32_t w = 0; w < response->wording_count; w++) {
                uint32_t to = response->wordings[w].leads;
                if (to == NO_INDEX || (r->said[i] & ~r->said[to]) == 0) {
                    continue;
                }
                r->said[to] |= r->said[i];
                more = true;
            }
        }
    }
}

/* ---- Responses ---- */

/* Where a wording of the response can be said. */
static struct where where_of(const struct reaching *r, uint32_t response,
                             const struct wording *wording)
{
    struct where where = {r->said[response], false, r->said};
    if (r->pack->responses[response].technique) {
        where.tiers &= 1u << TALK_TIER_NONE;
        where.screened = true;
    }
    if (wording && wording->reassures) {
        where.tiers &= (1u << TALK_TIER_PROFESSIONAL) - 1;
    }
    return where;
}

static bool hole_blocks(const struct pack *pack, const struct wording *wording,
                        char *out, size_t size)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        bool of_slot = piece->hole == HOLE_SLOT || piece->hole == HOLE_SWAP;
        if (!of_slot || talk__has_pattern(pack, PATTERN_SLOT, piece->index)) {
            continue;
        }
        (void)snprintf(out, size, "no pattern fills the slot '%s'",
                       pack->slots[piece->index].name);
        return true;
    }
    return false;
}

/* Of a ladder the first that fits is said: behind one that always does, none
 * is. */
static bool always_fits(const struct wording *wording)
{
    bool holes = false;
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        holes |= wording->pieces[i].hole != HOLE_NONE;
    }
    return !wording->when && !wording->reassures && !holes;
}

static void check_wordings(const struct reaching *r, uint32_t index)
{
    const struct response *response = &r->pack->responses[index];
    bool over = false;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        struct where where = where_of(r, index, wording);
        char why[WHY_MAX] = "a wording above it always fits";
        if (over || where.tiers == 0 ||
            talk__is_blocked(r->pack, wording->when, where, why, sizeof why) ||
            hole_blocks(r->pack, wording, why, sizeof why)) {
            if (!over && where.tiers == 0) {
                (void)snprintf(why, sizeof why,
                               "it reassures, and is wanted only where that "
                               "is not allowed");
            }
            talk__desk_tell(r->desk, RULE_UNREACHABLE_WORDING, wording->place,
                            "%s: %s", response->name, why);
        }
        over = over || (response->ladder && always_fits(wording));
    }
}

static void check_response(const struct reaching *r, uint32_t index)
{
    const struct response *response = &r->pack->responses[index];
    char why[WHY_MAX] = "no topic, policy, form or hook names it";
    struct where where = where_of(r, index, NULL);
    if (r->said[index] == 0 || where.tiers == 0) {
        if (where.tiers == 0 && r->said[index]) {
            (void)snprintf(why, sizeof why,
                           "it is technique, and is wanted only above the "
                           "tier none");
        }
    } else if (!talk__is_blocked(r->pack, NULL, where, why, sizeof why)) {
        check_wordings(r, index);
        return;
    }
    talk__desk_tell(r->desk, RULE_UNREACHABLE_RESPONSE, response->place,
                    "response '%s': %s", response->name, why);
}

static void check_conditions(const struct reaching *r)
{
    const struct where anywhere = {ALL_TIERS, false, r->said};
    const struct where calm = {CALM_TIERS, false, r->said};
    char why[WHY_MAX];
    for (uint32_t i = 0; i < r->pack->form_count; i++) {
        const struct form *form = &r->pack->forms[i];
        if (talk__is_blocked(r->pack, form->when, anywhere, why, sizeof why)) {
            talk__desk_tell(r->desk, RULE_UNREACHABLE_WHEN, form->place,
                            "form '%s': %s", form->name, why);
        }
        for (uint32_t s = 0; s < form->step_count; s++) {
            if (talk__is_blocked(r->pack, form->steps[s].when, anywhere, why,
                                 sizeof why)) {
                talk__desk_tell(r->desk, RULE_UNREACHABLE_WHEN, form->place,
                                "form '%s', question %u: %s", form->name,
                                s + 1, why);
            }
        }
    }
    for (uint32_t i = 0; i < r->pack->hook_count; i++) {
        const struct hook *hook = &r->pack->hooks[i];
        if (talk__is_blocked(r->pack, hook->when, calm, why, sizeof why)) {
            talk__desk_tell(r->desk, RULE_UNREACHABLE_WHEN, hook->place,
                            "hook '%s': %s", hook->name, why);
        }
    }
}

bool talk__check_reach(struct check_desk *desk)
{
    struct reaching r = {.desk = desk, .pack = desk->pack};
    r.said = talk__arena_array(&desk->scratch, desk->pack->response_count + 1u,
                               sizeof *r.said);
    if (!r.said) return false;
    check_topics(&r);
    say_policy(&r);
    say_forms_and_hooks(&r);
    say_leads(&r);
    for (uint32_t i = 0; i < desk->pack->response_count; i++) {
        check_response(&r, i);
    }
    check_conditions(&r);
    return true;
}
