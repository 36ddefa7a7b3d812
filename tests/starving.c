/* starving.c - an allocator that counts, and that refuses when told to.
 * In: sizes.  Out: memory, and how much of it is held. */
#include "starving.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each block has its size in front. */
enum { FRONT = alignof(max_align_t) };

static char *start_of(void *block, size_t size)
{
    size_t known;
    char *start = (char *)block - FRONT;
    memcpy(&known, start, sizeof known);
    if (known == size) return start;
    (void)fprintf(stderr, "a block of %zu bytes came back as one of %zu\n",
                  known, size);
    abort();
}

void *starving_alloc(void *payload, void *block, size_t old_size,
                     size_t new_size)
{
    struct starving *starving = payload;
    char *start = block ? start_of(block, old_size) : NULL;
    if (new_size == 0) {
        if (!block) return NULL;
        starving->blocks--;
        starving->bytes -= old_size;
        free(start);
        return NULL;
    }
    size_t turn = starving->asked++;
    if (turn == starving->fail_at ||
        (turn > starving->fail_at && starving->for_good)) {
        starving->refused++;
        return NULL;
    }
    char *bigger = realloc(start, FRONT + new_size);
    if (!bigger) abort();
    memcpy(bigger, &new_size, sizeof new_size);
    if (!block) starving->blocks++;
    starving->bytes += new_size - (block ? old_size : 0);
    return bigger + FRONT;
}
