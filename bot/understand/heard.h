/* heard.h - what a message says: the outcome of understanding it.
 * Everything is borrowed until the worker's next turn. */
#ifndef TALK_UNDERSTAND_HEARD_H
#define TALK_UNDERSTAND_HEARD_H

#include "fold.h"
#include "pack.h"
#include "session.h"

/* A place where a pattern matched, in bytes of the folded text. */
struct hit {
    uint32_t pattern;
    uint32_t start, end;
    uint32_t value_start, value_end; /* of the group "value"; else equal */
    const bool *taken; /* per alternative of the pattern; NULL: not asked */
};

struct heard_finding {
    uint32_t finding;
    enum polarity polarity;
    bool normal; /* what was heard is that it is not there: "i pee fine" */
    bool counts; /* its tier holds */
    uint32_t pattern;
    uint32_t cue;         /* pattern of the cue that decided, or NO_INDEX;
                             where it is normal, pattern itself */
    uint32_t start, end;  /* folded */
    uint32_t begun, told; /* folded: the core, common to all wordings */
};

struct heard_topic {
    uint32_t topic;
    uint32_t pattern;    /* NO_INDEX: guessed from examples */
    uint32_t start, end; /* folded */
    bool chosen;
    const char *why;  /* why not, when it was not chosen */
    uint32_t lost_to; /* topic, or NO_INDEX */
};

struct heard_value {
    uint32_t slot;
    uint32_t start, end;         /* folded */
    uint32_t hit_start, hit_end; /* of the whole match */
    bool level;         /* a choice, or a word for a point of a scale */
    const char *value;  /* the user's words */
    const char *normal; /* or "" */
};

struct heard {
    struct folded folded;
    struct hit *hits; /* by start, then longest first */
    size_t hit_count;
    struct heard_finding *findings; /* by start */
    size_t finding_count;
    struct heard_topic *topics; /* chosen ones first, in order of rank */
    size_t topic_count, chosen_count;
    struct heard_value *values;
    size_t value_count;
    bool answers[ANSWER_COUNT];
    uint32_t guesses[GUESSES]; /* topics, when nothing was heard; NO_INDEX */
    bool for_other;            /* help is asked for another person */
    bool for_them;             /* … or for whoever was spoken of before */
    bool flags_unread;         /* a limit was hit while looking for findings */
    bool other_unread;         /* … for anything else */
};

#endif
