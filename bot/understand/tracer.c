/* tracer.c - which alternatives of a pattern a match went through.
 * In: a pattern with marks, a place where it matches.  Out: a flag for each
 * alternative. The match is made once more, with the marked pattern. */
#include "tracer.h"

#include <string.h>

struct tracer {
    const struct pack *pack;
    struct memory memory;
    struct regex **marked; /* per pattern: compiled, or NULL */
};

talk_status talk__tracer_new(const struct pack *pack,
                             const struct memory *memory, struct tracer **out)
{
    *out = NULL;
    if (pack->alternative_count == 0) return TALK_OK;
    size_t bytes = pack->pattern_count * sizeof(struct regex *);
    struct tracer *tracer = talk__memory_take(memory, sizeof *tracer);
    if (!tracer) return TALK_NOMEM;
    *tracer = (struct tracer){.pack = pack, .memory = *memory};
    tracer->marked = talk__memory_take(memory, bytes);
    if (!tracer->marked) {
        talk__tracer_free(tracer);
        return TALK_NOMEM;
    }
    memset(tracer->marked, 0, bytes);
    *out = tracer;
    return TALK_OK;
}

void talk__tracer_free(struct tracer *tracer)
{
    if (!tracer) return;
    struct memory memory = tracer->memory;
    uint32_t count = tracer->pack->pattern_count;
    for (uint32_t i = 0; tracer->marked && i < count; i++) {
        talk__regex_free(&memory, tracer->marked[i]);
    }
    talk__memory_give(&memory, tracer->marked, count * sizeof(struct regex *));
    talk__memory_give(&memory, tracer, sizeof *tracer);
}

static talk_status compile(struct tracer *tracer, uint32_t index)
{
    struct regex_fault fault;
    const struct pack *pack = tracer->pack;
    struct pattern marked = pack->patterns[index];
    marked.whole_length += marked.marked_length - marked.folded_length;
    marked.folded = marked.marked;
    marked.folded_length = marked.marked_length;
    marked.jit = false;
    talk_status status = talk__pattern_compile(
        pack, &marked, false, &tracer->memory, &tracer->marked[index], &fault);
    return status == TALK_NOMEM ? status : TALK_OK;
}

talk_status talk__tracer_ask(struct tracer *tracer, uint32_t pattern,
                             const struct subject *subject, size_t from,
                             struct arena *arena, const bool **taken)
{
    const struct pattern *rule = &tracer->pack->patterns[pattern];
    talk_status status = TALK_OK;
    *taken = NULL;
    if (!rule->marked) return TALK_OK;
    if (!tracer->marked[pattern]) status = compile(tracer, pattern);
    if (status != TALK_OK) return status;
    bool *flags =
        talk__arena_array(arena, rule->alternative_count, sizeof *flags);
    if (!flags) return TALK_NOMEM;
    *taken = flags;
    if (!tracer->marked[pattern]) return TALK_OK; /* none is known */
    return talk__regex_taken(tracer->marked[pattern], subject, from,
                             rule->alternative_count, flags);
}
