/* notes.h - conversations that are kept in memory only: those in rooms, where
 * a nick that is free again may become somebody else's. */
#ifndef BRIDGE_NOTES_H
#define BRIDGE_NOTES_H

#include <stdbool.h>
#include <stddef.h>

/* All zeros: none. */
struct notes {
    struct note *first;
};

/* NULL: none. Borrowed until it is written or removed. */
const char *notes_read(const struct notes *notes, const char *name,
                       size_t *length);
/* false: no memory; the old one is still there. */
bool notes_write(struct notes *notes, const char *name, const char *text,
                 size_t length);
void notes_remove(struct notes *notes, const char *name);
void notes_clear(struct notes *notes);

#endif
