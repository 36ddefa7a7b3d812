/* holds.h - whether words stand in a text. */
#ifndef TALK_BASE_HOLDS_H
#define TALK_BASE_HOLDS_H

#include "ascii.h"

#include <stddef.h>

/* A letter, a digit or a byte of a character beyond ASCII. */
static inline bool talk__is_of_word(char c)
{
    return talk__is_small(talk__lower(c)) || talk__is_digit(c) ||
           talk__is_beyond_ascii(c);
}

/* `words` stand in the text as whole words, whatever the case of its ASCII
 * letters; they are in small letters themselves. */
bool talk__holds(const char *text, size_t length, const char *words);

#endif
