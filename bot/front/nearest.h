/* nearest.h - "did you mean": the right name that is nearest to a wrong one.
 *
 *     struct nearest near;
 *     nearest_init(&near, "hlep");
 *     for (…) nearest_try(&near, commands[i].name);
 *     if (near.name) … "did you mean 'help'?" */
#ifndef FRONT_NEAREST_H
#define FRONT_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *wrong; /* borrowed */
    const char *name;  /* the nearest so far, borrowed; NULL: none is near */
    size_t distance;   /* of name; without a name, the first that is too far */
};

void nearest_init(struct nearest *near, const char *wrong);
void nearest_try(struct nearest *near, const char *name);

/* "; did you mean '/help'?" with the mark before the name, or "" when nothing
 * is near. At most size bytes with the NUL byte; out is returned. */
const char *nearest_hint(const struct nearest *near, const char *mark,
                         char *out, size_t size);

#endif
