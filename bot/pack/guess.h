/* guess.h - which words point to which topics, by the topics' examples.
 * For a message that nothing matched: what may have been meant. */
#ifndef TALK_PACK_GUESS_H
#define TALK_PACK_GUESS_H

#include "pack.h"

/* Shorter words say little. */
enum { GUESS_WORD_MIN = 4 };

struct guess_list {
    uint32_t first, count;
};

/* A topic with examples that have the word. */
struct guess_topic {
    uint32_t topic;
    uint32_t mentions; /* how many examples */
    double gain; /* of the logarithm of the topic's likelihood, by the word */
};

struct guess_index {
    struct table words;       /* word -> index into lists */
    struct guess_list *lists; /* into topics */
    struct guess_topic *topics;
    uint32_t *examples; /* per topic of the pack: how many were read */
    double *unseen;   /* … the logarithm of how likely one of them has a word
                         that none of them has */
    uint32_t *likely; /* topics with examples, the highest unseen first */
    uint32_t likely_count;
};

/* Fills in pack->guesses. false: no memory. */
bool talk__guess_build(struct pack *pack);

#endif
