/* redis_pipe.c - the wall round hiredis.
 * In: commands of many threads.  Out: their answers.  Commands that come at
 * the same time travel together. A connection that is lost is made again, at
 * once and then after longer and longer times. */
#include "posix.h"

#include "redis_pipe.h"

#ifdef HAVE_HIREDIS

#include "json_door.h"
#include "server_log.h"

#include <errno.h>
#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CONNECT_SECONDS = 1,
    ANSWER_SECONDS = 2,
    /* Between two tries to connect: as a Redis needs to start, and as short
     * that people hardly notice. */
    WAIT_MIN_MS = 50,
    WAIT_MAX_MS = 2000,
    WHY_SIZE = 320
};

struct redis_pipe {
    struct store_url url;
    char *password; /* NULL: none */
    redis_begin begin;
    FILE *log; /* NULL: not yet */
    struct batch batch;
    redisContext *context; /* NULL: it is away */
    bool away;             /* the log was told so */
    uint64_t next_try;     /* ms */
    unsigned wait;         /* ms */
    char why[WHY_SIZE];    /* it is away */
};

/* ---- What goes wrong ---- */

/* What to do, to be put behind Redis's own words. */
static const struct advice_row {
    const char *start, *text;
} advices[] = {
    {"OOM", "; raise its maxmemory, or lower --expire"},
    {"READONLY", "; name the primary"},
    {"MISCONF", "; its disk may be full"},
    {"NOAUTH", "; put the password into BACKTALK_STORE_PASSWORD or "
               "--store-password-file"},
    {"WRONGPASS", "; see BACKTALK_STORE_PASSWORD or --store-password-file"},
    {"NOPERM", "; the user must be allowed hmget, hset, eval, incr, del, "
               "dbsize, get, set and expire on backtalk:*"},
};

const char *redis_advice(const char *text)
{
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        const char *start = advices[i].start;
        if (strncmp(text, start, strlen(start)) == 0) return advices[i].text;
    }
    return "";
}

/* ---- Asks ---- */

void redis_ask_add(struct redis_ask *ask, const char *text, size_t length)
{
    ask->words[ask->count] = text;
    ask->lengths[ask->count++] = length;
}

void redis_ask_word(struct redis_ask *ask, const char *word)
{
    redis_ask_add(ask, word, strlen(word));
}

void redis_ask_clear(struct redis_ask *ask)
{
    if (ask->reply) freeReplyObject(ask->reply);
    *ask = (struct redis_ask){0};
}

static void take_text(struct redis_ask *ask, size_t i, const redisReply *reply)
{
    if (reply->type != REDIS_REPLY_STRING &&
        reply->type != REDIS_REPLY_STATUS && reply->type != REDIS_REPLY_ERROR)
        return;
    ask->texts[i] = reply->str;
    ask->text_lengths[i] = reply->len;
}

static void take_reply(struct redis_ask *ask, redisReply *reply)
{
    ask->reply = reply;
    ask->result =
        reply->type == REDIS_REPLY_ERROR ? REDIS_REFUSED : REDIS_FINE;
    ask->number = reply->type == REDIS_REPLY_INTEGER ? reply->integer : 0;
    take_text(ask, 0, reply);
    for (size_t i = 0; i < reply->elements && i < REDIS_TEXTS_MAX; i++) {
        take_text(ask, i, reply->element[i]);
    }
}

/* ---- The connection ---- */

static uint64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void drop(struct redis_pipe *pipe, const char *why)
{
    (void)snprintf(pipe->why, sizeof pipe->why, "%s", why);
    redisFree(pipe->context);
    pipe->context = NULL;
}

static const char *trouble(const redisContext *context)
{
    if (context->err == REDIS_ERR_IO && errno == EAGAIN) {
        return "it does not answer";
    }
    return context->errstr;
}

static bool send_ask(struct redis_pipe *pipe, const struct redis_ask *ask)
{
    const char **words = (const char **)ask->words;
    return redisAppendCommandArgv(pipe->context, ask->count, words,
                                  ask->lengths) == REDIS_OK;
}

static bool receive(struct redis_pipe *pipe, struct redis_ask *ask)
{
    void *reply = NULL;
    if (redisGetReply(pipe->context, &reply) != REDIS_OK || !reply) {
        return false;
    }
    take_reply(ask, reply);
    return true;
}

void redis_pipe_ask_now(struct redis_pipe *pipe, struct redis_ask *ask)
{
    ask->result = REDIS_AWAY;
    if (!pipe->context || !send_ask(pipe, ask) || !receive(pipe, ask)) {
        ask->result = REDIS_AWAY;
    }
}

/* A command of a connection that begins. false: why is set. */
static bool prepare(struct redis_pipe *pipe, const char *const *words)
{
    struct redis_ask ask = {0};
    for (; *words; words++) redis_ask_word(&ask, *words);
    redis_pipe_ask_now(pipe, &ask);
    bool fine = ask.result == REDIS_FINE;
    if (ask.result == REDIS_REFUSED) {
        char why[WHY_SIZE];
        (void)snprintf(why, sizeof why, "%s%s", ask.texts[0],
                       redis_advice(ask.texts[0]));
        drop(pipe, why);
    } else if (!fine) {
        drop(pipe, trouble(pipe->context));
    }
    redis_ask_clear(&ask);
    return fine;
}

static bool log_in(struct redis_pipe *pipe)
{
    const struct store_url *url = &pipe->url;
    char database[16];
    (void)snprintf(database, sizeof database, "%d", url->database);
    const char *select[] = {"SELECT", database, NULL};
    const char *simple[] = {"AUTH", pipe->password, NULL};
    const char *named[] = {"AUTH", url->user, pipe->password, NULL};
    if (pipe->password && !prepare(pipe, *url->user ? named : simple)) {
        return false;
    }
    return url->database == 0 || prepare(pipe, select);
}

static redisContext *dial(const struct store_url *url)
{
    struct timeval wait = {.tv_sec = CONNECT_SECONDS};
    return *url->host ? redisConnectWithTimeout(url->host, url->port, wait)
                      : redisConnectUnixWithTimeout(url->path, wait);
}

static bool connect_anew(struct redis_pipe *pipe)
{
    struct timeval answer = {.tv_sec = ANSWER_SECONDS};
    pipe->context = dial(&pipe->url);
    if (!pipe->context) {
        (void)snprintf(pipe->why, sizeof pipe->why, "no memory");
        return false;
    }
    if (pipe->context->err) {
        drop(pipe, trouble(pipe->context));
        return false;
    }
    redisSetTimeout(pipe->context, answer);
    if (*pipe->url.host) redisEnableKeepAlive(pipe->context);
    if (!log_in(pipe)) return false;
    char why[WHY_SIZE] = "";
    bool fine = pipe->begin(pipe, why, sizeof why);
    if (!fine) drop(pipe, why);
    return fine;
}

/* Each change is told once. */
static void tell(struct redis_pipe *pipe, bool away)
{
    if (pipe->away == away || !pipe->log) return;
    pipe->away = away;
    server_log(pipe->log, away ? "store_away" : "store_back",
               away ? json_pack("{s:o}", "message",
                                json_door_text(pipe->why, strlen(pipe->why)))
                    : NULL);
}

static bool is_connected(struct redis_pipe *pipe)
{
    if (pipe->context) return true;
    if (now_ms() < pipe->next_try) return false;
    if (connect_anew(pipe)) {
        pipe->wait = 0;
        tell(pipe, false);
        return true;
    }
    pipe->wait = pipe->wait ? pipe->wait * 2 : WAIT_MIN_MS;
    if (pipe->wait > WAIT_MAX_MS) pipe->wait = WAIT_MAX_MS;
    pipe->next_try = now_ms() + pipe->wait;
    tell(pipe, true);
    return false;
}

/* ---- The work ---- */

/* Returns the first that has no answer yet; NULL: all have. */
static struct batch_item *exchange(struct redis_pipe *pipe,
                                   struct batch_item *first)
{
    struct batch_item *at = first;
    while (at && send_ask(pipe, (const struct redis_ask *)at)) at = at->next;
    if (at) return first;
    for (at = first; at; at = at->next) {
        if (!receive(pipe, (struct redis_ask *)at)) break;
    }
    return at;
}

/* A batch's work. A connection may have been lost long ago: once more, unless
 * it is too slow. */
static void work(void *payload, struct batch_item *first)
{
    struct redis_pipe *pipe = payload;
    for (int tries = 0; first && tries < 2 && is_connected(pipe); tries++) {
        first = exchange(pipe, first);
        if (!first) return;
        bool slow = errno == EAGAIN;
        drop(pipe, trouble(pipe->context));
        if (slow) break;
    }
    for (; first; first = first->next) {
        ((struct redis_ask *)first)->result = REDIS_AWAY;
    }
}

void redis_pipe_ask(struct redis_pipe *pipe, struct redis_ask *ask)
{
    batch_do(&pipe->batch, &ask->item);
}

struct redis_pipe *redis_pipe_new(const char *where, const char *password,
                                  redis_begin begin, FILE *log)
{
    struct redis_pipe *pipe = calloc(1, sizeof *pipe);
    if (!pipe) {
        fputs("backtalk: no memory\n", stderr);
        return NULL;
    }
    batch_init(&pipe->batch, work, pipe);
    pipe->begin = begin;
    const char *flaw = store_url_read(where, &pipe->url);
    if (!flaw && password && !(pipe->password = strdup(password))) {
        flaw = "no memory";
    }
    if (!flaw && !is_connected(pipe)) flaw = pipe->why;
    if (flaw) {
        fprintf(stderr, "backtalk: %s: %s\n", where, flaw);
        redis_pipe_free(pipe);
        return NULL;
    }
    pipe->log = log;
    return pipe;
}

void redis_pipe_free(struct redis_pipe *pipe)
{
    if (!pipe) return;
    redisFree(pipe->context);
    batch_clear(&pipe->batch);
    free(pipe->password);
    free(pipe);
}

#endif
