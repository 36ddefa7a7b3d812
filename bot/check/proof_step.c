/* proof_step.c - says one message in one state, with the real engine: all of
 * it but understanding.
 * In: a state, a letter, a setting.  Out: the turn, and what was told. */
#include <stdio.h>
#include <string.h>

#include "proof_model.h"

enum { HOUR = 3600, DAY = 24 * HOUR };
/* When the last message came; any time will do. */
static const uint64_t BEFORE = 1000000;

bool talk__proof_may_hold(const struct when *when, const struct recall *recall)
{
    if (!when) return true;
    struct when others = *when;
    others.after.count = 0;
    others.said.count = 0;
    return talk__when_holds(&others, recall);
}

/* ---- What was remembered ---- */

static bool mark_newest(struct proof *proof, const struct setting *setting,
                        struct recall *last)
{
    if (setting->newest == 0) return true;
    struct arena *arena = &proof->worker->arena;
    struct known *known =
        talk__arena_array(arena, (size_t)last->known_count + 1, sizeof *known);
    struct filled *filled = talk__arena_array(
        arena, (size_t)last->filled_count + 1, sizeof *filled);
    if (!known || !filled) return false;
    uint32_t bit = 0;
    for (uint32_t i = 0; i < last->known_count; i++, bit++) {
        known[i] = last->known[i];
        if (setting->newest & (1u << (bit % 32))) known[i].turn = 2;
    }
    for (uint32_t i = 0; i < last->filled_count; i++, bit++) {
        filled[i] = last->filled[i];
        if (setting->newest & (1u << (bit % 32))) filled[i].turn = 2;
    }
    last->known = known;
    last->filled = filled;
    return true;
}

static void open_question(const struct pack *pack, uint32_t at,
                          struct recall *last)
{
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        if (at >= form->step_count) {
            at -= form->step_count;
            continue;
        }
        const struct step *step = &form->steps[at];
        const char *name = step->of_finding ? pack->findings[step->index].name
                                            : pack->slots[step->index].name;
        last->form = i;
        last->form_name = form->name;
        last->open = (struct question){name, step->index, step->of_finding};
        last->asked[0] = (struct asked){.question = last->open, .times = 1};
        last->asked_count = 1;
        last->said[0] = (struct said){pack->responses[form->ask].name,
                                      form->ask, 0, last->turns};
        last->said_count = 1;
        return;
    }
}

/* Who goes back comes to a question that was put so often. */
static void set_times(struct recall *last, uint32_t times)
{
    uint32_t at = 0;
    while (at < last->asked_count &&
           (last->asked[at].question.index != last->open.index ||
            last->asked[at].question.of_finding != last->open.of_finding)) {
        at++;
    }
    if (at > 0) last->asked[at - 1].times = times;
}

static bool fill(struct proof *proof, uint32_t slot, struct recall *last)
{
    if (talk__recall_has_slot(last, slot)) return true;
    struct filled *filled = talk__arena_array(
        &proof->worker->arena, (size_t)last->filled_count + 1, sizeof *filled);
    if (!filled) return false;
    for (uint32_t i = 0; i < last->filled_count; i++) {
        filled[i] = last->filled[i];
    }
    filled[last->filled_count++] =
        (struct filled){proof->pack->slots[slot].name, slot, "so", "", 1};
    last->filled = filled;
    return true;
}

static bool set_up(struct proof *proof, const struct node *node,
                   const struct letter *letter, const struct setting *setting,
                   struct recall *last)
{
    const struct pack *pack = proof->pack;
    *last = node->recall;
    last->at = BEFORE;
    last->replied = last->turns;
    last->fallbacks = setting->fallbacks;
    if (setting->topic != NO_INDEX) {
        last->topic = setting->topic;
        last->topic_name = pack->topics[setting->topic].name;
    }
    if (setting->said != NO_INDEX) {
        last->said[0] = (struct said){pack->responses[setting->said].name,
                                      setting->said, 0, last->turns};
        last->said_count = 1;
    }
    if (setting->step != NO_INDEX) open_question(pack, setting->step, last);
    if (setting->times) set_times(last, setting->times);
    if (setting->screened) last->screened = setting->screened;
    if (setting->screening != SCREENING_NOT_YET) {
        last->screening = setting->screening;
    }
    if (setting->filled && !fill(proof, letter->slot, last)) return false;
    return mark_newest(proof, setting, last);
}

/* ---- What is told ---- */

static uint64_t later(const struct pack *pack, enum gap gap)
{
    switch (gap) {
    case GAP_NONE: break;
    case GAP_DAY: return BEFORE + DAY - 1;
    case GAP_STALE:
        return BEFORE + (uint64_t)(pack->policy.stale_hours * HOUR) + 1;
    }
    return BEFORE + 1;
}

/* The normal form of a value of the slot. NULL: no memory. */
static const char *normal_of(struct arena *arena, const struct slot *slot,
                             bool high)
{
    char text[40];
    double number = slot->min > 0 ? slot->min : 1;
    if (high && slot->threshold) number = slot->threshold->from;
    if (slot->type == SLOT_CHOICE && slot->choice_count > 0) {
        return slot->choices[0];
    }
    if (slot->type != SLOT_SCALE && slot->type != SLOT_TIME) return "";
    const char *format = slot->type == SLOT_TIME ? "P%.0fD" : "%g";
    (void)snprintf(text, sizeof text, format, number);
    return talk__arena_text(arena, text, strlen(text));
}

static bool make_told(struct proof *proof, const struct letter *letter,
                      const struct recall *last, struct told *out)
{
    *out = (struct told){.findings = letter->findings,
                         .finding_count = letter->finding_count,
                         .topics = letter->topics,
                         .topic_count = letter->topic_count,
                         .empty = letter->empty,
                         .flags_unread = letter->flags_unread,
                         .part_unread = letter->part_unread,
                         .now = later(proof->pack, letter->gap)};
    for (unsigned i = 0; i < ANSWER_COUNT; i++) {
        out->answers[i] = (letter->answers & (1u << i)) != 0;
    }
    if (letter->slot == NO_INDEX) return true;
    struct told_value *value =
        talk__arena_take(&proof->worker->arena, sizeof *value);
    if (!value) return false;
    value->slot = letter->slot;
    value->value = "so";
    value->normal = normal_of(&proof->worker->arena,
                              &proof->pack->slots[letter->slot], letter->high);
    if (!value->normal) return false;
    /* Not the same words twice: what is told anew may change something. */
    if (talk__recall_has_slot(last, letter->slot)) value->value = "or so";
    out->values = value;
    out->value_count = 1;
    return true;
}

static void guess(const struct pack *pack, uint32_t count, uint32_t *out)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < GUESSES; i++) out[i] = NO_INDEX;
    for (uint32_t i = 0; i < pack->topic_count && found < count; i++) {
        if (pack->topics[i].ask) out[found++] = i;
    }
}

/* Was the question put already? */
static bool was_asked(const struct recall *recall, bool of_finding,
                      uint32_t index)
{
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const struct question *question = &recall->asked[i].question;
        if (question->of_finding == of_finding && question->index == index) {
            return true;
        }
    }
    return false;
}

/* The last slot and the first finding that the forms ask for: they stand for
 * all that may be told before it is asked for. */
static bool is_early(const struct proof *proof, bool of_finding,
                     uint32_t index)
{
    const struct pack *pack = proof->pack;
    uint32_t early = NO_INDEX;
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        for (uint32_t j = 0; j < form->step_count; j++) {
            const struct step *step = &form->steps[j];
            if (step->of_finding != of_finding) continue;
            if (!of_finding &&
                (step->when || proof->folded_slot[step->index])) {
                continue;
            }
            if (!of_finding || early == NO_INDEX) early = step->index;
        }
    }
    return early == index;
}

static bool in_time(const struct proof *proof, const struct recall *recall,
                    bool of_finding, uint32_t index)
{
    return was_asked(recall, of_finding, index) ||
           is_early(proof, of_finding, index);
}

bool talk__proof_is_told(const struct proof *proof, const struct node *node,
                         const struct letter *letter)
{
    const struct recall *recall = &node->recall;
    for (uint32_t i = 0; i < letter->topic_count; i++) {
        const struct topic *topic = &proof->pack->topics[letter->topics[i]];
        if (!talk__proof_may_hold(topic->when, recall)) return false;
    }
    if (proof->part == PART_CARE) return true;
    for (uint32_t i = 0; i < letter->finding_count; i++) {
        uint32_t finding = letter->findings[i].finding;
        if (proof->asked_finding[finding] &&
            !in_time(proof, recall, true, finding)) {
            return false;
        }
    }
    return letter->slot == NO_INDEX ||
           in_time(proof, recall, false, letter->slot);
}

bool talk__proof_step(struct proof *proof, const struct node *node,
                      const struct letter *letter,
                      const struct setting *setting, struct seen *out)
{
    struct talk_worker *worker = proof->worker;
    struct talk_turn *turn = &worker->turn;
    struct told *told = talk__arena_take(&worker->arena, sizeof *told);
    turn->pack = proof->pack;
    turn->message_count = 0;
    turn->action_count = 0;
    turn->technique = false;
    guess(proof->pack, letter->guesses, turn->heard.guesses);
    if (!told || !set_up(proof, node, letter, setting, &turn->last) ||
        !make_told(proof, letter, &turn->last, told)) {
        proof->status = TALK_NOMEM;
        return false;
    }
    proof->status = talk__respond(worker, told);
    *out = (struct seen){&turn->last, told, turn, letter->gap};
    return proof->status == TALK_OK;
}

/* ---- Questions ---- */

static bool is_question(const struct proof *proof, uint32_t response)
{
    /* Any question may be open where only findings are told; among the others
     * it does not count how often the screening was put. */
    return proof->part == PART_CARE
               ? talk__policy_screens(&proof->pack->policy, response)
               : talk__forms_ask(proof->pack, response);
}

bool talk__proof_asks(const struct proof *proof, const struct seen *seen)
{
    for (size_t i = 0; i < seen->turn->message_count; i++) {
        if (is_question(proof, seen->turn->messages[i].response)) {
            return true;
        }
    }
    return false;
}
