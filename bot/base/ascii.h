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

static inline char talk__lower(char c)
{
    return talk__is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

#endif
