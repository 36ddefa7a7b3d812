/* pack_pool.h - the pack that a server talks by, and a worker for each turn;
 * the pack can be changed while turns are running. */
#ifndef FRONT_PACK_POOL_H
#define FRONT_PACK_POOL_H

#include "backtalk.h"

struct pack_pool;

/* A worker and the bot that it belongs to, while a turn takes. */
struct pack_use {
    const talk_bot *bot;
    talk_worker *worker;
    struct pack_copy *copy; /* the pool's own business */
};

/* The bot becomes the pool's; NULL: no memory, and it is still the caller's.
 */
struct pack_pool *pack_pool_new(talk_bot *bot);
void pack_pool_free(struct pack_pool *pool); /* no turn runs; NULL is fine */

/* Turns that begin from now on talk by this bot, which becomes the pool's;
 * the old one is freed after the last turn that uses it. false: no memory,
 * and nothing was changed. */
bool pack_pool_change(struct pack_pool *pool, talk_bot *bot);

/* Any thread; every take ends with a give. TALK_NOMEM: nothing was taken. */
talk_status pack_pool_take(struct pack_pool *pool, struct pack_use *use);
void pack_pool_give(struct pack_pool *pool, struct pack_use *use);

#endif
