/* line_reader.h - lines of any content and a bounded length from a stream. */
#ifndef FRONT_LINE_READER_H
#define FRONT_LINE_READER_H

#include <stddef.h>
#include <stdio.h>

enum line_status {
    LINE_READ,
    LINE_TOO_LONG,  /* it was skipped to its end; the next can be read */
    LINE_CANCELLED, /* the user gave it up with Ctrl-C */
    LINE_END,       /* there is no further line */
    LINE_FAILED     /* errno says why */
};

struct line_reader {
    FILE *in; /* borrowed */
    size_t ceiling;
    char *text; /* the line without its end, then a NUL byte */
    size_t length;
    size_t capacity;
};

void line_reader_init(struct line_reader *reader, FILE *in, size_t ceiling);
void line_reader_clear(struct line_reader *reader);

/* The line is in reader->text until the next call. The last line counts even
 * when no newline ends it. */
enum line_status line_reader_next(struct line_reader *reader);

#endif
