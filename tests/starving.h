/* starving.h - an allocator that counts, and that refuses when told to. Knows
 * nothing of the library. */
#ifndef TALK_TESTS_STARVING_H
#define TALK_TESTS_STARVING_H

#include <stdbool.h>
#include <stddef.h>

/* A talk_alloc_fn's payload. Blocks and bytes are those that are held. */
struct starving {
    size_t asked;   /* so far, for new or larger blocks */
    size_t fail_at; /* the first that is refused, from 0 */
    bool for_good;  /* all after it are refused, too */
    size_t refused;
    size_t blocks, bytes;
};

/* fail_at of an allocator that never refuses. */
#define NEVER ((size_t)-1)

/* A talk_alloc_fn. Ends the program when a block comes back with a size that
 * it never had. */
void *starving_alloc(void *payload, void *block, size_t old_size,
                     size_t new_size);

#endif
