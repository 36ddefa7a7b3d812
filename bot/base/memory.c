/* memory.c - the host's allocator, and arenas on top of it.
 * In: sizes.  Out: memory.  Ignores: what it is for. */
#include "memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "pages.h"

/* Smallest block of an arena. A turn of a small pack fits into one. */
enum { BLOCK_MIN = 16 * 1024 };

/* An arena that holds more than this is made smaller when it was less than a
 * quarter full so many times in a row. */
enum { HELD_MAX = 256 * 1024, QUIET_MAX = 16 };

struct arena_block {
    struct arena_block *next; /* older */
    size_t size;              /* bytes behind this header */
};

/* malloc's alignment, which is enough for every type we store. */
enum { ALIGNMENT = 16 };
#define HEADER_SIZE \
    ((sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

/* Largest block that is taken before it is needed. */
#define BLOCK_MAX (LARGE_PAGE - HEADER_SIZE)

static void *plain_alloc(void *payload, void *block, size_t old_size,
                         size_t new_size)
{
    (void)payload;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return block ? realloc(block, new_size) : talk__pages_take(new_size);
}

struct memory talk__memory_from(const talk_options *options)
{
    struct memory memory = {plain_alloc, NULL};
    if (options && options->alloc_fn) {
        memory.alloc_fn = options->alloc_fn;
        memory.payload = options->alloc_payload;
    }
    return memory;
}

void *talk__memory_take(const struct memory *memory, size_t size)
{
    assert(size > 0);
    return memory->alloc_fn(memory->payload, NULL, 0, size);
}

void *talk__memory_grow(const struct memory *memory, void *block,
                        size_t old_size, size_t new_size)
{
    assert(new_size > 0);
    return memory->alloc_fn(memory->payload, block, old_size, new_size);
}

void talk__memory_give(const struct memory *memory, void *block, size_t size)
{
    if (block) memory->alloc_fn(memory->payload, block, size, 0);
}

void talk__arena_init(struct arena *arena, const struct memory *memory,
                      size_t ceiling)
{
    *arena = (struct arena){.memory = *memory, .ceiling = ceiling};
}

void talk__arena_clear(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block) {
        struct arena_block *next = block->next;
        talk__memory_give(&arena->memory, block, HEADER_SIZE + block->size);
        block = next;
    }
    arena->blocks = NULL;
    arena->used = 0;
    arena->held = 0;
    arena->quiet = 0;
    arena->failed = false;
}

static struct arena_block *block_new(struct arena *arena, size_t size)
{
    if (arena->ceiling &&
        (size > arena->ceiling || arena->held > arena->ceiling - size)) {
        return NULL;
    }
    struct arena_block *block =
        talk__memory_take(&arena->memory, HEADER_SIZE + size);
    if (!block) return NULL;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = 0;
    arena->held += size;
    return block;
}

static size_t bytes_used(const struct arena *arena)
{
    return arena->blocks ? arena->held - arena->blocks->size + arena->used : 0;
}

void talk__arena_reset(struct arena *arena)
{
    bool quiet = arena->held > HELD_MAX && bytes_used(arena) < arena->held / 4;
    arena->quiet = quiet ? arena->quiet + 1 : 0;
    arena->failed = false;
    arena->used = 0;
    bool shrinks = arena->quiet > QUIET_MAX;
    if (!shrinks && (!arena->blocks || !arena->blocks->next)) return;
    /* Several blocks: next time one will do. When there is no memory for it
     * the arena is just empty. */
    size_t size = shrinks ? HELD_MAX : arena->held;
    talk__arena_clear(arena);
    (void)block_new(arena, size);
}

void *talk__arena_raw(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4) {
        arena->failed = true;
        return NULL;
    }
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size == 0) size = ALIGNMENT;
    struct arena_block *block = arena->blocks;
    if (!block || block->size - arena->used < size) {
        size_t wanted = block ? block->size * 2 : BLOCK_MIN;
        if (wanted > BLOCK_MAX) wanted = BLOCK_MAX;
        if (arena->ceiling && arena->held + wanted > arena->ceiling) {
            wanted = size;
        }
        block = block_new(arena, wanted < size ? size : wanted);
    }
    if (!block) {
        arena->failed = true;
        return NULL;
    }
    char *at = (char *)block + HEADER_SIZE + arena->used;
    arena->used += size;
    return at;
}

void *talk__arena_take(struct arena *arena, size_t size)
{
    void *at = talk__arena_raw(arena, size);
    if (at) memset(at, 0, size);
    return at;
}

void *talk__arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 4 / size) {
        arena->failed = true;
        return NULL;
    }
    return talk__arena_take(arena, count * size);
}

char *talk__arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = talk__arena_raw(arena, length + 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

bool talk__arena_room(struct arena *arena, void **items, size_t count,
                      size_t *capacity, size_t size)
{
    if (count < *capacity) return true;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    void *bigger = talk__arena_array(arena, wanted, size);
    if (!bigger) return false;
    if (count) memcpy(bigger, *items, count * size);
    *items = bigger;
    *capacity = wanted;
    return true;
}
