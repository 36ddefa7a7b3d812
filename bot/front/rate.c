/* rate.c - how often each of many callers may call: a leaky bucket for each.
 * In: names, times.  Out: whether a call may go on.
 * The table has a fixed size. Where two callers meet in one place, the newer
 * takes it over: a flood of names costs no memory, and then lets through too
 * much rather than too little. */
#include "posix.h"

#include "rate.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    PLACES = 65536, /* 1.5 MiB */
    LOCKS = 64
};

/* µs */
static const uint64_t minute = 60000000, second = 1000000;

struct bucket {
    uint64_t name;    /* its hash */
    uint64_t free_at; /* µs; the bucket is empty then */
};

struct rate {
    uint64_t step; /* µs that a call takes */
    pthread_mutex_t locks[LOCKS];
    struct bucket places[PLACES];
};

struct rate *rate_new(uint32_t calls)
{
    struct rate *rate = calloc(1, sizeof *rate);
    if (!rate) return NULL;
    rate->step = minute / calls;
    for (size_t i = 0; i < LOCKS; i++) {
        pthread_mutex_init(&rate->locks[i], NULL);
    }
    return rate;
}

void rate_free(struct rate *rate)
{
    if (!rate) return;
    for (size_t i = 0; i < LOCKS; i++) pthread_mutex_destroy(&rate->locks[i]);
    free(rate);
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923). */
static uint64_t hash_of(const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++) {
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    }
    return hash;
}

uint32_t rate_take(struct rate *rate, const char *name, uint64_t now_ms)
{
    uint64_t hash = hash_of(name), now = now_ms * 1000;
    size_t at = (size_t)((hash ^ hash >> 32) % PLACES);
    struct bucket *place = &rate->places[at];
    uint32_t wait = 0;
    pthread_mutex_lock(&rate->locks[at % LOCKS]);
    if (place->name != hash || place->free_at < now) {
        *place = (struct bucket){hash, now};
    }
    /* A minute's worth of calls fits into the bucket. */
    uint64_t full = now + minute;
    uint64_t next = place->free_at + rate->step;
    if (next <= full) {
        place->free_at = next;
    } else {
        wait = (uint32_t)((next - full) / second + 1);
    }
    pthread_mutex_unlock(&rate->locks[at % LOCKS]);
    return wait;
}
