/* change.h - an example, said a little otherwise. */
#ifndef TALK_CHECK_CHANGE_H
#define TALK_CHECK_CHANGE_H

#include "buffer.h"
#include "pack.h"

/* What is to be changed: a sentence, and where in it its finding stands. */
struct sentence {
    const char *text;
    size_t length;
    size_t start, end; /* of the finding, in bytes */
    uint32_t chance;   /* for what may be done in several ways */
};

struct change {
    const char *name;
    bool turns;           /* the finding must be present no more */
    bool in_two;          /* two messages, with a NUL byte between them */
    bool slip;            /* only where slips are mended */
    enum polarity except; /* a finding that never is so is left out */
    const char *before, *behind; /* what is put around the sentence, or NULL */
    /* Changes the sentence itself; false: there is nothing to change. NULL:
     * it stays. */
    bool (*make)(const struct sentence *sentence, struct buffer *out);
};

const struct change *talk__changes(size_t *count);

/* False: it cannot be changed so. */
bool talk__change(const struct change *change, const struct sentence *sentence,
                  struct buffer *out);

#endif
