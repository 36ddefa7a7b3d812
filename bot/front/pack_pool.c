/* pack_pool.c - the pack that a server talks by, and a worker for each turn.
 * In: bots.  Out: workers, as many as there are turns at once; they are kept
 * warm for the next turns.  Knows nothing of sessions. */
#include "posix.h"

#include "pack_pool.h"

#include <pthread.h>
#include <stdlib.h>

/* Workers that wait: more threads than this there are not. */
enum { SPARE_MAX = 64 };

struct pack_copy {
    talk_bot *bot;
    size_t uses; /* turns that run by it */
    talk_worker *spare[SPARE_MAX];
    size_t spare_count;
};

struct pack_pool {
    pthread_mutex_t lock;
    struct pack_copy *current;
};

static struct pack_copy *copy_new(talk_bot *bot)
{
    struct pack_copy *copy = calloc(1, sizeof *copy);
    if (copy) copy->bot = bot;
    return copy;
}

static void copy_free(struct pack_copy *copy)
{
    for (size_t i = 0; i < copy->spare_count; i++) {
        talk_worker_free(copy->spare[i]);
    }
    talk_bot_free(copy->bot);
    free(copy);
}

struct pack_pool *pack_pool_new(talk_bot *bot)
{
    struct pack_pool *pool = calloc(1, sizeof *pool);
    if (!pool) return NULL;
    pool->current = copy_new(bot);
    if (!pool->current) {
        free(pool);
        return NULL;
    }
    pthread_mutex_init(&pool->lock, NULL);
    return pool;
}

void pack_pool_free(struct pack_pool *pool)
{
    if (!pool) return;
    copy_free(pool->current);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

bool pack_pool_change(struct pack_pool *pool, talk_bot *bot)
{
    struct pack_copy *fresh = copy_new(bot);
    if (!fresh) return false;
    pthread_mutex_lock(&pool->lock);
    struct pack_copy *old = pool->current;
    bool unused = old->uses == 0;
    pool->current = fresh;
    pthread_mutex_unlock(&pool->lock);
    if (unused) copy_free(old);
    return true;
}

/* The lock is not held. True when that was the last use of an old pack. */
static bool end_use(struct pack_pool *pool, struct pack_copy *copy,
                    talk_worker **worker)
{
    pthread_mutex_lock(&pool->lock);
    copy->uses--;
    if (*worker && copy->spare_count < SPARE_MAX) {
        copy->spare[copy->spare_count++] = *worker;
        *worker = NULL;
    }
    bool last = copy != pool->current && copy->uses == 0;
    pthread_mutex_unlock(&pool->lock);
    return last;
}

talk_status pack_pool_take(struct pack_pool *pool, struct pack_use *use)
{
    *use = (struct pack_use){0};
    pthread_mutex_lock(&pool->lock);
    struct pack_copy *copy = pool->current;
    copy->uses++;
    if (copy->spare_count) use->worker = copy->spare[--copy->spare_count];
    pthread_mutex_unlock(&pool->lock);
    use->copy = copy;
    use->bot = copy->bot;
    if (use->worker) return TALK_OK;
    talk_status status = talk_worker_new(copy->bot, &use->worker, NULL);
    if (status != TALK_OK) pack_pool_give(pool, use);
    return status;
}

void pack_pool_give(struct pack_pool *pool, struct pack_use *use)
{
    bool last = end_use(pool, use->copy, &use->worker);
    talk_worker_free(use->worker);
    if (last) copy_free(use->copy);
    *use = (struct pack_use){0};
}
