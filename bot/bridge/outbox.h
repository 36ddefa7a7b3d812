/* outbox.h - whose answers may not have arrived yet. */
#ifndef BRIDGE_OUTBOX_H
#define BRIDGE_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

/* A conversation with answers that the server has not taken. */
struct waiting {
    struct waiting *next;
    char *who;
    bool in_room;
    uint64_t ping;  /* behind its last answer; 0: not sent yet */
    unsigned tries; /* connections on which it was sent */
};

/* All zeros: none. */
struct outbox {
    struct waiting *first;
};

/* The entry of `who`, which is made when there is none. NULL: no memory. */
struct waiting *outbox_put(struct outbox *outbox, const char *who,
                           bool in_room);
void outbox_remove(struct outbox *outbox, const char *who);
/* Takes out those in rooms, which are gone with the connection; the others
 * have not been sent. */
void outbox_hung_up(struct outbox *outbox);
/* Takes out one whose answers have been taken, now that ping `number` is
 * answered; the caller frees it with outbox_free_one. NULL: no more. */
struct waiting *outbox_taken(struct outbox *outbox, uint64_t number);
void outbox_free_one(struct waiting *waiting); /* NULL is fine */
void outbox_clear(struct outbox *outbox);

#endif
