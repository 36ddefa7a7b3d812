/* markup.c - a page or a drawing, written piece by piece.
 * In: markup, and text of a pack.  Out: markup in which the text is text,
 * for HTML as well as for the labels of graphviz. */
#include "markup.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void write_bytes(struct markup *out, const char *text, size_t length)
{
    if (out->failed || length == 0) return;
    out->failed = !out->write(out->payload, text, length);
}

/* NULL: it stands for itself. A control character is none of a page. */
static const char *entity(unsigned char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n':
    case '\t': return NULL;
    default: return c < ' ' || c == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

static void escape(struct markup *out, const char *text, size_t length)
{
    size_t start = 0;
    for (size_t at = 0; at < length; at++) {
        const char *written = entity((unsigned char)text[at]);
        if (!written) continue;
        write_bytes(out, text + start, at - start);
        write_bytes(out, written, strlen(written));
        start = at + 1;
    }
    write_bytes(out, text + start, length - start);
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* What stands behind a %; returns its bytes. */
static size_t put(struct markup *out, const char *kind, va_list *args)
{
    char number[64];
    const char *text;
    if (begins(kind, ".*s")) {
        int length = va_arg(*args, int);
        text = va_arg(*args, const char *);
        escape(out, text, (size_t)length);
        return 3;
    }
    if (*kind == 's') {
        text = va_arg(*args, const char *);
        escape(out, text, strlen(text));
        return 1;
    }
    size_t size = 1;
    if (*kind == 'u') {
        (void)snprintf(number, sizeof number, "%u", va_arg(*args, unsigned));
    } else if (*kind == 'g') {
        (void)snprintf(number, sizeof number, "%g", va_arg(*args, double));
    } else if (begins(kind, "zu")) {
        (void)snprintf(number, sizeof number, "%zu", va_arg(*args, size_t));
        size = 2;
    } else if (begins(kind, ".1f")) {
        (void)snprintf(number, sizeof number, "%.1f", va_arg(*args, double));
        size = 3;
    } else {
        assert(*kind == '%');
        memcpy(number, "%", 2);
    }
    write_bytes(out, number, strlen(number));
    return size;
}

void talk__markup(struct markup *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    while (*format) {
        size_t plain = strcspn(format, "%");
        write_bytes(out, format, plain);
        format += plain;
        if (*format) format += 1 + put(out, format + 1, &args);
    }
    va_end(args);
}
