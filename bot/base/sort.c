/* sort.c - sorting in place by Shell's method with Ciura's gaps (2001):
 * small code, no heap, fast enough for the hundreds of items we have. */
#include "sort.h"

#include <assert.h>
#include <string.h>

static const size_t gaps[] = {46305, 20001, 8929, 3905, 1750, 701, 301,
                              132,   57,    23,   10,   4,    1};

void talk__sort(void *items, size_t count, size_t size,
                int (*compare)(const void *a, const void *b))
{
    char *base = items;
    char item[SORT_ITEM_MAX];
    assert(size <= sizeof item);
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        size_t gap = gaps[g];
        for (size_t i = gap; i < count; i++) {
            memcpy(item, base + i * size, size);
            size_t j = i;
            for (; j >= gap && compare(base + (j - gap) * size, item) > 0;
                 j -= gap) {
                memcpy(base + j * size, base + (j - gap) * size, size);
            }
            memcpy(base + j * size, item, size);
        }
    }
}
