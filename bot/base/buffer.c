/* buffer.c - text that grows in an arena up to a ceiling.
 * In: pieces of text.  Out: all of it, or the status of the first failure;
 * never silently cut. */
#include "buffer.h"

#include <string.h>

void talk__buffer_init(struct buffer *buffer, struct arena *arena,
                       size_t ceiling)
{
    *buffer = (struct buffer){.arena = arena, .ceiling = ceiling};
    buffer->text = talk__arena_take(arena, 64);
    buffer->capacity = buffer->text ? 64 : 0;
    if (!buffer->text) buffer->status = TALK_NOMEM;
}

static bool make_room(struct buffer *buffer, size_t more)
{
    if (buffer->status != TALK_OK) return false;
    if (more > buffer->ceiling - buffer->length) {
        buffer->status = TALK_LIMIT;
        return false;
    }
    size_t wanted = buffer->length + more + 1;
    if (wanted <= buffer->capacity) return true;
    size_t capacity = buffer->capacity * 2;
    if (capacity < wanted) capacity = wanted;
    char *bigger = talk__arena_take(buffer->arena, capacity);
    if (!bigger) {
        buffer->status = TALK_NOMEM;
        return false;
    }
    memcpy(bigger, buffer->text, buffer->length);
    buffer->text = bigger;
    buffer->capacity = capacity;
    return true;
}

void talk__buffer_add(struct buffer *buffer, const char *text, size_t length)
{
    if (length == 0 || !make_room(buffer, length)) return;
    memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void talk__buffer_add_text(struct buffer *buffer, const char *text)
{
    talk__buffer_add(buffer, text, strlen(text));
}

void talk__buffer_add_byte(struct buffer *buffer, char byte)
{
    talk__buffer_add(buffer, &byte, 1);
}
