/* pages.c - large blocks of memory.
 * In: a size.  Out: a block, in large pages where the system has them. What is
 * asked of it is advice: without it the block is as good. */
#include "pages.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__linux__)

#include <sys/mman.h>

void *talk__pages_take(size_t size)
{
    if (size < LARGE_PAGE || size > SIZE_MAX - LARGE_PAGE) return malloc(size);
    size_t whole = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    void *block = aligned_alloc(LARGE_PAGE, whole);
    if (block) (void)madvise(block, whole, MADV_HUGEPAGE);
    return block;
}

#else

void *talk__pages_take(size_t size)
{
    return malloc(size);
}

#endif
