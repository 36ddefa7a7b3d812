/* chatter.h - messages put together at random: the pack's own examples, short
 * answers, wishes for technique, denials of what was told, the same again. */
#ifndef TALK_TESTS_CHATTER_H
#define TALK_TESTS_CHATTER_H

#include <stddef.h>
#include <stdint.h>

#include "pack.h"

enum { CHATTER_SIZE = 2000 }; /* bytes of a message, its NUL byte included */

struct chatter {
    const struct pack *pack;
    uint32_t random;  /* the seed, and what became of it; never 0 */
    uint32_t finding; /* told last, or NO_INDEX */
};

uint32_t chatter_pick(struct chatter *chatter, uint32_t below);
/* `before` is the message before, or NULL. */
void chatter_compose(struct chatter *chatter, const char *before, char *out);

#endif
