/* bridge.h - conversations between people on XMPP and a pack. */
#ifndef BRIDGE_BRIDGE_H
#define BRIDGE_BRIDGE_H

#include "account.h"
#include "backtalk.h"
#include "state_files.h"

#include <stdio.h>

struct bridge;

/* All are borrowed for the life of the bridge, but the bot. */
struct bridge_options {
    const struct account_options *account;
    struct state_files *files;
    size_t piece_max; /* bytes of one message of ours */
    FILE *log;
};

/* The bot becomes the bridge's, also when it fails. NULL: no memory. */
struct bridge *bridge_new(const struct bridge_options *options, talk_bot *bot);
void bridge_free(struct bridge *bridge); /* NULL is fine */

/* Connects, hears and answers for at most so many milliseconds. */
void bridge_run(struct bridge *bridge, uint32_t milliseconds);

/* From now on it talks by this bot, which becomes the bridge's. false: no
 * memory; nothing was changed, and the bot is the caller's. */
bool bridge_change(struct bridge *bridge, talk_bot *bot);

/* Waits until the server has taken all answers, but no longer than so many
 * milliseconds, and says goodbye. What it has not taken is sent when the
 * bridge is back. */
void bridge_leave(struct bridge *bridge, uint32_t milliseconds);

#endif
