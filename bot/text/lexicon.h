/* lexicon.h - a set of words, for "is this a word at all?". */
#ifndef TALK_TEXT_LEXICON_H
#define TALK_TEXT_LEXICON_H

#include "table.h"

enum lexicon_rank {
    LEXICON_NONE, /* not a word */
    LEXICON_RARE,
    LEXICON_COMMON
};

/* FNV-1a, 64 bits (RFC 9923), step by step as in table.h: of many words with
 * the same beginning, that is hashed once. */
#define TALK__LEXICON_SEED 14695981039346656037u
static inline uint64_t talk__lexicon_step(uint64_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 1099511628211u;
}
uint64_t talk__lexicon_hash(const char *text, size_t length);

/* Of a word only its hash is kept, half of it by where it stands: a string
 * that is no word passes for one once in a thousand million times. */
struct lexicon {
    uint32_t *marks; /* open addressing, up to 3/4 full; 0: empty */
    size_t capacity; /* a power of two */
    size_t count;
};

/* With room for count words. false: no memory. */
bool talk__lexicon_init(struct lexicon *lexicon, struct arena *arena,
                        size_t count);
/* There must be room. Once common, a word stays so. */
void talk__lexicon_add(struct lexicon *lexicon, uint64_t hash,
                       enum lexicon_rank rank);
enum lexicon_rank talk__lexicon_rank(const struct lexicon *lexicon,
                                     uint64_t hash);

#endif
