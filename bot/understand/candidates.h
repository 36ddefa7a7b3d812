/* candidates.h - the patterns that some words of a message could match. */
#ifndef TALK_UNDERSTAND_CANDIDATES_H
#define TALK_UNDERSTAND_CANDIDATES_H

#include "fold.h"
#include "index.h"

/* Scratch for one thread. */
struct candidates;

/* Words that can be looked up at once. */
enum { CANDIDATE_WORDS_MAX = 1024 };

struct candidate {
    uint32_t pattern;
    uint64_t begins; /* places of words where a match may begin */
};

/* NULL: no memory. */
struct candidates *talk__candidates_new(const struct pack *pack,
                                        const struct memory *memory);
void talk__candidates_free(struct candidates *candidates);

/* Looks up the words [first, end) of the text. */
void talk__candidates_look(struct candidates *candidates,
                           const struct folded *folded, size_t first,
                           size_t end);

/* The patterns of a pass that these words could match, in an order that is
 * the same for the same words; borrowed until the next call. */
const struct candidate *talk__candidates_of(struct candidates *candidates,
                                            enum pass pass, uint32_t *count);

/* Of the same words: may a match begin with this one? */
bool talk__candidates_begin(const struct candidates *candidates,
                            const struct candidate *candidate, size_t word);

#endif
