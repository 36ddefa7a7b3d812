/* pattern_check.h - what a pattern may hold, before PCRE2 sees it. */
#ifndef TALK_PACK_PATTERN_CHECK_H
#define TALK_PACK_PATTERN_CHECK_H

#include "load.h"

/* Reports the first thing in a pattern that may not be in it, or that can
 * never match. True when there is none. */
bool talk__pattern_check(struct loading *loading, const struct tree *pattern);

#endif
