/* keys.h - which words a pattern cannot do without.
 * In: a pattern.  Out: sets of keys, of each of which a message must hold at
 * least one for the pattern to have a chance. Conservative: a set may be
 * missing, never wrong. */
#ifndef TALK_TEXT_KEYS_H
#define TALK_TEXT_KEYS_H

#include "key_book.h"
#include "pattern_tree.h"

/* A set, and where its word stands. Those that are not loose follow each
 * other: between their words, and between the begin of the match and the
 * first, are so many blanks. The word of a loose one stands somewhere in the
 * match, or right behind it. */
struct key_need {
    uint32_t set; /* of the book */
    struct blanks blanks;
    bool loose;
};

enum { KEY_NEEDS_MAX = 12 }; /* of one pattern; more gain nothing */

struct pattern_keys {
    struct key_need needs[KEY_NEEDS_MAX];
    uint32_t count;
    uint32_t leading; /* set of the words that a match may begin with; or
                         TABLE_NONE: it may begin otherwise */
    bool at_start;    /* a match begins where the message does */
    bool plain, slow; /* as pattern_tree.h has them; but then a plain pattern
                         cannot match an empty text either */
};

/* What is found on the way stays in the arena; that of macros in the book.
 * false: no memory. A pattern that this cannot read (it may still be good
 * PCRE2) needs nothing. */
bool talk__keys_find(struct key_book *book, struct arena *arena,
                     const struct macro_finder *macros, const char *pattern,
                     size_t length, struct pattern_keys *out);

#endif
