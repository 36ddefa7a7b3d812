/* outbox.c - whose answers may not have arrived yet.
 * In: names, numbers of pings.  Out: those that wait.  The answers themselves
 * stand in the records. */
#include "posix.h"

#include "outbox.h"

#include <stdlib.h>
#include <string.h>

static struct waiting **place_of(struct outbox *outbox, const char *who)
{
    struct waiting **place = &outbox->first;
    while (*place && strcmp((*place)->who, who) != 0) place = &(*place)->next;
    return place;
}

struct waiting *outbox_put(struct outbox *outbox, const char *who,
                           bool in_room)
{
    struct waiting **place = place_of(outbox, who), *waiting = *place;
    if (waiting) return waiting;
    waiting = calloc(1, sizeof *waiting);
    char *copy = strdup(who);
    if (!waiting || !copy) {
        free(waiting);
        free(copy);
        return NULL;
    }
    waiting->who = copy;
    waiting->in_room = in_room;
    *place = waiting;
    return waiting;
}

static struct waiting *take_out(struct waiting **place)
{
    struct waiting *waiting = *place;
    if (waiting) *place = waiting->next;
    return waiting;
}

void outbox_free_one(struct waiting *waiting)
{
    if (!waiting) return;
    free(waiting->who);
    free(waiting);
}

void outbox_remove(struct outbox *outbox, const char *who)
{
    outbox_free_one(take_out(place_of(outbox, who)));
}

void outbox_hung_up(struct outbox *outbox)
{
    struct waiting **place = &outbox->first;
    while (*place) {
        if ((*place)->in_room) {
            outbox_free_one(take_out(place));
        } else {
            (*place)->ping = 0;
            place = &(*place)->next;
        }
    }
}

struct waiting *outbox_taken(struct outbox *outbox, uint64_t number)
{
    struct waiting **place = &outbox->first;
    while (*place && ((*place)->ping == 0 || (*place)->ping > number)) {
        place = &(*place)->next;
    }
    return take_out(place);
}

void outbox_clear(struct outbox *outbox)
{
    while (outbox->first) outbox_free_one(take_out(&outbox->first));
}
