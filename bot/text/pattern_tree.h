/* pattern_tree.h - a pattern as a small tree, for those who ask what it can
 * spell. */
#ifndef TALK_TEXT_PATTERN_TREE_H
#define TALK_TEXT_PATTERN_TREE_H

#include "ascii.h"
#include "memory.h"

/* In a text: "here is a border of a word" (\b, $), and "here the message
 * begins" (^). */
#define TALK__BORDER '\1'
#define TALK__START  '\2'

/* Texts that a node may spell and still be worth spelling out. */
enum { SPELT_MAX = 64 };

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

/* How many blanks something can hold. */
enum { BLANKS_FAR = 255 }; /* no end of them */
struct blanks {
    uint8_t least, most;
};
struct blanks talk__blanks_add(struct blanks a, struct blanks b);

struct node;

struct pattern_tree {
    struct node *root; /* NULL: not understood; it may still be good PCRE2 */
    /* PCRE2 takes it, whatever its limits: there is nothing in it that could
     * be refused. */
    bool plain;
    /* Repeats of a letter stand where one can take what another gave back
     * (\w*\w*): how long a match takes is not linear, and PCRE2's match limit
     * does not count it. */
    bool slow;
    bool resets; /* has \K */
    bool named;  /* has a group with a name */
    int depth;   /* of its groups */
};

/* A macro that was read: all patterns share its nodes. */
struct macro_tree {
    struct pattern_tree tree;
    struct macro_keys *keys; /* for keys.c */
};

/* Where macros come from. NULL: there is none of this name, or no memory. */
struct macro_finder {
    struct macro_tree *(*find)(void *payload, const char *name, size_t length);
    void *payload;
};

struct node {
    enum node_kind kind;
    struct node *first; /* ROW, CHOICE: the children; REPEAT, AHEAD: the one;
                           TEXT: what must not stand there, or NULL */
    struct node *next;
    struct text *texts;       /* TEXT: what it can spell */
    struct macro_tree *macro; /* that it is the root of, or NULL */
    uint32_t weight; /* bytes of code that PCRE2 makes of it, at most */
    /* How many texts it can spell, counted generously; 0: no end of them, or
     * more than SPELT_MAX. */
    uint32_t spelt;
    struct blanks blanks; /* in a match of it */
    bool optional;        /* REPEAT: may be missing */
    bool empty;           /* a match of it may be empty */
    bool starts_word;     /* … may begin with a letter */
    bool ends_word;       /* … may end with one; both err to yes */
    bool starts_loose;    /* … may begin with a repeat of a letter */
    bool ends_loose;      /* … may end with one that can give back */
};

/* The bytes of the pattern are borrowed. False when there is no memory. */
bool talk__pattern_read(struct arena *arena, const struct macro_finder *macros,
                        const char *pattern, size_t length,
                        struct pattern_tree *out);

#endif
