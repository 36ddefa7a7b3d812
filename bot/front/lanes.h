/* lanes.h - one at a time for each of many names, in the order of coming. */
#ifndef FRONT_LANES_H
#define FRONT_LANES_H

#include <pthread.h>
#include <stdint.h>

enum { LANES = 1024 };

/* Names that share a lane wait for each other, too. Turns are handed out like
 * numbers in a queue. */
struct lane {
    pthread_mutex_t lock;
    pthread_cond_t served;
    uint32_t next_ticket, serving;
};

struct lanes {
    struct lane lanes[LANES];
};

void lanes_init(struct lanes *lanes);
void lanes_clear(struct lanes *lanes);
/* Comes back when it is the caller's turn. */
struct lane *lanes_enter(struct lanes *lanes, const char *name);
void lanes_leave(struct lane *lane);

#endif
