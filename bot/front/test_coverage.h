/* test_coverage.h - which rules of a pack its transcripts exercise. */
#ifndef FRONT_TEST_COVERAGE_H
#define FRONT_TEST_COVERAGE_H

#include "backtalk.h"
#include "screen.h"

#include <pthread.h>

enum coverage_kind {
    COVER_TOPICS,
    COVER_TOPIC_PATTERNS,
    COVER_FINDINGS, /* each by polarity */
    COVER_FINDING_PATTERNS,
    COVER_CUES,
    COVER_ANSWERS,
    COVER_SLOTS,        /* the patterns of their values */
    COVER_ALTERNATIVES, /* of all these patterns */
    COVER_RESPONSES,
    COVER_WORDINGS,
    COVER_POLICY,
    COVER_TIERS,
    COVER_KINDS
};

/* One thing that can be exercised. */
struct cover {
    enum coverage_kind kind;
    const char *name;
    const char *detail; /* polarity, pattern, place in the policy; or "" */
    const char *source; /* file below the pack, or "" */
    uint32_t line, column;
    uint32_t number; /* of an alternative, in its pattern */
    size_t count;    /* turns that did */
};

struct coverage {
    pthread_mutex_t lock;
    char *names; /* copies: the bots go with their rounds */
    size_t names_length;
    struct cover *items; /* by kind, name and place */
    size_t count;
    size_t unknown; /* turns of which no explanation could be had */
};

/* What the bot has, nothing of it exercised. The bot must be loaded with the
 * option alternatives, or those are not counted. false: no memory. */
bool coverage_init(struct coverage *coverage, const talk_bot *bot);
void coverage_clear(struct coverage *coverage);

/* Counts what a turn exercised; from any thread. */
void coverage_turn(void *payload, const talk_turn *turn);

/* A pattern, or an alternative of one. */
bool coverage_is_pattern(enum coverage_kind kind);

struct coverage_sum {
    size_t hit, total;
};
struct coverage_sum coverage_sum(const struct coverage *coverage,
                                 enum coverage_kind kind);
/* All but the patterns: a pack's own examples are there for these, and there
 * are so many that nothing else would count. */
struct coverage_sum coverage_all(const struct coverage *coverage);
/* 100 for nothing at all. */
double coverage_percent(struct coverage_sum sum);

/* ---- What is told of it ------------------------------------------------ */

void coverage_print(const struct coverage *coverage,
                    const struct screen *screen);
/* As JSON, or, when the name ends in .info or .lcov, as a tracefile of
 * lcov(1) with the lines of the pack's files. false: errno says why. */
bool coverage_write(const struct coverage *coverage, const char *path,
                    const char *pack);

extern const char *const coverage_names[COVER_KINDS];

#endif
