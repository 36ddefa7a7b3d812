/* proof_rules.c - what must hold of every turn.
 * In: what was remembered, told, said and remembered after.  Out: the rules
 * that it breaks.  Works everything out anew: it asks the pack, and nobody
 * who decided. */
#include <string.h>

#include "proof_model.h"

/* The same for all: what is to be mended is in the pack. */
#define MEND \
    "Look at the last reply of the transcript, and mend what it went by."

static const struct check_rule rules[RULE_COUNT] = {
    [RULE_TECHNIQUE] = {"technique", CHECK_ERROR,
                        "no technique at tier avoid or above, nor before the "
                        "screening was answered: it could harm",
                        MEND},
    [RULE_SCREENING] = {"screening", CHECK_ERROR,
                        "only a plain no to the screening question clears it: "
                        "doubt counts as caution",
                        MEND},
    [RULE_ESCALATION] = {"escalation", CHECK_ERROR,
                         "a flag is answered in the turn in which it is told, "
                         "and first of all: minutes count",
                         MEND},
    [RULE_NAMES] = {"names", CHECK_ERROR,
                    "what is said for a tier names whom to call or to see: "
                    "an alarm without the number helps nobody",
                    MEND},
    [RULE_MEMORY] = {"memory", CHECK_ERROR,
                     "what was told counts until it is taken back, and what "
                     "is taken back takes nothing else along",
                     MEND},
    [RULE_CONFIRMED] = {"confirmed", CHECK_ERROR,
                        "an emergency stands until its taking back is "
                        "confirmed: a slip must not end it",
                        MEND},
    [RULE_REASSURANCE] = {"reassurance", CHECK_ERROR,
                          "nothing calms at tier professional or above: who "
                          "is calmed does not go",
                          MEND},
    [RULE_ANSWER] = {"answer", CHECK_ERROR,
                     "every message is answered with words: silence "
                     "leaves people waiting",
                     MEND},
    [RULE_CALLING] = {"calling", CHECK_ERROR,
                      "no form asks at tier urgent or above, and no screening "
                      "above none: who should be calling answers no questions",
                      MEND},
    [RULE_THIRD] = {"third", CHECK_ERROR,
                    "no question is put a third time: who did not "
                    "answer twice does not want to",
                    MEND},
    [RULE_EXIT] = {"exit", CHECK_ERROR,
                   "every question can be left in one message that "
                   "changes nothing else",
                   MEND},
    [RULE_START] = {"start", CHECK_ERROR,
                    "from everywhere one message starts over: no "
                    "conversation is a dead end",
                    MEND},
    [RULE_LIVELOCK] = {"livelock", CHECK_ERROR,
                       "who says the same again and again is not "
                       "asked again and again",
                       MEND},
    [RULE_CLASSES] = {"classes", CHECK_ERROR,
                      "the proof holds for all members of a class only when "
                      "they come to the same",
                      MEND},
};

const char *talk__proof_rule_name(enum rule rule)
{
    return rules[rule].name;
}

const char *talk__proof_rule_reason(enum rule rule)
{
    return rules[rule].why;
}

size_t talk__proof_rule_count(void)
{
    return RULE_COUNT;
}

const struct check_rule *talk__proof_rule(size_t index)
{
    return &rules[index];
}

struct judging {
    const struct proof *proof;
    const struct pack *pack;
    const struct seen *seen;
    const struct recall *next;
    talk_tier tier; /* after the message, worked out anew */
    struct breach *out;
    size_t count;
};

static void breach(struct judging *j, struct breach breach)
{
    if (j->count < BREACHES_MAX) j->out[j->count++] = breach;
}

static void breach_by(struct judging *j, enum rule rule, uint32_t response)
{
    breach(j, (struct breach){rule, response, NO_INDEX, NO_INDEX});
}

static void breach_of(struct judging *j, enum rule rule, uint32_t finding)
{
    breach(j, (struct breach){rule, NO_INDEX, NO_INDEX, finding});
}

/* ---- What was told ---- */

static bool told_act(const struct judging *j, enum topic_act act)
{
    const struct told *told = j->seen->told;
    for (size_t i = 0; i < told->topic_count; i++) {
        if (j->pack->topics[told->topics[i]].act == act) return true;
    }
    return false;
}

static bool told_not(const struct judging *j, uint32_t finding)
{
    const struct told *told = j->seen->told;
    for (size_t i = 0; i < told->finding_count; i++) {
        if (told->findings[i].finding == finding &&
            !told->findings[i].counts) {
            return true;
        }
    }
    for (size_t i = 0; i < told->value_count; i++) {
        const struct threshold *threshold =
            j->pack->slots[told->values[i].slot].threshold;
        if (threshold && threshold->finding == finding) return true;
    }
    const struct question *open = &j->seen->last->open;
    return open->of_finding && open->index == finding &&
           told->answers[ANSWER_NO];
}

/* It outlasts a long silence. */
static bool lasts(const struct judging *j, uint32_t finding)
{
    const struct finding *rule = &j->pack->findings[finding];
    return rule->tier == TALK_TIER_AVOID || rule->past_counts ||
           rule->past_stays;
}

static bool is_forgotten(const struct judging *j, uint32_t finding)
{
    return j->seen->turn->decision.reset ||
           (j->seen->gap == GAP_STALE && !lasts(j, finding));
}

/* The tier from which this message may raise it. */
static talk_tier tier_before(const struct judging *j)
{
    const struct recall *last = j->seen->last;
    talk_tier tier = TALK_TIER_NONE;
    for (uint32_t i = 0; i < last->known_count; i++) {
        const struct known *known = &last->known[i];
        if (!known->counts || known->finding == NO_INDEX ||
            is_forgotten(j, known->finding)) {
            continue;
        }
        talk_tier its = talk__proof_tier_of(j->pack, last, known->finding);
        if (its > tier) tier = its;
    }
    return tier;
}

/* ---- What is remembered ---- */

static void judge_told(struct judging *j)
{
    const struct told *told = j->seen->told;
    for (size_t i = 0; i < told->finding_count; i++) {
        const struct told_finding *it = &told->findings[i];
        if (it->counts && !talk__recall_counts(j->next, it->finding)) {
            breach_of(j, RULE_ESCALATION, it->finding);
        }
    }
    if (j->next->tier != j->tier) breach_of(j, RULE_ESCALATION, NO_INDEX);
}

/* When that was told which is told last, of what is not forgotten. */
static uint32_t newest_turn(const struct judging *j)
{
    const struct recall *last = j->seen->last;
    uint32_t turn = 0;
    for (uint32_t i = 0; i < last->known_count; i++) {
        const struct known *known = &last->known[i];
        if (known->finding != NO_INDEX && !is_forgotten(j, known->finding) &&
            known->turn > turn) {
            turn = known->turn;
        }
    }
    if (j->seen->gap == GAP_STALE) return turn;
    for (uint32_t i = 0; i < last->filled_count; i++) {
        if (last->filled[i].turn > turn) turn = last->filled[i].turn;
    }
    return turn;
}

/* Of what counts that which was told last; conditions may be another's, but
 * do not end. Who says both, that it is over and another's, says that it is
 * over. */
static bool is_ended(struct judging *j, const struct known *ended)
{
    const struct recall *last = j->seen->last;
    bool over = told_act(j, TOPIC_ENDS);
    bool disowned = !over && told_act(j, TOPIC_DISOWNS);
    if (over ? talk__triage_lasts(j->pack, ended->finding) : !disowned) {
        return false;
    }
    for (uint32_t i = 0; i < last->known_count; i++) {
        const struct known *known = &last->known[i];
        if (known->counts && known->finding != NO_INDEX &&
            !is_forgotten(j, known->finding) && known->turn > ended->turn &&
            (disowned || !talk__triage_lasts(j->pack, known->finding))) {
            return false;
        }
    }
    return true;
}

static void judge_memory(struct judging *j)
{
    const struct recall *last = j->seen->last;
    bool back = told_act(j, TOPIC_TAKES_BACK);
    bool surely = j->seen->told->answers[ANSWER_SURELY];
    uint32_t newest = newest_turn(j);
    for (uint32_t i = 0; i < last->known_count; i++) {
        const struct known *known = &last->known[i];
        uint32_t finding = known->finding;
        if (!known->counts || finding == NO_INDEX ||
            is_forgotten(j, finding) ||
            talk__recall_counts(j->next, finding)) {
            continue;
        }
        bool taken_back = told_not(j, finding) ||
                          (back && known->turn == newest) ||
                          is_ended(j, known) || (known->doubted && surely);
        if (!taken_back) breach_of(j, RULE_MEMORY, finding);
        if (!known->doubted && talk__proof_tier_of(j->pack, last, finding) >=
                                   TALK_TIER_EMERGENCY) {
            breach_of(j, RULE_CONFIRMED, finding);
        }
    }
}

static void judge_screening(struct judging *j)
{
    const struct recall *last = j->seen->last;
    const bool *answers = j->seen->told->answers;
    if (j->next->screening != SCREENING_CLEAR) return;
    if (last->screening == SCREENING_CLEAR && !j->seen->turn->decision.reset) {
        return;
    }
    bool plain_no = answers[ANSWER_NO] && !answers[ANSWER_YES] &&
                    !answers[ANSWER_UNSURE] && !answers[ANSWER_SKIP];
    if (last->screening != SCREENING_OPEN || !plain_no ||
        j->tier != TALK_TIER_NONE || j->seen->told->flags_unread) {
        breach_of(j, RULE_SCREENING, NO_INDEX);
    }
}

/* ---- What is said ---- */

static bool own_rise(const struct judging *j, uint32_t response)
{
    for (uint32_t i = 0; i < j->next->known_count; i++) {
        const struct known *known = &j->next->known[i];
        if (known->counts && known->finding != NO_INDEX &&
            (j->pack->findings[known->finding].rise == response ||
             j->pack->findings[known->finding].stand == response) &&
            talk__proof_tier_of(j->pack, j->next, known->finding) == j->tier) {
            return true;
        }
    }
    return false;
}

static void judge_rise(struct judging *j)
{
    const struct talk_turn *turn = j->seen->turn;
    if (j->tier <= tier_before(j) || turn->message_count == 0) return;
    const struct tier_policy *policy = &j->pack->policy.tiers[j->tier];
    uint32_t first = turn->messages[0].response;
    if (first == policy->rise || first == policy->stand ||
        own_rise(j, first)) {
        return;
    }
    breach_by(j, RULE_ESCALATION, first);
}

/* What any wording that may be said there gives away, and the one said. */
static struct gives all_given(const struct judging *j,
                              const struct spoken *spoken)
{
    uint32_t response = spoken->response;
    const struct wording_gives *said =
        &j->proof->wordings[response][spoken->worded.wording];
    bool clear = j->next->screening == SCREENING_CLEAR;
    struct gives gives = j->proof->gives[response][j->tier][clear];
    if (j->proof->spoken_only) gives = (struct gives){.names = true};
    gives.technique |= said->technique;
    gives.reassures |= said->reassures;
    gives.names &= (said->names & (1u << j->tier)) != 0;
    return gives;
}

static void judge_words(struct judging *j, const struct spoken *spoken)
{
    const struct tier_policy *policy = &j->pack->policy.tiers[j->tier];
    uint32_t response = spoken->response;
    struct gives gives = all_given(j, spoken);
    bool clear = j->next->screening == SCREENING_CLEAR;
    bool of_tier = response == policy->rise || response == policy->stand ||
                   response == policy->refuse || own_rise(j, response);
    if (of_tier && !gives.names) breach_by(j, RULE_NAMES, response);
    if (gives.technique && (j->tier != TALK_TIER_NONE || !clear)) {
        breach_by(j, RULE_TECHNIQUE, response);
    }
    if (gives.reassures && j->tier >= TALK_TIER_PROFESSIONAL) {
        breach_by(j, RULE_REASSURANCE, response);
    }
    if (spoken->worded.length == 0) breach_by(j, RULE_ANSWER, response);
}

static void judge_calling(struct judging *j, uint32_t response)
{
    bool screens = talk__policy_screens(&j->pack->policy, response);
    if ((screens && j->tier > TALK_TIER_NONE) ||
        (j->tier >= TALK_TIER_URGENT && talk__forms_ask(j->pack, response))) {
        breach_by(j, RULE_CALLING, response);
    }
}

static const char *words_of(const struct pack *pack,
                            const struct question *question)
{
    if (question->index == NO_INDEX) return "";
    return question->of_finding ? pack->findings[question->index].ask
                                : pack->slots[question->index].ask;
}

/* Times that the open question was put, whichever name it had. */
static uint32_t times_put(const struct judging *j, const struct recall *recall)
{
    const char *words = words_of(j->pack, &j->next->open);
    uint32_t times = 0;
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const char *other = words_of(j->pack, &recall->asked[i].question);
        if (words && other && strcmp(words, other) == 0) {
            times += recall->asked[i].times;
        }
    }
    return times;
}

static void judge_third(struct judging *j)
{
    if (j->next->open.index == NO_INDEX) return;
    uint32_t times = times_put(j, j->next);
    if (times <= 2 || times == times_put(j, j->seen->last)) return;
    for (size_t i = 0; i < j->seen->turn->message_count; i++) {
        uint32_t response = j->seen->turn->messages[i].response;
        if (!talk__forms_ask(j->pack, response)) continue;
        breach_by(j, RULE_THIRD, response);
        return;
    }
}

size_t talk__proof_judge(const struct proof *proof, const struct seen *seen,
                         struct breach *out)
{
    const struct recall *next = &seen->turn->decision.next;
    struct judging judging = {.proof = proof,
                              .pack = proof->pack,
                              .seen = seen,
                              .next = next,
                              .tier = talk__proof_tier(proof->pack, next),
                              .out = out};
    judge_told(&judging);
    judge_memory(&judging);
    judge_screening(&judging);
    judge_rise(&judging);
    for (size_t i = 0; i < seen->turn->message_count; i++) {
        const struct spoken *spoken = &seen->turn->messages[i];
        judge_words(&judging, spoken);
        judge_calling(&judging, spoken->response);
    }
    judge_third(&judging);
    if (seen->turn->message_count == 0) {
        breach_by(&judging, RULE_ANSWER, NO_INDEX);
    }
    return judging.count;
}
