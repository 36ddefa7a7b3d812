/* example_threads.c - many conversations on a few threads.
 * One bot is shared by all. Each thread has a worker; a conversation belongs
 * to the thread that its number falls to, so that nothing needs a lock.
 *     example_threads [PACK] */
#include <backtalk.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 4, SESSIONS = 200, TIERS = TALK_TIER_EMERGENCY + 1 };

struct lane {
    const talk_bot *bot;
    size_t number;
    size_t ended_at[TIERS]; /* conversations */
    bool failed;
};

/* Every other one has a sign that needs a doctor. */
static bool hold(struct lane *lane, talk_worker *worker, size_t number)
{
    const char *const said[] = {
        "hello", number % 2 ? "my left hand is numb" : "is the sound bad?",
        "how do I crack my back?"};
    const talk_turn *turn = NULL;
    talk_session *session;
    if (talk_session_new(lane->bot, &session, NULL) != TALK_OK) return false;
    bool fine = true;
    for (size_t i = 0; i < sizeof said / sizeof *said && fine; i++) {
        fine = talk_say(worker, session, said[i], strlen(said[i]), &turn,
                        NULL) == TALK_OK;
    }
    if (fine) lane->ended_at[talk_turn_tier(turn)]++;
    talk_session_free(session);
    return fine;
}

static void *run(void *payload)
{
    struct lane *lane = payload;
    talk_worker *worker;
    lane->failed = talk_worker_new(lane->bot, &worker, NULL) != TALK_OK;
    if (lane->failed) return NULL;
    for (size_t i = lane->number; i < SESSIONS; i += THREADS) {
        lane->failed = !hold(lane, worker, i) || lane->failed;
    }
    talk_worker_free(worker);
    return NULL;
}

int main(int argc, char **argv)
{
    talk_bot *bot;
    talk_error err;
    pthread_t threads[THREADS];
    struct lane lanes[THREADS] = {0};
    size_t ended_at[TIERS] = {0};
    if (talk_bot_load(argc > 1 ? argv[1] : ".", NULL, &bot, &err) != TALK_OK) {
        fprintf(stderr, "%s: %s\n", err.source, err.message);
        return 1;
    }
    int started = 0, status = 0;
    for (; started < THREADS; started++) {
        lanes[started].bot = bot;
        lanes[started].number = (size_t)started;
        if (pthread_create(&threads[started], NULL, run, &lanes[started])) {
            break;
        }
    }
    if (started < THREADS) status = 1;
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        if (lanes[i].failed) status = 1;
        for (int t = 0; t < TIERS; t++) ended_at[t] += lanes[i].ended_at[t];
    }
    for (int t = 0; t < TIERS; t++) {
        printf("%s: %zu\n", talk_tier_name((talk_tier)t), ended_at[t]);
    }
    talk_bot_free(bot);
    return status;
}
