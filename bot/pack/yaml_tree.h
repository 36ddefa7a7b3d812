/* yaml_tree.h - the wall round libyaml: bytes of one file in, a tree of
 * texts, lists and maps out. Of YAML only what a rule author needs: no
 * anchors, aliases, tags or merge keys. */
#ifndef TALK_PACK_YAML_TREE_H
#define TALK_PACK_YAML_TREE_H

#include "problems.h"

enum tree_kind {
    TREE_TEXT,
    TREE_LIST,
    TREE_MAP,
    TREE_BROKEN /* was reported; nothing more is to be said about it */
};

struct tree {
    enum tree_kind kind;
    bool quoted;        /* a text in quotes, or a block of | or > */
    uint32_t length;    /* of text */
    const char *text;   /* UTF-8 without control characters but \n */
    struct place place; /* line and column count from 1, in characters */
    struct tree *key;   /* of a value in a map; else NULL */
    struct tree *first; /* of a list or map: its first item or value */
    struct tree *next;  /* the next one of the same list or map */
};

struct yaml_input {
    const char *source; /* for places; borrowed by the tree */
    const char *bytes;
    size_t length;
    uint32_t line;      /* so many stand before the bytes, in the same file */
    size_t *nodes_left; /* how many nodes may still be made; counted down */
};

/* Reads one file. *out is NULL when the file holds nothing. The tree lives in
 * the arena. TALK_YAML: the file could not be read to its end (reported);
 * TALK_NOMEM. Smaller sins are reported and the reading goes on. */
talk_status talk__yaml_read(const struct yaml_input *input,
                            struct arena *arena, struct problems *problems,
                            struct tree **out);

/* What to do about an error of libyaml, by its words. */
const char *talk__yaml_advice(const char *context, const char *problem);

#endif
