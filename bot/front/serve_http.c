/* serve_http.c - backtalk serve --http: from the start to the end.
 * In: settings, signals.  Out: a server; SIGHUP changes its pack, SIGTERM and
 * SIGINT end it when all that was asked is answered. */
#include "posix.h"

#include "serve_http.h"

#include "exits.h"
#include "http_front.h"
#include "http_listen.h"
#include "pack_open.h"
#include "secret.h"
#include "server_log.h"
#include "test_pool.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>

enum {
    /* A message of 64 KiB takes at most six times that in JSON. */
    BODY_MAX_BYTES = 1024 * 1024,
    CONNECTIONS_MAX = 1000,
    DRAIN_SECONDS = 10,
    /* They wait for the store most of the time, and share its writes. */
    WAITING_THREADS = 64,
    EXPIRE_SECONDS = 5 /* between two looks for what has expired */
};

/* ---- Signals ---- */

static volatile sig_atomic_t asked_to_end, asked_to_reload;

static void note_signal(int number)
{
    if (number == SIGHUP) {
        asked_to_reload = 1;
    } else {
        asked_to_end = 1;
    }
}

/* They are blocked, in the server's threads too, but while await_signal
 * waits. */
static void catch_signals(sigset_t *usual)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
    struct sigaction action = {.sa_handler = note_signal};
    sigset_t blocked;
    sigemptyset(&blocked);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaddset(&blocked, numbers[i]);
        sigaction(numbers[i], &action, NULL);
    }
    pthread_sigmask(SIG_BLOCK, &blocked, usual);
}

/* Comes back after a second at the latest. */
static void await_signal(const sigset_t *usual)
{
    struct timespec second = {.tv_sec = 1};
    (void)pselect(0, NULL, NULL, NULL, &second, usual);
}

/* ---- The pack ---- */

/* Called while a pack is loaded; and when a conversation is taken out of the
 * store that knows names which the pack does not have any more. */
static void report(void *payload, const talk_error *problem)
{
    struct http_front *front = payload;
    const char *file = problem->source, *message = problem->message;
    if (!atomic_load(&front->serving)) {
        front->problems++;
        pack_print_problem(problem);
        return;
    }
    server_log(front->log, "problem",
               json_pack("{s:o, s:i, s:i, s:o}", "file",
                         json_door_text(file, strlen(file)), "line",
                         (int)problem->line, "column", (int)problem->column,
                         "message", json_door_text(message, strlen(message))));
}

static void set_options(struct http_front *front, talk_options *options)
{
    pack_options(options, front->settings->seed);
    options->report_fn = report;
    options->report_payload = front;
}

static void reload(struct http_front *front)
{
    talk_options options;
    talk_bot *bot = NULL;
    talk_error err = {0};
    const char *folder = pack_folder(front->settings->pack);
    set_options(front, &options);
    bool fine = talk_bot_load(folder, &options, &bot, &err) == TALK_OK;
    /* What is wrong with the folder itself is no problem of a rule. */
    if (!fine && err.status != TALK_RULE && err.status != TALK_YAML) {
        report(front, &err);
    }
    if (fine && !pack_pool_change(front->packs, bot)) {
        talk_bot_free(bot);
        fine = false;
    }
    metrics_add(
        fine ? &front->metrics.reloads : &front->metrics.reloads_failed, 1);
    server_log(
        front->log, fine ? "reloaded" : "not_reloaded",
        json_pack("{s:o}", "pack", json_door_text(folder, strlen(folder))));
}

/* ---- The server ---- */

static void expire(struct http_front *front)
{
    size_t gone = front->store->kind->expire(
        front->store, time(NULL) - front->settings->expire);
    metrics_add(&front->metrics.expired, gone);
}

static void run_until_asked(struct http_front *front,
                            struct http_server *server, const sigset_t *usual)
{
    for (unsigned second = 0; !asked_to_end; second++) {
        await_signal(usual);
        if (asked_to_reload) {
            asked_to_reload = 0;
            reload(front);
        }
        http_server_tick(server);
        if (second % EXPIRE_SECONDS == 0) expire(front);
    }
}

static int serve(struct http_front *front, const struct listening *listening)
{
    const struct settings *settings = front->settings;
    sigset_t usual;
    struct http_options options = {
        .socket = listening->socket,
        .threads = settings->jobs              ? settings->jobs
                   : front->store->kind->waits ? WAITING_THREADS
                                               : (unsigned)pool_processors(),
        .connections = CONNECTIONS_MAX,
        .seconds = settings->timeout,
        .body_max = BODY_MAX_BYTES,
        .handler = http_route,
        .payload = front,
    };
    catch_signals(&usual);
    atomic_store(&front->serving, true);
    struct http_server *server = http_server_start(&options);
    if (!server) {
        fputs("backtalk: the server does not start\n", stderr);
        return EXIT_INOUT;
    }
    if (!listening->loopback && !front->token) {
        server_log(front->log, "open",
                   json_pack("{s:s}", "message",
                             "others can reach it, and there is no token"));
    }
    server_log(front->log, "listening",
               json_pack("{s:s}", "url", listening->url));
    run_until_asked(front, server, &usual);
    server_log(front->log, "draining", NULL);
    atomic_store(&front->draining, true);
    http_server_drain(server, DRAIN_SECONDS);
    http_server_stop(server);
    server_log(front->log, "stopped", NULL);
    return EXIT_FINE;
}

/* ---- What it needs ---- */

static bool open_store(struct http_front *front)
{
    const struct settings *settings = front->settings;
    struct store_options options = {.where = settings->store,
                                    .most = settings->sessions,
                                    .expire = settings->expire,
                                    .log = front->log};
    char *password;
    if (!secret_read("backtalk", settings->store_password_file,
                     "BACKTALK_STORE_PASSWORD", "password", &password)) {
        return false;
    }
    options.password = password;
    front->store = store_open(&options);
    free(password);
    return front->store != NULL;
}

static bool open_front(struct http_front *front, talk_bot *bot)
{
    front->packs = pack_pool_new(bot);
    if (front->settings->rate) front->rate = rate_new(front->settings->rate);
    if (!front->packs || (!front->rate && front->settings->rate)) {
        if (!front->packs) talk_bot_free(bot);
        fputs("backtalk: no memory\n", stderr);
        return false;
    }
    return open_store(front);
}

static void close_front(struct http_front *front)
{
    rate_free(front->rate);
    if (front->store) front->store->kind->free(front->store);
    pack_pool_free(front->packs);
    free(front->token);
}

bool serve_http_is_there(void)
{
    return http_is_there();
}

int serve_http_run(const struct settings *settings)
{
    struct http_front front = {.settings = settings, .log = stderr};
    struct listening listening;
    talk_options options;
    if (!http_is_there()) {
        fputs("backtalk: this program was built without HTTP: libmicrohttpd "
              "was not there\n",
              stderr);
        return EXIT_USAGE;
    }
    if (!secret_read("backtalk", settings->token_file, "BACKTALK_TOKEN",
                     "token", &front.token)) {
        return EXIT_INOUT;
    }
    int code = EXIT_PACK;
    set_options(&front, &options);
    talk_bot *bot = pack_load(settings->pack, &options, &front.problems);
    if (!bot) goto done;
    code = EXIT_INOUT;
    if (!open_front(&front, bot)) goto done;
    switch (http_listen(settings->http, &listening)) {
    case LISTEN_FINE: code = serve(&front, &listening); break;
    case LISTEN_MISUSED: code = EXIT_USAGE; break;
    case LISTEN_FAILED: break;
    }
done:
    close_front(&front);
    return code;
}
