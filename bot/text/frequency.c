/* frequency.c - how often words occur in some texts.
 * In: texts.  Out: counts.  Ignores what the texts say. */
#include "frequency.h"

#include <string.h>

#include "ascii.h"

/* Stems are asked for from three letters on; what they have in common with
 * longer ones tells enough. */
enum { STEM_MIN = 1, STEM_MAX = 8, WORD_MAX = 48 };

void talk__frequency_init(struct frequency *frequency, struct arena *arena)
{
    frequency->arena = arena;
    talk__table_init(&frequency->words, arena);
    talk__table_init(&frequency->stems, arena);
}

static bool count_word(struct frequency *frequency, const char *word,
                       size_t length)
{
    struct table_entry *entry =
        talk__table_enter(&frequency->words, word, length);
    if (!entry) return false;
    if (entry->value == TABLE_NONE) {
        entry->key = talk__arena_text(frequency->arena, word, length);
        entry->value = 0;
    }
    entry->value++;
    return entry->key;
}

bool talk__frequency_add(struct frequency *frequency, const char *text,
                         size_t length)
{
    char word[WORD_MAX];
    size_t size = 0;
    for (size_t i = 0; i <= length; i++) {
        char c = talk__lower(i < length ? text[i] : ' ');
        bool letter = talk__is_small(c) || talk__is_digit(c);
        if (letter && size < WORD_MAX) word[size++] = c;
        if (letter || size == 0) continue;
        if (!count_word(frequency, word, size)) return false;
        size = 0;
    }
    return true;
}

bool talk__frequency_close(struct frequency *frequency)
{
    const struct table *words = &frequency->words;
    for (size_t i = 0; i < words->count; i++) {
        const struct table_entry *entry = &words->entries[i];
        for (size_t size = STEM_MIN; size <= entry->length && size <= STEM_MAX;
             size++) {
            struct table_entry *stem =
                talk__table_enter(&frequency->stems, entry->key, size);
            if (!stem) return false;
            if (stem->value == TABLE_NONE) stem->value = 0;
            stem->value += entry->value;
        }
    }
    return true;
}

uint32_t talk__frequency_of(const struct frequency *frequency,
                            const char *word, size_t length, bool stem)
{
    const struct table *table = stem ? &frequency->stems : &frequency->words;
    if (stem && length > STEM_MAX) length = STEM_MAX;
    uint32_t count = talk__table_get(table, word, length);
    return count == TABLE_NONE ? 0 : count;
}
