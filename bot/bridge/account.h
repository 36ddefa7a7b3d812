/* account.h - an XMPP account that stays connected: the only place that knows
 * libstrophe (0.12 or later).
 *
 * One thread: the calls back come from inside account_run. A message is given
 * to the connection with account_send; whether the server has taken it shows
 * when it answers the ping that was sent behind it. */
#ifndef BRIDGE_ACCOUNT_H
#define BRIDGE_ACCOUNT_H

#include "stanza.h"

#include <stdint.h>

struct account;

/* All texts are borrowed for the life of the account. */
struct account_options {
    const char *jid; /* bare or full */
    const char *password;
    const char *host;         /* NULL: what DNS says of the JID's domain */
    uint16_t port;            /* 0: the usual one */
    const char *ca_file;      /* NULL: what the system trusts */
    bool plain;               /* no TLS */
    const char *const *rooms; /* "room@host/nick" or "room@host" */
    size_t room_count;
};

struct account_calls {
    void *payload;
    /* A session with the server has begun. */
    void (*online)(void *payload);
    void (*offline)(void *payload);
    void (*message)(void *payload, const struct stanza *stanza);
    /* The server has taken all that was sent before ping `number`. */
    void (*taken)(void *payload, uint64_t number);
    /* Somebody wants to know whether we are there: they are told, from now
     * on, and their JID is bare. */
    void (*contact)(void *payload, const char *jid);
    /* Somebody, by the JID in the room, is gone from a room; NULL: all. */
    void (*left)(void *payload, const char *jid);
    /* What happened, for the log; detail may be NULL. */
    void (*event)(void *payload, const char *event, const char *detail);
};

/* What is sent to one JID. */
struct account_message {
    const char *to;
    const char *id;    /* NULL: none */
    const char *body;  /* NULL: a chat state alone */
    bool aloud;        /* to a room */
    const char *state; /* a chat state; NULL: none */
};

enum { ACCOUNT_ID_SIZE = 40 };

/* NULL: no memory. */
struct account *account_new(const struct account_options *options,
                            const struct account_calls *calls);
void account_free(struct account *account); /* NULL is fine */

/* Connects when it is time to, reads and sends for at most so many
 * milliseconds, and comes back early when a signal arrives. */
void account_run(struct account *account, uint32_t milliseconds);

/* Says goodbye and hangs up, within so many milliseconds. */
void account_leave(struct account *account, uint32_t milliseconds);

bool account_is_online(const struct account *account);
/* Who we are, and in which rooms; borrowed until account_run. */
struct presence account_self(const struct account *account);

/* Nothing is sent while the account is not online. */
void account_send(struct account *account,
                  const struct account_message *message);
/* Asks the server for a sign of life; returns the ping's number, from 1. */
uint64_t account_ping(struct account *account);
/* An id that nobody has used. */
void account_id(struct account *account, char out[ACCOUNT_ID_SIZE]);

#endif
