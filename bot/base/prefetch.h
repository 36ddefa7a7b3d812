/* prefetch.h - tells the processor what will be read soon. A worker's memory
 * does not fit into its near caches, and who waits for the far ones at every
 * step waits most of the time. Where the compiler cannot say it, nothing. */
#ifndef TALK_BASE_PREFETCH_H
#define TALK_BASE_PREFETCH_H

static inline void talk__prefetch(const void *at)
{
#if defined(__GNUC__)
    __builtin_prefetch(at);
#else
    (void)at;
#endif
}

#endif
