/* keys.h - which words a pattern cannot do without.
 * In: an expanded pattern.  Out: sets of keys, of each of which a message
 * must hold at least one for the pattern to have a chance. Conservative: a
 * set may be missing, never wrong. */
#ifndef TALK_TEXT_KEYS_H
#define TALK_TEXT_KEYS_H

#include "frequency.h"

/* A word as fold.h has them, or with `prefix` the first letters of one. */
struct key {
    const char *text; /* no NUL behind it */
    uint32_t length;
    bool prefix;
};

/* Where the word of a set stands in a match: the sets are in the order of
 * the text. */
enum key_order {
    KEY_BEHIND, /* not before the word of the last set that was no LOOSE */
    KEY_NEXT,   /* right behind it */
    KEY_LOOSE   /* not before it, but what comes next may be before this */
};

/* The same key may stand in a set more than once. */
struct key_set {
    struct key *keys;
    uint32_t count;
    enum key_order order;
    uint32_t cost; /* how much it lets through */
};

enum { KEY_SETS_MAX = 12, KEY_SETS_NONE = KEY_SETS_MAX };

struct key_sets {
    struct key_set sets[KEY_SETS_MAX]; /* more gain nothing */
    uint32_t count;
    uint32_t leading; /* a match begins with a word of this; KEY_SETS_NONE */
    bool at_start;    /* a match begins where the message does */
    /* As pattern_tree.h has them; a plain pattern, too, matches no empty
     * text. */
    bool plain, slow;
};

/* The frequency of words says which are rare. The keys are borrowed from the
 * arena and the pattern. false: no memory. A pattern that this cannot read (it
 * may still be good PCRE2) has no sets. */
bool talk__keys_find(struct arena *arena, const struct frequency *frequency,
                     const char *pattern, size_t length, struct key_sets *out);

#endif
