/* mutate.h - a pack with one small change in it: does anything notice? What
 * nothing notices could break, and nobody would see it. The program sees it.
 */
#ifndef TALK_CHECK_MUTATE_H
#define TALK_CHECK_MUTATE_H

#include "check.h"

/* Kinds of changes, as rules: their problems are changes unnoticed. */
size_t talk__mutate_rule_count(void);
const struct check_rule *talk__mutate_rule(size_t index);

/* A change that can be made. */
struct mutant {
    size_t number; /* of the change, for talk__mutant_load */
    const struct check_rule *rule;
    struct place place; /* of what is changed */
    const char *what;   /* "finding 'fever' is avoid and not urgent" */
    bool of_care; /* what is decided may change: a matter for the proof */
};

struct mutants {
    struct arena arena; /* has all of it */
    struct mutant *items;
    size_t count, capacity;
    double wanted; /* percent that must be noticed; 0: the pack says none */
};

/* All changes of a pack, in order of sections and places. The mutants are to
 * be cleared in any case. err: why the pack does not load as it is. */
talk_status talk__mutants_find(const char *folder, const talk_options *options,
                               struct mutants *mutants, talk_error *err);
/* Keeps those of kinds with this in their name. */
void talk__mutants_keep(struct mutants *mutants, const char *kind);
void talk__mutants_clear(struct mutants *mutants);

/* Chooses as many of each kind as of any other, as far as there are any; the
 * same ones for the same seed. *chosen gets their indices, in order, in the
 * arena of the mutants; the answer counts them. *chosen is NULL: no memory. */
size_t talk__mutants_choose(struct mutants *mutants, size_t count,
                            uint32_t seed, size_t **chosen);

/* In place of a number: nothing is changed. */
#define MUTANT_NONE SIZE_MAX

/* Loads the pack with one change in it. Any thread. */
talk_status talk__mutant_load(const char *folder, const talk_options *options,
                              size_t number, talk_bot **bot, talk_error *err);

/* Errors of the pack by those rules of the check that say nothing. */
talk_status talk__mutant_errors(const talk_bot *bot, const char *folder,
                                size_t *errors, talk_error *err);

/* The first example that is not understood as it says: those of one file
 * first. place->source is NULL: there is none. Borrowed from the bot. */
talk_status talk__mutant_examples(const talk_bot *bot, const char *first,
                                  struct place *place, talk_error *err);

/* Marks the problems that a comment of the pack excuses. False: no memory. */
bool talk__mutants_excuse(const char *folder, const talk_options *options,
                          struct check_report *report);

#endif
