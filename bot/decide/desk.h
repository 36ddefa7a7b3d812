/* desk.h - what the pieces of deciding share while one message is decided. */
#ifndef TALK_DECIDE_DESK_H
#define TALK_DECIDE_DESK_H

#include "decide.h"

struct desk {
    const struct pack *pack;
    const struct recall *last; /* before the message */
    struct told *told;
    struct decision *out;
    uint32_t decider; /* the finding that demands most, or NO_INDEX */
    bool technique_asked;
    bool answered;   /* the message answered a question that was open */
    bool skipped;    /* … by not answering it */
    bool asked;      /* a question of the form is among the acts */
    bool misfit;     /* … in words that fit another kind of question */
    bool cancelled;  /* no question is wanted */
    bool taken_back; /* something that counted does not any more */
    bool changed;    /* … because it was told otherwise */
};

/* Adds a thing to say, unless it is said already. */
void talk__act(struct desk *desk, uint32_t response, const char *why);
/* What does not hold any more, or how it is instead. */
void talk__act_taken_back(struct desk *desk, const char *why);
/* What the tier says as long as it stands. */
void talk__stand_by(struct desk *desk, const char *why);
bool talk__is_technique(const struct desk *desk, uint32_t topic);
/* A topic of this message does that. */
bool talk__asked_for(const struct desk *desk, enum topic_act act);
/* What a finding that counts wants said in place of any other answer, or
 * NO_INDEX. */
uint32_t talk__stand_of_finding(const struct desk *desk);
/* A finding of this message counts and demands `least` or more. */
bool talk__told_counting(const struct desk *desk, talk_tier least);

/* ---- triage.c ---- */

/* Takes findings and values into next, and sets its tier. TALK_NOMEM. */
talk_status talk__triage(struct desk *desk, struct arena *arena);
/* What was told in the last turn that told anything does not hold. */
void talk__triage_undo(struct desk *desk);
/* What was told last as past, or of another person, is here: "it came back".
 */
void talk__triage_redo(struct desk *desk);
/* The symptom that was told last is over: "it is gone". */
void talk__triage_end(struct desk *desk);
/* What was told last of what counts is another's, and so is what came since:
 * "that was my sister". */
void talk__triage_disown(struct desk *desk);
/* Sets the tier and the finding that demands most: of equal ones the last
 * told. */
void talk__triage_settle(struct desk *desk);
/* A finding whose taking back waits for a yes; or NO_INDEX. */
uint32_t talk__triage_doubted(const struct recall *recall);
/* A yes or a no to that. */
void talk__triage_confirm(struct desk *desk);

/* ---- screening.c ---- */

void talk__screening_request(struct desk *desk, uint32_t topic);
void talk__screening_hear(struct desk *desk);
void talk__screening_resume(struct desk *desk);
/* Nothing waits for it any more. */
void talk__screening_drop(struct desk *desk);
/* What could not be read may have been a flag: it is not asked for again. */
void talk__screening_doubt(struct desk *desk);

/* ---- form.c ---- */

/* "yes" and "no" to the open question become findings that were told. */
talk_status talk__form_hear(struct desk *desk, struct arena *arena);
/* Puts the next question, when there is one and the moment is right. */
void talk__form_ask(struct desk *desk);
/* The acts of topics on the open question. false: there is none. */
bool talk__form_justify(struct desk *desk);
bool talk__form_go_back(struct desk *desk);
void talk__form_cancel(struct desk *desk);

/* ---- hook.c ---- */

/* The first hook whose condition holds, or NULL. */
const struct hook *talk__hook_find(const struct desk *desk);
/* Says it before the acts from `at` on. */
void talk__hook_say(struct desk *desk, const struct hook *hook, size_t at);

/* ---- answer.c ---- */

void talk__answer_topics(struct desk *desk);
void talk__answer_findings(struct desk *desk);
/* A receipt for what was told, when there is no other word. */
void talk__answer_noted(struct desk *desk);
/* What the turn is about. */
void talk__answer_name(struct desk *desk);

#endif
