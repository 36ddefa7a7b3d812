/* reply.h - a response in words. */
#ifndef TALK_REPLY_REPLY_H
#define TALK_REPLY_REPLY_H

#include "pack.h"
#include "session.h"

struct worded {
    const char *text; /* the arena's */
    size_t length;
    uint32_t wording;
    uint32_t leads; /* the response to be said in its place, or NO_INDEX */
};

/* Longest message, in bytes. Bridges split at a few thousand. */
enum { REPLY_MAX = 16 * 1024 };

/* What is to be worded. */
struct wish {
    uint32_t response;
    uint32_t wording;          /* NO_INDEX: whichever has its turn */
    uint32_t guesses[GUESSES]; /* topics that {guess} names, or NO_INDEX */
    uint32_t label; /* the finding that {label} names, or NO_INDEX */
};

/* Words a response for what is remembered. *found is false when no wording
 * fits: all have conditions that do not hold, or reassure where that is not
 * allowed. TALK_NOMEM, TALK_LIMIT. */
talk_status talk__reply_word(const struct pack *pack,
                             const struct recall *recall,
                             const struct wish *wish, uint32_t seed,
                             struct arena *arena, struct worded *out,
                             bool *found);
/* Remembers that a wording was said. */
void talk__reply_note(const struct pack *pack, struct recall *next,
                      uint32_t response, uint32_t wording);

/* ---- effects.c ---- */

/* The actions that the response asks for, at most `max`; *count is raised. An
 * argument with a hole that cannot be filled is left out. TALK_NOMEM,
 * TALK_LIMIT. */
talk_status talk__reply_request(const struct pack *pack,
                                const struct recall *recall,
                                const struct wish *wish, uint32_t seed,
                                struct arena *arena, talk_action *actions,
                                size_t *count);
/* What saying the response does to variables. TALK_NOMEM. */
talk_status talk__reply_effect(const struct pack *pack, struct recall *next,
                               uint32_t response, struct arena *arena);

#endif
