/* tracer.h - which alternatives of a pattern a match went through. */
#ifndef TALK_UNDERSTAND_TRACER_H
#define TALK_UNDERSTAND_TRACER_H

#include "pack.h"

/* Scratch for one thread. */
struct tracer;

/* *out is NULL when the pack does not tell alternatives apart. TALK_NOMEM. */
talk_status talk__tracer_new(const struct pack *pack,
                             const struct memory *memory, struct tracer **out);
void talk__tracer_free(struct tracer *tracer);

/* For a pattern that matches at `from`: *taken is a flag for each of its
 * alternatives, the arena's, or NULL when it has none. TALK_NOMEM. */
talk_status talk__tracer_ask(struct tracer *tracer, uint32_t pattern,
                             const struct subject *subject, size_t from,
                             struct arena *arena, const bool **taken);

#endif
