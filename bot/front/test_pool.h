/* test_pool.h - work on many threads, delivered in order. */
#ifndef FRONT_TEST_POOL_H
#define FRONT_TEST_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool_work {
    size_t count;
    size_t threads; /* at most */
    /* Makes what a thread needs, on that thread; NULL: it does not start. */
    void *(*begin)(void *payload);
    /* One piece of work, on any thread. NULL: none could be made. */
    void *(*make)(void *payload, void *own, size_t index);
    void (*end)(void *payload, void *own);
    /* Given each piece by index, on the caller's thread; false: no more. */
    bool (*deliver)(void *payload, size_t index, void *piece);
    /* For pieces that were made in vain. */
    void (*discard)(void *payload, void *piece);
    void *payload;
};

/* false: no thread could begin, or no memory. */
bool pool_run(const struct pool_work *work);

/* Processors that this machine has to offer. */
size_t pool_processors(void);

#endif
