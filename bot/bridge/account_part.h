/* account_part.h - what the two files behind account.h share. Only they
 * include strophe.h. */
#ifndef BRIDGE_ACCOUNT_PART_H
#define BRIDGE_ACCOUNT_PART_H

#include "account.h"

#include <strophe.h>

/* How the ids of our pings begin; their number follows. */
#define ACCOUNT_PING "backtalk-ping-"

struct account_room {
    char *jid, *nick;
    unsigned tries;
};

struct account {
    struct account_options options;
    struct account_calls calls;
    xmpp_ctx_t *context;
    xmpp_log_t log;
    xmpp_conn_t *connection; /* NULL: none, until `wake` */
    xmpp_rand_t *chance;
    char *jid, *domain; /* ours, bare */
    struct account_room *rooms;
    struct room *room_view; /* the same, as account_self shows them */
    bool online, gone;
    uint32_t failed; /* tries in a row */
    /* Moments of a clock that does not jump, in milliseconds. */
    uint64_t wake, since, pinged, waiting_since;
    uint64_t pings, answered; /* numbers of the last ones */
};

uint64_t account_now_ms(void);
void account_tell(const struct account *account, const char *event,
                  const char *detail);

/* A child of `parent` with a namespace (or NULL), which the parent keeps.
 * NULL: no memory. */
xmpp_stanza_t *account_add_child(struct account *account,
                                 xmpp_stanza_t *parent, const char *name,
                                 const char *ns);
/* Sends it and lets it go; NULL is fine. */
void account_send_away(struct account *account, xmpp_stanza_t *stanza);
void account_send_presence(struct account *account, const char *type,
                           const char *to);

/* From now on, what comes is heard; enters the rooms. */
void account_hear(struct account *account);

#endif
