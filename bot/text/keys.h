/* keys.h - which words a pattern cannot do without.
 * In: an expanded pattern.  Out: sets of keys, of each of which a message
 * must hold at least one for the pattern to have a chance. Conservative: a
 * set may be missing, never wrong. */
#ifndef TALK_TEXT_KEYS_H
#define TALK_TEXT_KEYS_H

#include "memory.h"

/* A word, or with `prefix` the first letters of one. */
struct key {
    const char *text;
    uint32_t length;
    bool prefix;
};

struct key_set {
    struct key *keys;
    size_t count;
};

struct key_sets {
    struct key_set *sets;
    size_t count;
};

/* What is in the arena stays there. false: no memory. A pattern that this
 * cannot read (it may still be good PCRE2) has no sets. */
bool talk__keys_find(struct arena *arena, const char *pattern, size_t length,
                     struct key_sets *out);

#endif
