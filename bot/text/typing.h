/* typing.h - how likely one word is a slip of the fingers for another. */
#ifndef TALK_TEXT_TYPING_H
#define TALK_TEXT_TYPING_H

#include <stddef.h>

/* Longest word that is compared, in letters. */
enum { TYPING_MAX = 32 };

/* What slips cost. Two cheap ones are dearer than one dear one. */
enum typing_cost {
    TYPING_SPOKEN = 5,   /* "hurtin" */
    TYPING_DOUBLE = 7,   /* "painn", "swolen" */
    TYPING_SWAP = 8,     /* "nubmness" */
    TYPING_DROP = 8,     /* "tinglng" */
    TYPING_KEY = 9,      /* "tongling": the key next to it */
    TYPING_ADD_KEY = 10, /* "tinglinmg": two keys at once */
    TYPING_SOUND = 10,   /* "sinse": as it sounds */
    TYPING_VOWEL = 11,   /* "dezziness" */
    TYPING_ADD = 12,     /* "numbkness" */
    TYPING_REPLACE = 13, /* "numbxess" */
    TYPING_FIRST = 1     /* more, when it is the first letter */
};

/* How far apart what was typed is from what may have been meant: letters
 * dropped, added, mistaken, swapped with their neighbour. Words of small
 * letters only, of at most TYPING_MAX. Anything above max is max + 1. */
unsigned talk__typing_cost(const char *typed, size_t typed_length,
                           const char *meant, size_t meant_length,
                           unsigned max);

#endif
