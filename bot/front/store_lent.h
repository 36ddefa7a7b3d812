/* store_lent.h - what stores that keep saved sessions have in common: the
 * conversations that are taken out. */
#ifndef FRONT_STORE_LENT_H
#define FRONT_STORE_LENT_H

#include "lanes.h"
#include "store.h"

/* A loan from the inside: its place. */
struct lent {
    struct lane *lane;
    uint64_t number, version;
    char name[];
};

/* Comes back when it is the caller's turn; the loan has a place then, and no
 * session. STORE_NOMEM. */
enum store_result lent_begin(struct lanes *lanes, const char *name,
                             struct loan *loan);
/* Gives it a session: what was saved, or with NULL a new one. When it fails
 * the loan is still to be ended. */
enum store_result lent_open(struct loan *loan, const talk_bot *bot,
                            const char *saved, size_t length);
void lent_end(struct loan *loan);

#endif
