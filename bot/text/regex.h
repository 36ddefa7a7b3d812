/* regex.h - the wall round PCRE2. Patterns and subjects are UTF-8 that is
 * known to be valid; nothing is caseless, for the text is folded before. */
#ifndef TALK_TEXT_REGEX_H
#define TALK_TEXT_REGEX_H

#include "memory.h"

struct regex; /* a compiled pattern; shared by threads, but while it changes */
struct regex_space; /* match data and JIT stack, for one thread */

/* Most of what a match will read is on its way afterwards. NULL is fine. */
void talk__regex_expect(const struct regex *regex);

struct regex_limits {
    /* PCRE2's match limit for machine code; its other limits follow. */
    uint32_t match;
    bool interpret; /* no machine code is run: to measure what that costs */
};

/* Why a pattern does not compile. */
struct regex_fault {
    size_t offset; /* bytes into the pattern */
    char message[160];
};

/* A pattern matches whole words only: it is read as (?<!\w)( … )(?!\w).
 * Groups without a name capture nothing. */
enum regex_flags {
    REGEX_BARE = 1, /* only to see whether it compiles: as it stands */
    /* It is only tried where it is said to begin, and that is known to be the
     * begin of a word or of the text. */
    REGEX_ANCHORED = 2,
    REGEX_JIT = 4, /* machine code, where the machine allows it */
    /* Pattern and subjects are ASCII: what \w is needs no table of Unicode. */
    REGEX_ASCII = 8
};

/* TALK_RULE: does not compile, see fault; TALK_NOMEM. */
talk_status talk__regex_new(const struct memory *memory, const char *pattern,
                            size_t length, unsigned flags, struct regex **out,
                            struct regex_fault *fault);
void talk__regex_free(const struct memory *memory, struct regex *regex);
/* Makes machine code of a regex that has none; what it finds is the same, and
 * so is when it gives up: what machine code does not come to an end with is
 * left to the interpreter. *made: there was none, and is now. TALK_NOMEM. */
talk_status talk__regex_quicken(struct regex *regex, bool *made);

talk_status talk__regex_space_new(const struct memory *memory,
                                  const struct regex_limits *limits,
                                  struct regex_space **out);
/* Gives back what a large match took. */
void talk__regex_space_relax(struct regex_space *space);
void talk__regex_space_free(const struct memory *memory,
                            struct regex_space *space);

enum regex_result {
    REGEX_MATCH,
    REGEX_NO_MATCH,
    REGEX_GAVE_UP, /* a limit was hit: nothing is known */
    REGEX_NO_MEMORY
};

/* The text that matches may cover. What stands before `from` is seen by \b
 * and its kind; that there is more behind, by $. */
struct subject {
    const char *text;
    size_t length;
    bool more;
};

/* Finds the first match at or behind `from`, or one that begins there if
 * that is how the pattern was compiled. It is [start, end). */
enum regex_result talk__regex_find(struct regex_space *space,
                                   const struct regex *regex,
                                   const struct subject *subject, size_t from,
                                   size_t *start, size_t *end);
/* What the group named "value" holds, of the last match, which was of this
 * regex; false when there is none or it took no part. */
bool talk__regex_value(const struct regex_space *space,
                       const struct regex *regex, size_t *start, size_t *end);

/* What a search costs: the least match limit of the interpreter with which it
 * comes to an end, to a tenth; or `most`, when it needs as much. */
uint32_t talk__regex_steps(struct regex_space *space,
                           const struct regex *regex,
                           const struct subject *subject, uint32_t most);

/* Finds as talk__regex_find, but with no limit, and tells which of the groups
 * whose names are REGEX_MARK with the numbers below count took part in the
 * match. Slow. TALK_NOMEM. */
#define REGEX_MARK "_%u"
talk_status talk__regex_taken(const struct regex *regex,
                              const struct subject *subject, size_t from,
                              uint32_t count, bool *taken);

#endif
