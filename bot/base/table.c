/* table.c - a hash table from short texts to numbers: open addressing,
 * linear steps, at most three quarters full. The entries stand apart, in the
 * order in which they came: what is frequent comes early, and is close
 * together. (Hettinger, "More compact dictionaries with faster iteration".) */
#include "table.h"

#include <string.h>

enum { CAPACITY_MIN = 16 };

uint32_t talk__hash(const char *text, size_t length)
{
    uint32_t hash = TALK__HASH_SEED;
    for (size_t i = 0; i < length; i++) hash = talk__hash_step(hash, text[i]);
    return hash;
}

/* FNV's low bits are weak on short words: fold the high ones in. */
static size_t first_place(uint32_t hash, size_t capacity)
{
    return (hash ^ (hash >> 15)) & (capacity - 1);
}

void talk__table_init(struct table *table, struct arena *arena)
{
    *table = (struct table){.arena = arena};
}

/* The place of the key's entry, or an empty one. There is one. */
static uint32_t *find(const struct table *table, const char *key,
                      size_t length, uint32_t hash)
{
    size_t at = first_place(hash, table->capacity);
    for (;;) {
        uint32_t *place = &table->places[at];
        if (*place == 0) return place;
        const struct table_entry *entry = &table->entries[*place - 1];
        if (entry->hash == hash && entry->length == length &&
            memcmp(entry->key, key, length) == 0) {
            return place;
        }
        at = (at + 1) & (table->capacity - 1);
    }
}

uint32_t talk__table_get_hashed(const struct table *table, const char *key,
                                size_t length, uint32_t hash)
{
    if (table->capacity == 0) return TABLE_NONE;
    uint32_t place = *find(table, key, length, hash);
    return place ? table->entries[place - 1].value : TABLE_NONE;
}

uint32_t talk__table_get(const struct table *table, const char *key,
                         size_t length)
{
    return talk__table_get_hashed(table, key, length, talk__hash(key, length));
}

/* Entries that there is room for. */
static size_t most_of(size_t capacity)
{
    return capacity / 4 * 3;
}

static bool grow(struct table *table, size_t capacity)
{
    struct table bigger = *table;
    bigger.capacity = capacity;
    bigger.places =
        talk__arena_array(table->arena, capacity, sizeof *bigger.places);
    bigger.entries = talk__arena_raw(table->arena, most_of(capacity) *
                                                       sizeof *bigger.entries);
    if (!bigger.places || !bigger.entries) return false;
    for (uint32_t i = 0; i < table->count; i++) {
        size_t at = first_place(table->entries[i].hash, capacity);
        while (bigger.places[at]) at = (at + 1) & (capacity - 1);
        bigger.places[at] = i + 1;
        bigger.entries[i] = table->entries[i];
    }
    *table = bigger;
    return true;
}

bool talk__table_reserve(struct table *table, size_t count)
{
    size_t capacity = table->capacity ? table->capacity : CAPACITY_MIN;
    while (count >= most_of(capacity)) capacity *= 2;
    return capacity == table->capacity || grow(table, capacity);
}

struct table_entry *talk__table_enter_hashed(struct table *table,
                                             const char *key, size_t length,
                                             uint32_t hash)
{
    if (table->capacity == 0 && !talk__table_reserve(table, 0)) return NULL;
    uint32_t *place = find(table, key, length, hash);
    if (*place) return &table->entries[*place - 1];
    if (table->count == most_of(table->capacity)) {
        if (!talk__table_reserve(table, table->count)) return NULL;
        place = find(table, key, length, hash);
    }
    struct table_entry *entry = &table->entries[table->count++];
    *entry = (struct table_entry){key, (uint32_t)length, hash, TABLE_NONE};
    *place = (uint32_t)table->count;
    return entry;
}

struct table_entry *talk__table_enter(struct table *table, const char *key,
                                      size_t length)
{
    return talk__table_enter_hashed(table, key, length,
                                    talk__hash(key, length));
}

bool talk__table_set(struct table *table, const char *key, size_t length,
                     uint32_t value)
{
    struct table_entry *entry = talk__table_enter(table, key, length);
    if (!entry) return false;
    entry->value = value;
    return true;
}
