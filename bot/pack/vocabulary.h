/* vocabulary.h - the words that the patterns of a pack can spell out. */
#ifndef TALK_PACK_VOCABULARY_H
#define TALK_PACK_VOCABULARY_H

#include "spell.h"

struct vocabulary {
    struct arena *arena, *scratch;
    struct spell_word *words; /* in the order of finding */
    size_t count, capacity;
    uint64_t *slots;    /* open addressing: half a hash, and index + 1 */
    size_t slot_count;  /* a power of two */
    struct form *forms; /* of the word that is being read */
};

/* The texts are kept in arena, the rest in scratch. false: no memory. */
bool talk__vocabulary_init(struct vocabulary *vocabulary, struct arena *arena,
                           struct arena *scratch);
/* One word. What is not made of the letters a to z, or too long, is not taken.
 * false: no memory. */
bool talk__vocabulary_add(struct vocabulary *vocabulary, const char *word,
                          size_t length);
/* The words of a pattern as its author wrote it, macros and all; what a macro
 * means is not looked at. false: no memory. */
bool talk__vocabulary_add_pattern(struct vocabulary *vocabulary,
                                  const char *pattern, size_t length);

#endif
