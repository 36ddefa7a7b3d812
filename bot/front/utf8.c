/* utf8.c - UTF-8 that may be broken, one code point at a time.
 * In: bytes.  Out: code points, or clean bytes.  Knows nothing of widths. */
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* The forms of a code point by its first byte. `least` shuts out the long
 * spellings of short characters, such as C0 AF for "/". */
static const struct form {
    unsigned char mask, lead;
    size_t bytes;
    uint32_t least;
} forms[] = {
    {0x80, 0x00, 1, 0x00},
    {0xE0, 0xC0, 2, 0x80},
    {0xF0, 0xE0, 3, 0x800},
    {0xF8, 0xF0, 4, 0x10000},
};

static const struct form *form_of(unsigned char lead)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if ((lead & forms[i].mask) == forms[i].lead) return &forms[i];
    }
    return NULL;
}

size_t utf8_next(const char *text, size_t length, uint32_t *code, int *valid)
{
    const unsigned char *bytes = (const unsigned char *)text;
    const struct form *form = form_of(bytes[0]);
    *code = UTF8_REPLACEMENT_CODE;
    *valid = 0;
    if (!form || form->bytes > length) return 1;
    uint32_t value = bytes[0] & (unsigned char)~form->mask;
    for (size_t i = 1; i < form->bytes; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 1;
        value = (value << 6) | (bytes[i] & 0x3Fu);
    }
    if (value < form->least || value > 0x10FFFF) return 1;
    if (value >= 0xD800 && value <= 0xDFFF) return 1; /* half a pair */
    *code = value;
    *valid = 1;
    return form->bytes;
}

char *utf8_clean(const char *text, size_t length, size_t *out_length)
{
    size_t replacement = strlen(UTF8_REPLACEMENT);
    if (length > (SIZE_MAX - 1) / replacement) return NULL;
    char *clean = malloc(length * replacement + 1);
    if (!clean) return NULL;
    char *end = clean;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        int valid;
        size_t bytes = utf8_next(text + at, length - at, &code, &valid);
        size_t wanted = valid ? bytes : replacement;
        memcpy(end, valid ? text + at : UTF8_REPLACEMENT, wanted);
        end += wanted;
        at += bytes;
    }
    *end = '\0';
    *out_length = (size_t)(end - clean);
    return clean;
}
