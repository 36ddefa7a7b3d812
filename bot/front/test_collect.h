/* test_collect.h - the transcripts below the paths of the command line. */
#ifndef FRONT_TEST_COLLECT_H
#define FRONT_TEST_COLLECT_H

#include "memory.h"

#include <stdbool.h>
#include <stddef.h>

struct paths {
    struct arena arena; /* owns them */
    const char **items; /* sorted, each once */
    size_t count, capacity;
};

/* false: a path does not exist or holds no transcript, and stderr says so;
 * paths holds what was found all the same. Clear it in either case. */
bool paths_collect(struct paths *paths, const char *const *given,
                   size_t count);
void paths_clear(struct paths *paths);

#endif
