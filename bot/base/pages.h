/* pages.h - large blocks of memory, for who has no allocator of their own. */
#ifndef TALK_BASE_PAGES_H
#define TALK_BASE_PAGES_H

#include <stddef.h>

/* Bytes of a large page, as x86-64 and AArch64 have them. */
enum { LARGE_PAGE = 2 * 1024 * 1024 };

/* A block for realloc and free. From a large page on the system is asked for
 * such pages: a pack is 25 MB while it is read, and to get those by 4 KiB
 * takes an eighth of the time. NULL: no memory. */
void *talk__pages_take(size_t size);

#endif
