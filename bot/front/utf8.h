/* utf8.h - UTF-8 that may be broken, one code point at a time. */
#ifndef FRONT_UTF8_H
#define FRONT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* U+FFFD, which stands for what is not UTF-8. */
#define UTF8_REPLACEMENT "\xEF\xBF\xBD"
enum { UTF8_REPLACEMENT_CODE = 0xFFFD };

/* The code point at the start of text; length is above 0. Returns how many
 * bytes it takes; *valid is 0 when they are not UTF-8 (then it is one byte,
 * and *code is U+FFFD). */
size_t utf8_next(const char *text, size_t length, uint32_t *code, int *valid);

/* A copy in which everything that is not UTF-8 became U+FFFD; *out_length is
 * its length without the NUL byte behind it. The caller frees it; NULL: no
 * memory. */
char *utf8_clean(const char *text, size_t length, size_t *out_length);

#endif
