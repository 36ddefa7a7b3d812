/* proof_letters.c - the alphabet: every class of message, alone and together
 * with what else may stand in it.
 * In: classes.  Out: letters; for each in a state the settings to try.
 *
 * One message holds at most two findings or topics here. Each thing that is
 * told acts by itself, but for the highest tier and for what is denied in the
 * same breath; two are enough for both. */
#include <string.h>

#include "proof_model.h"

static const struct letter nothing = {.slot = NO_INDEX};

static void add(struct proof *proof, struct letter letter)
{
    if (!talk__arena_room(&proof->arena, (void **)&proof->letters,
                          proof->letter_count, &proof->letter_capacity,
                          sizeof *proof->letters)) {
        proof->status = TALK_NOMEM;
        return;
    }
    proof->letters[proof->letter_count++] = letter;
}

/* ---- Atoms ---- */

static struct letter with_finding(const struct proof *proof,
                                  struct letter letter, uint32_t class,
                                  enum polarity polarity, bool for_other)
{
    uint32_t finding = proof->findings.first[class];
    const struct finding *rule = &proof->pack->findings[finding];
    bool counts = polarity == POLARITY_PRESENT ||
                  (polarity == POLARITY_PAST && rule->past_counts) ||
                  (polarity == POLARITY_OTHER_PERSON && for_other);
    letter.findings[letter.finding_count++] =
        (struct told_finding){finding, polarity, counts};
    return letter;
}

static struct letter with_topic(const struct proof *proof,
                                struct letter letter, uint32_t class)
{
    letter.topics[letter.topic_count++] = proof->topics.first[class];
    return letter;
}

static struct letter with_answers(struct letter letter, unsigned answers)
{
    letter.answers = answers;
    return letter;
}

enum {
    YES = 1u << ANSWER_YES,
    SURELY = 1u << ANSWER_YES | 1u << ANSWER_SURELY,
    NO = 1u << ANSWER_NO,
    UNSURE = 1u << ANSWER_UNSURE,
    SKIP = 1u << ANSWER_SKIP
};
static const unsigned answers[] = {SURELY, NO, UNSURE, SKIP, YES, SURELY | NO};
enum { ANSWERS = sizeof answers / sizeof *answers, ANSWERS_TOGETHER = 3 };

/* The findings that matter to what is explored: all, or those of the forms.
 * Where no form asks, as at an emergency, forms do not matter. */
static bool is_told(const struct proof *proof, uint32_t class)
{
    uint32_t finding = proof->findings.first[class];
    return proof->part == PART_CARE || proof->form_finding[finding];
}

/* What is past or another's comes back in the other part only. */
static bool is_asked(const struct proof *proof, uint32_t class)
{
    enum topic_act act = proof->pack->topics[proof->topics.first[class]].act;
    return proof->part == PART_CARE || act != TOPIC_BRINGS_BACK;
}

static bool acts(const struct proof *proof, uint32_t class)
{
    const struct topic *topic =
        &proof->pack->topics[proof->topics.first[class]];
    uint32_t as = topic->redirect == NO_INDEX ? proof->topics.first[class]
                                              : topic->redirect;
    uint32_t response = proof->pack->topics[as].response;
    return topic->act != TOPIC_ANSWERS ||
           proof->pack->responses[response].technique;
}

/* Whether it is told beside other things, too. Among questions plain answers
 * are all alike, but for those that open a form. */
static bool is_beside(const struct proof *proof, uint32_t class)
{
    if (proof->part == PART_CARE) return true;
    if (!is_asked(proof, class)) return false;
    if (acts(proof, class) ||
        proof->topics.first[class] == proof->pack->policy.symptoms) {
        return true;
    }
    for (uint32_t i = 0; i < class; i++) {
        if (!acts(proof, i)) return false;
    }
    return true;
}

/* ---- One thing ---- */

static struct letter alone(struct letter letter)
{
    letter.single = true;
    return letter;
}

static void add_findings(struct proof *proof)
{
    for (uint32_t c = 0; c < proof->findings.count; c++) {
        if (!is_told(proof, c)) continue;
        const struct finding *rule =
            &proof->pack->findings[proof->findings.first[c]];
        for (int p = 0; p < POLARITY_COUNT; p++) {
            enum polarity polarity = (enum polarity)p;
            bool other =
                polarity == POLARITY_PAST || polarity == POLARITY_OTHER_PERSON;
            if (proof->part == PART_QUESTIONS && other) continue;
            if (polarity == POLARITY_PAST && rule->past_stays) continue;
            if (polarity == POLARITY_HYPOTHETICAL && rule->supposed_stays) {
                continue;
            }
            struct letter letter =
                with_finding(proof, nothing, c, polarity, false);
            letter.single = polarity <= POLARITY_ABSENT;
            add(proof, letter);
        }
        if (proof->part == PART_QUESTIONS) continue;
        add(proof,
            with_finding(proof, nothing, c, POLARITY_OTHER_PERSON, true));
    }
}

/* Where any question may be open, values matter only by what is found by
 * them; one slot without such a threshold is enough. */
static bool is_valued(const struct proof *proof, uint32_t slot)
{
    if (proof->part == PART_QUESTIONS) return !proof->folded_slot[slot];
    if (slot == 0 || proof->pack->slots[slot].threshold) return true;
    for (uint32_t i = 0; i < slot; i++) {
        if (!proof->pack->slots[i].threshold) return false;
    }
    return true;
}

static void add_slots(struct proof *proof)
{
    for (uint32_t i = 0; i < proof->pack->slot_count; i++) {
        struct letter letter = nothing;
        letter.slot = i;
        if (!is_valued(proof, i)) continue;
        add(proof, alone(letter));
        letter.high = true;
        if (proof->part == PART_CARE && proof->pack->slots[i].threshold) {
            add(proof, alone(letter));
        }
    }
}

static void add_oddities(struct proof *proof)
{
    for (uint32_t i = 0; i <= GUESSES; i++) {
        struct letter letter = nothing;
        letter.guesses = i;
        letter.single = i == 0;
        add(proof, letter); /* nothing that is known */
    }
    struct letter letter = nothing;
    letter.empty = true;
    add(proof, alone(letter));
    letter = nothing;
    letter.part_unread = true;
    add(proof, letter);
    letter = nothing;
    letter.flags_unread = true;
    add(proof, letter);
}

static void add_atoms(struct proof *proof)
{
    for (size_t i = 0; i < ANSWERS; i++) {
        add(proof, alone(with_answers(nothing, answers[i])));
    }
    for (uint32_t c = 0; c < proof->topics.count; c++) {
        if (!is_asked(proof, c)) continue;
        add(proof, alone(with_topic(proof, nothing, c)));
    }
    add_slots(proof);
    add_findings(proof);
    add_oddities(proof);
}

/* ---- Two things ---- */

static void add_with_finding(struct proof *proof, uint32_t class)
{
    for (int p = POLARITY_PRESENT; p <= POLARITY_ABSENT; p++) {
        struct letter base =
            with_finding(proof, nothing, class, (enum polarity)p, false);
        for (uint32_t t = 0; t < proof->topics.count; t++) {
            if (!is_beside(proof, t)) continue;
            add(proof, with_topic(proof, base, t));
        }
        for (size_t i = 0; i < ANSWERS_TOGETHER; i++) {
            add(proof, with_answers(base, answers[i]));
        }
        struct letter unread = base;
        unread.flags_unread = true;
        add(proof, unread);
        for (uint32_t c = 0; c < proof->findings.count; c++) {
            if (!is_told(proof, c)) continue;
            if (p == POLARITY_PRESENT && c > class) {
                add(proof,
                    with_finding(proof, base, c, POLARITY_PRESENT, false));
            }
            add(proof, with_finding(proof, base, c,
                                    p == POLARITY_PRESENT ? POLARITY_ABSENT
                                                          : POLARITY_PRESENT,
                                    false));
        }
    }
}

static void add_with_topic(struct proof *proof, uint32_t class)
{
    struct letter base = with_topic(proof, nothing, class);
    for (size_t i = 0; i < ANSWERS_TOGETHER; i++) {
        add(proof, with_answers(base, answers[i]));
    }
    for (uint32_t i = 0; i < proof->pack->slot_count; i++) {
        struct letter valued = base;
        valued.slot = i;
        if (is_valued(proof, i)) add(proof, valued);
    }
    if (!acts(proof, class)) return;
    for (uint32_t c = 0; c < proof->topics.count; c++) {
        if (c == class || !is_asked(proof, c)) continue;
        if (proof->part == PART_QUESTIONS && !acts(proof, c)) continue;
        add(proof, with_topic(proof, base, c));
        if (!acts(proof, c)) {
            add(proof,
                with_topic(proof, with_topic(proof, nothing, c), class));
        }
    }
}

/* Long after the last message, all that is told alone. */
static void add_later(struct proof *proof, enum gap gap)
{
    size_t count = proof->letter_count;
    for (size_t i = 0; i < count; i++) {
        if (!proof->letters[i].single) continue;
        struct letter letter = proof->letters[i];
        letter.gap = gap;
        letter.single = false;
        add(proof, letter);
    }
}

void talk__proof_letters(struct proof *proof)
{
    proof->letters = NULL;
    proof->letter_count = proof->letter_capacity = 0;
    add_atoms(proof);
    if (proof->status != TALK_OK) return;
    if (proof->part == PART_CARE) add_later(proof, GAP_DAY);
    if (proof->pack->policy.stale_hours > 0) add_later(proof, GAP_STALE);
    for (uint32_t c = 0; c < proof->findings.count; c++) {
        if (is_told(proof, c)) add_with_finding(proof, c);
    }
    for (uint32_t c = 0; c < proof->topics.count; c++) {
        if (is_beside(proof, c)) add_with_topic(proof, c);
    }
}

/* ---- Settings ---- */

static const struct setting as_it_is = {
    .step = NO_INDEX, .topic = NO_INDEX, .said = NO_INDEX};

static void set(struct proof *proof, size_t *count, struct setting setting)
{
    if (*count < SETTINGS_MAX) proof->settings[(*count)++] = setting;
}

/* Of what is known, each part may have been told last. Of many things: each
 * alone, and all. */
static void set_newest(struct proof *proof, const struct node *node,
                       size_t *count)
{
    enum { ALL_PARTS_MAX = 6 };
    uint32_t things = node->recall.known_count + node->recall.filled_count;
    struct setting setting = as_it_is;
    if (things > 30) things = 30;
    uint32_t last = (1u << things) - 1;
    for (uint32_t bits = 1; bits < last; bits++) {
        bool one = (bits & (bits - 1)) == 0;
        if (things > ALL_PARTS_MAX && !one) continue;
        setting.newest = bits;
        set(proof, count, setting);
    }
}

/* Any question that the answer or the value may be for. */
static void set_open(struct proof *proof, const struct letter *letter,
                     size_t *count)
{
    uint32_t step = 0;
    bool slot_done = letter->answers == 0;
    for (uint32_t i = 0; i < proof->pack->form_count; i++) {
        const struct form *form = &proof->pack->forms[i];
        for (uint32_t j = 0; j < form->step_count; j++, step++) {
            bool of_finding = form->steps[j].of_finding;
            bool its_own = !of_finding && form->steps[j].index == letter->slot;
            if (of_finding ? letter->answers == 0 : slot_done && !its_own) {
                continue;
            }
            slot_done |= !of_finding;
            struct setting setting = as_it_is;
            setting.step = step;
            set(proof, count, setting);
        }
    }
}

static bool does(const struct proof *proof, const struct letter *letter,
                 enum topic_act act)
{
    for (uint32_t i = 0; i < letter->topic_count; i++) {
        if (proof->pack->topics[letter->topics[i]].act == act) return true;
    }
    return false;
}

/* Among questions it counts only whether the screening's is open. */
static void set_screening(struct proof *proof, const struct node *node,
                          const struct letter *letter, size_t *count)
{
    struct setting setting = as_it_is;
    if (node->recall.screening == SCREENING_OPEN) {
        for (setting.screened = letter->answers ? 2 : 3; setting.screened <= 3;
             setting.screened++) {
            set(proof, count, setting);
        }
        return;
    }
    for (uint32_t i = 0; i < letter->topic_count; i++) {
        const struct topic *topic = &proof->pack->topics[letter->topics[i]];
        uint32_t as =
            topic->redirect == NO_INDEX ? letter->topics[i] : topic->redirect;
        uint32_t response = proof->pack->topics[as].response;
        if (!proof->pack->responses[response].technique) continue;
        setting.screening = SCREENING_CLEAR;
        set(proof, count, setting);
        setting.screening = SCREENING_DOUBT;
        set(proof, count, setting);
        setting.screened = 1; /* it may be put again */
        set(proof, count, setting);
        return;
    }
}

/* What goes on. With other things in the message only what does more than
 * answer matters. */
static void set_topic(struct proof *proof, const struct letter *letter,
                      size_t *count)
{
    struct setting setting = as_it_is;
    for (uint32_t i = 0; i < proof->topics.count; i++) {
        setting.topic = proof->topics.first[i];
        bool starts = setting.topic == proof->pack->policy.symptoms;
        bool tried =
            proof->part == PART_CARE && (letter->single || acts(proof, i));
        if (tried || starts) set(proof, count, setting);
    }
}

/* What is repeated. With other things in the message only what must not be
 * said everywhere matters. */
static void set_said(struct proof *proof, const struct letter *letter,
                     size_t *count)
{
    const struct policy *policy = &proof->pack->policy;
    struct setting setting = as_it_is;
    for (uint32_t i = 0; i < proof->responses.count; i++) {
        setting.said = proof->responses.first[i];
        const struct gives *gives = &proof->gives[setting.said][0][1];
        bool delicate = gives->technique || gives->reassures ||
                        setting.said == policy->screening_ask;
        if (proof->part == PART_CARE && (letter->single || delicate)) {
            set(proof, count, setting);
        }
    }
}

size_t talk__proof_settings(struct proof *proof, const struct node *node,
                            const struct letter *letter)
{
    size_t count = 0;
    struct setting setting = as_it_is;
    set(proof, &count, setting);
    if (proof->part == PART_CARE &&
        (letter->answers || letter->slot != NO_INDEX)) {
        set_open(proof, letter, &count);
    }
    if (proof->part == PART_CARE && letter->slot != NO_INDEX) {
        setting.filled = true;
        set(proof, &count, setting);
    }
    if (proof->part == PART_QUESTIONS) {
        set_screening(proof, node, letter, &count);
    }
    if (proof->part == PART_QUESTIONS &&
        does(proof, letter, TOPIC_GOES_BACK)) {
        for (uint32_t times = 1; times <= 2; times++) {
            setting = as_it_is;
            setting.times = times;
            set(proof, &count, setting);
        }
    }
    if (letter->topic_count == 0 && letter->finding_count == 0 &&
        letter->slot == NO_INDEX && letter->answers == 0) {
        for (uint32_t i = 1; i <= proof->pack->policy.fallback_count + 1;
             i++) {
            setting = as_it_is;
            setting.fallbacks = i;
            set(proof, &count, setting);
        }
    }
    if (does(proof, letter, TOPIC_GOES_ON)) set_topic(proof, letter, &count);
    if (does(proof, letter, TOPIC_REPEATS)) set_said(proof, letter, &count);
    if (does(proof, letter, TOPIC_TAKES_BACK) ||
        does(proof, letter, TOPIC_ENDS) ||
        does(proof, letter, TOPIC_DISOWNS) ||
        does(proof, letter, TOPIC_EXPLAINS)) {
        set_newest(proof, node, &count);
    }
    return count;
}
