/* table.c - a hash table from short texts to numbers: open addressing,
 * linear steps, at most three quarters full. */
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
static size_t slot_of(uint32_t hash, size_t capacity)
{
    return (hash ^ (hash >> 15)) & (capacity - 1);
}

void talk__table_init(struct table *table, struct arena *arena)
{
    *table = (struct table){.arena = arena};
}

static struct table_entry *find(const struct table *table, const char *key,
                                size_t length, uint32_t hash)
{
    size_t slot = slot_of(hash, table->capacity);
    for (;;) {
        struct table_entry *entry = &table->entries[slot];
        if (!entry->key) return entry;
        if (entry->hash == hash && entry->length == length &&
            memcmp(entry->key, key, length) == 0) {
            return entry;
        }
        slot = (slot + 1) & (table->capacity - 1);
    }
}

uint32_t talk__table_get_hashed(const struct table *table, const char *key,
                                size_t length, uint32_t hash)
{
    if (table->capacity == 0) return TABLE_NONE;
    const struct table_entry *entry = find(table, key, length, hash);
    return entry->key ? entry->value : TABLE_NONE;
}

uint32_t talk__table_get(const struct table *table, const char *key,
                         size_t length)
{
    return talk__table_get_hashed(table, key, length, talk__hash(key, length));
}

static bool grow(struct table *table, size_t capacity)
{
    struct table bigger = *table;
    bigger.capacity = capacity;
    bigger.entries = talk__arena_array(table->arena, bigger.capacity,
                                       sizeof *bigger.entries);
    if (!bigger.entries) return false;
    for (size_t i = 0; i < table->capacity; i++) {
        const struct table_entry *entry = &table->entries[i];
        if (!entry->key) continue;
        *find(&bigger, entry->key, entry->length, entry->hash) = *entry;
    }
    *table = bigger;
    return true;
}

static bool is_full(size_t count, size_t capacity)
{
    return count * 4 >= capacity * 3;
}

bool talk__table_reserve(struct table *table, size_t count)
{
    size_t capacity = table->capacity ? table->capacity : CAPACITY_MIN;
    while (is_full(count, capacity)) capacity *= 2;
    return capacity == table->capacity || grow(table, capacity);
}

struct table_entry *talk__table_enter_hashed(struct table *table,
                                             const char *key, size_t length,
                                             uint32_t hash)
{
    if (table->capacity == 0 && !talk__table_reserve(table, 0)) return NULL;
    struct table_entry *entry = find(table, key, length, hash);
    if (entry->key) return entry;
    if (is_full(table->count, table->capacity)) {
        if (!talk__table_reserve(table, table->count)) return NULL;
        entry = find(table, key, length, hash);
    }
    *entry = (struct table_entry){key, (uint32_t)length, hash, TABLE_NONE};
    table->count++;
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
