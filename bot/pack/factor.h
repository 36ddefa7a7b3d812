/* factor.h - a pattern whose alternatives share what they begin with. */
#ifndef TALK_PACK_FACTOR_H
#define TALK_PACK_FACTOR_H

#include "memory.h"

/* Writes crack|cracks|pop|cracking as crack(|ing|s)|pop: the same matches,
 * found by fewer tries. The pattern is a plain one (text/pattern_tree.h) with
 * its macros written out. What is written is in the arena. NULL: no memory. */
const char *talk__factor(struct arena *arena, const char *pattern,
                         size_t length, size_t *out_length);

#endif
