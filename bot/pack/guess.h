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

/* How often the examples of a topic have the word. */
struct guess_topic {
    uint32_t topic, mentions;
};

struct guess_index {
    struct table words;       /* word -> index into lists */
    struct guess_list *lists; /* into topics */
    struct guess_topic *topics;
    uint32_t *examples; /* per topic of the pack: how many were read */
};

/* Fills in pack->guesses. false: no memory. */
bool talk__guess_build(struct pack *pack);

#endif
