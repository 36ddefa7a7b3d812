/* json_line.c - a value of jansson's as one line of text.
 * In: a tree without circles.  Out: what json_dumps(JSON_COMPACT) makes of it.
 * That looks at each character and at each parent of a value for circles; an
 * answer over HTTP took a quarter of its time there. */
#include "json_door.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_START = 1024 };

struct line {
    char *text; /* NULL: there was no memory */
    size_t length, size;
};

static void put(struct line *line, const char *text, size_t length)
{
    if (!line->text) return;
    /* A byte stays for the NUL at the end. */
    if (length >= line->size - line->length) {
        size_t size = line->size;
        while (length >= size - line->length) size *= 2;
        char *longer = realloc(line->text, size);
        if (!longer) free(line->text);
        line->text = longer;
        line->size = size;
        if (!longer) return;
    }
    memcpy(line->text + line->length, text, length);
    line->length += length;
}

static void put_text(struct line *line, const char *text)
{
    put(line, text, strlen(text));
}

static void put_escape(struct line *line, unsigned char byte)
{
    static const char names[][2] = {{'"', '"'},  {'\\', '\\'}, {'\b', 'b'},
                                    {'\f', 'f'}, {'\n', 'n'},  {'\r', 'r'},
                                    {'\t', 't'}};
    char escape[8] = "\\";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (byte == (unsigned char)names[i][0]) escape[1] = names[i][1];
    }
    if (!escape[1]) {
        (void)snprintf(escape, sizeof escape, "\\u%04X", (unsigned)byte);
    }
    put_text(line, escape);
}

/* jansson's strings are UTF-8 already. */
static void put_string(struct line *line, const char *text, size_t length)
{
    size_t from = 0;
    put(line, "\"", 1);
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)text[at];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        put(line, text + from, at - from);
        put_escape(line, byte);
        from = at + 1;
    }
    put(line, text + from, length - from);
    put(line, "\"", 1);
}

static void put_number(struct line *line, const json_t *value)
{
    if (json_is_integer(value)) {
        char digits[24];
        (void)snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT,
                       json_integer_value(value));
        put_text(line, digits);
        return;
    }
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (text) {
        put_text(line, text);
    } else {
        free(line->text);
        line->text = NULL;
    }
    free(text);
}

static void put_value(struct line *line, json_t *value)
{
    const char *key, *between = "";
    json_t *item;
    size_t index;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        put(line, "{", 1);
        json_object_foreach(value, key, item)
        {
            put_text(line, between);
            put_string(line, key, strlen(key));
            put(line, ":", 1);
            put_value(line, item);
            between = ",";
        }
        put(line, "}", 1);
        break;
    case JSON_ARRAY:
        put(line, "[", 1);
        json_array_foreach(value, index, item)
        {
            put_text(line, between);
            put_value(line, item);
            between = ",";
        }
        put(line, "]", 1);
        break;
    case JSON_STRING:
        put_string(line, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
    case JSON_REAL: put_number(line, value); break;
    case JSON_TRUE: put_text(line, "true"); break;
    case JSON_FALSE: put_text(line, "false"); break;
    case JSON_NULL: put_text(line, "null"); break;
    }
}

char *json_door_line(const json_t *json)
{
    struct line line = {.text = malloc(LINE_START), .size = LINE_START};
    /* jansson's loops take no const value; nothing is written to it. */
    if (line.text) put_value(&line, (json_t *)(uintptr_t)json);
    if (line.text) line.text[line.length] = '\0';
    return line.text;
}
