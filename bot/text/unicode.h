/* unicode.h - the wall round utf8proc. */
#ifndef TALK_TEXT_UNICODE_H
#define TALK_TEXT_UNICODE_H

#include "memory.h"

/* What a character is to a reader of messages. */
enum char_class {
    CHAR_WORD,       /* letter or digit */
    CHAR_APOSTROPHE, /* straight, curly or mistyped */
    CHAR_BLANK,
    CHAR_NEWLINE,
    CHAR_PUNCTUATION, /* , . ? ! ; : */
    CHAR_DASH,
    CHAR_BRACKET,
    CHAR_SYMBOL, /* emoji and the like: may stand in a table of words */
    CHAR_NOTHING /* marks, zero-width: as if not there */
};

/* Characters that one folds to: U+FDFA makes 18. */
enum { FOLD_MAX = 20 };

struct folded_char {
    uint32_t code;
    enum char_class class;
};

/* Reads one character. Returns the bytes read, at least 1; *valid is false
 * for a byte that is not UTF-8, which reads as U+FFFD. length > 0. */
size_t talk__unicode_read(const char *text, size_t length, uint32_t *code,
                          bool *valid);
bool talk__unicode_is_valid(const char *text, size_t length);
/* NFKC, case folded, without marks. Returns how many were put in out. */
size_t talk__unicode_fold(uint32_t code, struct folded_char out[FOLD_MAX]);
/* Bytes put in out: 1 to 4. */
size_t talk__unicode_write(uint32_t code, char out[4]);
/* The text with U+FFFD for every byte that is not UTF-8; the text itself when
 * there is none. Ends in a NUL byte when it was repaired. NULL: no memory. */
const char *talk__unicode_repair(struct arena *arena, const char *text,
                                 size_t length, size_t *out_length);
/* The last border between two characters, as a reader sees them, that is at
 * most `most` bytes in and not at the start; within one that is longer than
 * that, the last border between its parts. 4 <= most < length. */
size_t talk__unicode_border(const char *text, size_t length, size_t most);
/* The Latin letter that a Cyrillic or Greek one looks like, or 0. */
char talk__unicode_looks_like(uint32_t code);

#endif
