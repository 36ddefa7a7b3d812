/* pattern_node.h - the nodes of a pattern's tree, made from the leaves up:
 * what is known of the parts makes what is known of the whole. */
#ifndef TALK_TEXT_PATTERN_NODE_H
#define TALK_TEXT_PATTERN_NODE_H

#include "pattern_tree.h"

/* Of a plain pattern; PCRE2 takes 64 KiB. */
enum { NODE_WEIGHT_MAX = 56 * 1024, NODE_GROUP_WEIGHT = 8 };

/* All return NULL when there is no memory. */
struct node *talk__node_new(struct arena *arena, enum node_kind kind);
struct node *talk__node_open(struct arena *arena, bool maybe_blank);
/* One text, or one letter of each of several. The bytes are borrowed. */
struct node *talk__node_text(struct arena *arena, const char *bytes,
                             uint32_t length, uint32_t count);
/* A look around; one that is not ahead, or for what must not be there, spells
 * nothing and needs nothing. */
struct node *talk__node_look(struct arena *arena, struct node *inside,
                             bool ahead);
/* `group`: it is one for PCRE2, which writes it out as often as it counts. */
struct node *talk__node_repeat(struct arena *arena, struct node *one,
                               unsigned min, unsigned max, bool group);

/* A row starts with spelt 1, and empty. */
void talk__node_row_take(struct node *row, const struct node *child);
/* Before the way is linked to the choice. */
void talk__node_choice_take(struct node *choice, const struct node *way);

/* False for a border and a look around. */
bool talk__node_has_width(const struct node *node);

#endif
