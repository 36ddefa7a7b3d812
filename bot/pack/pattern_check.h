/* pattern_check.h - what a pattern may hold, before PCRE2 sees it. */
#ifndef TALK_PACK_PATTERN_CHECK_H
#define TALK_PACK_PATTERN_CHECK_H

#include "load.h"
#include "pattern_scan.h"

/* Sees the macros of a pattern, as the check comes by. */
struct macro_visitor {
    void (*fn)(void *payload, const struct pattern_scan *scan);
    void *payload;
};

/* Reports the first thing in a pattern that may not be in it, or that can
 * never match; then macros behind it are not seen. True when there is none.
 * The visitor may be NULL. */
bool talk__pattern_check(struct loading *loading, const struct tree *pattern,
                         const struct macro_visitor *visitor);

#endif
