/* proof.h - explores every conversation that a pack allows, and tells which
 * rule of safety one of them breaks. The program sees it. */
#ifndef TALK_CHECK_PROOF_H
#define TALK_CHECK_PROOF_H

#include "check.h"

/* What breaks a rule, and the shortest conversation that leads there. Texts
 * are borrowed until the call returns. */
typedef struct proof_fault {
    const char *rule;       /* its name, such as "technique" */
    const char *reason;     /* why there is the rule */
    const char *what;       /* what came */
    const char *transcript; /* fails under `backtalk test`; or a sketch */
    bool replayed;          /* the transcript was said, and came out so */
    const char *source;     /* file below the pack; "" when there is none */
    uint32_t line, column;
} proof_fault;

typedef struct proof_options {
    uint32_t findings; /* that count at once, at most; 0: 2 */
    uint32_t states;   /* most of one exploration; 0: 400,000 */
    /* Called for each fault; NULL: they are only counted. */
    void (*fault_fn)(void *payload, const proof_fault *fault);
    /* The text of the report, piece by piece; NULL: none. */
    talk_write_fn write;
    /* Called now and then: how far it is. NULL: never. */
    void (*progress_fn)(void *payload, size_t states, size_t open);
    void *payload;
} proof_options;

typedef struct proof_result {
    size_t faults;
    size_t states, transitions;
    size_t depth;  /* messages of the longest shortest way to a state */
    bool complete; /* nothing was left out but what the report says */
} proof_result;

/* The rules, of which each fault names one. */
size_t talk__proof_rule_count(void);
const struct check_rule *talk__proof_rule(size_t index);

/* Explores. TALK_OK: it came to an end, whatever it found. TALK_NOMEM,
 * TALK_IO: write said no. */
talk_status talk__proof_run(const talk_bot *bot, const proof_options *options,
                            proof_result *result, talk_error *err);

#endif
