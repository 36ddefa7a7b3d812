/* storm_test.c - servers that share a store, many clients, and servers that
 * are killed: every conversation is as one process alone would have had it.
 *   storm_test [TURNS [KILLS]]
 * `make storm` runs 20,000 turns. Without kills it is a measurement.
 * In: $BACKTALK, the program; tests/packs/gathering. Skipped where the program
 * lacks HTTP; Redis also without redis-server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <inttypes.h>
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "host.h"
#include "web.h"

enum {
    CLIENTS = 64,
    TALKS = 3, /* of one client */
    SERVERS_MAX = 3,
    /* So long may a message stay without an answer. */
    PATIENCE_SECONDS = 60,
    PAUSE_MS = 20,
    TEXT_SIZE = 8 * 1024
};

static size_t turns = 2000, kills = 6;
static const char pack[] = "tests/packs/gathering";

static const char *const lines[] = {
    "it is broken, it squeaks", "7",        "why do you ask", "rear",
    "what did i tell you",      "not sure", "about chains",   "no",
    "the fork is bent",         "yes",      "say that again", "start over",
    "something is wrong",       "60",       "front",          "go back",
    "no dead brakes",           "thanks",   "which tyres",    "it came back",
    "what did i tell you",      "hm",       "scratch that",   "stop asking",
};
enum { LINES = sizeof lines / sizeof *lines };

struct storm {
    const char *folder, *store;
    struct served {
        pid_t program;
        _Atomic uint16_t port;
        char *log;
    } servers[SERVERS_MAX];
    size_t server_count;
    pid_t redis; /* 0: none */
    talk_bot *bot;
    atomic_size_t done, repeats, retries;
    uint64_t *latencies; /* ns, of each turn */
    atomic_bool failed;
    char fault[2 * TEXT_SIZE];
};

struct client {
    struct storm *storm;
    size_t number;
    pthread_t thread;
    struct host host; /* the bot is shared */
    talk_session *talks[TALKS];
    struct web webs[SERVERS_MAX];
    uint64_t chance;
};

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void pause_ms(long ms)
{
    struct timespec span = {.tv_nsec = ms * 1000000};
    nanosleep(&span, NULL);
}

/* ---- Servers ---- */

static void start_server(struct storm *storm, size_t i)
{
    struct served *served = &storm->servers[i];
    char address[32], port[32];
    (void)snprintf(address, sizeof address, "127.0.0.1:%u",
                   (unsigned)served->port);
    const char *words[] = {getenv("BACKTALK"), "serve",      "--http", address,
                           "--store",          storm->store, "--pack", pack,
                           "--rate",           "0",          NULL};
    served->program = program_start(words, served->log);
    if (!program_said(served->log, "\"url\":\"http://127.0.0.1:", port,
                      sizeof port)) {
        fail_msg("no server: %s", read_whole_file(served->log, &(size_t){0}));
    }
    served->port = (uint16_t)strtoul(port, NULL, 10);
}

/* Everything that was acknowledged is on the disk. */
static void start_redis(struct storm *storm)
{
    char *socket = path_of(storm->folder, "redis.sock");
    char *log = path_of(storm->folder, "redis.log");
    const char *words[] = {
        "redis-server", "--port", "0", "--unixsocket", socket, "--dir",
        storm->folder,  "--save", "",  "--appendonly", "yes",  "--appendfsync",
        "always",       NULL};
    char rest[64];
    unlink(socket);
    storm->redis = program_start(words, log);
    assert_true(program_said(log, "ready to accept", rest, sizeof rest));
    free(socket);
    free(log);
}

/* ---- Clients ---- */

static size_t draw(struct client *client, size_t below)
{
    client->chance =
        client->chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(client->chance >> 33) % below;
}

static struct web *some_server(struct client *client)
{
    size_t i = draw(client, client->storm->server_count);
    client->webs[i].port = client->storm->servers[i].port;
    return &client->webs[i];
}

static bool give_up_on(struct storm *storm, const char *what, const char *got,
                       const char *wanted)
{
    if (!atomic_exchange(&storm->failed, true)) {
        (void)snprintf(storm->fault, sizeof storm->fault,
                       "%s: got '%.4000s', wanted '%.4000s'", what, got,
                       wanted);
    }
    return false;
}

static const char path[] = "/webhooks/rest/webhook";

/* Once to one server, or at the same time to two. Of two answers that differ
 * the second is told. Returns the answer, for the caller to free; NULL: there
 * was none. */
static char *send_once(struct client *client, const char *json, bool twice)
{
    char *first = NULL, *second = NULL;
    struct web *one = some_server(client), *other = one;
    while (twice && other == one) other = some_server(client);
    bool sent = web_send(one, path, json);
    bool again = twice && web_send(other, path, json);
    if (sent && web_receive(one, &first) != 200) {
        free(first);
        first = NULL;
    }
    if (again && web_receive(other, &second) != 200) {
        free(second);
        second = NULL;
    }
    if (again) atomic_fetch_add(&client->storm->repeats, 1);
    if (first && second && strcmp(first, second) != 0) {
        give_up_on(client->storm, json, second, first);
    }
    if (first) {
        free(second);
        return first;
    }
    return second;
}

static char *send_until(struct client *client, const char *json, bool twice)
{
    uint64_t end = now_ns() + PATIENCE_SECONDS * (uint64_t)1000000000;
    while (now_ns() < end && !client->storm->failed) {
        char *body = send_once(client, json, twice);
        if (body) return body;
        atomic_fetch_add(&client->storm->retries, 1);
        pause_ms(PAUSE_MS);
    }
    (void)give_up_on(client->storm, json, "no answer", "one");
    return NULL;
}

/* What the answer says, the tier it ends with behind it. */
static void read_answer(const char *body, char *out)
{
    json_t *messages = json_loads(body, 0, NULL);
    size_t length = 0;
    *out = '\0';
    for (size_t i = 0; i < json_array_size(messages); i++) {
        const json_t *message = json_array_get(messages, i);
        const json_t *custom = json_object_get(message, "custom");
        const char *text = json_string_value(json_object_get(message, "text"));
        const char *tier = json_string_value(json_object_get(custom, "tier"));
        length += (size_t)snprintf(out + length, TEXT_SIZE - length, "%s|%s",
                                   text ? text : "?", tier ? tier : "");
    }
    json_decref(messages);
}

/* The same of a turn in this process. */
static void say_here(struct client *client, talk_session *session,
                     const char *line, char *out)
{
    struct host host = client->host;
    host.session = session;
    const talk_turn *turn = host_say(&host, line);
    size_t count = talk_turn_message_count(turn), length = 0;
    for (size_t i = 0; i < count; i++) {
        const char *tier = talk_tier_name(talk_turn_tier(turn));
        length += (size_t)snprintf(out + length, TEXT_SIZE - length, "%s|%s",
                                   talk_turn_message(turn, i).text,
                                   i + 1 == count ? tier : "");
    }
}

/* One turn, and sometimes the same again. false: it went wrong. */
static bool hold_turn(struct client *client, size_t i)
{
    char json[256], wanted[TEXT_SIZE], got[TEXT_SIZE];
    const char *line = lines[draw(client, LINES)];
    size_t talk = i % TALKS, chance = draw(client, 10);
    (void)snprintf(json, sizeof json,
                   "{\"sender\":\"talk %zu of %zu\",\"message\":\"%s\","
                   "\"message_id\":\"%zu\"}",
                   talk, client->number, line, i);
    say_here(client, client->talks[talk], line, wanted);
    uint64_t start = now_ns();
    bool twice = kills && chance == 0 && client->storm->server_count > 1;
    char *body = send_until(client, json, twice);
    if (!body) return false;
    size_t done = atomic_fetch_add(&client->storm->done, 1);
    client->storm->latencies[done] = now_ns() - start;
    read_answer(body, got);
    bool fine = strcmp(got, wanted) == 0 ||
                give_up_on(client->storm, json, got, wanted);
    if (fine && kills && chance == 1) {
        char *again = send_until(client, json, false);
        fine = again && (strcmp(again, body) == 0 ||
                         give_up_on(client->storm, json, again, body));
        atomic_fetch_add(&client->storm->repeats, 1);
        free(again);
    }
    free(body);
    return fine;
}

static void *work(void *payload)
{
    struct client *client = payload;
    for (size_t i = 0; i < turns / CLIENTS; i++) {
        if (client->storm->failed || !hold_turn(client, i)) break;
    }
    return NULL;
}

static void open_client(struct client *client, struct storm *storm,
                        size_t number)
{
    *client = (struct client){.storm = storm,
                              .number = number,
                              .chance = number * 7919,
                              .host = {.bot = storm->bot}};
    assert_int_equal(talk_worker_new(storm->bot, &client->host.worker, NULL),
                     TALK_OK);
    for (size_t i = 0; i < TALKS; i++) {
        assert_int_equal(talk_session_new(storm->bot, &client->talks[i], NULL),
                         TALK_OK);
    }
    for (size_t i = 0; i < SERVERS_MAX; i++) client->webs[i].socket = -1;
}

static void close_client(struct client *client)
{
    for (size_t i = 0; i < TALKS; i++) talk_session_free(client->talks[i]);
    for (size_t i = 0; i < SERVERS_MAX; i++) web_close(&client->webs[i]);
    talk_worker_free(client->host.worker);
}

/* ---- The storm ---- */

/* At equal distances; in the middle it is the turn of Redis. */
static void kill_some(struct storm *storm, size_t all)
{
    for (size_t i = 0; i < kills; i++) {
        while (storm->done < all * (i + 1) / (kills + 1) && !storm->failed) {
            pause_ms(1);
        }
        if (storm->redis && i == kills / 2) {
            program_kill(storm->redis);
            start_redis(storm);
            continue;
        }
        size_t server = i % storm->server_count;
        program_kill(storm->servers[server].program);
        start_server(storm, server);
    }
}

static int by_size(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* In ms: so many per cent of the turns took no longer. */
static double percentile(const struct storm *storm, size_t percent)
{
    size_t at = storm->done * percent / 100;
    return (double)storm->latencies[at] / 1e6;
}

static void tell(struct storm *storm, const char *name, uint64_t took)
{
    size_t done = storm->done;
    qsort(storm->latencies, done, sizeof *storm->latencies, by_size);
    print_message("%s: %zu turns of %d clients, %zu servers, %zu kills, %zu "
                  "repeats, %zu retries; %.0f turns/s, p50 %.1f ms, p99 %.1f "
                  "ms\n",
                  name, done, CLIENTS, storm->server_count, kills,
                  (size_t)storm->repeats, (size_t)storm->retries,
                  (double)done * 1e9 / (double)took, percentile(storm, 50),
                  percentile(storm, 99));
}

static void run_storm(struct storm *storm, const char *name)
{
    static struct client clients[CLIENTS];
    size_t all = turns / CLIENTS * CLIENTS;
    storm->latencies = take(all * sizeof *storm->latencies);
    for (size_t i = 0; i < storm->server_count; i++) {
        char log[32];
        (void)snprintf(log, sizeof log, "log%zu", i);
        storm->servers[i].log = path_of(storm->folder, log);
        start_server(storm, i);
    }
    uint64_t start = now_ns();
    for (size_t i = 0; i < CLIENTS; i++) {
        open_client(&clients[i], storm, i);
        assert_int_equal(
            pthread_create(&clients[i].thread, NULL, work, &clients[i]), 0);
    }
    kill_some(storm, all);
    for (size_t i = 0; i < CLIENTS; i++) {
        (void)pthread_join(clients[i].thread, NULL);
    }
    uint64_t took = now_ns() - start;
    for (size_t i = 0; i < CLIENTS; i++) close_client(&clients[i]);
    for (size_t i = 0; i < storm->server_count; i++) {
        program_kill(storm->servers[i].program);
        free(storm->servers[i].log);
    }
    if (storm->failed) fail_msg("%s", storm->fault);
    assert_int_equal(storm->done, all);
    assert_true(kills == 0 || (storm->repeats > 0 && storm->retries > 0));
    tell(storm, name, took);
    free(storm->latencies);
}

static struct storm storm_new(size_t servers)
{
    struct storm storm = {.folder = temporary_folder(),
                          .server_count = servers};
    assert_int_equal(talk_bot_load(pack, NULL, &storm.bot, NULL), TALK_OK);
    return storm;
}

static void storm_free(struct storm *storm)
{
    talk_bot_free(storm->bot);
    remove_folder(storm->folder);
    free((char *)storm->folder);
    free((char *)storm->store);
}

static void a_file_of_sqlite(void **state)
{
    (void)state;
    if (!program_has("SQLite")) {
        print_message("skipped: the program lacks SQLite\n");
        skip();
    }
    struct storm storm = storm_new(2);
    storm.store = path_of(storm.folder, "conversations.db");
    run_storm(&storm, "SQLite");
    storm_free(&storm);
}

static void one_redis(void **state)
{
    (void)state;
    if (!program_has("Redis") ||
        system("command -v redis-server >/dev/null") != 0) {
        print_message("skipped: the program lacks Redis, or there is no "
                      "redis-server\n");
        skip();
    }
    struct storm storm = storm_new(3);
    char *socket = path_of(storm.folder, "redis.sock");
    size_t size = strlen(socket) + sizeof "unix:";
    char *store = take(size);
    (void)snprintf(store, size, "unix:%s", socket);
    storm.store = store;
    free(socket);
    start_redis(&storm);
    run_storm(&storm, "Redis");
    program_kill(storm.redis);
    storm_free(&storm);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_sqlite),
        cmocka_unit_test(one_redis),
    };
    if (argc > 1) turns = strtoul(argv[1], NULL, 10);
    if (argc > 2) kills = strtoul(argv[2], NULL, 10);
    if (turns < CLIENTS) {
        (void)fprintf(stderr, "usage: storm_test [TURNS [KILLS]]\n");
        return 2;
    }
    if (!program_has("HTTP")) {
        print_message("storm_test: skipped: the program lacks HTTP\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
