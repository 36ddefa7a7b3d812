/* metrics.h - what a server counts, in the text format of Prometheus. It
 * counts turns, never what is said in them. */
#ifndef FRONT_METRICS_H
#define FRONT_METRICS_H

#include "backtalk.h"

#include <stdatomic.h>

enum { TIER_NAMES = TALK_TIER_EMERGENCY + 1, LATENCY_BUCKETS = 13 };

/* Answers are counted by their status: these, and the rest. */
enum { STATUSES_COUNTED = 13 };

struct metrics {
    atomic_uint_fast64_t turns[TIER_NAMES]; /* by the tier after them */
    atomic_uint_fast64_t repeats, fallbacks, techniques, expired, forgotten;
    atomic_uint_fast64_t latency[LATENCY_BUCKETS]; /* each with its own */
    atomic_uint_fast64_t nanoseconds;
    atomic_uint_fast64_t answers[STATUSES_COUNTED];
    atomic_uint_fast64_t reloads, reloads_failed;
};

/* What is counted of a turn. */
struct turn_counted {
    talk_tier tier;
    bool fallback, technique;
    uint64_t nanoseconds;
};

/* All of them: any thread. */
void metrics_turn(struct metrics *metrics, const struct turn_counted *turn);
void metrics_answer(struct metrics *metrics, unsigned status);
void metrics_add(atomic_uint_fast64_t *counter, uint64_t more);

/* The text, for the caller to free; NULL: no memory. */
char *metrics_text(struct metrics *metrics, size_t sessions, size_t *length);

#endif
