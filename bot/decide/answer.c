/* answer.c - what was asked is answered, and what was told is acknowledged.
 * In: chosen topics, told findings.  Out: acts, and what the turn is about.
 * Ignores flags: they were spoken of before. */
#include "desk.h"

/* The topic that a finding belongs to. */
static uint32_t about(const struct desk *desk, uint32_t finding)
{
    uint32_t topic =
        finding == NO_INDEX ? NO_INDEX : desk->pack->findings[finding].about;
    return topic == NO_INDEX ? desk->pack->policy.symptoms : topic;
}

/* A finding of this message that has a topic of its own, such as a
 * condition: "i have osteoporosis, can i crack it?" is about that. The one
 * that demands most. */
static uint32_t own_topic(const struct desk *desk)
{
    uint32_t best = NO_INDEX;
    talk_tier best_tier = TALK_TIER_NONE;
    for (size_t i = 0; i < desk->told->finding_count; i++) {
        const struct told_finding *told = &desk->told->findings[i];
        const struct finding *finding = &desk->pack->findings[told->finding];
        bool meant = told->counts || told->polarity == POLARITY_HYPOTHETICAL ||
                     told->polarity == POLARITY_PAST;
        if (!meant || finding->about == NO_INDEX ||
            finding->about == desk->pack->policy.symptoms) {
            continue;
        }
        if (best == NO_INDEX || finding->tier > best_tier) {
            best = finding->about;
            best_tier = finding->tier;
        }
    }
    return best;
}

static bool told_any(const struct desk *desk, enum polarity polarity)
{
    for (size_t i = 0; i < desk->told->finding_count; i++) {
        if (desk->told->findings[i].polarity == polarity) return true;
    }
    return false;
}

/* ---- Topics ---- */

/* What was said in the last turn, in the same words; but no question that
 * does not stand any more. */
static bool repeat(struct desk *desk)
{
    struct decision *out = desk->out;
    size_t before = out->act_count;
    for (uint32_t i = 0; i < desk->last->said_count; i++) {
        const struct said *said = &desk->last->said[i];
        if (said->turn != desk->last->turns || said->response == NO_INDEX) {
            continue;
        }
        if (talk__policy_screens(&desk->pack->policy, said->response) &&
            out->next.screening != SCREENING_OPEN) {
            continue;
        }
        size_t count = out->act_count;
        talk__act(desk, said->response, "asked to say it again");
        if (out->act_count > count) out->acts[count].wording = said->wording;
    }
    desk->asked = out->act_count > before; /* a question among it, too */
    return desk->asked;
}

static bool sum_up(struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    bool any = next->filled_count > 0 || next->screening == SCREENING_CLEAR;
    for (uint32_t i = 0; i < next->known_count; i++) {
        any |= next->known[i].counts ||
               next->known[i].polarity != POLARITY_OTHER_PERSON;
    }
    if (desk->pack->policy.told == NO_INDEX || !any) return false;
    talk__act(desk, desk->pack->policy.told, "asked what was told");
    return true;
}

static bool take_back(struct desk *desk)
{
    /* It is asked back first. */
    if (talk__triage_doubted(&desk->out->next) != NO_INDEX ||
        talk__triage_doubted(desk->last) != NO_INDEX) {
        return true;
    }
    if (desk->pack->policy.taken_back == NO_INDEX || !desk->taken_back) {
        /* "i lied, i have osteoporosis": that is what there is to say. */
        return desk->told->finding_count > 0 && desk->out->act_count > 0;
    }
    talk__act_taken_back(desk, "taken back");
    return true;
}

/* What is back speaks through its tier, or as any symptom does. */
static bool bring_back(struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    bool back = false;
    for (uint32_t i = 0; i < next->known_count; i++) {
        const struct known *known = &next->known[i];
        back |= known->counts && known->turn == next->turns;
    }
    if (!back) return false;
    if (desk->out->act_count > 0) return true;
    uint32_t symptoms = desk->pack->policy.symptoms;
    talk__act(desk, desk->pack->topics[symptoms].response, "it is back");
    return true;
}

/* true: the act was done, and nothing is left to answer. */
static bool do_act(struct desk *desk, enum topic_act act)
{
    switch (act) {
    case TOPIC_JUSTIFIES: return talk__form_justify(desk);
    case TOPIC_GOES_BACK: return talk__form_go_back(desk);
    case TOPIC_SUMS_UP: return sum_up(desk);
    case TOPIC_TAKES_BACK:
    case TOPIC_ENDS:
    case TOPIC_DISOWNS: return take_back(desk);
    case TOPIC_BRINGS_BACK: return bring_back(desk);
    case TOPIC_REPEATS: return repeat(desk);
    case TOPIC_ANSWERS:
    case TOPIC_CANCELS:
    case TOPIC_RESTARTS:
    case TOPIC_EXPLAINS:
    case TOPIC_GOES_ON: return false;
    }
    return false;
}

/* The topic that is answered for the one that was asked. */
static uint32_t meant(const struct desk *desk, uint32_t topic)
{
    const struct topic *rule = &desk->pack->topics[topic];
    if (rule->act == TOPIC_EXPLAINS && desk->decider != NO_INDEX) {
        return about(desk, desk->decider);
    }
    uint32_t last = desk->last->topic;
    if (rule->act == TOPIC_GOES_ON && last != NO_INDEX) return last;
    return rule->redirect == NO_INDEX ? topic : rule->redirect;
}

/* It gives information, and steers nothing. */
static bool is_answer(const struct desk *desk, uint32_t topic)
{
    enum topic_act act = desk->pack->topics[topic].act;
    return act == TOPIC_ANSWERS || act == TOPIC_EXPLAINS ||
           act == TOPIC_GOES_ON;
}

/* Some wording is meant for the tier that stands. */
static bool minds_tier(const struct desk *desk, uint32_t response)
{
    const struct response *rule = &desk->pack->responses[response];
    for (uint32_t i = 0; i < rule->wording_count; i++) {
        const struct when *when = rule->wordings[i].when;
        if (when && when->tiers & (1u << desk->out->next.tier)) return true;
    }
    return false;
}

void talk__answer_topics(struct desk *desk)
{
    struct decision *out = desk->out;
    const struct told *told = desk->told;
    /* An alarm stands alone: whoever reads it must act now. */
    bool alarm = out->next.tier == TALK_TIER_EMERGENCY &&
                 desk->last->tier < TALK_TIER_EMERGENCY;
    uint32_t own = talk__stand_of_finding(desk);
    bool forgets = false;
    for (size_t i = 0; i < told->topic_count; i++) {
        uint32_t topic = meant(desk, told->topics[i]);
        const struct topic *rule = &desk->pack->topics[topic];
        /* "3, thanks" to a question is the answer, and no farewell. */
        if (rule->alone && desk->answered) continue;
        if (out->topic == NO_INDEX) out->topic = topic;
        if (rule->act == TOPIC_CANCELS) talk__form_cancel(desk);
        if (own != NO_INDEX && !rule->alone && is_answer(desk, topic)) {
            desk->technique_asked |= talk__is_technique(desk, topic);
            if (!alarm) talk__act(desk, own, "in place of any answer");
        } else if (talk__is_technique(desk, topic)) {
            talk__screening_request(desk, topic);
        } else if (!alarm && !do_act(desk, rule->act)) {
            talk__act(desk, rule->response, "asked");
            forgets |= !rule->alone && is_answer(desk, topic) &&
                       !minds_tier(desk, rule->response);
        }
    }
    if (forgets && out->next.tier == TALK_TIER_EMERGENCY &&
        talk__triage_doubted(desk->last) == NO_INDEX) {
        talk__stand_by(desk, "an answer that does not mind the emergency");
    }
}

/* ---- Findings ---- */

static bool nothing_said(const struct desk *desk)
{
    return desk->out->act_count == 0;
}

/* Symptoms that were told but nothing was asked. */
void talk__answer_findings(struct desk *desk)
{
    struct decision *out = desk->out;
    const struct policy *policy = &desk->pack->policy;
    bool alarm = out->next.tier == TALK_TIER_EMERGENCY;
    uint32_t own = own_topic(desk);
    if (own != NO_INDEX && !alarm &&
        (nothing_said(desk) || out->next.tier == TALK_TIER_AVOID)) {
        talk__act(desk, desk->pack->topics[own].response,
                  "the topic of a finding that was told");
    }
    if (!nothing_said(desk) || desk->answered) return;
    if (talk__told_counting(desk, TALK_TIER_NONE)) {
        talk__act(desk, desk->pack->topics[policy->symptoms].response,
                  "symptoms without a flag");
    } else if (told_any(desk, POLARITY_HYPOTHETICAL)) {
        talk__act(desk, desk->pack->topics[policy->hypothetical].response,
                  "a symptom that might come");
    } else if (desk->taken_back && policy->taken_back != NO_INDEX) {
        talk__act_taken_back(desk, "what was told does not hold");
    } else if (told_any(desk, POLARITY_OTHER_PERSON)) {
        talk__act(desk, policy->others, "what another person has");
    }
}

void talk__answer_noted(struct desk *desk)
{
    const struct told *told = desk->told;
    const struct policy *policy = &desk->pack->policy;
    bool told_any = told->finding_count || told->value_count;
    bool answered = false;
    for (size_t i = 0; i < ANSWER_COUNT; i++) answered |= told->answers[i];
    if (!nothing_said(desk)) return;
    if (told_any && desk->out->next.tier == TALK_TIER_EMERGENCY) {
        talk__stand_by(desk, "noted, and the emergency stands");
    } else if (told_any || (answered && policy->unasked == NO_INDEX)) {
        talk__act(desk, policy->noted, "noted");
    } else if (answered) {
        talk__act(desk, policy->unasked, "an answer to no question");
    }
}

/* ---- Its name ---- */

void talk__answer_name(struct desk *desk)
{
    struct decision *out = desk->out;
    const struct policy *policy = &desk->pack->policy;
    bool refused = desk->technique_asked && out->next.tier != TALK_TIER_NONE;
    uint32_t own = own_topic(desk);
    bool general = out->topic == NO_INDEX ||
                   desk->pack->topics[out->topic].general ||
                   talk__is_technique(desk, out->topic);
    if (own != NO_INDEX && general) {
        out->topic = own;
    } else if (refused) {
        out->topic = about(desk, desk->decider);
    } else if (out->topic != NO_INDEX && general &&
               talk__told_counting(desk, TALK_TIER_PROFESSIONAL)) {
        out->topic = policy->symptoms;
    } else if (out->topic == NO_INDEX && desk->told->finding_count) {
        out->topic = talk__told_counting(desk, TALK_TIER_AVOID)
                         ? about(desk, desk->decider)
                     : told_any(desk, POLARITY_HYPOTHETICAL) &&
                             !talk__told_counting(desk, TALK_TIER_NONE)
                         ? policy->hypothetical
                         : policy->symptoms;
    } else if (out->topic == NO_INDEX &&
               (desk->told->value_count || desk->answered)) {
        out->topic = policy->symptoms;
    }
}
