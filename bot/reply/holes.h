/* holes.h - what fills the holes of a wording. */
#ifndef TALK_REPLY_HOLES_H
#define TALK_REPLY_HOLES_H

#include "buffer.h"
#include "reply.h"

/* What holes are filled from. */
struct filling {
    const struct pack *pack;
    const struct recall *recall;
    const struct wish *wish;
    uint32_t seed;
};

/* No hole would stay empty. */
bool talk__holes_filled(const struct filling *filling,
                        const struct wording *wording);
/* Only when that holds. */
void talk__holes_fill(const struct filling *filling,
                      const struct wording *wording, struct buffer *out);

/* A number that looks random and is not: the same conversation with the same
 * seed has the same words. */
uint32_t talk__mix(uint32_t seed, uint32_t turns, const char *name);

/* ---- swap.c ---- */

/* "my arm" becomes "your arm", by the pack's persons. */
void talk__swap_persons(const struct pack *pack, const char *text,
                        struct buffer *out);

#endif
