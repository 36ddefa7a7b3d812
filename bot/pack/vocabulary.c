/* vocabulary.c - the words that the patterns of a pack can spell out.
 * In: the index, which met them all.  Out: the words and how often each is
 * spelt.  Ignores what is English. */
#include "vocabulary.h"

#include "ascii.h"
#include "index.h"

static bool is_word(const char *text, size_t length)
{
    if (length > SPELL_MAX) return false;
    for (size_t i = 0; i < length; i++) {
        if (!talk__is_small(text[i])) return false;
    }
    return length > 0;
}

static bool add(struct vocabulary *v, const char *word, size_t length,
                uint32_t weight)
{
    void *words = v->words;
    struct table_entry *entry = talk__table_enter(&v->numbers, word, length);
    if (!entry) return false;
    if (entry->value == TABLE_NONE) {
        if (!talk__arena_room(v->scratch, &words, v->count, &v->capacity,
                              sizeof *v->words)) {
            return false;
        }
        v->words = words;
        entry->value = (uint32_t)v->count;
        v->words[v->count++] = (struct spell_word){word, (uint32_t)length, 0};
    }
    v->words[entry->value].weight += weight;
    return true;
}

bool talk__vocabulary_add(struct vocabulary *v, const char *text,
                          size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && text[end] != ' ') end++;
        if (is_word(text + at, end - at) && !add(v, text + at, end - at, 1)) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

/* Keys have numbers in the order in which the patterns name them. */
bool talk__vocabulary_read(struct vocabulary *v, const struct pack *pack,
                           struct arena *scratch)
{
    const struct pack_index *index = pack->index;
    *v = (struct vocabulary){.scratch = scratch};
    talk__table_init(&v->numbers, scratch);
    const struct table_entry **entries = talk__arena_array(
        scratch, (size_t)index->key_count + 1, sizeof *entries);
    if (!entries || !talk__table_reserve(&v->numbers, index->words.count)) {
        return false;
    }
    for (size_t i = 0; i < index->words.count; i++) {
        const struct table_entry *entry = &index->words.entries[i];
        if (index->spelt[entry->value] > 0 &&
            is_word(entry->key, entry->length)) {
            entries[entry->value] = entry;
        }
    }
    for (uint32_t k = 0; k < index->key_count; k++) {
        const struct table_entry *entry = entries[k];
        if (entry && !add(v, entry->key, entry->length, index->spelt[k])) {
            return false;
        }
    }
    return true;
}
