/* batch.c - work that many threads want done, done for all of them at once.
 * In: items.  Out: the same, done.  Who finds nobody working works for all
 * that wait. */
#include "posix.h"

#include "batch.h"

void batch_init(struct batch *batch, batch_work work, void *payload)
{
    *batch = (struct batch){.work = work, .payload = payload};
    batch->last = &batch->first;
    pthread_mutex_init(&batch->lock, NULL);
    pthread_cond_init(&batch->changed, NULL);
}

void batch_clear(struct batch *batch)
{
    pthread_cond_destroy(&batch->changed);
    pthread_mutex_destroy(&batch->lock);
}

/* The lock is held, but while it works. */
static void work_for_all(struct batch *batch)
{
    struct batch_item *first = batch->first;
    batch->first = NULL;
    batch->last = &batch->first;
    batch->working = true;
    pthread_mutex_unlock(&batch->lock);
    batch->work(batch->payload, first);
    pthread_mutex_lock(&batch->lock);
    batch->working = false;
    for (struct batch_item *at = first, *next; at; at = next) {
        next = at->next; /* an item that is done may be gone */
        at->done = true;
    }
    pthread_cond_broadcast(&batch->changed);
}

void batch_do(struct batch *batch, struct batch_item *item)
{
    *item = (struct batch_item){0};
    pthread_mutex_lock(&batch->lock);
    *batch->last = item;
    batch->last = &item->next;
    while (!item->done) {
        if (batch->working) {
            pthread_cond_wait(&batch->changed, &batch->lock);
        } else {
            work_for_all(batch);
        }
    }
    pthread_mutex_unlock(&batch->lock);
}
