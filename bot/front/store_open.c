/* store_open.c - which store it is that a user means.
 * In: what --store says, or nothing.  Out: a store, or why there is none. */
#include "posix.h"

#include "state_file.h"
#include "store.h"
#include "store_url.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct store *open_memory(const struct store_options *options)
{
    struct store *store = store_memory_new(options->most);
    if (!store) fputs("backtalk: no memory\n", stderr);
    return store;
}

static struct store *open_file(const char *path,
                               const struct store_options *options)
{
    struct store_options with_path = *options;
    with_path.where = path;
    return store_sqlite_new(&with_path);
}

/* A file of the user's own, where there is SQLite. */
static struct store *open_usual(const struct store_options *options)
{
    if (!store_sqlite_is_there()) return open_memory(options);
    struct store *store = NULL;
    char *folder;
    char *path = state_file("conversations.db", &folder);
    if (path) {
        store = open_file(path, options);
    } else {
        fprintf(stderr,
                "backtalk: %s: %s; say where conversations are kept: --store "
                "FILE, or --store memory\n",
                folder ? folder : "no home folder", strerror(errno));
    }
    free(path);
    free(folder);
    return store;
}

struct store *store_open(const struct store_options *options)
{
    if (!options->where) return open_usual(options);
    if (strcmp(options->where, "memory") == 0) return open_memory(options);
    if (store_url_is(options->where)) return store_redis_new(options);
    return open_file(options->where, options);
}
