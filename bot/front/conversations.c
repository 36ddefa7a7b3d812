/* conversations.c - the sessions of a server by name, and why each of them
 * got its last reply.
 * In: names.  Out: sessions.  A turn lives until the next one of any session:
 * its explanation is written down for the sessions that spoke last. */
#include "posix.h"

#include "conversations.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool conversations_init(struct conversations *all, const talk_bot *bot)
{
    *all = (struct conversations){.bot = bot};
    all->by_name = json_object();
    return all->by_name != NULL;
}

static void conversation_free(struct conversation *conversation)
{
    if (!conversation) return;
    talk_session_free(conversation->session);
    free(conversation->name);
    free(conversation);
}

void conversations_clear(struct conversations *all)
{
    for (size_t i = 0; i < EXPLANATIONS_MAX; i++) {
        free(all->explanations[i].text);
    }
    for (size_t i = 0; i < all->count; i++) conversation_free(all->items[i]);
    free(all->items);
    json_decref(all->by_name);
    *all = (struct conversations){0};
}

struct conversation *conversations_find(const struct conversations *all,
                                        const char *name)
{
    const json_t *place = json_object_get(all->by_name, name);
    return place ? all->items[json_integer_value(place)] : NULL;
}

static bool make_room(struct conversations *all)
{
    if (all->count < all->capacity) return true;
    size_t capacity = all->capacity ? all->capacity * 2 : 16;
    struct conversation **items =
        realloc(all->items, capacity * sizeof(struct conversation *));
    if (!items) return false;
    all->items = items;
    all->capacity = capacity;
    return true;
}

static struct conversation *conversation_new(const talk_bot *bot,
                                             const char *name)
{
    struct conversation *fresh = calloc(1, sizeof *fresh);
    if (!fresh) return NULL;
    fresh->name = strdup(name);
    if (fresh->name &&
        talk_session_new(bot, &fresh->session, NULL) == TALK_OK) {
        return fresh;
    }
    conversation_free(fresh);
    return NULL;
}

talk_status conversations_get(struct conversations *all, const char *name,
                              struct conversation **out)
{
    *out = conversations_find(all, name);
    if (*out) return TALK_OK;
    if (all->count == CONVERSATIONS_MAX) return TALK_LIMIT;
    if (!make_room(all)) return TALK_NOMEM;
    struct conversation *fresh = conversation_new(all->bot, name);
    if (!fresh) return TALK_NOMEM;
    fresh->place = all->count;
    if (!json_door_put(all->by_name, name,
                       json_integer((json_int_t)fresh->place))) {
        conversation_free(fresh);
        return TALK_NOMEM;
    }
    all->items[all->count++] = fresh;
    *out = fresh;
    return TALK_OK;
}

void conversations_forget(struct conversations *all, struct conversation *gone)
{
    conversations_keep(all, gone, NULL, 0);
    json_object_del(all->by_name, gone->name);
    /* The last one takes the free place. */
    struct conversation *last = all->items[--all->count];
    if (last != gone) {
        last->place = gone->place;
        all->items[last->place] = last;
        json_integer_set(json_object_get(all->by_name, last->name),
                         (json_int_t)last->place);
    }
    conversation_free(gone);
}

static void drop(struct explanation *explanation)
{
    if (explanation->of) explanation->of->kept = 0;
    free(explanation->text);
    *explanation = (struct explanation){0};
}

void conversations_keep(struct conversations *all, struct conversation *of,
                        char *text, size_t length)
{
    if (of->kept) drop(&all->explanations[of->kept - 1]);
    if (!text) return;
    struct explanation *place = &all->explanations[all->next_explanation];
    drop(place);
    place->of = of;
    place->text = text;
    place->length = length;
    of->kept = all->next_explanation + 1;
    all->next_explanation = (all->next_explanation + 1) % EXPLANATIONS_MAX;
}
