/* example_reload.c - a new pack is taken in while threads go on talking.
 *     example_reload [PACK [NEXT...]]
 * Each pack is loaded beside the one in use and takes its place; a thread
 * notices with its next message, its conversation goes on, and the last one
 * to leave a pack frees it. A pack that does not load is told, and the old
 * one stays. */
#include <backtalk.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 3, TURNS = 200 };

/* A bot and how many use it; the desk is one of them. */
struct rules {
    talk_bot *bot;
    int users;
};

struct desk {
    pthread_mutex_t lock; /* of all below, and of the users */
    struct rules *current;
    int failed;
};

static struct rules *take(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    struct rules *rules = desk->current;
    rules->users++;
    pthread_mutex_unlock(&desk->lock);
    return rules;
}

static void give(struct desk *desk, struct rules *rules)
{
    pthread_mutex_lock(&desk->lock);
    bool last = --rules->users == 0;
    pthread_mutex_unlock(&desk->lock);
    if (!last) return;
    talk_bot_free(rules->bot);
    free(rules);
}

static void report(void *payload, const talk_error *problem)
{
    (void)payload;
    printf("%s:%u: %s\n", problem->source, (unsigned)problem->line,
           problem->message);
}

/* Loading takes longest, and is done without the lock. */
static bool reload(struct desk *desk, const char *folder)
{
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.report_fn = report;
    struct rules *fresh = calloc(1, sizeof *fresh);
    if (!fresh || talk_bot_load(folder, &options, &fresh->bot, NULL)) {
        free(fresh);
        return false;
    }
    fresh->users = 1;
    pthread_mutex_lock(&desk->lock);
    struct rules *old = desk->current;
    desk->current = fresh;
    pthread_mutex_unlock(&desk->lock);
    if (old) give(desk, old);
    printf("%s: %s\n", talk_bot_pack_name(fresh->bot), talk_version());
    return true;
}

/* A worker belongs to a bot: it is made anew when the bot is another one. */
static bool one_turn(struct desk *desk, struct rules **rules,
                     talk_worker **worker, talk_session *session)
{
    static const char text[] = "my left hand is numb";
    const talk_turn *turn;
    struct rules *now = take(desk);
    if (now != *rules) {
        talk_worker_free(*worker);
        *worker = NULL;
        if (*rules) give(desk, *rules);
        *rules = now;
        if (talk_worker_new(now->bot, worker, NULL)) return false;
    } else {
        give(desk, now);
    }
    return talk_say(*worker, session, text, sizeof text - 1, &turn, NULL) ==
           TALK_OK;
}

static void *talk(void *payload)
{
    struct desk *desk = payload;
    struct rules *first = take(desk), *rules = NULL;
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    bool fine = talk_session_new(first->bot, &session, NULL) == TALK_OK;
    give(desk, first);
    for (int i = 0; i < TURNS && fine; i++) {
        fine = one_turn(desk, &rules, &worker, session);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    if (rules) give(desk, rules);
    pthread_mutex_lock(&desk->lock);
    desk->failed += !fine;
    pthread_mutex_unlock(&desk->lock);
    return NULL;
}

int main(int argc, char **argv)
{
    struct desk desk = {.lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t threads[THREADS];
    int started = 0;
    if (!reload(&desk, argc > 1 ? argv[1] : ".")) return 1;
    while (started < THREADS &&
           pthread_create(&threads[started], NULL, talk, &desk) == 0) {
        started++;
    }
    for (int i = 2; i < argc; i++) {
        if (!reload(&desk, argv[i])) printf("%s: kept the old one\n", argv[i]);
    }
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
    give(&desk, desk.current);
    printf("%d failed\n", desk.failed);
    return desk.failed || started < THREADS ? 1 : 0;
}
