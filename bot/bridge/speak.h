/* speak.h - what is said to the pack, and its answer as letters. */
#ifndef BRIDGE_SPEAK_H
#define BRIDGE_SPEAK_H

#include "account.h"
#include "record.h"
#include "stanza.h"

struct speaker {
    const talk_bot *bot;
    talk_worker *worker;
    size_t piece_max;        /* bytes of a letter */
    struct account *account; /* makes ids */
};

/* Where an answer goes. */
struct address {
    const char *to;
    const char *nick; /* who is answered in a room; NULL: not aloud */
    bool with_states;
};

enum spoke {
    SPOKE_FINE,
    SPOKE_TOO_LONG, /* the message is; nothing was said */
    SPOKE_NOT       /* no memory: the record may hold half an answer */
};

/* Says it, or what a number stands for, and adds the answer's letters to the
 * record. */
enum spoke speak_turn(const struct speaker *speaker, struct record *record,
                      const struct heard *heard, const struct address *address,
                      talk_tier *tier);

/* Adds words of our own. false: no memory. */
bool speak_text(const struct speaker *speaker, struct record *record,
                const struct address *address, const char *text);

enum { SPEAK_KEY_SIZE = 40 };

/* What a session knows a message by: its id and its words, for there are
 * clients that count from 1 each time they start. Returns out, or NULL when
 * the message has no id. */
const char *speak_key(const struct stanza *stanza, char out[SPEAK_KEY_SIZE]);

#endif
