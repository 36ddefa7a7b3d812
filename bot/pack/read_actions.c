/* read_actions.c - what a host can be asked to do, and who asks for it.
 * In: `actions`; `action` of responses.  Out: those of the pack.
 * Ignores how the host does it. */
#include <string.h>

#include "schema.h"

/* ---- Which there are ---- */

static void read_arguments(struct loading *loading, struct tree *list,
                           void *out)
{
    struct action *action = out;
    action->arguments = talk__keep_array(loading, talk__tree_count(list),
                                         sizeof *action->arguments);
    if (!action->arguments) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        action->arguments[action->argument_count++] =
            talk__keep_text(loading, item);
    }
}

static const struct schema_row rows[] = {
    {"arguments", WANT_TEXTS, .read = read_arguments},
};
static const struct schema schema = TALK__SCHEMA("action", rows);

void talk__read_actions(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_ACTIONS];
    struct pack *pack = loading->pack;
    pack->actions =
        talk__keep_array(loading, section->count, sizeof *pack->actions);
    if (!pack->actions) return;
    for (size_t i = 0; i < section->count; i++) {
        struct action *action = &pack->actions[i];
        action->name = talk__section_keep(loading, SECTION_ACTIONS, i,
                                          &pack->action_names);
        talk__schema_read(loading, &schema, section->entries[i], action);
        pack->action_count++;
    }
}

/* ---- Who asks for it ---- */

static uint32_t argument_index(struct loading *loading,
                               const struct action *action,
                               const struct tree *key)
{
    struct words names = {"argument", action->arguments,
                          action->argument_count};
    return talk__word_index(loading, &names, key);
}

static void read_request(struct loading *loading, const struct tree *map,
                         struct request *request)
{
    const struct action *action = &loading->pack->actions[request->action];
    request->arguments = talk__keep_array(loading, action->argument_count,
                                          sizeof *request->arguments);
    for (const struct tree *text = map->first; text; text = text->next) {
        uint32_t index = argument_index(loading, action, text->key);
        if (index == NO_INDEX || !talk__is_text(loading, text)) continue;
        if (!request->arguments) return;
        talk__wording_cut(loading, text, &request->arguments[index]);
    }
    for (uint32_t i = 0; i < action->argument_count; i++) {
        if (talk__tree_get(map, action->arguments[i])) continue;
        TALK__COMPLAIN(loading, map->key->place,
                       "action '%s' lacks its argument '%s'", action->name,
                       action->arguments[i]);
    }
}

void talk__read_requests(struct loading *loading, struct tree *map,
                         struct response *response)
{
    response->requests = talk__keep_array(loading, talk__tree_count(map),
                                          sizeof *response->requests);
    if (!response->requests) return;
    for (struct tree *item = map->first; item; item = item->next) {
        struct request request = {
            .action = talk__refer(loading, SECTION_ACTIONS, item->key)};
        if (!talk__is_map(loading, item) || request.action == NO_INDEX) {
            continue;
        }
        read_request(loading, item, &request);
        response->requests[response->request_count++] = request;
    }
}
