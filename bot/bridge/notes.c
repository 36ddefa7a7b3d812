/* notes.c - conversations that are kept in memory only.
 * In: names and texts.  Out: the texts.  A room has few people who talk to
 * the bot: a list will do. */
#include "posix.h"

#include "notes.h"

#include <stdlib.h>
#include <string.h>

struct note {
    struct note *next;
    char *name, *text;
    size_t length;
};

static struct note **place_of(struct note **place, const char *name)
{
    while (*place && strcmp((*place)->name, name) != 0) {
        place = &(*place)->next;
    }
    return place;
}

const char *notes_read(const struct notes *notes, const char *name,
                       size_t *length)
{
    struct note *first = notes->first;
    const struct note *note = *place_of(&first, name);
    if (!note) return NULL;
    *length = note->length;
    return note->text;
}

static struct note *add(struct notes *notes, const char *name)
{
    struct note *note = calloc(1, sizeof *note);
    char *copy = strdup(name);
    if (!note || !copy) {
        free(note);
        free(copy);
        return NULL;
    }
    note->name = copy;
    note->next = notes->first;
    notes->first = note;
    return note;
}

bool notes_write(struct notes *notes, const char *name, const char *text,
                 size_t length)
{
    char *copy = strdup(text);
    struct note *note = copy ? *place_of(&notes->first, name) : NULL;
    if (copy && !note) note = add(notes, name);
    if (!note) {
        free(copy);
        return false;
    }
    free(note->text);
    note->text = copy;
    note->length = length;
    return true;
}

void notes_remove(struct notes *notes, const char *name)
{
    struct note **place = place_of(&notes->first, name), *note = *place;
    if (!note) return;
    *place = note->next;
    free(note->name);
    free(note->text);
    free(note);
}

void notes_clear(struct notes *notes)
{
    while (notes->first) notes_remove(notes, notes->first->name);
}
