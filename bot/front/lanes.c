/* lanes.c - one at a time for each of many names, in the order of coming.
 * In: names.  Out: turns.  Nobody who holds a lane enters another. */
#include "posix.h"

#include "lanes.h"

void lanes_init(struct lanes *lanes)
{
    for (size_t i = 0; i < LANES; i++) {
        lanes->lanes[i] = (struct lane){.next_ticket = 0};
        pthread_mutex_init(&lanes->lanes[i].lock, NULL);
        pthread_cond_init(&lanes->lanes[i].served, NULL);
    }
}

void lanes_clear(struct lanes *lanes)
{
    for (size_t i = 0; i < LANES; i++) {
        pthread_cond_destroy(&lanes->lanes[i].served);
        pthread_mutex_destroy(&lanes->lanes[i].lock);
    }
}

struct lane *lanes_enter(struct lanes *lanes, const char *name)
{
    uint32_t hash = 0;
    for (; *name; name++) hash = hash * 31 + (unsigned char)*name;
    struct lane *lane = &lanes->lanes[(hash ^ hash >> 15) % LANES];
    pthread_mutex_lock(&lane->lock);
    uint32_t ticket = lane->next_ticket++;
    while (lane->serving != ticket) {
        pthread_cond_wait(&lane->served, &lane->lock);
    }
    pthread_mutex_unlock(&lane->lock);
    return lane;
}

void lanes_leave(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    lane->serving++;
    if (lane->serving != lane->next_ticket) {
        pthread_cond_broadcast(&lane->served);
    }
    pthread_mutex_unlock(&lane->lock);
}
