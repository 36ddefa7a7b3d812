/* spell.h - words that are no words are read as the nearest known one. */
#ifndef TALK_TEXT_SPELL_H
#define TALK_TEXT_SPELL_H

#include "lexicon.h"

/* Longest word that is corrected, and longest correction, in bytes. */
enum { SPELL_MAX = 32 };

/* A word of the pack, in small letters a to z. */
struct spell_word {
    const char *text;
    uint32_t length;
    uint32_t weight; /* how often the pack uses it */
};

struct speller;

/* english: the words that are never corrected. Both are borrowed as long as
 * the speller lives. NULL: no memory. */
struct speller *talk__speller_new(struct arena *arena,
                                  const struct lexicon *english,
                                  const struct spell_word *words,
                                  size_t count);

/* Is it English, or nothing that could be corrected? That is soon told. */
bool talk__spell_is_right(const struct speller *speller, const char *word,
                          size_t length);

/* Is it English, or a word of the pack as it is? */
bool talk__spell_is_known(const struct speller *speller, const char *word,
                          size_t length);

/* true: `word` is neither English nor of the pack (nor is it there by a slip,
 * once, beside a word that is there often), and out holds what it most likely
 * means, perhaps two words with a blank between. name: it is written as names
 * are, so that only one slip is taken for one. Takes no memory. */
bool talk__spell_correct(const struct speller *speller, const char *word,
                         size_t length, bool name, char out[SPELL_MAX],
                         size_t *out_length);

/* Two words that are rather one with a blank too many: "fore arm". */
bool talk__spell_joins(const struct speller *speller, const char *first,
                       size_t first_length, const char *second,
                       size_t second_length);

#endif
