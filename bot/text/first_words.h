/* first_words.h - the words that a match of a pattern can begin with. */
#ifndef TALK_TEXT_FIRST_WORDS_H
#define TALK_TEXT_FIRST_WORDS_H

#include "key_book.h"
#include "pattern_tree.h"

enum { FIRST_WORDS_MAX = 512 };

struct first_words {
    uint32_t keys[FIRST_WORDS_MAX]; /* of the book; some more than once */
    size_t count;
    bool known;    /* a match begins with one of these, and not otherwise */
    bool at_start; /* a match begins where the message does */
};

/* The arena is for what need not stay. false: no memory. */
bool talk__first_words(struct key_book *book, struct arena *arena,
                       const struct node *root, struct first_words *out);

#endif
