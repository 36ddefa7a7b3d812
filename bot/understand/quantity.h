/* quantity.h - numbers and times out of words. */
#ifndef TALK_UNDERSTAND_QUANTITY_H
#define TALK_UNDERSTAND_QUANTITY_H

#include "pack.h"

/* The number that the text names; of several ("6 or 7") the highest. NaN when
 * it names none. */
double talk__quantity_number(const struct pack *pack, const char *text,
                             size_t length);

/* How many days ago the time is that the text names, seen from `now` (the
 * host's clock: seconds since 1970; 0 when it has none). Below 0: in the
 * future. NaN when that cannot be said. */
double talk__quantity_days(const struct pack *pack, const char *text,
                           size_t length, uint64_t now);

#endif
