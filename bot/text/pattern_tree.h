/* pattern_tree.h - a pattern as a small tree, for those who ask what it can
 * spell. */
#ifndef TALK_TEXT_PATTERN_TREE_H
#define TALK_TEXT_PATTERN_TREE_H

#include "memory.h"

/* In a text: "here is a border of a word" (\b, ^, $). */
#define TALK__BORDER "\1"

enum node_kind {
    NODE_TEXT,   /* one of some texts */
    NODE_OPEN,   /* anything, such as \w */
    NODE_ROW,    /* the children, one after the other */
    NODE_CHOICE, /* one of the children */
    NODE_REPEAT  /* the child, more or less often */
};

struct node {
    enum node_kind kind;
    struct node *first; /* ROW, CHOICE: the children; REPEAT: the one */
    struct node *next;
    const char **texts; /* TEXT: what it can spell */
    size_t text_count;
    bool once;     /* REPEAT: at most once, so that it can be spelt out */
    bool optional; /* REPEAT: may be missing */
};

/* NULL when the pattern is not understood (it may still be good PCRE2), or
 * when there is no memory: then arena->failed is set. */
struct node *talk__pattern_read(struct arena *arena, const char *pattern,
                                size_t length);

#endif
