/* account.c - an XMPP account that stays connected.
 * In: a JID, a password; messages to send.  Out: messages that came, and what
 * the server has taken.  Knows nothing of conversations. */
#include "posix.h"

#include "account_part.h"
#include "backoff.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum {
    CONNECT_MOST_MS = 60 * 1000, /* until the session begins */
    PING_AFTER_MS = 60 * 1000,   /* of silence of ours */
    PING_MOST_MS = 30 * 1000,    /* until its answer: else the line is dead */
    STEADY_MS = 60 * 1000        /* online so long: the next try is soon */
};

uint64_t account_now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void account_tell(const struct account *account, const char *event,
                  const char *detail)
{
    account->calls.event(account->calls.payload, event, detail);
}

/* ---- Building stanzas ---- */

xmpp_stanza_t *account_add_child(struct account *account,
                                 xmpp_stanza_t *parent, const char *name,
                                 const char *ns)
{
    xmpp_stanza_t *child = xmpp_stanza_new(account->context);
    if (!child) return NULL;
    if (xmpp_stanza_set_name(child, name) != XMPP_EOK ||
        (ns && xmpp_stanza_set_ns(child, ns) != XMPP_EOK) ||
        xmpp_stanza_add_child(parent, child) != XMPP_EOK) {
        xmpp_stanza_release(child);
        return NULL;
    }
    xmpp_stanza_release(child);
    return child;
}

void account_send_away(struct account *account, xmpp_stanza_t *stanza)
{
    if (!stanza) return;
    xmpp_send(account->connection, stanza);
    xmpp_stanza_release(stanza);
}

void account_send_presence(struct account *account, const char *type,
                           const char *to)
{
    xmpp_stanza_t *presence = xmpp_presence_new(account->context);
    if (!presence) return;
    if (type) xmpp_stanza_set_type(presence, type);
    if (to) xmpp_stanza_set_to(presence, to);
    account_send_away(account, presence);
}

void account_send(struct account *account,
                  const struct account_message *message)
{
    if (!account->online) return;
    xmpp_stanza_t *stanza = xmpp_message_new(
        account->context, message->aloud ? "groupchat" : "chat", message->to,
        message->id);
    if (!stanza) return;
    if (message->body) xmpp_message_set_body(stanza, message->body);
    if (message->state) {
        account_add_child(account, stanza, message->state,
                          "http://jabber.org/protocol/chatstates");
    }
    account_send_away(account, stanza);
}

uint64_t account_ping(struct account *account)
{
    char id[sizeof ACCOUNT_PING + 24];
    (void)snprintf(id, sizeof id, ACCOUNT_PING "%" PRIu64, ++account->pings);
    if (!account->online) return account->pings;
    account->pinged = account_now_ms();
    if (account->answered + 1 == account->pings) {
        account->waiting_since = account->pinged;
    }
    xmpp_stanza_t *iq = xmpp_iq_new(account->context, "get", id);
    if (iq) {
        xmpp_stanza_set_to(iq, account->domain);
        account_add_child(account, iq, "ping", "urn:xmpp:ping");
    }
    account_send_away(account, iq);
    return account->pings;
}

void account_id(struct account *account, char out[ACCOUNT_ID_SIZE])
{
    unsigned char bytes[16];
    xmpp_rand_bytes(account->chance, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        (void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    }
}

/* ---- The connection ---- */

static void begin(struct account *account)
{
    const char *bound = xmpp_conn_get_bound_jid(account->connection);
    char *bare = bound ? xmpp_jid_bare(account->context, bound) : NULL;
    if (bare) {
        xmpp_free(account->context, account->jid);
        account->jid = bare;
    }
    account->online = true;
    account->since = account->pinged = account_now_ms();
    account->answered = account->pings;
    account_hear(account);
    account->calls.online(account->calls.payload);
}

/* The connection is let go later, outside of libstrophe. */
static void hear_connection(xmpp_conn_t *connection, xmpp_conn_event_t event,
                            int error, xmpp_stream_error_t *stream_error,
                            void *payload)
{
    struct account *account = payload;
    (void)connection;
    if (event == XMPP_CONN_CONNECT) {
        begin(account);
        return;
    }
    account->gone = true;
    if (stream_error && stream_error->text) {
        account_tell(account, "stream_error", stream_error->text);
    } else if (error) {
        account_tell(account, "stream_error", strerror(error));
    }
}

/* Lets the connection go, and says when the next try is. */
static void hang_up(struct account *account)
{
    char wait[48];
    bool steady =
        account->online && account_now_ms() - account->since >= STEADY_MS;
    bool was_online = account->online;
    account->online = false;
    if (account->connection) xmpp_conn_release(account->connection);
    account->connection = NULL;
    account->gone = false;
    if (was_online) account->calls.offline(account->calls.payload);
    if (steady) account->failed = 0;
    uint32_t pause =
        backoff_ms(account->failed++, (uint32_t)xmpp_rand(account->chance));
    account->wake = account_now_ms() + pause;
    (void)snprintf(wait, sizeof wait, "next try in %.1f s", pause / 1000.0);
    account_tell(account, was_online ? "offline" : "not_connected", wait);
}

/* An answer goes in two writes, with the ping behind it: they must not wait
 * for each other. */
static int set_socket(xmpp_conn_t *connection, void *socket)
{
    int on = 1;
    int status = xmpp_sockopt_cb_keepalive(connection, socket);
    (void)setsockopt(*(int *)socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return status;
}

static void dial(struct account *account)
{
    const struct account_options *options = &account->options;
    xmpp_conn_t *connection = xmpp_conn_new(account->context);
    account->connection = connection;
    account->since = account_now_ms();
    if (!connection) {
        hang_up(account);
        return;
    }
    xmpp_conn_set_jid(connection, options->jid);
    xmpp_conn_set_pass(connection, options->password);
    if (options->ca_file) xmpp_conn_set_cafile(connection, options->ca_file);
    /* Whether an answer was taken, our own pings tell. */
    xmpp_conn_set_flags(connection,
                        (options->plain ? XMPP_CONN_FLAG_DISABLE_TLS
                                        : XMPP_CONN_FLAG_MANDATORY_TLS) |
                            XMPP_CONN_FLAG_DISABLE_SM);
    xmpp_conn_set_sockopt_callback(connection, set_socket);
    if (xmpp_connect_client(connection, options->host, options->port,
                            hear_connection, account) != XMPP_EOK) {
        hang_up(account);
    }
}

/* Whether the line is silent for too long; keeps it busy before that. */
static bool is_dead(struct account *account)
{
    uint64_t now = account_now_ms();
    if (!account->online) return now - account->since > CONNECT_MOST_MS;
    if (account->answered < account->pings) {
        return now - account->waiting_since > PING_MOST_MS;
    }
    if (now - account->pinged > PING_AFTER_MS) (void)account_ping(account);
    return false;
}

static void pause_ms(uint64_t milliseconds)
{
    struct timespec span = {.tv_sec = (time_t)(milliseconds / 1000),
                            .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    (void)nanosleep(&span, NULL);
}

void account_run(struct account *account, uint32_t milliseconds)
{
    if (!account->connection) {
        uint64_t now = account_now_ms();
        if (account->wake > now) {
            uint64_t wait = account->wake - now;
            pause_ms(wait < milliseconds ? wait : milliseconds);
            return;
        }
        dial(account);
        return;
    }
    xmpp_run_once(account->context, milliseconds);
    if (account->gone || is_dead(account)) hang_up(account);
}

void account_leave(struct account *account, uint32_t milliseconds)
{
    if (!account->connection) return;
    uint64_t end = account_now_ms() + milliseconds;
    if (account->online) account_send_presence(account, "unavailable", NULL);
    xmpp_disconnect(account->connection);
    while (!account->gone && account_now_ms() < end) {
        xmpp_run_once(account->context, 50);
    }
    account->online = false;
    xmpp_conn_release(account->connection);
    account->connection = NULL;
}

bool account_is_online(const struct account *account)
{
    return account->online;
}

struct presence account_self(const struct account *account)
{
    for (size_t i = 0; i < account->options.room_count; i++) {
        account->room_view[i] =
            (struct room){account->rooms[i].jid, account->rooms[i].nick};
    }
    return (struct presence){account->jid, account->room_view,
                             account->options.room_count};
}

/* ---- Beginning and end ---- */

/* Only what a person should know; at lower levels are passwords and what was
 * said. */
static void hear_log(void *payload, xmpp_log_level_t level, const char *area,
                     const char *text)
{
    (void)area;
    if (level >= XMPP_LEVEL_WARN) account_tell(payload, "stream", text);
}

/* "room@host/nick"; without a nick it is the account's name. */
static bool open_room(struct account *account, struct account_room *room,
                      const char *place)
{
    const char *nick = stanza_resource(place);
    const char *name = account->options.jid;
    room->jid = strndup(place, stanza_bare(place));
    room->nick = *nick ? strdup(nick) : strndup(name, strcspn(name, "@/"));
    return room->jid && room->nick;
}

struct account *account_new(const struct account_options *options,
                            const struct account_calls *calls)
{
    struct account *account = calloc(1, sizeof *account);
    if (!account) return NULL;
    size_t rooms = options->room_count;
    account->options = *options;
    account->calls = *calls;
    account->log = (xmpp_log_t){hear_log, account};
    xmpp_initialize();
    account->context = xmpp_ctx_new(NULL, &account->log);
    if (!account->context) goto failed;
    account->chance = xmpp_rand_new(account->context);
    account->jid = xmpp_jid_bare(account->context, options->jid);
    account->domain = xmpp_jid_domain(account->context, options->jid);
    account->rooms = calloc(rooms + 1, sizeof *account->rooms);
    account->room_view = calloc(rooms + 1, sizeof *account->room_view);
    if (!account->chance || !account->jid || !account->domain ||
        !account->rooms || !account->room_view) {
        goto failed;
    }
    for (size_t i = 0; i < rooms; i++) {
        if (!open_room(account, &account->rooms[i], options->rooms[i])) {
            goto failed;
        }
    }
    return account;
failed:
    account_free(account);
    return NULL;
}

void account_free(struct account *account)
{
    if (!account) return;
    if (account->context) {
        if (account->connection) xmpp_conn_release(account->connection);
        if (account->chance) {
            xmpp_rand_free(account->context, account->chance);
        }
        if (account->jid) xmpp_free(account->context, account->jid);
        if (account->domain) xmpp_free(account->context, account->domain);
        xmpp_ctx_free(account->context);
    }
    for (size_t i = 0; account->rooms && i < account->options.room_count;
         i++) {
        free(account->rooms[i].jid);
        free(account->rooms[i].nick);
    }
    free(account->rooms);
    free(account->room_view);
    free(account);
    xmpp_shutdown();
}
