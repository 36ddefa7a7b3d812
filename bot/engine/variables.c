/* variables.c - what a host tells a conversation besides words.
 * In: a variable of the pack, a value.  Out: the session, changed or asked.
 * Ignores what the rules make of it. */
#include <string.h>

#include "turn.h"
#include "unicode.h"

static talk_status refuse(talk_error *err, const char *format,
                          const char *name, const char *value)
{
    return talk__fail(err, TALK_ARGUMENT, (struct place){0}, format, name,
                      value);
}

/* What was set before of the same name is overwritten. */
static void put(struct recall *recall, const struct variable *variable,
                const char *value)
{
    uint32_t at = 0;
    while (at < recall->held_count &&
           strcmp(recall->held[at].name, variable->name) != 0) {
        at++;
    }
    if (at == recall->held_count) recall->held_count++;
    recall->held[at] = (struct held){
        .name = variable->name,
        .variable = NO_INDEX,
        .set = value != NULL,
        .value = value,
        .until = variable->lasts ? recall->turns + variable->lasts : 0};
}

static talk_status set(talk_session *session, const struct variable *variable,
                       const char *value, struct arena *arena)
{
    struct recall recall;
    talk_status status = talk__session_recall(session, NULL, arena, &recall);
    if (status != TALK_OK) return status;
    put(&recall, variable, value);
    return talk__session_commit(session, &recall);
}

talk_status talk_session_set(const talk_bot *bot, talk_session *session,
                             const char *name, const char *value,
                             talk_error *err)
{
    if (!bot || !session || !name) {
        return refuse(err, "%s%s", "talk_session_set: NULL", "");
    }
    const struct pack *pack = bot->pack;
    uint32_t index =
        talk__table_get(&pack->variable_names, name, strlen(name));
    if (index == TABLE_NONE) {
        return refuse(err, "the pack has no variable '%.80s'%s", name, "");
    }
    const struct variable *variable = &pack->variables[index];
    char number[NUMBER_SIZE];
    const char *normal =
        value ? talk__variable_value(variable, value, number) : NULL;
    if (value &&
        (!normal || !talk__unicode_is_valid(normal, strlen(normal)))) {
        return refuse(err, "variable '%s' cannot be '%.80s'", name, value);
    }
    struct arena arena;
    talk__arena_init(&arena, &session->memory, 0);
    talk_status status = set(session, variable, normal, &arena);
    talk__arena_clear(&arena);
    return status == TALK_OK ? TALK_OK : talk__fail_nomem(err);
}

const char *talk_session_get(const talk_bot *bot, const talk_session *session,
                             const char *name)
{
    if (!bot || !session || !name) return NULL;
    const struct pack *pack = bot->pack;
    uint32_t index =
        talk__table_get(&pack->variable_names, name, strlen(name));
    if (index == TABLE_NONE) return NULL;
    const char *value = talk__session_value(session, name);
    return value ? value : pack->variables[index].start;
}
