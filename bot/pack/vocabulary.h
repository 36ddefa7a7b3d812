/* vocabulary.h - the words that the patterns of a pack can spell out: towards
 * these a slip is corrected. */
#ifndef TALK_PACK_VOCABULARY_H
#define TALK_PACK_VOCABULARY_H

#include "pack.h"
#include "spell.h"

struct vocabulary {
    struct arena *scratch;
    struct table numbers;     /* word -> index into words */
    struct spell_word *words; /* in the order of finding */
    size_t count, capacity;
};

/* The words of the pack's index. What is not made of the letters a to z, or
 * too long, is not taken. All is in scratch but the texts, which are borrowed
 * from the pack. false: no memory. */
bool talk__vocabulary_read(struct vocabulary *vocabulary,
                           const struct pack *pack, struct arena *scratch);
/* The words of a text, which is borrowed. false: no memory. */
bool talk__vocabulary_add(struct vocabulary *vocabulary, const char *text,
                          size_t length);

#endif
