/* spelt.c - all texts that a part of a pattern can spell.
 * In: a node that has an end of them.  Out: the texts.  Ignores which of them
 * is preferred. */
#include "spelt.h"

#include <string.h>

static size_t bytes_of(const struct texts *texts)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < texts->count; i++) {
        bytes += texts->items[i].length;
    }
    return bytes;
}

/* Every text of `left` followed by every one of `right`. */
bool talk__texts_join(struct arena *arena, const struct texts *left,
                      const struct texts *right, struct texts *out)
{
    if (talk__is_nothing(left) || talk__is_nothing(right)) {
        *out = talk__is_nothing(left) ? *right : *left;
        return true;
    }
    uint32_t count = left->count * right->count;
    char *bytes = talk__arena_raw(arena, bytes_of(left) * right->count +
                                             bytes_of(right) * left->count);
    *out = (struct texts){talk__arena_raw(arena, count * sizeof *out->items),
                          count};
    if (!bytes || !out->items) return false;
    struct text *to = out->items;
    for (uint32_t i = 0; i < left->count; i++) {
        const struct text *a = &left->items[i];
        for (uint32_t j = 0; j < right->count; j++) {
            const struct text *b = &right->items[j];
            memcpy(bytes, a->bytes, a->length);
            memcpy(bytes + a->length, b->bytes, b->length);
            *to++ = (struct text){bytes, a->length + b->length};
            bytes += a->length + b->length;
        }
    }
    return true;
}

const struct texts talk__no_text = {
    .items = (struct text[]){{"", 0}},
    .count = 1,
};

/* All that a node with a finite number of them can spell. */
bool talk__spell(struct arena *arena, const struct node *node,
                 struct texts *out)
{
    struct texts part;
    if (node->kind == NODE_TEXT) {
        *out = (struct texts){node->texts, node->spelt};
        return true;
    }
    if (node->kind == NODE_ROW || node->kind == NODE_AHEAD) {
        *out = talk__no_text;
        if (node->kind == NODE_AHEAD) return true;
        for (node = node->first; node; node = node->next) {
            struct texts before = *out;
            if (!talk__spell(arena, node, &part)) return false;
            if (!talk__texts_join(arena, &before, &part, out)) return false;
        }
        return true;
    }
    /* A choice, or a repeat: nothing or once. */
    *out = (struct texts){
        talk__arena_raw(arena, node->spelt * sizeof *out->items), 0};
    if (!out->items) return false;
    if (node->kind == NODE_REPEAT)
        out->items[out->count++] = *talk__no_text.items;
    for (node = node->first; node; node = node->next) {
        if (!talk__spell(arena, node, &part)) return false;
        memcpy(out->items + out->count, part.items,
               part.count * sizeof *part.items);
        out->count += part.count;
    }
    return true;
}
