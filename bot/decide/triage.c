/* triage.c - how urgent a conversation is.
 * In: what was told, what was known.  Out: what is known now, and the tier:
 * the highest that any finding that counts demands.  Ignores questions.
 *
 * A finding counts until it is taken back. One that demands an emergency
 * counts on until the taking back is confirmed. */
#include <string.h>

#include "desk.h"
#include "number.h"

static bool any_counts(const struct recall *recall,
                       const struct index_list *findings)
{
    for (uint32_t i = 0; i < findings->count; i++) {
        if (talk__recall_counts(recall, findings->items[i])) return true;
    }
    return false;
}

talk_tier talk__triage_tier(const struct pack *pack,
                            const struct recall *recall, uint32_t index)
{
    const struct finding *finding = &pack->findings[index];
    talk_tier tier = finding->tier;
    for (uint32_t i = 0; i < finding->raise_count; i++) {
        const struct raise *raise = &finding->raises[i];
        if (raise->tier > tier && any_counts(recall, &raise->with)) {
            tier = raise->tier;
        }
    }
    return tier;
}

bool talk__triage_lasts(const struct pack *pack, uint32_t index)
{
    const struct finding *finding = &pack->findings[index];
    return finding->tier == TALK_TIER_AVOID || finding->past_counts ||
           finding->past_stays;
}

void talk__triage_settle(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    uint32_t best_turn = 0;
    desk->decider = NO_INDEX;
    next->tier = TALK_TIER_NONE;
    for (uint32_t i = 0; i < next->known_count; i++) {
        const struct known *known = &next->known[i];
        if (!known->counts || known->finding == NO_INDEX) continue;
        talk_tier tier = talk__triage_tier(desk->pack, next, known->finding);
        if (tier == TALK_TIER_NONE || tier < next->tier) continue;
        if (tier > next->tier || known->turn > best_turn) {
            desk->decider = known->finding;
            next->tier = tier;
            best_turn = known->turn;
        }
    }
}

/* ---- Taking in ---- */

/* In one message the present wins: "no numbness. wait, actually my pinky is
 * numb". Otherwise what was said last. */
static bool overrides(const struct known *known, uint32_t turn,
                      const struct told_finding *told)
{
    return known->turn != turn || !known->counts || told->counts;
}

/* True when it may go at once; else a question comes first, to be answered
 * in another message: "scratch that, no chest pain" is one doubt. */
static bool may_go(struct desk *desk, struct known *known)
{
    const struct known *before =
        known->finding == NO_INDEX
            ? NULL
            : talk__recall_known(desk->last, known->finding);
    if (!before || before->doubted || desk->pack->policy.confirm == NO_INDEX ||
        talk__triage_tier(desk->pack, &desk->out->next, known->finding) <
            TALK_TIER_EMERGENCY) {
        return true;
    }
    known->doubted = true;
    return false;
}

static void take_finding(struct desk *desk, const struct told_finding *told)
{
    struct recall *next = &desk->out->next;
    if (told->polarity == POLARITY_HYPOTHETICAL) return;
    struct known *known = talk__recall_known(next, told->finding);
    /* What another has says nothing of one's own. */
    if (known && told->polarity == POLARITY_OTHER_PERSON && !told->counts) {
        return;
    }
    if (!known) {
        known = &next->known[next->known_count++];
        *known =
            (struct known){.name = desk->pack->findings[told->finding].name,
                           .finding = told->finding};
    } else if (!overrides(known, next->turns, told)) {
        return;
    } else if (known->counts && !told->counts) {
        if (!may_go(desk, known)) return;
        desk->taken_back = true;
        desk->changed = true;
    }
    known->polarity = told->polarity;
    known->counts = told->counts;
    known->doubted = false;
    known->turn = next->turns;
}

/* The number of a normal form: "7", or the days of "P14D"; a time of hours
 * has none. false: there is no number. */
static bool number_of(const char *normal, double *out)
{
    if (*normal != 'P') return talk__number_read(normal, out);
    char days[NUMBER_SIZE];
    size_t length = strlen(normal);
    *out = 0;
    if (length < 3 || length - 2 >= sizeof days || normal[length - 1] != 'D') {
        return true;
    }
    memcpy(days, normal + 1, length - 2);
    days[length - 2] = '\0';
    return talk__number_read(days, out);
}

/* "9" to "how strong is it?" is severe pain, and "make that 3" takes it back.
 * Only for what was asked or corrected: else the finding's own patterns say
 * what the words mean. */
static void pass_threshold(struct desk *desk, const struct told_value *told)
{
    const struct threshold *threshold =
        desk->pack->slots[told->slot].threshold;
    struct recall *next = &desk->out->next;
    double number;
    if (!threshold || !number_of(told->normal, &number)) return;
    for (size_t i = 0; i < desk->told->finding_count; i++) {
        /* It was spoken of by name. */
        if (desk->told->findings[i].finding == threshold->finding) return;
    }
    struct told_finding marked = {threshold->finding, POLARITY_PRESENT, true};
    struct known *known = talk__recall_known(next, threshold->finding);
    bool with =
        threshold->with.count == 0 || any_counts(next, &threshold->with);
    if (number >= threshold->from) {
        if (with) take_finding(desk, &marked);
    } else if (known && known->counts && may_go(desk, known)) {
        *known = next->known[--next->known_count];
        desk->taken_back = true;
        desk->changed = true;
    }
}

static void take_value(struct desk *desk, const struct told_value *told)
{
    struct recall *next = &desk->out->next;
    const struct question *open = &desk->last->open;
    struct filled *filled = NULL;
    for (uint32_t i = 0; i < next->filled_count && !filled; i++) {
        if (next->filled[i].slot == told->slot) filled = &next->filled[i];
    }
    bool again = filled != NULL;
    if (!filled) {
        filled = &next->filled[next->filled_count++];
    } else if (strcmp(filled->value, told->value) != 0 &&
               desk->pack->slots[told->slot].label) {
        desk->taken_back = true;
        desk->changed = true;
    }
    bool asked = !open->of_finding && open->index == told->slot;
    *filled = (struct filled){desk->pack->slots[told->slot].name, told->slot,
                              told->value, told->normal, next->turns};
    if (asked || again) pass_threshold(desk, told);
}

/* "my mum fell and her back hurts", and then: "should i massage it?" What the
 * last message told of another counts once help is asked for that person;
 * where it may be one's own affair, only what is no mere condition. */
static void ask_for_them(struct desk *desk)
{
    const struct told *told = desk->told;
    struct recall *next = &desk->out->next;
    if (told->finding_count > 0 || (!told->for_other && !told->for_them)) {
        return;
    }
    for (uint32_t i = 0; i < next->known_count; i++) {
        struct known *known = &next->known[i];
        if (known->finding == NO_INDEX || known->counts ||
            known->polarity != POLARITY_OTHER_PERSON ||
            known->turn != desk->last->turns) {
            continue;
        }
        if (told->for_other ||
            !talk__triage_lasts(desk->pack, known->finding)) {
            known->counts = true;
            known->turn = next->turns;
        }
    }
}

talk_status talk__triage(struct desk *desk, struct arena *arena)
{
    const struct told *told = desk->told;
    struct recall *next = &desk->out->next;
    struct known *known = talk__arena_array(
        arena, next->known_count + told->finding_count + told->value_count + 1,
        sizeof *known);
    struct filled *filled = talk__arena_array(
        arena, next->filled_count + told->value_count + 1, sizeof *filled);
    if (!known || !filled) return TALK_NOMEM;
    if (next->known_count) {
        memcpy(known, next->known, next->known_count * sizeof *known);
    }
    if (next->filled_count) {
        memcpy(filled, next->filled, next->filled_count * sizeof *filled);
    }
    next->known = known;
    next->filled = filled;
    if (talk__asked_for(desk, TOPIC_TAKES_BACK)) {
        talk__triage_undo(desk);
    } else if (talk__asked_for(desk, TOPIC_BRINGS_BACK)) {
        talk__triage_redo(desk);
    } else if (talk__asked_for(desk, TOPIC_ENDS)) {
        talk__triage_end(desk);
    } else if (talk__asked_for(desk, TOPIC_DISOWNS)) {
        talk__triage_disown(desk);
    }
    ask_for_them(desk);
    for (size_t i = 0; i < told->finding_count; i++) {
        take_finding(desk, &told->findings[i]);
    }
    for (size_t i = 0; i < told->value_count; i++) {
        take_value(desk, &told->values[i]);
    }
    talk__triage_confirm(desk);
    talk__triage_settle(desk);
    return TALK_OK;
}

/* ---- Taking back ---- */

void talk__triage_undo(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    uint32_t turn = 0;
    for (uint32_t i = 0; i < next->known_count; i++) {
        if (next->known[i].turn > turn) turn = next->known[i].turn;
    }
    for (uint32_t i = 0; i < next->filled_count; i++) {
        if (next->filled[i].turn > turn) turn = next->filled[i].turn;
    }
    for (uint32_t i = 0; i < next->known_count && turn > 0; i++) {
        struct known *known = &next->known[i];
        if (known->turn != turn) continue;
        /* "scratch that" once more is no sure yes. */
        if (known->doubted || (known->counts && !may_go(desk, known))) {
            continue;
        }
        *known = next->known[--next->known_count];
        desk->taken_back = true;
        i--;
    }
    for (uint32_t i = 0; i < next->filled_count; i++) {
        if (next->filled[i].turn != turn) continue;
        next->filled[i--] = next->filled[--next->filled_count];
        desk->taken_back = true;
    }
}

void talk__triage_redo(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    uint32_t turn = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < next->known_count; i++) {
            struct known *known = &next->known[i];
            bool gone = known->polarity == POLARITY_PAST ||
                        known->polarity == POLARITY_OTHER_PERSON;
            if (known->counts || !gone) continue;
            if (pass == 0 && known->turn > turn) turn = known->turn;
            if (pass == 0 || known->turn != turn) continue;
            known->polarity = POLARITY_PRESENT;
            known->counts = true;
            known->turn = next->turns;
        }
    }
}

/* It counts, and it is no condition, which would not pass. */
static bool may_end(const struct desk *desk, const struct known *known)
{
    /* After an alarm, "it" is what the alarm was about. */
    if (desk->last->tier == TALK_TIER_EMERGENCY &&
        (known->finding == NO_INDEX ||
         talk__triage_tier(desk->pack, desk->last, known->finding) <
             TALK_TIER_EMERGENCY)) {
        return false;
    }
    return known->counts && known->finding != NO_INDEX &&
           !talk__triage_lasts(desk->pack, known->finding);
}

void talk__triage_end(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    uint32_t turn = 0;
    /* "i had a cramp, it is gone": that is what "it" is. */
    if (desk->told->finding_count > 0) return;
    for (uint32_t i = 0; i < next->known_count; i++) {
        const struct known *known = &next->known[i];
        if (may_end(desk, known) && known->turn > turn) turn = known->turn;
    }
    for (uint32_t i = 0; i < next->known_count; i++) {
        struct known *known = &next->known[i];
        if (!may_end(desk, known)) continue;
        if (known->turn != turn && desk->last->tier < TALK_TIER_EMERGENCY) {
            continue;
        }
        /* Of a doubted one the answer to the doubt decides. */
        if (known->doubted || !may_go(desk, known)) continue;
        known->polarity = POLARITY_PAST;
        known->counts = false;
        known->turn = next->turns;
        desk->taken_back = true;
        desk->changed = true;
    }
}

void talk__triage_disown(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    uint32_t turn = 0;
    for (uint32_t i = 0; i < next->known_count; i++) {
        const struct known *known = &next->known[i];
        if (known->counts && known->turn > turn) turn = known->turn;
    }
    if (turn == 0) {
        talk__triage_undo(desk);
        return;
    }
    for (uint32_t i = 0; i < next->known_count; i++) {
        struct known *known = &next->known[i];
        bool others =
            !known->counts && known->polarity == POLARITY_OTHER_PERSON;
        if (known->turn < turn || known->doubted || others) continue;
        if (known->counts && !may_go(desk, known)) continue;
        known->polarity = POLARITY_OTHER_PERSON;
        known->counts = false;
        desk->taken_back = true;
    }
    for (uint32_t i = 0; i < next->filled_count; i++) {
        if (next->filled[i].turn < turn) continue;
        next->filled[i--] = next->filled[--next->filled_count];
        desk->taken_back = true;
    }
}

uint32_t talk__triage_doubted(const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        if (known->doubted && known->finding != NO_INDEX) {
            return known->finding;
        }
    }
    return NO_INDEX;
}

/* Only a sure yes lets it go; whatever else was said, it counts on. */
void talk__triage_confirm(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    bool yes = desk->told->answers[ANSWER_SURELY];
    if (talk__triage_doubted(desk->last) == NO_INDEX) return;
    for (uint32_t i = 0; i < next->known_count; i++) {
        struct known *known = &next->known[i];
        const struct known *before =
            known->finding == NO_INDEX
                ? NULL
                : talk__recall_known(desk->last, known->finding);
        if (!known->doubted || !before || !before->doubted) continue;
        known->doubted = false;
        if (!yes) continue;
        desk->answered = true;
        known->counts = false;
        known->polarity = POLARITY_ABSENT;
        known->turn = next->turns;
        desk->taken_back = true;
        desk->changed = true;
    }
}
