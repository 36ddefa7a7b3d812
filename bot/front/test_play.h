/* test_play.h - transcripts played on a bot that all threads share. */
#ifndef FRONT_TEST_PLAY_H
#define FRONT_TEST_PLAY_H

#include "test_verdict.h"

#include <pthread.h>

/* What all players share. */
struct stage {
    talk_bot *bot;
    pthread_key_t clock; /* for each thread, the time of its transcript */
};

/* pack: of --pack, or NULL; alternatives of patterns are told apart for
 * coverage. false: no bot; stderr says why. */
bool stage_open(struct stage *stage, const char *pack, bool alternatives);
/* Loads the bot otherwise, with these options. NULL: it cannot. */
typedef talk_bot *(*stage_load_fn)(void *payload, const talk_options *options);
/* The same; load_fn says why it cannot, if anything is to be said. */
bool stage_open_with(struct stage *stage, stage_load_fn load_fn,
                     void *payload);
void stage_close(struct stage *stage);

/* Told of every turn that was played, by the thread that played it. */
typedef void (*play_turn_fn)(void *payload, const talk_turn *turn);

/* What one thread plays with. */
struct player {
    struct stage *stage;
    uint32_t seed;        /* where a transcript names none */
    play_turn_fn turn_fn; /* may be NULL */
    void *payload;
    uint64_t now;
    talk_worker *worker;
};

/* false: no memory. */
bool player_init(struct player *player, struct stage *stage);
void player_clear(struct player *player);

/* Every run of the verdict's script, which has no problem. */
void play(struct player *player, struct verdict *verdict);

#endif
