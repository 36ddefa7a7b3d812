/* line_reader.c - lines of any content and a bounded length from a stream.
 * In: bytes, NUL bytes among them.  Out: one line at a time.  A line above the
 * ceiling is skipped without being held: an endless line takes no memory. */
#include "posix.h"

#include "line_reader.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

/* Room for what people type; longer lines double it. */
enum { FIRST_CAPACITY = 256 };

void line_reader_init(struct line_reader *reader, FILE *in, size_t ceiling)
{
    *reader = (struct line_reader){.in = in, .ceiling = ceiling};
}

void line_reader_clear(struct line_reader *reader)
{
    free(reader->text);
    *reader = (struct line_reader){0};
}

static bool make_room(struct line_reader *reader)
{
    if (reader->length + 1 < reader->capacity) return true;
    size_t capacity = reader->capacity ? reader->capacity * 2 : FIRST_CAPACITY;
    char *text = realloc(reader->text, capacity);
    if (!text) return false;
    reader->text = text;
    reader->capacity = capacity;
    return true;
}

enum line_status line_reader_next(struct line_reader *reader)
{
    bool too_long = false, any = false;
    int byte;
    reader->length = 0;
    errno = 0;
    while ((byte = getc_unlocked(reader->in)) != EOF && byte != '\n') {
        any = true;
        too_long = too_long || reader->length == reader->ceiling;
        if (too_long) continue;
        if (!make_room(reader)) return LINE_FAILED;
        reader->text[reader->length++] = (char)byte;
    }
    if (byte == EOF && ferror(reader->in)) return LINE_FAILED;
    if (byte == EOF && !any) return LINE_END;
    if (too_long) return LINE_TOO_LONG;
    if (!make_room(reader)) return LINE_FAILED;
    reader->text[reader->length] = '\0';
    return LINE_READ;
}
