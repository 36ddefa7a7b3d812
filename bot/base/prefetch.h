/* prefetch.h - tells the processor what will be read soon. A worker's memory
 * does not fit into its near caches, and who waits for the far ones at every
 * step waits most of the time. Where the compiler cannot say it, nothing. */
#ifndef TALK_BASE_PREFETCH_H
#define TALK_BASE_PREFETCH_H

#include <stddef.h>
#include <stdint.h>

enum { CACHE_LINE = 64 }; /* bytes that arrive together */

/* Any address: nothing is read. */
static inline void talk__prefetch(const void *at)
{
#if defined(__GNUC__)
    __builtin_prefetch(at);
#else
    (void)at;
#endif
}

/* There may be less behind `at`. */
static inline void talk__prefetch_lines(const void *at, size_t lines)
{
    for (size_t i = 0; i < lines; i++) {
        talk__prefetch((const void *)((uintptr_t)at + i * CACHE_LINE));
    }
}

#endif
