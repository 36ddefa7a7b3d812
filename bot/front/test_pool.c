/* test_pool.c - work on many threads, delivered in order.
 * In: pieces of work by number.  Out: the same pieces, first to last, however
 * long each took.  Knows nothing of transcripts. */
#include "posix.h"

#include "test_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    THREADS_MAX = 64,
    /* Pieces that may wait for a slow one before them: bounds the memory. */
    AHEAD_MAX = 256
};

struct pool {
    const struct pool_work *work;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot_of_pool {
        void *piece;
        bool made;
    } slots[AHEAD_MAX];
    size_t next;      /* to be taken by a thread */
    size_t delivered; /* pieces that are out */
    size_t running;   /* threads */
    size_t begun;     /* threads that have what they need */
    bool stopped;
};

size_t pool_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : (size_t)count;
}

/* The lock is held. */
static bool take(struct pool *pool, size_t *index)
{
    while (!pool->stopped && pool->next < pool->work->count &&
           pool->next >= pool->delivered + AHEAD_MAX) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    if (pool->stopped || pool->next >= pool->work->count) return false;
    *index = pool->next++;
    return true;
}

static void *run_thread(void *payload)
{
    struct pool *pool = payload;
    const struct pool_work *work = pool->work;
    size_t index;
    void *own = work->begin(work->payload);
    pthread_mutex_lock(&pool->lock);
    if (own) pool->begun++;
    while (own && take(pool, &index)) {
        pthread_mutex_unlock(&pool->lock);
        void *piece = work->make(work->payload, own, index);
        pthread_mutex_lock(&pool->lock);
        pool->slots[index % AHEAD_MAX] = (struct slot_of_pool){piece, true};
        pthread_cond_broadcast(&pool->changed);
    }
    pool->running--;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    if (own) work->end(work->payload, own);
    return NULL;
}

/* Until all is out, the receiver has enough, or nobody works any more. */
static void deliver_all(struct pool *pool)
{
    const struct pool_work *work = pool->work;
    pthread_mutex_lock(&pool->lock);
    while (pool->delivered < work->count && !pool->stopped) {
        size_t index = pool->delivered;
        struct slot_of_pool *slot = &pool->slots[index % AHEAD_MAX];
        if (!slot->made) {
            if (pool->running == 0) break;
            pthread_cond_wait(&pool->changed, &pool->lock);
            continue;
        }
        struct slot_of_pool taken = *slot;
        *slot = (struct slot_of_pool){0};
        pthread_mutex_unlock(&pool->lock);
        bool go_on = work->deliver(work->payload, index, taken.piece);
        pthread_mutex_lock(&pool->lock);
        pool->delivered++;
        pool->stopped = pool->stopped || !go_on;
        pthread_cond_broadcast(&pool->changed);
    }
    pool->stopped = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

bool pool_run(const struct pool_work *work)
{
    pthread_t threads[THREADS_MAX] = {0};
    size_t wanted = work->threads < THREADS_MAX ? work->threads : THREADS_MAX;
    size_t started = 0;
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool) return false;
    if (wanted > work->count) wanted = work->count;
    pool->work = work;
    pool->running = wanted;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->changed, NULL);
    while (started < wanted &&
           pthread_create(&threads[started], NULL, run_thread, pool) == 0) {
        started++;
    }
    pthread_mutex_lock(&pool->lock);
    pool->running -= wanted - started;
    pthread_mutex_unlock(&pool->lock);
    deliver_all(pool);
    for (size_t i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
    for (size_t i = 0; i < AHEAD_MAX; i++) {
        if (pool->slots[i].made) {
            work->discard(work->payload, pool->slots[i].piece);
        }
    }
    bool fine = pool->begun > 0 || work->count == 0;
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
    return fine;
}
