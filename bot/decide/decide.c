/* decide.c - what to say, in this order: a tier that rose, answers, a
 * question, else a fallback.
 * In: what was told, what was known.  Out: acts, and what to remember.
 * Knows no wording and no symptom: both are the pack's. */
#include "decide.h"

#include <string.h>

#include "desk.h"

void talk__act(struct desk *desk, uint32_t response, const char *why)
{
    struct decision *out = desk->out;
    if (response == NO_INDEX || out->act_count == ACTS_MAX) return;
    for (size_t i = 0; i < out->act_count; i++) {
        if (out->acts[i].response == response) return;
    }
    out->acts[out->act_count++] =
        (struct act){response, NO_INDEX, desk->decider, why};
}

void talk__act_taken_back(struct desk *desk, const char *why)
{
    const struct policy *policy = &desk->pack->policy;
    bool changed = desk->changed && policy->changed != NO_INDEX;
    talk__act(desk, changed ? policy->changed : policy->taken_back, why);
}

bool talk__is_technique(const struct desk *desk, uint32_t topic)
{
    uint32_t response = desk->pack->topics[topic].response;
    return desk->pack->responses[response].technique;
}

bool talk__asked_for(const struct desk *desk, enum topic_act act)
{
    for (size_t i = 0; i < desk->told->topic_count; i++) {
        if (desk->pack->topics[desk->told->topics[i]].act == act) return true;
    }
    return false;
}

uint32_t talk__stand_of_finding(const struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    for (uint32_t i = 0; i < next->known_count; i++) {
        const struct known *known = &next->known[i];
        if (!known->counts || known->finding == NO_INDEX) continue;
        uint32_t stand = desk->pack->findings[known->finding].stand;
        if (stand != NO_INDEX) return stand;
    }
    return NO_INDEX;
}

bool talk__told_counting(const struct desk *desk, talk_tier least)
{
    for (size_t i = 0; i < desk->told->finding_count; i++) {
        const struct told_finding *told = &desk->told->findings[i];
        if (!told->counts) continue;
        if (talk__triage_tier(desk->pack, &desk->out->next, told->finding) >=
            least) {
            return true;
        }
    }
    return false;
}

void talk__stand_by(struct desk *desk, const char *why)
{
    uint32_t own = talk__stand_of_finding(desk);
    talk_tier tier = desk->out->next.tier;
    uint32_t stand = desk->pack->policy.tiers[tier].stand;
    talk__act(desk, own == NO_INDEX ? stand : own, why);
}

/* A tier that rose is said first. One that stands is not preached again,
 * unless a new flag was told. */
static void speak_of_tier(struct desk *desk)
{
    talk_tier tier = desk->out->next.tier;
    if (tier == TALK_TIER_NONE) return;
    const struct tier_policy *policy = &desk->pack->policy.tiers[tier];
    if (tier > desk->last->tier) {
        uint32_t own = desk->pack->findings[desk->decider].rise;
        talk__act(desk, own == NO_INDEX ? policy->rise : own, "the tier rose");
    } else if (talk__told_counting(desk, TALK_TIER_AVOID) &&
               desk->told->topic_count == 0) {
        talk__stand_by(desk, "the tier stands");
    }
}

/* A flag of the highest kind that was taken back: really? */
static void speak_of_doubt(struct desk *desk)
{
    const struct policy *policy = &desk->pack->policy;
    uint32_t doubted = talk__triage_doubted(&desk->out->next);
    uint32_t before = talk__triage_doubted(desk->last);
    uint32_t decider = desk->decider;
    if (doubted != NO_INDEX) {
        desk->decider = doubted;
        talk__act(desk, policy->confirm, "an alarm that was taken back");
    } else if (before != NO_INDEX) {
        if (desk->taken_back) {
            talk__act_taken_back(desk, "confirmed");
        } else {
            talk__act(desk, policy->kept, "not confirmed");
        }
    }
    desk->decider = decider;
}

/* One thing is gone, but not the alarm. */
static void speak_of_rest(struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    if (desk->taken_back && next->tier >= TALK_TIER_URGENT &&
        next->tier == desk->last->tier &&
        talk__triage_doubted(next) == NO_INDEX) {
        talk__stand_by(desk, "something was taken back, and the tier stands");
    }
}

static void fall_back(struct desk *desk)
{
    const struct policy *policy = &desk->pack->policy;
    struct recall *next = &desk->out->next;
    if (desk->out->act_count) {
        next->fallbacks = 0;
        return;
    }
    if (desk->told->empty) {
        talk__act(desk, policy->empty, "nothing was said");
        return;
    }
    if (next->tier >= TALK_TIER_URGENT) {
        /* No "ask me about the sound" to somebody who should be calling. */
        talk__stand_by(desk, "no rule matched, and the tier stands");
        return;
    }
    /* Behind its top the ladder goes to and fro: never one step twice. */
    uint32_t step = next->fallbacks, count = policy->fallback_count;
    if (step >= count)
        step = count - 1 - (count > 1 && (step - count) % 2 == 0);
    talk__act(desk, policy->fallbacks[step], "no rule matched: fallback");
    next->fallbacks++;
}

/* Symptoms of long ago are no news; conditions last. */
static talk_status forget_stale(struct desk *desk, struct arena *arena)
{
    struct recall *next = &desk->out->next;
    double hours = desk->pack->policy.stale_hours;
    uint64_t now = desk->told->now;
    if (hours <= 0 || next->at == 0 || now < next->at ||
        (double)(now - next->at) < hours * 3600) {
        return TALK_OK;
    }
    struct recall fresh;
    talk__recall_init(&fresh);
    fresh.turns = next->turns;
    talk__held_keep(&fresh, desk->pack, next, false);
    fresh.known = talk__arena_array(arena, (size_t)next->known_count + 1,
                                    sizeof *fresh.known);
    if (!fresh.known) return TALK_NOMEM;
    for (uint32_t i = 0; i < next->known_count; i++) {
        const struct known *known = &next->known[i];
        if (known->finding == NO_INDEX) continue;
        if (!talk__triage_lasts(desk->pack, known->finding)) continue;
        fresh.known[fresh.known_count++] = *known;
    }
    *next = fresh;
    talk__triage_settle(desk);
    return TALK_OK;
}

/* So that who starts over twice is not told the very same. */
static void keep_wordings(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    next->turns = desk->last->turns;
    next->said_count = desk->last->said_count;
    memcpy(next->said, desk->last->said, sizeof next->said);
}

static void restart(struct desk *desk)
{
    if (!talk__asked_for(desk, TOPIC_RESTARTS)) return;
    struct recall fresh;
    desk->out->reset = true;
    talk__recall_init(&fresh);
    talk__held_keep(&fresh, desk->pack, &desk->out->next, true);
    desk->out->next = fresh;
    keep_wordings(desk);
}

/* "thanks" and "say that again" change no subject, nor does "not sure" to the
 * screening: what is asked next is read against what was talked of before. */
void talk__decide_end(const struct pack *pack, struct decision *decision)
{
    uint32_t topic = decision->topic;
    if (topic == NO_INDEX || decision->aside) return;
    const struct topic *rule = &pack->topics[topic];
    if (rule->alone) return;
    if (rule->act != TOPIC_ANSWERS && rule->act != TOPIC_EXPLAINS) return;
    decision->next.topic = topic;
    decision->next.topic_name = rule->name;
}

/* Topics, findings, questions; else a fallback. */
static void answer(struct desk *desk)
{
    talk__screening_hear(desk);
    talk__answer_topics(desk);
    talk__answer_name(desk);
    talk__answer_findings(desk);
    talk__screening_resume(desk);
    talk__form_ask(desk);
    talk__answer_noted(desk);
    speak_of_rest(desk);
    fall_back(desk);
}

talk_status talk__decide(const struct pack *pack, const struct recall *last,
                         const struct told *message, struct arena *arena,
                         struct decision *out)
{
    struct told told = *message;
    struct desk desk = {.pack = pack,
                        .last = last,
                        .told = &told,
                        .out = out,
                        .decider = NO_INDEX};
    *out = (struct decision){.topic = NO_INDEX, .next = *last};
    if (!talk__held_copy(&out->next, arena)) return TALK_NOMEM;
    if (forget_stale(&desk, arena) != TALK_OK) return TALK_NOMEM;
    restart(&desk);
    /* What went before is what is left of it. */
    struct recall before = out->next;
    desk.last = &before;
    out->next.turns++;
    talk_status status = talk__form_hear(&desk, arena);
    if (status == TALK_OK) status = talk__triage(&desk, arena);
    if (status != TALK_OK) return status;

    speak_of_tier(&desk);
    speak_of_doubt(&desk);
    if (told.flags_unread || told.part_unread) {
        if (told.flags_unread) talk__screening_doubt(&desk);
        talk__act(&desk, pack->policy.unread, "a part could not be read");
    }
    const struct hook *hook = talk__hook_find(&desk);
    size_t first = out->act_count;
    /* Who says nothing hears what the hook has to say. */
    if (!hook || (!hook->instead && !told.empty)) answer(&desk);
    if (hook) talk__hook_say(&desk, hook, first);
    return TALK_OK;
}
