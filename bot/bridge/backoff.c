/* backoff.c - how long to wait before the next try to connect.
 * In: tries that have failed, chance.  Out: milliseconds. */
#include "backoff.h"

uint32_t backoff_ms(uint32_t failed, uint32_t chance)
{
    uint32_t most = BACKOFF_FIRST_MS;
    for (uint32_t i = 0; i < failed && most < BACKOFF_MOST_MS; i++) most *= 2;
    if (most > BACKOFF_MOST_MS) most = BACKOFF_MOST_MS;
    return most / 2 + chance % (most / 2 + 1);
}
