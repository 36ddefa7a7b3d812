/* store_lent.c - what stores that keep saved sessions have in common.
 * In: names, what was saved.  Out: loans, one of a conversation at a time.
 * Ignores where it was saved. */
#include "posix.h"

#include "store_lent.h"

#include <stdlib.h>
#include <string.h>

enum store_result lent_begin(struct lanes *lanes, const char *name,
                             struct loan *loan)
{
    size_t size = strlen(name) + 1;
    struct lent *lent = calloc(1, sizeof *lent + size);
    *loan = (struct loan){.place = lent};
    if (!lent) return STORE_NOMEM;
    memcpy(lent->name, name, size);
    lent->lane = lanes_enter(lanes, name);
    return STORE_OK;
}

enum store_result lent_open(struct loan *loan, const talk_bot *bot,
                            const char *saved, size_t length)
{
    const struct lent *lent = loan->place;
    talk_status status =
        saved ? talk_session_load(bot, saved, length, &loan->session, NULL)
              : talk_session_new(bot, &loan->session, NULL);
    loan->number = lent->number;
    loan->version = lent->version;
    if (status == TALK_OK) return STORE_OK;
    return status == TALK_NOMEM ? STORE_NOMEM : STORE_BROKEN;
}

void lent_end(struct loan *loan)
{
    struct lent *lent = loan->place;
    talk_session_free(loan->session);
    lanes_leave(lent->lane);
    free(lent);
    *loan = (struct loan){0};
}
