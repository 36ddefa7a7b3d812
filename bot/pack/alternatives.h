/* alternatives.h - the alternatives of patterns, told apart: for tools that
 * ask which of them a match went through. */
#ifndef TALK_PACK_ALTERNATIVES_H
#define TALK_PACK_ALTERNATIVES_H

#include "load.h"

struct branch {
    size_t start, end; /* in the text; what stands between two | */
    uint32_t group;
    uint32_t number; /* for those who mark them */
};

struct branch_group {
    uint32_t parts;
    uint32_t inside; /* part, or NO_INDEX */
    bool blind;      /* a match sets no groups in it, or not for each part */
};

struct branches {
    struct branch *parts; /* by start */
    uint32_t part_count;
    struct branch_group *groups;
    uint32_t group_count;
};

/* The parts of a pattern, as its author wrote it: in the arena. There are
 * none when it holds something that is not understood here. False: no
 * memory. */
bool talk__alternatives_read(const struct tree *text, struct arena *arena,
                             struct branches *out);

/* Notes the alternatives of a pattern in the pack, and gives it `marked`: the
 * same with an empty group, REGEX_MARK with its number, at the begin of each.
 * A match sets the groups of those it went through. False: no memory. */
bool talk__alternatives_mark(struct loading *loading, const struct tree *text,
                             struct pattern *pattern);

#endif
