/* fold_word.h - a word of a message once all its letters are read. Used by
 * the files of folding only. */
#ifndef TALK_TEXT_FOLD_WORD_H
#define TALK_TEXT_FOLD_WORD_H

#include "fold_out.h"

/* The word being read. */
struct raw_word {
    char *text; /* folded letter by letter */
    size_t length, capacity;
    struct span origin;
    bool strange; /* has letters beyond ASCII */
    bool capital; /* begins with a capital, and goes on in small letters */
};

struct word_ender {
    const struct fold_rules *rules;
    struct fold_out *out;
    size_t plain; /* words when the last one was written as it was typed */
    size_t spelt; /* words that the speller did not know */
};

/* What the pack reads the word as, or NULL. */
const char *talk__fold_replacement(const struct fold_rules *rules,
                                   const char *word, size_t length);
/* Writes the word, and empties it. */
void talk__fold_word_end(struct word_ender *ender, struct raw_word *raw);

#endif
