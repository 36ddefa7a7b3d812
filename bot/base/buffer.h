/* buffer.h - text that grows in an arena up to a ceiling. */
#ifndef TALK_BASE_BUFFER_H
#define TALK_BASE_BUFFER_H

#include "memory.h"

struct buffer {
    struct arena *arena;
    char *text; /* ends in a NUL byte that length does not count */
    size_t length;
    size_t capacity;
    size_t ceiling;
    talk_status status; /* the first failure sticks: check once, at the end */
};

void talk__buffer_init(struct buffer *buffer, struct arena *arena,
                       size_t ceiling);
void talk__buffer_add(struct buffer *buffer, const char *text, size_t length);
void talk__buffer_add_text(struct buffer *buffer, const char *text);
void talk__buffer_add_byte(struct buffer *buffer, char byte);

#endif
