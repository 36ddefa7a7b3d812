/* sort.h - sorting in place. The C library's qsort may take heap memory. */
#ifndef TALK_BASE_SORT_H
#define TALK_BASE_SORT_H

#include <stddef.h>

/* As qsort, but without the heap. Items of at most SORT_ITEM_MAX bytes.
 * Not stable: let the comparison decide every tie. */
enum { SORT_ITEM_MAX = 128 };
void talk__sort(void *items, size_t count, size_t size,
                int (*compare)(const void *a, const void *b));

#endif
