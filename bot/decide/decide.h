/* decide.h - understanding and memory to acts: the only place that decides.
 * Everything is borrowed until the worker's next turn. */
#ifndef TALK_DECIDE_DECIDE_H
#define TALK_DECIDE_DECIDE_H

#include "pack.h"
#include "session.h"

/* What the stage sees of a message: a plain view of what was heard, so that
 * deciding depends on no stage before it. */
struct told_finding {
    uint32_t finding;
    enum polarity polarity;
    bool counts;
};

struct told_value {
    uint32_t slot;
    const char *value, *normal;
};

struct told {
    const struct told_finding *findings; /* in order of the message */
    size_t finding_count;
    const uint32_t *topics; /* the chosen ones, by rank */
    size_t topic_count;
    const struct told_value *values;
    size_t value_count;
    bool answers[ANSWER_COUNT];
    bool for_other;    /* help is asked for another person */
    bool for_them;     /* … or for whoever was spoken of before */
    bool empty;        /* no word in it */
    bool flags_unread; /* a flag may have been missed */
    bool part_unread;  /* something else was not read */
    uint64_t now;      /* the host's clock */
};

/* One thing to say. */
struct act {
    uint32_t response;
    uint32_t wording; /* which, or NO_INDEX: the reply chooses */
    uint32_t finding; /* that {label} names, or NO_INDEX */
    const char *why;  /* for the trace */
};

enum { ACTS_MAX = 8 };

struct decision {
    struct act acts[ACTS_MAX];
    size_t act_count;
    uint32_t topic; /* the main one, or NO_INDEX */
    bool reset;     /* start over: next is a new conversation */
    bool aside;     /* the topic is no change of subject */
    struct recall next;
};

/* TALK_NOMEM. `last` is what was remembered before the message. What it holds
 * goes stale by the policy's hours; message->now is compared with last->at. */
talk_status talk__decide(const struct pack *pack, const struct recall *last,
                         const struct told *message, struct arena *arena,
                         struct decision *out);

/* When all is said: what the turn was about becomes the last topic. */
void talk__decide_end(const struct pack *pack, struct decision *decision);

/* The one gate: may technique be given? */
bool talk__gate_open(const struct recall *recall);
/* It is a condition that lasts, and no symptom that passes. */
bool talk__triage_lasts(const struct pack *pack, uint32_t finding);
/* What the finding at `index` demands, given all that counts. */
talk_tier talk__triage_tier(const struct pack *pack,
                            const struct recall *recall, uint32_t index);

#endif
