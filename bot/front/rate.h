/* rate.h - how often each of many callers may call. */
#ifndef FRONT_RATE_H
#define FRONT_RATE_H

#include <stdbool.h>
#include <stdint.h>

struct rate;

/* `calls` a minute for each name; so many may come at once. NULL: no memory.
 */
struct rate *rate_new(uint32_t calls);
void rate_free(struct rate *rate); /* NULL is fine */

/* Takes one call. 0: it may go on; else the seconds until one may. Any
 * thread; now_ms is a clock that only goes forward. */
uint32_t rate_take(struct rate *rate, const char *name, uint64_t now_ms);

#endif
