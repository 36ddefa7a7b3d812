/* typing.h - how likely one word is a slip of the fingers for another. */
#ifndef TALK_TEXT_TYPING_H
#define TALK_TEXT_TYPING_H

#include <stddef.h>

/* Longest word that is compared, in letters. */
enum { TYPING_MAX = 32 };

/* What the cheapest letter mistaken for another costs: the key next to it. */
enum { TYPING_COST_KEY = 9 };

/* How far apart what was typed is from what may have been meant: letters
 * dropped, added, mistaken, swapped with their neighbour. Each slip costs
 * about ten, frequent kinds less (a letter doubled, the next key), odd kinds
 * more (the first letter). Words of small letters only, of at most TYPING_MAX.
 * Anything above max is max + 1. */
unsigned talk__typing_cost(const char *typed, size_t typed_length,
                           const char *meant, size_t meant_length,
                           unsigned max);

#endif
