/* pack_open.h - finds the pack and loads it. */
#ifndef FRONT_PACK_OPEN_H
#define FRONT_PACK_OPEN_H

#include "backtalk.h"

#include <stdint.h>

/* said: the folder of --pack, or NULL. NULL: it does not load, and stderr
 * names every problem. */
talk_bot *pack_open(const char *said, uint32_t seed);

#endif
