/* store.h - where a server keeps conversations between their turns.
 *
 * A turn takes its conversation out, says, and commits:
 *
 *     store->kind->load(store, name, bot, now, &loan);
 *     talk_say(worker, loan.session, …);
 *     store->kind->commit(store, &loan, now);
 *
 * One loan of a conversation at a time: who comes second waits, in the order
 * of coming. A store that is shared with other servers cannot see theirs: its
 * commit answers STORE_CHANGED when the version that was read is no longer
 * the newest, and the message is said again in the newer one. */
#ifndef FRONT_STORE_H
#define FRONT_STORE_H

#include "backtalk.h"

#include <stdio.h>

enum store_result {
    STORE_OK,
    STORE_FULL,    /* no room for a new conversation */
    STORE_CHANGED, /* another was faster: load and say once more */
    STORE_AWAY,    /* it cannot be reached; nothing was changed */
    STORE_BROKEN,  /* what it has of the conversation cannot be read */
    STORE_NOMEM
};

/* A conversation that is taken out. */
struct loan {
    talk_session *session; /* the store's; the turn may write to it */
    uint64_t number;       /* of the conversation: a name for logs */
    uint64_t version;      /* turns that were committed before */
    void *place;           /* the store's own business */
};

struct store;

/* `now` is in seconds since 1970. */
struct store_kind {
    /* A commit waits for a disk or for another machine, so that more threads
     * than there are processors do more work. */
    bool waits;
    /* Finds the conversation or begins it. Every loan ends with a commit or a
     * release. */
    enum store_result (*load)(struct store *store, const char *name,
                              const talk_bot *bot, int64_t now,
                              struct loan *loan);
    enum store_result (*commit)(struct store *store, struct loan *loan,
                                int64_t now);
    /* Gives it back as it was; one that never had a turn is gone. */
    void (*release)(struct store *store, struct loan *loan);
    /* What is not there counts as forgotten. */
    enum store_result (*forget)(struct store *store, const char *name);
    /* Forgets what has had no turn since `before`; returns how many. */
    size_t (*expire)(struct store *store, int64_t before);
    size_t (*count)(struct store *store);
    void (*free)(struct store *store);
};

struct store {
    const struct store_kind *kind;
};

/* Bytes of the name of a conversation. */
enum { STORE_NAME_MAX = 256 };

struct store_options {
    const char *where;    /* NULL: the usual place */
    size_t most;          /* conversations */
    int64_t expire;       /* seconds without a turn, as given to expire */
    const char *password; /* of a Redis; NULL: none */
    FILE *log;            /* what goes wrong later is told there */
};

/* "memory", the address of a Redis, else the name of a file of SQLite. NULL:
 * stderr says why. */
struct store *store_open(const struct store_options *options);

/* NULL: no memory. */
struct store *store_memory_new(size_t most);

/* Whether the program was built with SQLite. */
bool store_sqlite_is_there(void);
/* In a file, which other servers may share: a turn is on the disk when its
 * commit returns. NULL: stderr says why. */
struct store *store_sqlite_new(const struct store_options *options);

/* Whether the program was built with hiredis. */
bool store_redis_is_there(void);
/* In a Redis, which other servers may share: it has a turn when its commit
 * returns. NULL: stderr says why. */
struct store *store_redis_new(const struct store_options *options);

#endif
