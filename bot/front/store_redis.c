/* store_redis.c - conversations in a Redis, which any number of servers share.
 * In: names.  Out: sessions.  A turn was taken by Redis when its commit
 * returns. A commit counts only on the version that was loaded, and only once,
 * however often it is sent.
 *
 * backtalk:session:NAME   a hash: number, version, saved, turn
 * backtalk:numbers        the number of the newest conversation
 * backtalk:schema         the version of all this */
#include "posix.h"

#include "store.h"

#include "redis_pipe.h"

#ifdef HAVE_HIREDIS

#include "json_door.h"
#include "server_log.h"
#include "store_lent.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define KEY_PREFIX "backtalk:"
#define SCHEMA     "1"
enum {
    OTHER_KEYS = 2, /* numbers and schema */
    KEY_SIZE = sizeof KEY_PREFIX "session:" + STORE_NAME_MAX,
    NUMBER_SIZE = 24,
    /* Redis counts in ms: more would not fit. A hundred years. */
    EXPIRE_MAX = 36500 * 24 * 60 * 60L
};

struct redis_store {
    struct store store; /* first */
    struct redis_pipe *pipe;
    size_t most;
    FILE *log;
    char expire[NUMBER_SIZE]; /* seconds */
    struct lanes lanes;
    atomic_size_t count;
    uint64_t server; /* a number by chance: tells our commits from others' */
    atomic_uint_fast64_t commits;
    atomic_uint_fast64_t told; /* what was refused last, and when */
};

static struct redis_store *own(struct store *store)
{
    return (struct redis_store *)store;
}

/* ---- What goes wrong ---- */

/* What was answered, when it is no answer. Of one kind ("OOM ") it is told
 * once a second: a full Redis refuses everything. */
static enum store_result refused(struct redis_store *all,
                                 const struct redis_ask *ask)
{
    if (ask->result == REDIS_AWAY) return STORE_AWAY;
    char text[512], kind[5];
    uint64_t now = (uint64_t)time(NULL);
    bool broken = strncmp(ask->texts[0], "WRONGTYPE", 9) == 0;
    (void)snprintf(text, sizeof text, "%s%s", ask->texts[0],
                   redis_advice(ask->texts[0]));
    (void)snprintf(kind, sizeof kind, "%.4s", text);
    for (size_t i = 0; kind[i]; i++) now = now << 8 | (unsigned char)kind[i];
    if (broken || atomic_exchange(&all->told, now) != now) {
        server_log(
            all->log, "store_failed",
            json_pack("{s:o}", "message", json_door_text(text, strlen(text))));
    }
    return broken ? STORE_BROKEN : STORE_AWAY;
}

/* ---- Keys ---- */

static void session_key(const char *name, char key[KEY_SIZE])
{
    (void)snprintf(key, KEY_SIZE, KEY_PREFIX "session:%s", name);
}

/* A number as Redis has it; false: it is none. */
static bool read_number(const char *text, uint64_t *number)
{
    char *end;
    if (!text || *text < '0' || *text > '9') return false;
    *number = strtoull(text, &end, 10);
    return !*end;
}

/* ---- Reading ---- */

/* A new conversation gets a number that no other one has. */
static enum store_result begin_new(struct redis_store *all, struct lent *lent)
{
    struct redis_ask ask = {0};
    enum store_result result = STORE_OK;
    if (atomic_load(&all->count) >= all->most) return STORE_FULL;
    redis_ask_word(&ask, "INCR");
    redis_ask_word(&ask, KEY_PREFIX "numbers");
    redis_pipe_ask(all->pipe, &ask);
    if (ask.result != REDIS_FINE) result = refused(all, &ask);
    lent->number = (uint64_t)ask.number;
    redis_ask_clear(&ask);
    return result;
}

static enum store_result open_lent(struct redis_store *all,
                                   const talk_bot *bot, struct loan *loan,
                                   struct redis_ask *ask)
{
    struct lent *lent = loan->place;
    char key[KEY_SIZE];
    session_key(lent->name, key);
    redis_ask_word(ask, "HMGET");
    redis_ask_word(ask, key);
    redis_ask_word(ask, "number");
    redis_ask_word(ask, "version");
    redis_ask_word(ask, "saved");
    redis_pipe_ask(all->pipe, ask);
    if (ask->result != REDIS_FINE) return refused(all, ask);
    const char *const *texts = ask->texts;
    if (!texts[0] && !texts[1] && !texts[2]) {
        enum store_result result = begin_new(all, lent);
        return result == STORE_OK ? lent_open(loan, bot, NULL, 0) : result;
    }
    if (!texts[2] || !read_number(texts[0], &lent->number) ||
        !read_number(texts[1], &lent->version)) {
        return STORE_BROKEN;
    }
    return lent_open(loan, bot, texts[2], ask->text_lengths[2]);
}

static enum store_result redis_load(struct store *store, const char *name,
                                    const talk_bot *bot, int64_t now,
                                    struct loan *loan)
{
    struct redis_store *all = own(store);
    struct redis_ask ask = {0};
    (void)now;
    enum store_result result = lent_begin(&all->lanes, name, loan);
    if (result != STORE_OK) return result;
    result = open_lent(all, bot, loan, &ask);
    redis_ask_clear(&ask);
    if (result != STORE_OK) lent_end(loan);
    return result;
}

static void redis_release(struct store *store, struct loan *loan)
{
    (void)store;
    lent_end(loan);
}

/* ---- Writing ---- */

/* Arguments: number, version before, version, saved, seconds, turn. A turn
 * that is there already is this one, whose answer got lost. */
static const char commit_script[] =
    "local had = redis.call('HMGET', KEYS[1], 'number', 'version', 'turn') "
    "if had[3] == ARGV[6] then return 1 end "
    "if (had[1] or ARGV[1]) ~= ARGV[1] or (had[2] or '0') ~= ARGV[2] then "
    "return 0 end "
    "redis.call('HSET', KEYS[1], 'number', ARGV[1], 'version', ARGV[3], "
    "'saved', ARGV[4], 'turn', ARGV[6]) "
    "redis.call('EXPIRE', KEYS[1], ARGV[5]) "
    "return 1";

static enum store_result write_lent(struct redis_store *all,
                                    const struct lent *lent, const char *saved,
                                    size_t length)
{
    char key[KEY_SIZE], number[NUMBER_SIZE], before[NUMBER_SIZE],
        version[NUMBER_SIZE], turn[2 * NUMBER_SIZE];
    struct redis_ask ask = {0};
    session_key(lent->name, key);
    (void)snprintf(number, sizeof number, "%" PRIu64, lent->number);
    (void)snprintf(before, sizeof before, "%" PRIu64, lent->version);
    (void)snprintf(version, sizeof version, "%" PRIu64, lent->version + 1);
    (void)snprintf(turn, sizeof turn, "%" PRIx64 "-%" PRIuFAST64, all->server,
                   atomic_fetch_add(&all->commits, 1));
    redis_ask_word(&ask, "EVAL");
    redis_ask_add(&ask, commit_script, sizeof commit_script - 1);
    redis_ask_word(&ask, "1");
    redis_ask_word(&ask, key);
    redis_ask_word(&ask, number);
    redis_ask_word(&ask, before);
    redis_ask_word(&ask, version);
    redis_ask_add(&ask, saved, length);
    redis_ask_word(&ask, all->expire);
    redis_ask_word(&ask, turn);
    redis_pipe_ask(all->pipe, &ask);
    enum store_result result = STORE_OK;
    if (ask.result != REDIS_FINE) {
        result = refused(all, &ask);
    } else if (ask.number != 1) {
        result = STORE_CHANGED;
    } else if (lent->version == 0) {
        atomic_fetch_add(&all->count, 1);
    }
    redis_ask_clear(&ask);
    return result;
}

static enum store_result redis_commit(struct store *store, struct loan *loan,
                                      int64_t now)
{
    size_t length = 0;
    (void)now;
    char *saved = json_door_saved(loan->session, &length);
    enum store_result result = STORE_NOMEM;
    if (saved) result = write_lent(own(store), loan->place, saved, length);
    free(saved);
    lent_end(loan);
    return result;
}

/* ---- Forgetting ---- */

static enum store_result redis_forget(struct store *store, const char *name)
{
    struct redis_store *all = own(store);
    struct redis_ask ask = {0};
    char key[KEY_SIZE];
    session_key(name, key);
    redis_ask_word(&ask, "DEL");
    redis_ask_word(&ask, key);
    struct lane *lane = lanes_enter(&all->lanes, name);
    redis_pipe_ask(all->pipe, &ask);
    lanes_leave(lane);
    enum store_result result =
        ask.result == REDIS_FINE ? STORE_OK : refused(all, &ask);
    redis_ask_clear(&ask);
    return result;
}

/* Redis forgets by itself; other servers begin and forget conversations,
 * too: they are counted anew. */
static size_t redis_expire(struct store *store, int64_t before)
{
    struct redis_store *all = own(store);
    struct redis_ask ask = {0};
    (void)before;
    redis_ask_word(&ask, "DBSIZE");
    redis_pipe_ask(all->pipe, &ask);
    if (ask.result == REDIS_FINE) {
        int64_t count = ask.number - OTHER_KEYS;
        atomic_store(&all->count, count > 0 ? (size_t)count : 0);
    }
    redis_ask_clear(&ask);
    return 0;
}

static size_t redis_count(struct store *store)
{
    return atomic_load(&own(store)->count);
}

/* ---- Opening and closing ---- */

static void redis_free(struct store *store)
{
    struct redis_store *all = own(store);
    redis_pipe_free(all->pipe);
    lanes_clear(&all->lanes);
    free(all);
}

static const struct store_kind redis_kind = {
    .waits = true,
    .load = redis_load,
    .commit = redis_commit,
    .release = redis_release,
    .forget = redis_forget,
    .expire = redis_expire,
    .count = redis_count,
    .free = redis_free,
};

/* Asks as a connection begins; `why` gets what was refused. */
static bool ask_schema(struct redis_pipe *pipe, struct redis_ask *ask,
                       char *why, size_t size)
{
    redis_pipe_ask_now(pipe, ask);
    if (ask->result == REDIS_AWAY) {
        (void)snprintf(why, size, "it does not answer");
    } else if (ask->result == REDIS_REFUSED) {
        (void)snprintf(why, size, "%s%s", ask->texts[0],
                       redis_advice(ask->texts[0]));
    }
    return ask->result == REDIS_FINE;
}

/* Ours, or empty: a version that is missing is written. */
static bool check_schema(struct redis_pipe *pipe, char *why, size_t size)
{
    struct redis_ask put = {0}, get = {0};
    uint64_t version = 0;
    redis_ask_word(&put, "SET");
    redis_ask_word(&put, KEY_PREFIX "schema");
    redis_ask_word(&put, SCHEMA);
    redis_ask_word(&put, "NX");
    redis_ask_word(&get, "GET");
    redis_ask_word(&get, KEY_PREFIX "schema");
    bool fine =
        ask_schema(pipe, &put, why, size) && ask_schema(pipe, &get, why, size);
    if (fine && !read_number(get.texts[0], &version)) {
        (void)snprintf(why, size,
                       "its " KEY_PREFIX "schema is of another "
                       "program; name another database");
    } else if (fine && version > strtoull(SCHEMA, NULL, 10)) {
        (void)snprintf(why, size, "written by a newer backtalk");
    }
    redis_ask_clear(&put);
    redis_ask_clear(&get);
    return !*why;
}

/* A number by chance; false: there is none. */
static bool draw(uint64_t *number)
{
    FILE *file = fopen("/dev/urandom", "rb");
    bool fine = file && fread(number, sizeof *number, 1, file) == 1;
    if (file) fclose(file);
    return fine;
}

static struct redis_store *store_new(const struct store_options *options)
{
    struct redis_store *all = calloc(1, sizeof *all);
    if (!all) return NULL;
    long expire =
        options->expire < EXPIRE_MAX ? (long)options->expire : EXPIRE_MAX;
    all->store.kind = &redis_kind;
    all->most = options->most;
    all->log = options->log;
    (void)snprintf(all->expire, sizeof all->expire, "%ld", expire);
    lanes_init(&all->lanes);
    return all;
}

bool store_redis_is_there(void)
{
    return true;
}

struct store *store_redis_new(const struct store_options *options)
{
    struct redis_store *all = store_new(options);
    if (!all || !draw(&all->server)) {
        fputs(all ? "backtalk: /dev/urandom cannot be read\n"
                  : "backtalk: no memory\n",
              stderr);
        goto failed;
    }
    all->pipe = redis_pipe_new(options->where, options->password, check_schema,
                               options->log);
    if (!all->pipe) goto failed;
    (void)redis_expire(&all->store, 0); /* counts them */
    return &all->store;
failed:
    if (all) redis_free(&all->store);
    return NULL;
}

#else

bool store_redis_is_there(void)
{
    return false;
}

struct store *store_redis_new(const struct store_options *options)
{
    fprintf(stderr, "backtalk: %s: this program was built without Redis\n",
            options->where);
    return NULL;
}

#endif
