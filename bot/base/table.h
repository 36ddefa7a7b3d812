/* table.h - a hash table from short texts to numbers.
 * The keys are borrowed; they must live as long as the table. */
#ifndef TALK_BASE_TABLE_H
#define TALK_BASE_TABLE_H

#include "memory.h"

struct table_entry {
    const char *key;
    uint32_t length;
    uint32_t hash;
    uint32_t value;
};

struct table {
    struct arena *arena;
    struct table_entry *entries; /* in the order in which they were made */
    size_t count;
    uint32_t *places; /* by hash: the number of an entry, from 1; 0: empty */
    size_t capacity;  /* a power of two, or 0 */
};

enum { TABLE_NONE = UINT32_MAX };

/* FNV-1a, 32 bits (Fowler, Noll, Vo; RFC 9923). Step by step, so that the
 * hashes of all prefixes of a word cost one pass. */
#define TALK__HASH_SEED 2166136261u
static inline uint32_t talk__hash_step(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 16777619u;
}
uint32_t talk__hash(const char *text, size_t length);

void talk__table_init(struct table *table, struct arena *arena);
/* Room for so many keys, where that is known or can be guessed: a table that
 * grows leaves its old entries behind in the arena. false: no memory. */
bool talk__table_reserve(struct table *table, size_t count);
/* The value of a key, or TABLE_NONE. */
uint32_t talk__table_get(const struct table *table, const char *key,
                         size_t length);
uint32_t talk__table_get_hashed(const struct table *table, const char *key,
                                size_t length, uint32_t hash);
/* The entry of a key, made if need be: then its value is TABLE_NONE, and its
 * key is the caller's, who puts one there that lives on. NULL: no memory.
 * Valid until the next entry is made. */
struct table_entry *talk__table_enter(struct table *table, const char *key,
                                      size_t length);
struct table_entry *talk__table_enter_hashed(struct table *table,
                                             const char *key, size_t length,
                                             uint32_t hash);
/* Sets or replaces. false: no memory. */
bool talk__table_set(struct table *table, const char *key, size_t length,
                     uint32_t value);

#endif
