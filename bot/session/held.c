/* held.c - the variables of a conversation: their values, how long they last.
 * In: what the host or a response sets.  Out: the value that holds.
 * Ignores what it is good for. */
#include <string.h>

#include "session.h"

bool talk__held_init(struct recall *recall, const struct pack *pack,
                     uint32_t more, struct arena *arena)
{
    uint32_t own = pack ? pack->variable_count : 0;
    recall->held_count = 0;
    recall->held =
        talk__arena_array(arena, (size_t)own + more + 1, sizeof *recall->held);
    if (!recall->held) return false;
    for (uint32_t i = 0; i < own; i++) {
        const struct variable *variable = &pack->variables[i];
        recall->held[recall->held_count++] = (struct held){
            .name = variable->name, .variable = i, .value = variable->start};
    }
    return true;
}

void talk__held_add(struct recall *recall, struct held held)
{
    if (held.variable != NO_INDEX) {
        recall->held[held.variable] = held;
    } else {
        recall->held[recall->held_count++] = held;
    }
}

bool talk__held_copy(struct recall *recall, struct arena *arena)
{
    struct held *held =
        talk__arena_array(arena, (size_t)recall->held_count + 1, sizeof *held);
    if (!held) return false;
    if (recall->held_count) {
        memcpy(held, recall->held, recall->held_count * sizeof *held);
    }
    recall->held = held;
    return true;
}

void talk__held_keep(struct recall *recall, const struct pack *pack,
                     const struct recall *from, bool restart)
{
    recall->held = from->held;
    recall->held_count = from->held_count;
    for (uint32_t i = 0; restart && i < recall->held_count; i++) {
        struct held *held = &recall->held[i];
        /* Turns are counted anew. */
        if (held->until) held->until -= from->turns;
        if (held->variable == NO_INDEX) continue;
        if (!pack->variables[held->variable].keep) {
            talk__held_set(recall, pack, held->variable, NULL);
        }
    }
}

void talk__held_set(struct recall *recall, const struct pack *pack,
                    uint32_t variable, const char *value)
{
    const struct variable *rule = &pack->variables[variable];
    struct held *held = &recall->held[variable];
    held->set = value != NULL;
    held->value = value ? value : rule->start;
    held->until = value && rule->lasts ? recall->turns + rule->lasts : 0;
}

const char *talk__held_value(const struct recall *recall, uint32_t variable)
{
    return variable < recall->held_count ? recall->held[variable].value : NULL;
}

const char *talk__held_normal(const struct pack *pack, uint32_t variable,
                              const char *value, struct arena *arena)
{
    char number[NUMBER_SIZE];
    const char *normal =
        talk__variable_value(&pack->variables[variable], value, number);
    return normal ? talk__arena_text(arena, normal, strlen(normal)) : NULL;
}
