/* key_book.c - the keys of all patterns, numbered, and the sets of them.
 * In: words.  Out: numbers; what is the same has the same number.
 * Ignores which patterns they are of. */
#include "key_book.h"

#include <string.h>

#include "ascii.h"

enum { STEM_MIN = 2 }; /* letters */

enum {
    COUNT_COST = 16, /* of a word, each time that it was counted */
    SHORT_MAX = 3,   /* letters of a short word … */
    SHORT_COST = 10, /* … which is frequent where no text tells */
    WORD_COST = 1
};

struct key_note {
    uint32_t cost;
    uint32_t mark; /* of the last set that it was put into */
    uint32_t spelt;
    uint32_t alone; /* the set of this key alone, plus one; 0: not yet */
};

void talk__key_book_init(struct key_book *book, struct arena *keep,
                         struct arena *scratch)
{
    *book = (struct key_book){.keep = keep, .scratch = scratch};
    talk__frequency_init(&book->frequency, scratch);
    talk__table_init(&book->words, keep);
    talk__table_init(&book->stems, keep);
    talk__table_init(&book->set_numbers, scratch);
}

bool talk__is_stem(const char *text, size_t length)
{
    return length >= STEM_MIN || talk__is_digit(text[length - 1]);
}

static struct key_note note_of(const struct key_book *book, const char *text,
                               size_t length, bool stem)
{
    uint32_t count = talk__frequency_of(&book->frequency, text, length, stem);
    uint32_t cost = length <= SHORT_MAX ? SHORT_COST : WORD_COST;
    return (struct key_note){.cost = count * COUNT_COST + cost};
}

/* Of an entry that was made just now. */
static bool add_key(struct key_book *book, struct table_entry *entry,
                    bool stem)
{
    void *notes = book->notes;
    const char *text = entry->key;
    size_t length = entry->length;
    entry->key = talk__arena_text(book->keep, text, length);
    if (!entry->key ||
        !talk__arena_room(book->scratch, &notes, book->key_count,
                          &book->note_capacity, sizeof *book->notes)) {
        return false;
    }
    entry->value = (uint32_t)book->key_count++;
    book->notes = notes;
    book->notes[entry->value] = note_of(book, text, length, stem);
    if (stem) book->stem_lengths |= 1u << length;
    return true;
}

bool talk__key_book_word(struct key_book *book, const char *text,
                         size_t length, uint32_t hash, uint32_t *number)
{
    struct table_entry *entry =
        talk__table_enter_hashed(&book->words, text, length, hash);
    if (!entry) return false;
    if (entry->value == TABLE_NONE && !add_key(book, entry, false)) {
        return false;
    }
    *number = entry->value;
    return true;
}

bool talk__key_book_key(struct key_book *book, const char *text, size_t length,
                        bool stem, uint32_t *number)
{
    if (!stem) {
        return talk__key_book_word(book, text, length,
                                   talk__hash(text, length), number);
    }
    if (length > KEY_STEM_MAX) length = KEY_STEM_MAX;
    struct table_entry *entry = talk__table_enter(&book->stems, text, length);
    if (!entry) return false;
    if (entry->value == TABLE_NONE && !add_key(book, entry, true)) {
        return false;
    }
    *number = entry->value;
    return true;
}

void talk__key_book_spell(struct key_book *book, uint32_t key)
{
    book->notes[key].spelt++;
}

uint32_t talk__key_book_spelt(const struct key_book *book, uint32_t key)
{
    return book->notes[key].spelt;
}

uint32_t talk__key_book_cost(const struct key_book *book, uint32_t key)
{
    return book->notes[key].cost;
}

/* Each but once, in the order in which they come first. */
static struct key_set set_of(struct key_book *book, const uint32_t *keys,
                             size_t count, uint32_t *kept)
{
    struct key_set set = {kept, 0, 0};
    book->mark++;
    for (size_t i = 0; i < count; i++) {
        struct key_note *note = &book->notes[keys[i]];
        if (note->mark == book->mark) continue;
        note->mark = book->mark;
        set.cost += note->cost;
        kept[set.count++] = keys[i];
    }
    return set;
}

static uint32_t hash_of(const struct key_set *set)
{
    uint32_t hash = TALK__HASH_SEED;
    for (uint32_t i = 0; i < set->count; i++) {
        hash = (hash ^ set->keys[i]) * UINT32_C(0x85EBCA6B);
        hash ^= hash >> 15;
    }
    return hash;
}

/* The keys are the moment's. */
static bool number_set(struct key_book *book, struct key_set set,
                       uint32_t *number)
{
    const char *bytes = (const char *)set.keys;
    size_t size = set.count * sizeof *set.keys;
    struct table_entry *entry = talk__table_enter_hashed(
        &book->set_numbers, bytes, size, hash_of(&set));
    if (!entry) return false;
    *number = entry->value;
    if (*number != TABLE_NONE) return true;
    void *sets = book->sets;
    entry->key = bytes = talk__arena_text(book->scratch, bytes, size);
    if (!bytes || !talk__arena_room(book->scratch, &sets, book->set_count,
                                    &book->set_capacity, sizeof *book->sets)) {
        return false;
    }
    *number = entry->value = (uint32_t)book->set_count++;
    book->sets = sets;
    set.keys = (const void *)bytes;
    book->sets[*number] = set;
    return true;
}

bool talk__key_book_set(struct key_book *book, struct arena *moment,
                        const uint32_t *keys, size_t count, uint32_t *number)
{
    struct key_note *first = count ? &book->notes[keys[0]] : NULL;
    if (count == 1 && first->alone) {
        *number = first->alone - 1;
        return true;
    }
    uint32_t *kept = talk__arena_raw(moment, (count + 1) * sizeof *kept);
    if (!kept) return false;
    struct key_set set = set_of(book, keys, count, kept);
    if (!number_set(book, set, number)) return false;
    if (set.count == 1) first->alone = *number + 1;
    return true;
}
