/* nearest.h - how far two words are from each other, and which name was
 * meant. Works on bytes: a wrong accent counts as two mistakes. */
#ifndef TALK_TEXT_NEAREST_H
#define TALK_TEXT_NEAREST_H

#include <stddef.h>

/* Letters put in, left out, mistaken or swapped with their neighbour to get
 * from a to b: optimal string alignment. Anything above max is max + 1. */
size_t talk__edit_distance(const char *a, size_t a_length, const char *b,
                           size_t b_length, size_t max);

/* The best of the names that were tried; of equals, the first. */
struct nearest {
    const char *text; /* as it was typed; borrowed */
    size_t length;
    size_t reach;     /* mistakes that the next name may have at most */
    const char *name; /* borrowed; NULL: nothing is near */
};
void talk__nearest_init(struct nearest *nearest, const char *text,
                        size_t length);
void talk__nearest_try(struct nearest *nearest, const char *name);

#endif
