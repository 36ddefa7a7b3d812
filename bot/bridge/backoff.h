/* backoff.h - how long to wait before the next try to connect. */
#ifndef BRIDGE_BACKOFF_H
#define BRIDGE_BACKOFF_H

#include <stdint.h>

enum { BACKOFF_FIRST_MS = 500, BACKOFF_MOST_MS = 5 * 60 * 1000 };

/* Milliseconds before try number `failed` + 1, when so many in a row have
 * failed: twice as long each time, up to BACKOFF_MOST_MS. `chance` is any
 * number, by which half of that is made up: a server that comes back is not
 * called by all its clients at once. */
uint32_t backoff_ms(uint32_t failed, uint32_t chance);

#endif
