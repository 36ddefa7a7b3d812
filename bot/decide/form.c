/* form.c - gathering: one question at a time, never what is known, never more
 * than twice, and no next one to somebody who does not answer.
 * In: the pack's form, what is known.  Out: the next question.
 * Knows no symptom: questions are of slots and findings. */
#include <string.h>

#include "desk.h"

/* Times that a question is put. */
enum { ASKED_MAX = 2 };

static const struct question no_question = {.name = "", .index = NO_INDEX};

static bool same(const struct question *a, const struct question *b)
{
    return a->of_finding == b->of_finding && strcmp(a->name, b->name) == 0;
}

static struct asked *asked_of(struct recall *recall,
                              const struct question *question)
{
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        if (same(&recall->asked[i].question, question)) {
            return &recall->asked[i];
        }
    }
    return NULL;
}

static struct question question_of(const struct pack *pack,
                                   const struct step *step)
{
    const char *name = step->of_finding ? pack->findings[step->index].name
                                        : pack->slots[step->index].name;
    return (struct question){name, step->index, step->of_finding};
}

static bool is_known(const struct recall *recall,
                     const struct question *question)
{
    if (question->index == NO_INDEX) return false;
    if (!question->of_finding) {
        return talk__recall_has_slot(recall, question->index);
    }
    const struct known *known = talk__recall_known(recall, question->index);
    return known &&
           (known->counts || known->polarity != POLARITY_OTHER_PERSON);
}

static const struct form *form_of(const struct desk *desk)
{
    uint32_t form = desk->out->next.form;
    return form == NO_INDEX ? NULL : &desk->pack->forms[form];
}

/* ---- The answer ---- */

static bool told_more(const struct told *told)
{
    return told->finding_count > 0 || told->value_count > 0;
}

/* "is numbness bad?" is no answer, nor is "my sister had that". */
static bool is_own(const struct told_finding *told)
{
    return told->counts || told->polarity == POLARITY_ABSENT ||
           told->polarity == POLARITY_PAST;
}

static bool told_of(const struct told *told, const struct question *question)
{
    if (question->of_finding) {
        for (size_t i = 0; i < told->finding_count; i++) {
            if (told->findings[i].finding == question->index &&
                is_own(&told->findings[i])) {
                return true;
            }
        }
        return false;
    }
    for (size_t i = 0; i < told->value_count; i++) {
        if (told->values[i].slot == question->index) return true;
    }
    return false;
}

static talk_status tell(struct desk *desk, struct arena *arena,
                        struct told_finding told)
{
    struct told_finding *findings = talk__arena_array(
        arena, desk->told->finding_count + 1, sizeof *findings);
    if (!findings) return TALK_NOMEM;
    if (desk->told->finding_count) {
        memcpy(findings, desk->told->findings,
               desk->told->finding_count * sizeof *findings);
    }
    findings[desk->told->finding_count++] = told;
    desk->told->findings = findings;
    return TALK_OK;
}

/* The question was put in the last turn. Later, a bare "yes" is meant for
 * something else. */
static bool just_put(const struct desk *desk)
{
    const struct form *form = form_of(desk);
    for (uint32_t i = 0; form && i < desk->last->said_count; i++) {
        const struct said *said = &desk->last->said[i];
        if (said->turn == desk->last->turns &&
            talk__form_asks(form, said->response)) {
            return true;
        }
    }
    return false;
}

talk_status talk__form_hear(struct desk *desk, struct arena *arena)
{
    struct recall *next = &desk->out->next;
    struct told *told = desk->told;
    struct question open = next->open;
    if (open.index == NO_INDEX) return TALK_OK;
    bool put = just_put(desk);
    bool yes = put && told->answers[ANSWER_YES];
    bool no = put && told->answers[ANSWER_NO];
    bool skip =
        put && (told->answers[ANSWER_SKIP] || told->answers[ANSWER_UNSURE]);
    bool heard = told_of(told, &open);
    struct asked *asked = asked_of(next, &open);
    if (!heard && !skip && open.of_finding && yes != no) {
        struct told_finding answer = {
            open.index, yes ? POLARITY_PRESENT : POLARITY_ABSENT, yes};
        if (tell(desk, arena, answer) != TALK_OK) return TALK_NOMEM;
        heard = true;
    }
    /* "no" to "what brings it on?": there is nothing to tell. */
    bool nothing = !heard && !open.of_finding && no;
    desk->misfit =
        !heard && !skip && !nothing && (yes || no) && !told_more(told);
    if (!heard && !skip && !nothing) return TALK_OK;
    desk->answered = true;
    if (asked) asked->settled = true;
    next->open = no_question;
    desk->skipped = !heard && !nothing;
    return TALK_OK;
}

/* ---- The next question ---- */

static bool any_counts(const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->known_count; i++) {
        if (recall->known[i].counts) return true;
    }
    return false;
}

/* Who only says what is not so, or what another has, is asked nothing. */
static bool is_complaint(const struct desk *desk)
{
    const struct told *told = desk->told;
    if (told->topic_count > 0 || any_counts(&desk->out->next)) return true;
    return told->value_count > 0 && told->finding_count == 0;
}

/* A topic that opens a form was answered. */
static void open_form(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    uint32_t topic = desk->out->topic;
    if (next->form != NO_INDEX || next->form_over || !is_complaint(desk)) {
        return;
    }
    for (uint32_t i = 0; i < desk->pack->form_count; i++) {
        const struct form *form = &desk->pack->forms[i];
        for (uint32_t j = 0; j < form->starts.count; j++) {
            if (form->starts.items[j] != topic) continue;
            next->form = i;
            next->form_name = form->name;
            return;
        }
    }
}

static void put(struct desk *desk, const struct question *question,
                uint32_t response, const char *why)
{
    struct recall *next = &desk->out->next;
    struct asked *asked = asked_of(next, question);
    if (!asked) {
        if (next->asked_count == STEPS_MAX) return;
        asked = &next->asked[next->asked_count++];
        *asked = (struct asked){.question = *question};
    }
    asked->times++;
    next->open = *question;
    desk->asked = true;
    talk__act(desk, response, why);
}

static void close_form(struct recall *next)
{
    next->form = NO_INDEX;
    next->form_name = "";
    next->form_over = true;
    next->open = no_question;
}

static void put_next(struct desk *desk, const struct form *form)
{
    struct recall *next = &desk->out->next;
    for (uint32_t i = 0; i < form->step_count; i++) {
        const struct step *step = &form->steps[i];
        struct question question = question_of(desk->pack, step);
        struct asked *asked = asked_of(next, &question);
        if (is_known(next, &question) || (asked && asked->settled) ||
            !talk__when_holds(step->when, next) ||
            (asked && asked->times >= ASKED_MAX)) {
            continue;
        }
        put(desk, &question, form->ask, "the form asks");
        return;
    }
    close_form(next);
    talk__act(desk, form->done, "the form is filled in");
}

/* All was taken back: there is nothing to ask about. */
static bool nothing_left(const struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    return desk->taken_back && next->filled_count == 0 && !any_counts(next);
}

/* A word of thanks or of farewell is no moment for a question. */
static bool is_moment(const struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    uint32_t topic = desk->out->topic;
    if (next->screening == SCREENING_OPEN || desk->technique_asked ||
        talk__triage_doubted(next) != NO_INDEX) {
        return false;
    }
    return topic == NO_INDEX || !desk->pack->topics[topic].alone;
}

/* Nothing of the message was understood, or it fits no such question. */
static bool unclear(const struct desk *desk)
{
    return desk->misfit ||
           (desk->out->act_count == 0 && !told_more(desk->told));
}

void talk__form_ask(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    bool opened = next->form == NO_INDEX;
    if (desk->cancelled) return;
    if (nothing_left(desk)) {
        close_form(next);
        next->form_over = false;
        next->asked_count = 0;
        return;
    }
    open_form(desk);
    const struct form *form = form_of(desk);
    /* The form may be one that the pack has no more. */
    if (!form || !talk__when_holds(form->when, next)) {
        next->open = no_question;
        return;
    }
    if (desk->skipped) {
        talk__act(desk, form->skipped, "the question was passed over");
    }
    if (desk->asked || !is_moment(desk)) return;
    struct asked *asked = asked_of(next, &next->open);
    if (next->open.index == NO_INDEX) {
        if (opened || desk->answered || told_more(desk->told)) {
            put_next(desk, form);
        }
    } else if (asked && asked->times < ASKED_MAX) {
        bool other = unclear(desk) && form->unclear != NO_INDEX;
        put(desk, &next->open, other ? form->unclear : form->again,
            "the form asks once more");
    } else if (asked && (told_more(desk->told) || desk->misfit)) {
        asked->settled = true; /* not answered twice, but something else */
        next->open = no_question;
        put_next(desk, form);
    }
    /* Else it was put twice: it may be answered, and is not put again. */
}

/* ---- Acts of topics ---- */

bool talk__form_justify(struct desk *desk)
{
    const struct form *form = form_of(desk);
    const struct question *open = &desk->out->next.open;
    if (!form || open->index == NO_INDEX) return false;
    desk->asked = true;
    talk__act(desk, form->because, "asked why the question is put");
    return true;
}

bool talk__form_go_back(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    const struct form *form = form_of(desk);
    if (!form) return false;
    uint32_t at = next->asked_count;
    for (uint32_t i = 0; i < next->asked_count; i++) {
        if (same(&next->asked[i].question, &next->open)) at = i;
    }
    if (at == 0) return false;
    struct asked *asked = &next->asked[at - 1];
    if (asked->question.index == NO_INDEX) return false;
    asked->settled = false;
    if (asked->times < ASKED_MAX) asked->times++;
    next->open = asked->question;
    desk->asked = true;
    talk__act(desk, form->ask, "back to the question before");
    return true;
}

void talk__form_cancel(struct desk *desk)
{
    struct recall *next = &desk->out->next;
    desk->cancelled = true;
    if (next->screening == SCREENING_OPEN) talk__screening_drop(desk);
    if (next->form != NO_INDEX) close_form(next);
}
