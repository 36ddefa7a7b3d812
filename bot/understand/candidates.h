/* candidates.h - the patterns that some words of a message could match. */
#ifndef TALK_UNDERSTAND_CANDIDATES_H
#define TALK_UNDERSTAND_CANDIDATES_H

#include "fold.h"
#include "pack.h"

/* Scratch for one thread. */
struct candidates;

/* NULL: no memory. */
struct candidates *talk__candidates_new(const struct pack *pack,
                                        const struct memory *memory);
void talk__candidates_free(struct candidates *candidates);

/* Looks up the words [first, end) of the text. The patterns come in an order
 * that is the same for the same words; borrowed until the next call. */
const uint32_t *talk__candidates_find(struct candidates *candidates,
                                      const struct folded *folded,
                                      size_t first, size_t end,
                                      uint32_t *count);

/* Of the same words: may a match of the pattern begin with this one? */
bool talk__candidates_begin(struct candidates *candidates,
                            const struct pattern *pattern, size_t word);

#endif
