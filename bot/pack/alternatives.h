/* alternatives.h - the alternatives of patterns, told apart: for tools that
 * ask which of them a match went through. */
#ifndef TALK_PACK_ALTERNATIVES_H
#define TALK_PACK_ALTERNATIVES_H

#include "load.h"

/* Notes the alternatives of a pattern in the pack, and gives it `marked`: the
 * same with an empty group, REGEX_MARK with its number, at the begin of each.
 * A match sets the groups of those it went through. False: no memory. */
bool talk__alternatives_mark(struct loading *loading, const struct tree *text,
                             struct pattern *pattern);

#endif
