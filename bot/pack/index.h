/* index.h - which patterns a message could match at all, by its words.
 *
 * Every pattern names sets of words, of each of which the message must hold
 * at least one, and says how these words follow each other (text/keys.h).
 * Each distinct set of the pack has a number. A word of the message leads to
 * the patterns that wait for it: each waits for all words of the rarest of
 * its sets. Such a pattern is a candidate when its other sets are there too,
 * in order. The idea: prefilters as in RE2's FilteredRE2, on
 * whole words, and on where they stand. */
#ifndef TALK_PACK_INDEX_H
#define TALK_PACK_INDEX_H

#include "keys.h"
#include "pack.h"

/* A part of a list: the items [first, first + count). */
struct span {
    uint32_t first, count;
};

/* What a pattern requires, in one place: it is asked for often. */
struct waiting {
    uint32_t pattern;
    uint32_t second;     /* of its sets the second rarest, or NO_INDEX */
    uint32_t leading;    /* set of words that it begins with, or NO_INDEX */
    uint32_t first_need; /* into needs */
    uint16_t need_count;
    bool at_start;
};

/* When a pattern is tried: in this order, and not all for every message. */
enum pass { PASS_FINDINGS, PASS_CUES, PASS_REST, PASS_GUESSES, PASS_COUNT };
enum pass talk__pass_of(const struct pattern *pattern);

/* The patterns of a pass. */
struct pass_index {
    struct waiting *waiting;
    uint32_t waiting_count;
    struct span *key_waiting; /* per key, in key_waiting_list: those that wait
                                 for a set it is in, the rarest of theirs */
    uint32_t *key_waiting_list; /* into waiting */
    struct waiting *always;     /* patterns with no required word */
    uint32_t always_count;
};

struct pack_index {
    struct table words;    /* word -> key */
    uint32_t *spelt;       /* per key: how often patterns spell it out; a stem
                              never */
    struct table stems;    /* first letters of a word -> key */
    uint32_t stem_lengths; /* bit n: there are stems of n bytes (n < 32) */
    uint32_t key_count;    /* keys and sets are numbered from 0 */
    uint32_t set_count;
    struct span *set_keys; /* per set, in set_key_list: the keys in it */
    uint32_t *set_key_list;
    struct key_need *needs;
    struct pass_index passes[PASS_COUNT];
};

/* Keys that one word can have: itself, and each of its stems. */
enum { KEYS_A_WORD = KEY_STEM_MAX + 1 };
/* The keys of a folded word; returns how many. */
uint32_t talk__index_keys(const struct pack_index *index, const char *word,
                          size_t length, uint32_t keys[KEYS_A_WORD]);

/* Fills in pack->index and what the patterns know of it. false: no memory. */
bool talk__index_build(struct pack *pack, const struct macro_finder *macros);

#endif
