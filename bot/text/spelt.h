/* spelt.h - all texts that a part of a pattern can spell. */
#ifndef TALK_TEXT_SPELT_H
#define TALK_TEXT_SPELT_H

#include "pattern_tree.h"

struct texts {
    struct text *items;
    uint32_t count;
};

/* One that is empty. */
extern const struct texts talk__no_text;
static inline bool talk__is_nothing(const struct texts *texts)
{
    return texts->count == 1 && texts->items[0].length == 0;
}

/* All that a node can spell; its `spelt` is not 0. false: no memory. */
bool talk__spell(struct arena *arena, const struct node *node,
                 struct texts *out);
/* Every text of `left` followed by every one of `right`. false: no memory. */
bool talk__texts_join(struct arena *arena, const struct texts *left,
                      const struct texts *right, struct texts *out);

#endif
