/* batch.h - work that many threads want done, done for all of them at once:
 * a write to the disk costs the same for one as for a hundred. */
#ifndef FRONT_BATCH_H
#define FRONT_BATCH_H

#include <pthread.h>
#include <stdbool.h>

/* Stands first in what is to be done. */
struct batch_item {
    struct batch_item *next;
    bool done;
};

/* Does all items from the first on. One call at a time. */
typedef void (*batch_work)(void *payload, struct batch_item *first);

struct batch {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct batch_item *first, **last;
    bool working;
    batch_work work;
    void *payload;
};

void batch_init(struct batch *batch, batch_work work, void *payload);
void batch_clear(struct batch *batch);
/* Comes back when the item is done, by this thread or by another. */
void batch_do(struct batch *batch, struct batch_item *item);

#endif
