/* macros.h - {name} in a pattern: shorthands for alternatives. */
#ifndef TALK_PACK_MACROS_H
#define TALK_PACK_MACROS_H

#include "load.h"

/* Bytes of a pattern with its macros written out. */
enum { EXPANDED_MAX = 64 * 1024 };

struct expanded {
    const char *text;
    size_t length;
};

enum macro_result {
    MACRO_NONE,  /* no macro was in it */
    MACRO_DONE,  /* written out */
    MACRO_BROKEN /* it, or a macro, is no good; that was reported */
};

/* Checks a pattern, and writes out the macros that it uses; *length: of the
 * pattern, if they stood in it. */
enum macro_result talk__macros_use(struct loading *loading,
                                   const struct tree *pattern, size_t *length);

/* Hands over to the pack what was written out. false: no memory. */
bool talk__macros_keep(struct loading *loading);

/* The macros as trees, for the index; all that patterns use must be written
 * out. */
struct macro_finder talk__macros_finder(struct loading *loading);

/* What stands near a fault in a pattern that was written out. */
struct expanded talk__macros_near(const struct expanded *whole, size_t offset);

/* Compiles, each by itself, the macros that a pattern uses, to find the one
 * that is to blame for its fault. True when one was found and reported. */
bool talk__macros_blame(struct loading *loading, const struct tree *pattern);

/* Keeps in the pack what the author wrote, and which macros no pattern uses;
 * once all are written out. */
void talk__macros_keep_written(struct loading *loading);

#endif
