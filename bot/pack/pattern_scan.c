/* pattern_scan.c - a pattern piece by piece.
 * In: a pattern as its author wrote it.  Out: its parts, in order.
 * Ignores whether they make sense together: PCRE2 will say. */
#include "pattern_scan.h"

#include <string.h>

#include "ascii.h"

void talk__scan_init(struct pattern_scan *scan, const char *text,
                     size_t length)
{
    *scan = (struct pattern_scan){.text = text, .length = length};
}

static char byte_at(const struct pattern_scan *scan, size_t at)
{
    return at < scan->length ? scan->text[at] : '\0';
}

static bool is_lower(char c)
{
    return talk__is_small(c) || c == '_';
}

/* Where `end` stands behind `at`, plus one; or `at` when it does not. */
static size_t behind(const struct pattern_scan *scan, size_t at, char end)
{
    const char *found = memchr(scan->text + at, end, scan->length - at);
    return found ? (size_t)(found - scan->text) + 1 : at;
}

/* `at` is behind the backslash. */
static size_t escape_end(const struct pattern_scan *scan, size_t at)
{
    if (at >= scan->length) return at;
    char kind = scan->text[at++];
    if (kind == 'c' && at < scan->length) return at + 1;
    if (!strchr("xopPkgN", kind) || at >= scan->length) return at;
    switch (scan->text[at]) {
    case '{': return behind(scan, at, '}');
    case '<': return kind == 'k' || kind == 'g' ? behind(scan, at, '>') : at;
    case '\'':
        return kind == 'k' || kind == 'g' ? behind(scan, at + 1, '\'') : at;
    default: return kind == 'p' || kind == 'P' ? at + 1 : at;
    }
}

/* `at` is behind the parenthesis. A verb is left at its star, options and
 * names are part of the head. */
static size_t group_end(const struct pattern_scan *scan, size_t at)
{
    if (byte_at(scan, at) == '*') return at + 1;
    if (byte_at(scan, at) != '?') return at;
    at++;
    if (byte_at(scan, at) == ':') return at + 1;
    if (byte_at(scan, at) == '#') return behind(scan, at, ')');
    if (byte_at(scan, at) == 'P') at++;
    char kind = byte_at(scan, at);
    char next = byte_at(scan, at + 1);
    if (kind == '<' && (next == '=' || next == '!')) return at + 2;
    if (kind == '<') return behind(scan, at, '>');
    if (kind == '\'' && next) return behind(scan, at + 1, '\'');
    if (kind && strchr(":=!|>", kind)) return at + 1;
    while (at < scan->length && !strchr(":)", scan->text[at])) at++;
    return at;
}

/* `at` is at the {. */
static size_t brace_end(struct pattern_scan *scan, size_t at)
{
    size_t end = at + 1;
    scan->part = PART_BRACE;
    if (talk__is_digit(byte_at(scan, end))) {
        while (talk__is_digit(byte_at(scan, end))) end++;
        if (byte_at(scan, end) == ',') end++;
        while (talk__is_digit(byte_at(scan, end))) end++;
        if (byte_at(scan, end) == '}') scan->part = PART_REPEAT;
    } else if (is_lower(byte_at(scan, end))) {
        while (is_lower(byte_at(scan, end)) ||
               talk__is_digit(byte_at(scan, end))) {
            end++;
        }
        if (byte_at(scan, end) == '}') scan->part = PART_MACRO;
    }
    return scan->part == PART_BRACE ? at + 1 : end + 1;
}

/* `at` is at the [. A ] that comes first is one of the class. */
static size_t class_end(struct pattern_scan *scan, size_t at)
{
    at++;
    if (byte_at(scan, at) == '^') at++;
    if (byte_at(scan, at) == ']') at++;
    scan->in_class = true;
    return at;
}

static size_t part_in_class(struct pattern_scan *scan, size_t at)
{
    if (scan->text[at] == ']') {
        scan->in_class = false;
        scan->part = PART_CLASS;
        return at + 1;
    }
    if (scan->text[at] == '[' && byte_at(scan, at + 1) == ':') {
        size_t end = behind(scan, at + 2, ']');
        scan->part = PART_CLASS; /* [:alpha:] */
        if (end > at + 2 && scan->text[end - 2] == ':') return end;
    }
    scan->part = PART_TEXT;
    return at + 1;
}

void talk__scan_skip(struct pattern_scan *scan)
{
    if (scan->in_class) return;
    const char *at = scan->text + scan->at, *end = scan->text + scan->length;
    while (at < end && talk__is_dull(*at)) at++;
    scan->at = (size_t)(at - scan->text);
}

bool talk__scan_next(struct pattern_scan *scan)
{
    size_t at = scan->at;
    scan->start = at;
    if (at >= scan->length) return false;
    char c = scan->text[at];
    if (c == '\\') {
        scan->part = PART_ESCAPE;
        scan->at = escape_end(scan, at + 1);
    } else if (scan->in_class) {
        scan->at = part_in_class(scan, at);
    } else if (c == '(') {
        scan->part = PART_GROUP;
        scan->at = group_end(scan, at + 1);
    } else if (c == '[') {
        scan->part = PART_CLASS;
        scan->at = class_end(scan, at);
    } else if (c == '{') {
        scan->at = brace_end(scan, at);
    } else {
        scan->part = c == '}' ? PART_BRACE : PART_TEXT;
        scan->at = at + 1;
    }
    if (scan->at > scan->length) scan->at = scan->length;
    return true;
}
