/* test_play.h - transcripts played on bots that all threads share. */
#ifndef FRONT_TEST_PLAY_H
#define FRONT_TEST_PLAY_H

#include "test_verdict.h"

#include <pthread.h>

/* The same pack, once for each seed that a transcript asks for. */
struct bots {
    const char *pack;  /* of --pack; NULL: not said */
    bool alternatives; /* of patterns are told apart: for coverage */
    pthread_mutex_t lock;
    pthread_key_t clock; /* for each thread, the time of its transcript */
    struct bots_entry *first;
    bool failed; /* a pack did not load; stderr says why */
};

/* false: no bot for this seed; stderr says why. */
bool bots_init(struct bots *bots, const char *pack, uint32_t seed,
               bool alternatives);
void bots_clear(struct bots *bots);
/* NULL: the pack does not load any more, and bots->failed is set. */
const talk_bot *bots_get(struct bots *bots, uint32_t seed);

/* Told of every turn that was played, by the thread that played it. */
typedef void (*play_turn_fn)(void *payload, const talk_turn *turn);

/* What one thread plays with. */
struct player {
    struct bots *bots;
    uint32_t seed;        /* where a transcript names none */
    play_turn_fn turn_fn; /* may be NULL */
    void *payload;
    uint64_t now;
    const talk_bot *bot; /* that the worker is for */
    talk_worker *worker;
};

void player_init(struct player *player, struct bots *bots, uint32_t seed);
void player_clear(struct player *player);

/* Every run of the verdict's script, which has no problem. */
void play(struct player *player, struct verdict *verdict);

#endif
