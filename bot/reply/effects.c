/* effects.c - what else comes of saying a response: variables change, actions
 * are asked for.
 * In: a response that is said.  Out: what is remembered next; the actions.
 * Ignores its words, and how the host acts. */
#include <math.h>
#include <string.h>

#include "holes.h"

/* ---- Actions ---- */

static talk_status fill_arguments(const struct filling *filling,
                                  const struct request *request,
                                  struct arena *arena, talk_action *out)
{
    const struct action *action = &filling->pack->actions[request->action];
    talk_argument *arguments = talk__arena_array(
        arena, (size_t)action->argument_count + 1, sizeof *arguments);
    if (!arguments) return TALK_NOMEM;
    out->arguments = arguments;
    for (uint32_t i = 0; i < action->argument_count; i++) {
        const struct wording *wording = &request->arguments[i];
        if (!talk__holes_filled(filling, wording)) continue;
        struct buffer buffer;
        talk__buffer_init(&buffer, arena, REPLY_MAX);
        talk__holes_fill(filling, wording, &buffer);
        if (buffer.status != TALK_OK) return buffer.status;
        arguments[out->argument_count++] =
            (talk_argument){action->arguments[i], buffer.text, buffer.length};
    }
    return TALK_OK;
}

talk_status talk__reply_request(const struct pack *pack,
                                const struct recall *recall,
                                const struct wish *wish, uint32_t seed,
                                struct arena *arena, talk_action *actions,
                                size_t *count)
{
    const struct response *response = &pack->responses[wish->response];
    struct filling filling = {pack, recall, wish, seed};
    for (uint32_t i = 0; i < response->request_count; i++) {
        const struct request *request = &response->requests[i];
        talk_action *action = &actions[(*count)++];
        *action = (talk_action){.name = pack->actions[request->action].name,
                                .response = response->name};
        talk_status status = fill_arguments(&filling, request, arena, action);
        if (status != TALK_OK) return status;
    }
    return TALK_OK;
}

/* ---- Variables ---- */

/* A counter stops where numbers have no text of their own any more. */
static const double number_most = 999999999999999.0;

static talk_status add(const struct pack *pack, struct recall *next,
                       const struct effect *effect, struct arena *arena)
{
    char text[NUMBER_SIZE];
    double number = 0;
    const char *value = talk__held_value(next, effect->variable);
    if (value && !talk__number_read(value, &number)) number = 0;
    number = fmax(-number_most, fmin(number + effect->number, number_most));
    size_t length = talk__number_write(number, text);
    const char *copy = talk__arena_text(arena, text, length);
    if (!copy) return TALK_NOMEM;
    talk__held_set(next, pack, effect->variable, copy);
    return TALK_OK;
}

talk_status talk__reply_effect(const struct pack *pack, struct recall *next,
                               uint32_t response, struct arena *arena)
{
    const struct response *rule = &pack->responses[response];
    talk_status status = TALK_OK;
    for (uint32_t i = 0; i < rule->effect_count && status == TALK_OK; i++) {
        const struct effect *effect = &rule->effects[i];
        if (effect->kind == EFFECT_ADD) {
            status = add(pack, next, effect, arena);
        } else {
            talk__held_set(next, pack, effect->variable, effect->value);
        }
    }
    return status;
}
