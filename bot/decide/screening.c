/* screening.c - what is asked before any technique.
 * In: a wish for technique, the answers to the question.  Out: acts; the
 * screening's state, which the gate reads.  Knows no contraindication: they
 * are findings, and count by themselves. */
#include "desk.h"

/* Times that the question is put before doubt counts as caution. */
enum { SCREENED_MAX = 2 };

static void put(struct desk *desk, uint32_t response)
{
    struct recall *next = &desk->out->next;
    next->screening = SCREENING_OPEN;
    next->open = (struct question){.name = "", .index = NO_INDEX};
    next->screened++;
    talk__act(desk, response, "screening comes before technique");
}

static void forget_pending(struct recall *next)
{
    next->pending = NO_INDEX;
    next->pending_name = "";
}

void talk__screening_drop(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    next->screening = SCREENING_NOT_YET;
    next->screened = 0;
    forget_pending(next);
}

void talk__screening_doubt(struct desk *desk)
{
    desk->out->next.screening = SCREENING_DOUBT;
    desk->out->next.screened = 0;
}

static void close_in_doubt(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    next->screening = SCREENING_DOUBT;
    forget_pending(next);
    talk__act(desk, desk->pack->policy.screening_unsure,
              "the screening stayed unclear: doubt counts as caution");
}

void talk__screening_request(struct desk *desk, uint32_t topic)
{
    const struct policy *policy = &desk->pack->policy;
    struct recall *next = &desk->out->next;
    desk->technique_asked = true;
    if (next->tier != TALK_TIER_NONE) {
        forget_pending(next);
        /* What was just said of a risen tier refuses already. */
        if (desk->out->act_count == 0 || next->tier == desk->last->tier) {
            talk__act(desk, policy->tiers[next->tier].refuse,
                      "no technique at this tier");
        }
        return;
    }
    if (talk__gate_open(next)) {
        talk__act(desk, desk->pack->topics[topic].response,
                  "asked, and the screening is clear");
        return;
    }
    if (talk__asked_for(desk, TOPIC_CANCELS)) {
        close_in_doubt(desk); /* technique, but no questions */
        return;
    }
    /* Who was not sure and asks once more may know by now. */
    bool again = next->screened > 0 && next->screened < SCREENED_MAX;
    if (next->screening == SCREENING_DOUBT && !again) {
        talk__act(desk, policy->screening_unsure,
                  "the screening stayed unclear");
        return;
    }
    next->pending = topic;
    next->pending_name = desk->pack->topics[topic].name;
    if (next->screening == SCREENING_NOT_YET) {
        put(desk, policy->screening_ask);
    } else if (next->screened < SCREENED_MAX) {
        put(desk, policy->screening_again);
    } else {
        close_in_doubt(desk);
    }
}

void talk__screening_hear(struct desk *desk)
{
    const struct policy *policy = &desk->pack->policy;
    const struct told *told = desk->told;
    struct recall *next = &desk->out->next;
    if (next->screening != SCREENING_OPEN) return;
    if (next->tier != TALK_TIER_NONE) {
        talk__screening_drop(desk);
        return;
    }
    desk->answered = true;
    desk->out->aside = !told->answers[ANSWER_NO];
    if (told->answers[ANSWER_UNSURE] || told->answers[ANSWER_SKIP]) {
        close_in_doubt(desk);
    } else if (told->answers[ANSWER_YES]) {
        if (next->screened < SCREENED_MAX + 1) {
            put(desk, policy->screening_which);
        } else {
            close_in_doubt(desk);
        }
    } else if (told->answers[ANSWER_NO]) {
        next->screening = SCREENING_CLEAR;
        next->screened = 0;
        if (next->pending != NO_INDEX) {
            desk->out->topic = next->pending;
            desk->technique_asked = true;
            talk__act(desk, desk->pack->topics[next->pending].response,
                      "the screening is clear, and this waited for it");
        }
        forget_pending(next);
    } else {
        desk->answered = false;
        desk->out->aside = false;
    }
}

/* After a digression, or words that were no answer, the question comes back
 * once. */
void talk__screening_resume(struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    uint32_t topic = desk->out->topic;
    if (next->screening != SCREENING_OPEN || desk->technique_asked ||
        desk->answered) {
        return;
    }
    /* "ok bye" is no moment for a question. */
    if (topic != NO_INDEX && desk->pack->topics[topic].alone) return;
    if (next->screened < SCREENED_MAX) {
        put(desk, desk->pack->policy.screening_again);
    } else if (desk->out->act_count == 0) {
        close_in_doubt(desk);
    }
}
