/* read_lists.c - texts of which one is picked, and words that change with the
 * speaker.
 * In: `lists` and `persons`.  Out: those of the pack.
 * Ignores which is picked, and when. */
#include <string.h>

#include "schema.h"

/* ---- Lists ---- */

static void read_items(struct loading *loading, struct tree *items, void *out)
{
    struct pack_list *list = out;
    if (!items->first) {
        TALK__COMPLAIN(loading, items->place, "list '%s' is empty",
                       list->name);
        return;
    }
    list->items = talk__keep_array(loading, talk__tree_count(items),
                                   sizeof *list->items);
    if (!list->items) return;
    for (const struct tree *item = items->first; item; item = item->next) {
        list->items[list->item_count++] = talk__keep_text(loading, item);
    }
}

void talk__read_lists(struct loading *loading)
{
    static const struct schema_row row = {.want = WANT_TEXTS,
                                          .read = read_items};
    const struct section *section = &loading->sections[SECTION_LISTS];
    struct pack *pack = loading->pack;
    pack->lists =
        talk__keep_array(loading, section->count, sizeof *pack->lists);
    if (!pack->lists) return;
    for (size_t i = 0; i < section->count; i++) {
        struct pack_list *list = &pack->lists[i];
        list->name =
            talk__section_keep(loading, SECTION_LISTS, i, &pack->list_names);
        if (!list->name) return;
        talk__schema_read_value(loading, &row, section->entries[i], list);
        pack->list_count++;
    }
}

/* ---- Persons ---- */

/* The words of "with you": 2. 0: there is something else in it. */
static uint32_t count_words(const struct tree *key)
{
    uint32_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < key->length; i++) {
        char byte = key->text[i];
        bool letter = (byte >= 'a' && byte <= 'z') || byte == '\'' ||
                      (unsigned char)byte >= 0x80;
        if (!letter && (byte != ' ' || !inside)) return 0;
        words += letter && !inside;
        inside = letter;
    }
    return inside ? words : 0;
}

void talk__read_persons(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_PERSONS];
    struct pack *pack = loading->pack;
    pack->swaps =
        talk__keep_array(loading, section->count, sizeof *pack->swaps);
    if (!pack->swaps) return;
    for (size_t i = 0; i < section->count; i++) {
        const struct tree *entry = section->entries[i];
        uint32_t words = count_words(entry->key);
        if (!talk__is_text(loading, entry)) continue;
        if (words == 0) {
            TALK__COMPLAIN(loading, entry->key->place,
                           "'%.80s' must be words of small letters, with one "
                           "blank between two",
                           entry->key->text);
            continue;
        }
        pack->swaps[i] = talk__keep_text(loading, entry);
        (void)talk__section_keep(loading, SECTION_PERSONS, i, &pack->swapped);
        if (words > pack->swap_words_max) pack->swap_words_max = words;
    }
}
