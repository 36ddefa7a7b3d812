/* store_memory.c - conversations in memory.
 * In: names.  Out: live sessions.  Nothing is written anywhere; what expires
 * or is forgotten is gone.
 * Shards keep threads out of each other's way. Each has a tree (tsearch, so
 * that no choice of names makes it slow) and a list by age. */
#include "posix.h"

#include "store.h"

#include <pthread.h>
#include <search.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SHARDS = 64 };

struct kept {
    const char *name; /* first: what the tree compares */
    talk_session *session;
    uint64_t number, version;
    int64_t seen; /* when it had its last turn, or began */
    struct kept *older, *newer;
    /* Turns are handed out like numbers in a queue. */
    uint32_t next_ticket, serving;
    char text[]; /* the name */
};

struct shard {
    pthread_mutex_t lock;
    pthread_cond_t served;
    void *tree;
    struct kept *oldest, *newest;
};

struct memory_store {
    struct store store; /* first */
    size_t most;
    atomic_size_t count;
    atomic_uint_fast64_t numbers;
    struct shard shards[SHARDS];
};

static int compare(const void *a, const void *b)
{
    const struct kept *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static struct memory_store *own(struct store *store)
{
    return (struct memory_store *)store;
}

static struct shard *shard_of(struct memory_store *all, const char *name)
{
    uint32_t hash = 0;
    for (; *name; name++) hash = hash * 31 + (unsigned char)*name;
    return &all->shards[(hash ^ hash >> 15) % SHARDS];
}

/* ---- The list by age ---- */

static void unlink_entry(struct shard *shard, struct kept *entry)
{
    *(entry->older ? &entry->older->newer : &shard->oldest) = entry->newer;
    *(entry->newer ? &entry->newer->older : &shard->newest) = entry->older;
}

static void link_newest(struct shard *shard, struct kept *entry)
{
    entry->older = shard->newest;
    entry->newer = NULL;
    *(shard->newest ? &shard->newest->newer : &shard->oldest) = entry;
    shard->newest = entry;
}

/* ---- Entries; the shard's lock is held ---- */

static struct kept *find(struct shard *shard, const char *name)
{
    struct kept like = {.name = name};
    void *node = tfind(&like, &shard->tree, compare);
    return node ? *(struct kept **)node : NULL;
}

static void remove_entry(struct memory_store *all, struct shard *shard,
                         struct kept *entry)
{
    unlink_entry(shard, entry);
    tdelete(entry, &shard->tree, compare);
    talk_session_free(entry->session);
    free(entry);
    atomic_fetch_sub(&all->count, 1);
}

static struct kept *kept_new(const char *name, const talk_bot *bot)
{
    size_t size = strlen(name) + 1;
    struct kept *entry = calloc(1, sizeof *entry + size);
    if (!entry) return NULL;
    memcpy(entry->text, name, size);
    entry->name = entry->text;
    if (talk_session_new(bot, &entry->session, NULL) == TALK_OK) return entry;
    free(entry);
    return NULL;
}

static enum store_result add_entry(struct memory_store *all,
                                   struct shard *shard, const char *name,
                                   const talk_bot *bot, int64_t now,
                                   struct kept **out)
{
    enum store_result result = STORE_FULL;
    struct kept *entry = NULL;
    if (atomic_fetch_add(&all->count, 1) >= all->most) goto failed;
    result = STORE_NOMEM;
    entry = kept_new(name, bot);
    if (!entry || !tsearch(entry, &shard->tree, compare)) goto failed;
    entry->number = atomic_fetch_add(&all->numbers, 1) + 1;
    entry->seen = now;
    link_newest(shard, entry);
    *out = entry;
    return STORE_OK;
failed:
    atomic_fetch_sub(&all->count, 1);
    if (entry) talk_session_free(entry->session);
    free(entry);
    return result;
}

static bool is_lent(const struct kept *entry)
{
    return entry->serving != entry->next_ticket;
}

/* Comes back when it is the caller's turn. */
static void take_turn(struct shard *shard, struct kept *entry)
{
    uint32_t ticket = entry->next_ticket++;
    while (entry->serving != ticket) {
        pthread_cond_wait(&shard->served, &shard->lock);
    }
}

static void end_turn(struct shard *shard, struct kept *entry)
{
    entry->serving++;
    if (is_lent(entry)) pthread_cond_broadcast(&shard->served);
}

/* The caller's turn ends with the entry; who waits for it begins anew. */
static void drop(struct memory_store *all, struct shard *shard,
                 struct kept *entry)
{
    if (entry->serving + 1 == entry->next_ticket) {
        remove_entry(all, shard, entry);
        return;
    }
    talk_session_reset(entry->session);
    entry->version = 0;
    end_turn(shard, entry);
}

/* ---- What a store does ---- */

static enum store_result memory_load(struct store *store, const char *name,
                                     const talk_bot *bot, int64_t now,
                                     struct loan *loan)
{
    struct memory_store *all = own(store);
    struct shard *shard = shard_of(all, name);
    enum store_result result = STORE_OK;
    pthread_mutex_lock(&shard->lock);
    struct kept *entry = find(shard, name);
    if (!entry) result = add_entry(all, shard, name, bot, now, &entry);
    if (result == STORE_OK) {
        take_turn(shard, entry);
        *loan = (struct loan){.session = entry->session,
                              .number = entry->number,
                              .version = entry->version,
                              .place = entry};
    }
    pthread_mutex_unlock(&shard->lock);
    return result;
}

static enum store_result memory_commit(struct store *store, struct loan *loan,
                                       int64_t now)
{
    struct kept *entry = loan->place;
    struct shard *shard = shard_of(own(store), entry->name);
    pthread_mutex_lock(&shard->lock);
    entry->version++;
    entry->seen = now;
    unlink_entry(shard, entry);
    link_newest(shard, entry);
    end_turn(shard, entry);
    pthread_mutex_unlock(&shard->lock);
    *loan = (struct loan){0};
    return STORE_OK;
}

static void memory_release(struct store *store, struct loan *loan)
{
    struct kept *entry = loan->place;
    struct shard *shard = shard_of(own(store), entry->name);
    pthread_mutex_lock(&shard->lock);
    if (entry->version == 0) {
        drop(own(store), shard, entry);
    } else {
        end_turn(shard, entry);
    }
    pthread_mutex_unlock(&shard->lock);
    *loan = (struct loan){0};
}

static enum store_result memory_forget(struct store *store, const char *name)
{
    struct shard *shard = shard_of(own(store), name);
    pthread_mutex_lock(&shard->lock);
    struct kept *entry = find(shard, name);
    if (entry) {
        take_turn(shard, entry);
        drop(own(store), shard, entry);
    }
    pthread_mutex_unlock(&shard->lock);
    return STORE_OK;
}

static size_t memory_expire(struct store *store, int64_t before)
{
    struct memory_store *all = own(store);
    size_t gone = 0;
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &all->shards[i];
        pthread_mutex_lock(&shard->lock);
        struct kept *entry = shard->oldest;
        while (entry && entry->seen < before) {
            struct kept *newer = entry->newer;
            if (!is_lent(entry)) {
                remove_entry(all, shard, entry);
                gone++;
            }
            entry = newer;
        }
        pthread_mutex_unlock(&shard->lock);
    }
    return gone;
}

static size_t memory_count(struct store *store)
{
    return atomic_load(&own(store)->count);
}

static void memory_free(struct store *store)
{
    struct memory_store *all = own(store);
    for (size_t i = 0; i < SHARDS; i++) {
        struct shard *shard = &all->shards[i];
        while (shard->oldest) remove_entry(all, shard, shard->oldest);
        pthread_cond_destroy(&shard->served);
        pthread_mutex_destroy(&shard->lock);
    }
    free(all);
}

static const struct store_kind memory_kind = {
    .load = memory_load,
    .commit = memory_commit,
    .release = memory_release,
    .forget = memory_forget,
    .expire = memory_expire,
    .count = memory_count,
    .free = memory_free,
};

struct store *store_memory_new(size_t most)
{
    struct memory_store *all = calloc(1, sizeof *all);
    if (!all) return NULL;
    all->store.kind = &memory_kind;
    all->most = most;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&all->shards[i].lock, NULL);
        pthread_cond_init(&all->shards[i].served, NULL);
    }
    return &all->store;
}
