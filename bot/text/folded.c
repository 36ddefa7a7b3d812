/* folded.c - what is asked of a folded text; patterns folded alike.
 * In: offsets into the folded text.  Out: its words, the user's bytes.
 * Ignores how it was folded. */
#include <string.h>

#include "ascii.h"
#include "buffer.h"
#include "fold.h"
#include "unicode.h"

size_t talk__folded_word_at(const struct folded *folded, size_t offset)
{
    size_t low = 0, high = folded->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct word *word = &folded->words[middle];
        if (word->start + word->length > offset) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void talk__folded_origin(const struct folded *folded, size_t start, size_t end,
                         size_t *from, size_t *to)
{
    *from = *to = 0;
    if (folded->word_count == 0) return;
    size_t first = talk__folded_word_at(folded, start);
    if (first == folded->word_count) first--;
    *from = folded->words[first].from;
    *to = folded->words[first].to;
    for (size_t i = first; i < folded->word_count; i++) {
        if (folded->words[i].start >= end) break;
        if (folded->words[i].to > *to) *to = folded->words[i].to;
    }
}

bool talk__is_ascii(const char *text, size_t length)
{
    uint64_t eight;
    for (; length >= sizeof eight; length -= sizeof eight) {
        memcpy(&eight, text, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080)) return false;
        text += sizeof eight;
    }
    for (size_t i = 0; i < length; i++) {
        if (talk__is_beyond_ascii(text[i])) return false;
    }
    return true;
}

bool talk__fold_pattern(struct arena *arena, const char *pattern,
                        size_t length, const char **out, size_t *out_length)
{
    struct buffer buffer;
    if (talk__is_ascii(pattern, length)) {
        *out = talk__arena_text(arena, pattern, length);
        *out_length = length;
        return *out;
    }
    talk__buffer_init(&buffer, arena, length * FOLD_MAX + 1);
    for (size_t at = 0; at < length;) {
        uint32_t code;
        bool valid;
        size_t size =
            talk__unicode_read(pattern + at, length - at, &code, &valid);
        struct folded_char chars[FOLD_MAX];
        if (code < 0x80) {
            talk__buffer_add_byte(&buffer, pattern[at]);
        } else {
            size_t count = talk__unicode_fold(code, chars);
            for (size_t i = 0; i < count; i++) {
                char bytes[4];
                size_t width = talk__unicode_write(chars[i].code, bytes);
                if (chars[i].class != CHAR_NOTHING) {
                    talk__buffer_add(&buffer, bytes, width);
                }
            }
        }
        at += size;
    }
    *out = buffer.text;
    *out_length = buffer.length;
    return buffer.status == TALK_OK;
}
