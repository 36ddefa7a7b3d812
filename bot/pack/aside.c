/* aside.c - cuts a file of a pack into its rules and its examples.
 * In: the bytes of a file.  Out: those before and behind a line '---'.
 * Ignores what the examples are: they are read only where tools want them. */
#include "aside.h"

#include <string.h>

static const char mark[] = "---";
static const char key[] = "examples:";

enum { SHOWN_MAX = 40 }; /* bytes of a line, in a message */

/* Without its end. */
struct line {
    const char *text;
    size_t length;
};

static struct line line_at(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    struct line line = {bytes, end ? (size_t)(end - bytes) : length};
    if (line.length && bytes[line.length - 1] == '\r') line.length--;
    return line;
}

/* The bytes of the line, and of its end. */
static size_t step(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    return end ? (size_t)(end - bytes) + 1 : length;
}

/* Where a line says something; its length when it is blank, or a comment. */
static size_t text_of(struct line line, size_t from)
{
    size_t at = from;
    while (at < line.length &&
           (line.text[at] == ' ' || line.text[at] == '\t')) {
        at++;
    }
    return at < line.length && line.text[at] == '#' ? line.length : at;
}

static bool starts_with(struct line line, const char *text)
{
    size_t length = strlen(text);
    return line.length >= length && memcmp(line.text, text, length) == 0;
}

/* In YAML a line that begins so always begins a document. */
static bool is_mark(struct line line)
{
    size_t length = strlen(mark);
    return starts_with(line, mark) &&
           (line.length == length || line.text[length] == ' ' ||
            line.text[length] == '\t');
}

/* A '---' before which nothing stands begins the rules. */
static bool says_nothing(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at += step(bytes + at, length - at)) {
        struct line line = line_at(bytes + at, length - at);
        if (text_of(line, 0) < line.length && line.text[0] != '%') {
            return false;
        }
    }
    return true;
}

/* The offset of the line '---', or the length. */
static size_t find_mark(const struct pack_file *file)
{
    const char *bytes = file->bytes, *end = bytes + file->length;
    const char *at = bytes;
    while ((at = memchr(at, '-', (size_t)(end - at))) != NULL) {
        size_t offset = (size_t)(at - bytes);
        if (offset > 0 && at[-1] == '\n' &&
            is_mark(line_at(at, file->length - offset)) &&
            !says_nothing(bytes, offset)) {
            return offset;
        }
        at++;
    }
    return file->length;
}

static uint32_t count_lines(const char *bytes, size_t length)
{
    uint32_t count = 0;
    const char *end = bytes + length;
    while ((bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
        bytes++;
        count++;
    }
    return count;
}

/* At the margin stands one key, before everything: by that no other can hide
 * among its lines, and they need not be read to know it. */
static bool check_line(struct loading *loading, struct line line,
                       struct place place, bool *begun)
{
    size_t at = is_mark(line) && !*begun ? strlen(mark) : 0;
    size_t text = text_of(line, at);
    if (text == line.length || (text > at && *begun)) return true;
    if (text == 0 && starts_with(line, key)) {
        *begun = true;
        return true;
    }
    *begun = true; /* what belongs to it need not be told */
    size_t shown = line.length - text;
    place.column = (uint32_t)text + 1;
    TALK__COMPLAIN(loading, place,
                   "'%.*s': behind '---' only tools read on: 'examples:' may "
                   "stand there, and nothing else",
                   (int)(shown > SHOWN_MAX ? SHOWN_MAX : shown),
                   line.text + text);
    return false;
}

static bool check(struct loading *loading, const struct pack_file *aside)
{
    bool fine = true, begun = false;
    struct place place = {aside->path, aside->line + 1, 1};
    for (size_t at = 0; at < aside->length;) {
        const char *bytes = aside->bytes + at;
        size_t length = aside->length - at;
        fine &= check_line(loading, line_at(bytes, length), place, &begun);
        at += step(bytes, length);
        place.line++;
    }
    return fine;
}

struct pack_file talk__aside_cut(struct loading *loading,
                                 struct pack_file *file)
{
    size_t at = find_mark(file);
    struct pack_file aside = {.path = file->path};
    if (at == file->length) return aside;
    aside.bytes = file->bytes + at;
    aside.length = file->length - at;
    aside.line = count_lines(file->bytes, at);
    file->length = at;
    if (!check(loading, &aside)) {
        loading->incomplete = true;
        aside.length = 0;
    }
    return aside;
}
