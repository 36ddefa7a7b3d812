/* index.h - which patterns a message could match at all, by its words.
 *
 * Every pattern names, for itself, sets of words of each of which the message
 * must hold at least one (text/keys.h). Each distinct set of the pack has a
 * number. A word of the message leads to the sets that it satisfies; a set
 * leads to the patterns that wait for it: those for which it is the rarest of
 * their sets. Such a pattern is a candidate when its other sets are satisfied
 * too. The idea and its figures: shared-word prefilters as in RE2's
 * FilteredRE2, on whole words. */
#ifndef TALK_PACK_INDEX_H
#define TALK_PACK_INDEX_H

#include "pack.h"

struct pack_index {
    struct table words;    /* word -> index into keys */
    struct table stems;    /* first letters of a word -> index into keys */
    uint32_t stem_lengths; /* bit n: there are stems of n bytes (n < 32) */
    struct need_key *keys;
    uint32_t key_count;
    uint32_t *need_refs;      /* sets, as need_key says */
    uint32_t set_count;       /* numbers of sets run from 0 */
    struct need_key *waiting; /* per set: into waiting_refs */
    uint32_t *waiting_refs;   /* patterns */
    uint32_t *needs;          /* sets, as pattern->first_need says */
    uint32_t *always;         /* patterns with no required word */
    uint32_t always_count;
};

/* Fills in pack->index and the patterns' needs. false: no memory. The
 * expanded texts of the patterns are given; they may go afterwards. */
struct expanded {
    const char *text;
    size_t length;
};
bool talk__index_build(struct pack *pack, const struct expanded *patterns);

#endif
