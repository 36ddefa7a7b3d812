/* loading.c - what all readers of a pack do: keep what will stay.
 * In: texts, counts, examples.  Out: copies in the pack's arena.
 * Ignores what they mean: an example is tried by the program's check. */
#include <string.h>

#include "schema.h"

bool talk__loading_failed(const struct loading *loading)
{
    return loading->nomem || loading->scratch.failed ||
           loading->pack->arena.failed;
}

const char *talk__keep_text(struct loading *loading, const struct tree *text)
{
    return talk__arena_text(&loading->pack->arena, text->text, text->length);
}

void *talk__keep_array(struct loading *loading, size_t count, size_t size)
{
    if (count == 0) return NULL;
    return talk__arena_array(&loading->pack->arena, count, size);
}

/* ---- Examples ---- */

void talk__examples_add(struct loading *loading, struct example like,
                        const struct tree *list)
{
    for (const struct tree *item = list->first; item; item = item->next) {
        void *examples = loading->examples;
        if (!talk__arena_room(&loading->scratch, &examples,
                              loading->example_count,
                              &loading->example_capacity, sizeof like)) {
            return; /* the arena remembers */
        }
        loading->examples = examples;
        like.text = talk__keep_text(loading, item);
        like.length = item->length;
        like.place = item->place;
        loading->examples[loading->example_count++] = like;
    }
}

void talk__examples_keep(struct loading *loading)
{
    struct pack *pack = loading->pack;
    size_t count = loading->example_count;
    pack->examples = talk__keep_array(loading, count, sizeof *pack->examples);
    if (!pack->examples) return;
    memcpy(pack->examples, loading->examples, count * sizeof *pack->examples);
    pack->example_count = (uint32_t)count;
}

/* ---- Quick replies ---- */

void talk__quick_replies_keep(struct loading *loading, const struct tree *list,
                              struct quick_replies *out)
{
    size_t count = talk__tree_count(list);
    if (count > QUICK_MAX) {
        TALK__COMPLAIN(loading, list->place,
                       "'%.80s' wants at most %d, not "
                       "%zu",
                       list->key->text, QUICK_MAX, count);
        return;
    }
    out->texts = talk__keep_array(loading, count, sizeof *out->texts);
    if (!out->texts) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        out->texts[out->count++] = talk__keep_text(loading, item);
    }
}
