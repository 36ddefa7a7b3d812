/* pattern_tree.h - a pattern as a small tree, for those who ask what it can
 * spell. */
#ifndef TALK_TEXT_PATTERN_TREE_H
#define TALK_TEXT_PATTERN_TREE_H

#include "memory.h"

/* In a text: "here is a border of a word" (\b, $), and "here the message
 * begins" (^). */
#define TALK__BORDER '\1'
#define TALK__START  '\2'

/* Texts that a node may spell and still be worth spelling out. */
enum { SPELT_MAX = 128 };

enum node_kind {
    NODE_TEXT,   /* one of some texts */
    NODE_OPEN,   /* anything, such as \w */
    NODE_ROW,    /* the children, one after the other */
    NODE_CHOICE, /* one of the children */
    NODE_REPEAT, /* the child, more or less often */
    NODE_AHEAD   /* nothing, but the child must follow */
};

struct text {
    const char *bytes;
    uint32_t length;
};

struct node {
    enum node_kind kind;
    struct node *first; /* ROW, CHOICE: the children; REPEAT, AHEAD: the one */
    struct node *next;
    struct text *texts; /* TEXT: what it can spell */
    /* How many texts it can spell, counted generously; 0: no end of them, or
     * more than SPELT_MAX. */
    uint32_t spelt;
    bool optional;    /* REPEAT: may be missing */
    bool empty;       /* a match of it may be empty */
    bool starts_word; /* … may begin with a letter */
    bool ends_word;   /* … may end with one; both err to yes */
};

/* Letters, digits and all that is beyond ASCII: what words are made of. */
bool talk__is_word_byte(char c);

/* NULL when the pattern is not understood (it may still be good PCRE2), or
 * when there is no memory: then arena->failed is set. */
struct node *talk__pattern_read(struct arena *arena, const char *pattern,
                                size_t length);

#endif
