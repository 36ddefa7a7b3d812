/* memory.h - the host's allocator, and arenas on top of it.
 * Knows nothing of conversations. */
#ifndef TALK_BASE_MEMORY_H
#define TALK_BASE_MEMORY_H

#include "backtalk.h"

/* The allocator that the host chose; copied by value. */
struct memory {
    talk_alloc_fn alloc_fn;
    void *payload;
};

/* malloc and free when options has no allocator. */
struct memory talk__memory_from(const talk_options *options);

/* NULL: no memory. size 0 is not allowed. */
void *talk__memory_take(const struct memory *memory, size_t size);
void *talk__memory_grow(const struct memory *memory, void *block,
                        size_t old_size, size_t new_size);
void talk__memory_give(const struct memory *memory, void *block, size_t size);

/* An arena: blocks that are given back all at once. A reset keeps the memory,
 * joined into one block when several were needed, so that a warm arena takes
 * nothing from the host. What one large message needed is given back after
 * some small ones. */
struct arena_block;
struct arena {
    struct memory memory;
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes used in the newest block */
    size_t ceiling;             /* bytes it may hold in all; 0: no ceiling */
    size_t held;                /* bytes of all blocks */
    unsigned quiet;             /* resets in a row that needed far less */
    bool failed;                /* a take failed since the last reset */
};

void talk__arena_init(struct arena *arena, const struct memory *memory,
                      size_t ceiling);
void talk__arena_clear(struct arena *arena);
void talk__arena_reset(struct arena *arena);

/* Zeroed, aligned for anything. NULL: no memory, or the ceiling is met; the
 * arena remembers that in `failed`, so that a stage may check once. */
void *talk__arena_take(struct arena *arena, size_t size);
/* The same, but what is in it is anything: for what is written at once. */
void *talk__arena_raw(struct arena *arena, size_t size);
/* count * size, with a check for overflow. */
void *talk__arena_array(struct arena *arena, size_t count, size_t size);
/* A copy with a NUL byte behind it. */
char *talk__arena_text(struct arena *arena, const char *text, size_t length);

/* Gives *items room for one more than count; doubles *capacity. The old array
 * stays behind in the arena. false: no memory. */
bool talk__arena_room(struct arena *arena, void **items, size_t count,
                      size_t *capacity, size_t size);

#endif
