/* ascii.h - what single bytes are, whatever the locale; and where a character
 * of UTF-8 begins. */
#ifndef TALK_BASE_ASCII_H
#define TALK_BASE_ASCII_H

#include <stdbool.h>

/* a to z. */
static inline bool talk__is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* A to Z. */
static inline bool talk__is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool talk__is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool talk__is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool talk__is_beyond_ascii(char c)
{
    return (unsigned char)c >= 0x80;
}

/* Of a character of UTF-8; the others are those behind it. */
static inline bool talk__is_first_byte(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

extern const unsigned char talk__bytes[256];
enum { BYTE_WORD = 1, BYTE_DULL = 2, BYTE_PLAIN = 4, BYTE_REPEAT = 8 };

/* Letters, digits, _ and all that is beyond ASCII: what words are made of. */
static inline bool talk__is_word_byte(char c)
{
    return talk__bytes[(unsigned char)c] & BYTE_WORD;
}

/* In a pattern: small letters, digits, blanks, and the signs that mean
 * nothing without what stands before them. */
static inline bool talk__is_dull(char c)
{
    return talk__bytes[(unsigned char)c] & BYTE_DULL;
}

/* In a pattern: says how often what stands before it may stand there, or with
 * what follows it may say so. */
static inline bool talk__is_repeat(char c)
{
    return talk__bytes[(unsigned char)c] & BYTE_REPEAT;
}

/* In a pattern: stands for itself. */
static inline bool talk__is_plain(char c)
{
    return talk__bytes[(unsigned char)c] & BYTE_PLAIN;
}

static inline char talk__lower(char c)
{
    return talk__is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

#endif
