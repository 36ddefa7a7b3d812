/* check.h - what can be known of a pack without a user: problems, each by a
 * named rule. The one header of this floor that the program sees. */
#ifndef TALK_CHECK_CHECK_H
#define TALK_CHECK_CHECK_H

#include "fail.h"
#include "memory.h"

enum check_level { CHECK_WARNING, CHECK_ERROR };

struct check_rule {
    const char *name; /* "no-example" */
    enum check_level level;
    const char *why;  /* why it matters; one or two sentences */
    const char *mend; /* what to do */
};
size_t talk__check_rule_count(void);
const struct check_rule *talk__check_rule(size_t index);

struct check_problem {
    const struct check_rule *rule;
    struct place place; /* source NULL: the pack as a whole */
    const char *what;   /* one line */
    bool excused;       /* a comment of the pack says why it stays */
};

/* How often what was said with a small change was still understood. */
struct check_rate {
    const char *name; /* of the change */
    size_t held, tried;
};

struct check_report {
    struct arena arena;             /* has all of it */
    struct check_problem *problems; /* by rule, then place */
    size_t problem_count, capacity;
    size_t errors, warnings, excused;
    size_t wordings;               /* that were rendered and read: */
    double grade_mean, grade_most; /* of reading, after Flesch and Kincaid */
    struct check_rate *rates;
    const bool *reached; /* per pattern of the pack: an example matches it */
    const bool *ways;    /* per alternative: likewise */
    size_t rate_count;
};

/* Told of each stage as it begins. */
typedef void (*check_progress_fn)(void *payload, const char *stage);

struct check_options {
    const char *folder; /* of the pack: its comments are read again */
    uint32_t seed;      /* for what is tried by chance */
    bool silent;        /* only those checks that say nothing to the pack */
    check_progress_fn progress_fn; /* may be NULL */
    void *payload;
};

/* The bot must be loaded with the option alternatives. The report is to be
 * cleared in any case. TALK_NOMEM, TALK_IO: err says why. */
talk_status talk__check(const talk_bot *bot,
                        const struct check_options *options,
                        struct check_report *report, talk_error *err);
void talk__check_clear(struct check_report *report);

#endif
