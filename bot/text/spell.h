/* spell.h - words that are no words are read as the nearest known one. */
#ifndef TALK_TEXT_SPELL_H
#define TALK_TEXT_SPELL_H

#include "memory.h"

/* Longest word that is corrected, and longest correction, in bytes. */
enum { SPELL_MAX = 40 };

struct speller;

/* true: `word` is neither English nor known, and out holds what it most
 * likely means (perhaps two words with a blank between). Takes no memory. */
bool talk__spell_correct(const struct speller *speller, const char *word,
                         size_t length, char out[SPELL_MAX],
                         size_t *out_length);

#endif
