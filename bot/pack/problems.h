/* problems.h - what is wrong with a pack: gathered in any order, told in
 * order of file, line and column. */
#ifndef TALK_PACK_PROBLEMS_H
#define TALK_PACK_PROBLEMS_H

#include "pack.h"

struct problem {
    talk_status status;
    struct place place; /* its source is borrowed */
    size_t number;      /* in order of finding */
    const char *message;
};

struct problems {
    struct arena *arena;
    struct problem *items;
    size_t kept, capacity;
    size_t found; /* also those that were too many to keep */
};

void talk__problems_init(struct problems *problems, struct arena *arena);
void talk__problems_add(struct problems *problems, talk_status status,
                        struct place place, const char *format, ...)
    TALK__FORMAT(4, 5);
/* True when no more are kept: no use in thinking about good advice. */
bool talk__problems_full(const struct problems *problems);
/* Sorts them and tells each to the report. The status of the first one, or
 * TALK_OK when there is none. */
talk_status talk__problems_tell(struct problems *problems,
                                struct report *report);

#endif
