/* decide.c - what to say: triage first, then answers, then a question, else
 * a fallback.
 * In: what was told, what was known.  Out: acts, and what to remember.
 * Knows no wording and no symptom: both are the pack's. */
#include "decide.h"

/* Times that the screening question is put before doubt counts as caution. */
enum { ASKED_MAX = 2 };

struct desk {
    const struct pack *pack;
    const struct recall *last;
    const struct told *told;
    struct decision *out;
    uint32_t decider; /* the finding that demands most, or NO_INDEX */
    bool technique_asked;
};

static void act(struct desk *desk, uint32_t response, const char *why)
{
    struct decision *out = desk->out;
    if (response == NO_INDEX || out->act_count == ACTS_MAX) return;
    for (size_t i = 0; i < out->act_count; i++) {
        if (out->acts[i].response == response) return;
    }
    out->acts[out->act_count++] = (struct act){response, desk->decider, why};
}

static bool is_technique(const struct desk *desk, uint32_t topic)
{
    uint32_t response = desk->pack->topics[topic].response;
    return desk->pack->responses[response].technique;
}

static const struct tier_policy *policy_of(const struct desk *desk)
{
    return &desk->pack->policy.tiers[desk->out->next.tier];
}

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

static bool told_counting(const struct desk *desk, talk_tier least)
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

/* ---- Flags ---- */

/* A tier that rose is said first. One that stands is not preached again,
 * unless a new flag was told. */
static void speak_of_tier(struct desk *desk)
{
    talk_tier tier = desk->out->next.tier;
    if (tier == TALK_TIER_NONE) return;
    if (tier > desk->last->tier) {
        uint32_t own = desk->pack->findings[desk->decider].rise;
        act(desk, own == NO_INDEX ? policy_of(desk)->rise : own,
            "the tier rose");
    } else if (told_counting(desk, TALK_TIER_AVOID) &&
               desk->told->topic_count == 0) {
        act(desk, policy_of(desk)->stand, "the tier stands");
    }
}

/* ---- Technique and its screening ---- */

static void put_screening(struct desk *desk, uint32_t response)
{
    struct recall *next = &desk->out->next;
    next->screening = SCREENING_OPEN;
    next->asked++;
    act(desk, response, "screening comes before technique");
}

static void close_in_doubt(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    next->screening = SCREENING_DOUBT;
    next->pending = NO_INDEX;
    next->pending_name = "";
    act(desk, desk->pack->policy.screening_unsure,
        "the screening stayed unclear: doubt counts as caution");
}

static void ask_for_technique(struct desk *desk, uint32_t topic)
{
    const struct policy *policy = &desk->pack->policy;
    struct recall *next = &desk->out->next;
    desk->technique_asked = true;
    if (next->tier != TALK_TIER_NONE) {
        next->pending = NO_INDEX;
        next->pending_name = "";
        /* What was just said of a risen tier refuses already. */
        if (desk->out->act_count == 0 || next->tier == desk->last->tier) {
            act(desk, policy_of(desk)->refuse, "no technique at this tier");
        }
        return;
    }
    if (talk__gate_open(next)) {
        act(desk, desk->pack->topics[topic].response,
            "asked, and the screening is clear");
        return;
    }
    if (next->screening == SCREENING_DOUBT) {
        act(desk, policy->screening_unsure, "the screening stayed unclear");
        return;
    }
    next->pending = topic;
    next->pending_name = desk->pack->topics[topic].name;
    if (next->screening == SCREENING_NOT_YET) {
        put_screening(desk, policy->screening_ask);
    } else if (next->asked < ASKED_MAX) {
        put_screening(desk, policy->screening_again);
    } else {
        close_in_doubt(desk);
    }
}

/* The screening question stands, and the message is read against it. Returns
 * true when the message was its answer. */
static bool hear_screening(struct desk *desk)
{
    const struct policy *policy = &desk->pack->policy;
    const struct told *told = desk->told;
    struct recall *next = &desk->out->next;
    if (next->screening != SCREENING_OPEN) return false;
    if (next->tier != TALK_TIER_NONE) {
        next->screening = SCREENING_NOT_YET;
        next->asked = 0;
        next->pending = NO_INDEX;
        next->pending_name = "";
        return false;
    }
    if (told->answers[ANSWER_UNSURE] || told->answers[ANSWER_SKIP]) {
        close_in_doubt(desk);
        return true;
    }
    if (told->answers[ANSWER_YES]) {
        if (next->asked < ASKED_MAX + 1) {
            put_screening(desk, policy->screening_which);
        } else {
            close_in_doubt(desk);
        }
        return true;
    }
    if (told->answers[ANSWER_NO]) {
        next->screening = SCREENING_CLEAR;
        next->asked = 0;
        if (next->pending != NO_INDEX) {
            desk->out->topic = next->pending;
            desk->technique_asked = true;
            act(desk, desk->pack->topics[next->pending].response,
                "the screening is clear, and this waited for it");
        }
        next->pending = NO_INDEX;
        next->pending_name = "";
        return true;
    }
    return false;
}

/* After a digression, or words that were no answer, the question comes back
 * once. */
static void resume_screening(struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    if (next->screening != SCREENING_OPEN || desk->technique_asked) return;
    if (next->asked < ASKED_MAX) {
        put_screening(desk, desk->pack->policy.screening_again);
    } else if (desk->out->act_count == 0) {
        close_in_doubt(desk);
    }
}

/* ---- Answers ---- */

static void answer_topics(struct desk *desk)
{
    struct decision *out = desk->out;
    const struct told *told = desk->told;
    /* An alarm stands alone: whoever reads it must act now. */
    bool alarm = out->next.tier == TALK_TIER_EMERGENCY &&
                 desk->last->tier < TALK_TIER_EMERGENCY;
    for (size_t i = 0; i < told->topic_count; i++) {
        uint32_t topic = told->topics[i];
        const struct topic *rule = &desk->pack->topics[topic];
        if (rule->act == TOPIC_EXPLAINS && desk->decider != NO_INDEX) {
            topic = about(desk, desk->decider);
            rule = &desk->pack->topics[topic];
        }
        if (out->topic == NO_INDEX) out->topic = topic;
        if (is_technique(desk, topic)) {
            ask_for_technique(desk, topic);
        } else if (!alarm) {
            act(desk, rule->response, "asked");
        }
    }
}

/* What the turn is about, when it is not simply the first question. */
static void name_topic(struct desk *desk)
{
    struct decision *out = desk->out;
    const struct policy *policy = &desk->pack->policy;
    bool refused = desk->technique_asked && out->next.tier != TALK_TIER_NONE;
    uint32_t own = own_topic(desk);
    bool general = out->topic == NO_INDEX ||
                   desk->pack->topics[out->topic].general ||
                   is_technique(desk, out->topic);
    if (own != NO_INDEX && general) {
        out->topic = own;
    } else if (refused) {
        out->topic = about(desk, desk->decider);
    } else if (out->topic == NO_INDEX && desk->told->finding_count) {
        out->topic = told_counting(desk, TALK_TIER_AVOID)
                         ? about(desk, desk->decider)
                     : told_any(desk, POLARITY_HYPOTHETICAL) &&
                             !told_counting(desk, TALK_TIER_NONE)
                         ? policy->hypothetical
                         : policy->symptoms;
    }
}

/* Symptoms that were told but nothing was asked. */
static void answer_findings(struct desk *desk)
{
    struct decision *out = desk->out;
    const struct policy *policy = &desk->pack->policy;
    bool alarm = out->next.tier == TALK_TIER_EMERGENCY;
    uint32_t own = own_topic(desk);
    if (own != NO_INDEX && !alarm &&
        (out->act_count == 0 || out->next.tier == TALK_TIER_AVOID)) {
        act(desk, desk->pack->topics[own].response,
            "the topic of a finding that was told");
    }
    if (out->act_count || desk->told->finding_count == 0) return;
    if (told_counting(desk, TALK_TIER_NONE)) {
        act(desk, desk->pack->topics[policy->symptoms].response,
            "symptoms without a flag");
    } else if (told_any(desk, POLARITY_HYPOTHETICAL)) {
        act(desk, desk->pack->topics[policy->hypothetical].response,
            "a symptom that might come");
    } else {
        act(desk, policy->noted, "nothing that counts was told");
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
        act(desk, policy->empty, "nothing was said");
        return;
    }
    uint32_t step = next->fallbacks;
    if (step >= policy->fallback_count) step = policy->fallback_count - 1;
    act(desk, policy->fallbacks[step], "no rule matched: fallback");
    next->fallbacks++;
}

talk_status talk__decide(const struct pack *pack, const struct recall *last,
                         const struct told *told, struct arena *arena,
                         struct decision *out)
{
    struct desk desk = {.pack = pack, .last = last, .told = told, .out = out};
    *out = (struct decision){.topic = NO_INDEX, .next = *last};
    for (size_t i = 0; i < told->topic_count; i++) {
        const struct topic *topic = &pack->topics[told->topics[i]];
        if (topic->act != TOPIC_RESTARTS) continue;
        desk.decider = NO_INDEX;
        out->reset = true;
        talk__recall_init(&out->next);
    }
    struct recall *next = &out->next;
    next->turns++;
    talk_status status = talk__triage(pack, told, arena, next);
    if (status != TALK_OK) return status;
    desk.decider = talk__triage_decider(pack, next);
    struct recall fresh;
    talk__recall_init(&fresh);
    if (out->reset) desk.last = &fresh;

    speak_of_tier(&desk);
    if (told->flags_unread || told->part_unread) {
        if (told->flags_unread) next->screening = SCREENING_DOUBT;
        act(&desk, pack->policy.unread, "a part could not be read");
    }
    bool answered = hear_screening(&desk);
    answer_topics(&desk);
    name_topic(&desk);
    answer_findings(&desk);
    if (!answered) resume_screening(&desk);
    fall_back(&desk);
    if (out->topic != NO_INDEX) {
        next->topic = out->topic;
        next->topic_name = pack->topics[out->topic].name;
    }
    return TALK_OK;
}
