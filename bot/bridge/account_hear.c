/* account_hear.c - what comes to an account.
 * In: stanzas.  Out: messages for the bridge, whatever their kind; answers of
 * our own to presence and questions, as every client owes them; rooms. */
#include "posix.h"

#include "account_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NICKS_MAX = 5 /* tried in a room where ours is taken */ };

static const char ping_prefix[] = ACCOUNT_PING;

/* ---- Rooms ---- */

static void join(struct account *account, const struct account_room *room)
{
    char *place = xmpp_jid_new(account->context, NULL, room->jid, room->nick);
    xmpp_stanza_t *presence = xmpp_presence_new(account->context);
    if (place && presence) {
        xmpp_stanza_set_to(presence, place);
        xmpp_stanza_t *x = account_add_child(account, presence, "x",
                                             "http://jabber.org/protocol/muc");
        xmpp_stanza_t *history =
            x ? account_add_child(account, x, "history", NULL) : NULL;
        if (history) xmpp_stanza_set_attribute(history, "maxstanzas", "0");
        xmpp_send(account->connection, presence);
    }
    if (presence) xmpp_stanza_release(presence);
    if (place) xmpp_free(account->context, place);
}

static struct account_room *room_of(struct account *account, const char *jid)
{
    size_t length = stanza_bare(jid);
    for (size_t i = 0; i < account->options.room_count; i++) {
        const char *room = account->rooms[i].jid;
        if (strlen(room) == length && memcmp(room, jid, length) == 0) {
            return &account->rooms[i];
        }
    }
    return NULL;
}

static void set_nick(struct account_room *room, const char *nick,
                     const char *more)
{
    size_t size = strlen(nick) + strlen(more) + 1;
    char *longer = malloc(size);
    if (!longer) return;
    (void)snprintf(longer, size, "%s%s", nick, more);
    free(room->nick);
    room->nick = longer;
}

/* Whether the room has marked a presence as ours. */
static bool is_ours(xmpp_stanza_t *presence)
{
    xmpp_stanza_t *x = xmpp_stanza_get_child_by_name_and_ns(
        presence, "x", "http://jabber.org/protocol/muc#user");
    xmpp_stanza_t *child = x ? xmpp_stanza_get_children(x) : NULL;
    for (; child; child = xmpp_stanza_get_next(child)) {
        const char *name = xmpp_stanza_get_name(child);
        const char *code = xmpp_stanza_get_attribute(child, "code");
        if (name && strcmp(name, "status") == 0 && code &&
            strcmp(code, "110") == 0) {
            return true;
        }
    }
    return false;
}

static void room_refuses(struct account *account, struct account_room *room,
                         xmpp_stanza_t *presence)
{
    xmpp_stanza_t *error = xmpp_stanza_get_child_by_name(presence, "error");
    bool taken =
        error && xmpp_stanza_get_child_by_name(error, "conflict") != NULL;
    if (taken && ++room->tries < NICKS_MAX) {
        set_nick(room, room->nick, "_");
        join(account, room);
        return;
    }
    account_tell(account, "room_refuses", room->jid);
}

static void hear_room(struct account *account, struct account_room *room,
                      xmpp_stanza_t *presence, const char *from,
                      const char *type)
{
    bool ours = is_ours(presence);
    if (strcmp(type, "error") == 0) {
        room_refuses(account, room, presence);
    } else if (strcmp(type, "unavailable") == 0) {
        account->calls.left(account->calls.payload, ours ? NULL : from);
        if (ours) account_tell(account, "room_left", room->jid);
    } else if (ours) {
        set_nick(room, stanza_resource(from), "");
        account_tell(account, "room_joined", room->jid);
    }
}

/* ---- What comes ---- */

static bool has(xmpp_stanza_t *stanza, const char *name, const char *ns)
{
    return xmpp_stanza_get_child_by_name_and_ns(stanza, name, ns) != NULL;
}

static const char *id_of(xmpp_stanza_t *message)
{
    static const char ns[] = "urn:xmpp:sid:0"; /* XEP-0359 */
    xmpp_stanza_t *origin =
        xmpp_stanza_get_child_by_name_and_ns(message, "origin-id", ns);
    xmpp_stanza_t *of_server =
        xmpp_stanza_get_child_by_name_and_ns(message, "stanza-id", ns);
    const char *id = origin ? xmpp_stanza_get_id(origin) : NULL;
    if (!id) id = xmpp_stanza_get_id(message);
    return !id && of_server ? xmpp_stanza_get_id(of_server) : id;
}

static int hear_message(xmpp_conn_t *connection, xmpp_stanza_t *message,
                        void *payload)
{
    struct account *account = payload;
    char *body = xmpp_message_get_body(message);
    (void)connection;
    struct stanza stanza = {
        .from = xmpp_stanza_get_from(message),
        .type = xmpp_stanza_get_type(message),
        .body = body,
        .id = id_of(message),
        .delayed = has(message, "delay", "urn:xmpp:delay"),
        .copied = has(message, "sent", "urn:xmpp:carbons:2") ||
                  has(message, "received", "urn:xmpp:carbons:2") ||
                  has(message, "forwarded", "urn:xmpp:forward:0") ||
                  has(message, "result", "urn:xmpp:mam:2"),
        .encrypted =
            has(message, "encryption", "urn:xmpp:eme:0") ||
            has(message, "encrypted", "eu.siacs.conversations.axolotl") ||
            has(message, "encrypted", "urn:xmpp:omemo:2") ||
            has(message, "openpgp", "urn:xmpp:openpgp:0") ||
            has(message, "x", "jabber:x:encrypted"),
        .of_room = has(message, "x", "http://jabber.org/protocol/muc#user"),
        .with_states =
            xmpp_stanza_get_child_by_ns(
                message, "http://jabber.org/protocol/chatstates") != NULL,
    };
    account->calls.message(account->calls.payload, &stanza);
    if (body) xmpp_free(account->context, body);
    return 1;
}

static int hear_presence(xmpp_conn_t *connection, xmpp_stanza_t *presence,
                         void *payload)
{
    struct account *account = payload;
    const char *from = xmpp_stanza_get_from(presence);
    const char *type = xmpp_stanza_get_type(presence);
    (void)connection;
    if (!from) return 1;
    struct account_room *room = room_of(account, from);
    if (room) {
        hear_room(account, room, presence, from, type ? type : "");
    } else if (type && strcmp(type, "subscribe") == 0) {
        char *bare = xmpp_jid_bare(account->context, from);
        if (!bare) return 1;
        account_send_presence(account, "subscribed", bare);
        account->calls.contact(account->calls.payload, bare);
        xmpp_free(account->context, bare);
    }
    return 1;
}

/* Answers of the server to our pings have no sender, or it as the sender. An
 * error is an answer, too. */
static void hear_answer(struct account *account, xmpp_stanza_t *iq)
{
    const char *id = xmpp_stanza_get_id(iq);
    const char *from = xmpp_stanza_get_from(iq);
    size_t length = sizeof ping_prefix - 1;
    if (!id || strncmp(id, ping_prefix, length) != 0) return;
    if (from && strcmp(from, account->domain) != 0 &&
        strcmp(from, account->jid) != 0) {
        return;
    }
    uint64_t number = strtoull(id + length, NULL, 10);
    if (number <= account->answered || number > account->pings) return;
    account->answered = number;
    account->waiting_since = account_now_ms();
    account->calls.taken(account->calls.payload, number);
}

static void add_feature(struct account *account, xmpp_stanza_t *query,
                        const char *ns)
{
    xmpp_stanza_t *feature =
        account_add_child(account, query, "feature", NULL);
    if (feature) xmpp_stanza_set_attribute(feature, "var", ns);
}

static void add_features(struct account *account, xmpp_stanza_t *reply,
                         const char *node)
{
    xmpp_stanza_t *query =
        account_add_child(account, reply, "query", XMPP_NS_DISCO_INFO);
    xmpp_stanza_t *identity =
        query ? account_add_child(account, query, "identity", NULL) : NULL;
    if (!identity) return;
    if (node) xmpp_stanza_set_attribute(query, "node", node);
    xmpp_stanza_set_attribute(identity, "category", "client");
    xmpp_stanza_set_attribute(identity, "type", "bot");
    add_feature(account, query, XMPP_NS_DISCO_INFO);
    add_feature(account, query, "urn:xmpp:ping");
    add_feature(account, query, "http://jabber.org/protocol/chatstates");
}

/* Every question is owed an answer, if only that it is not understood. */
static void answer_question(struct account *account, xmpp_stanza_t *iq)
{
    xmpp_stanza_t *asks =
        xmpp_stanza_get_child_by_name_and_ns(iq, "query", XMPP_NS_DISCO_INFO);
    xmpp_stanza_t *reply;
    if (asks || has(iq, "ping", "urn:xmpp:ping")) {
        reply = xmpp_stanza_reply(iq);
        if (reply) xmpp_stanza_set_type(reply, "result");
        if (reply && asks) {
            add_features(account, reply,
                         xmpp_stanza_get_attribute(asks, "node"));
        }
    } else {
        reply =
            xmpp_stanza_reply_error(iq, "cancel", "service-unavailable", NULL);
    }
    account_send_away(account, reply);
}

static int hear_iq(xmpp_conn_t *connection, xmpp_stanza_t *iq, void *payload)
{
    const char *type = xmpp_stanza_get_type(iq);
    (void)connection;
    if (!type) return 1;
    if (strcmp(type, "result") == 0 || strcmp(type, "error") == 0) {
        hear_answer(payload, iq);
    } else {
        answer_question(payload, iq);
    }
    return 1;
}

void account_hear(struct account *account)
{
    xmpp_conn_t *connection = account->connection;
    xmpp_handler_add(connection, hear_message, NULL, "message", NULL, account);
    xmpp_handler_add(connection, hear_presence, NULL, "presence", NULL,
                     account);
    xmpp_handler_add(connection, hear_iq, NULL, "iq", NULL, account);
    account_send_presence(account, NULL, NULL);
    for (size_t i = 0; i < account->options.room_count; i++) {
        account->rooms[i].tries = 0;
        join(account, &account->rooms[i]);
    }
}
