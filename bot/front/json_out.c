/* json_out.c - JSON written piece by piece, straight into text.
 * In: brackets, keys and values, in order, or trees of jansson's.  Out: what
 * json_dumps(JSON_COMPACT) would make of them. That wants a tree first, and
 * looks at each character of it: an answer over HTTP took a third of its time
 * there. Whether the brackets match is the caller's business. */
#include "json_out.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 1024 };

/* Room for `more` bytes and a NUL byte. */
static bool make_room(struct json_out *out, size_t more)
{
    if (out->failed) return false;
    if (more < out->size - out->length) return true;
    size_t size = out->size ? out->size : FIRST_SIZE;
    while (more >= size - out->length) size *= 2;
    char *longer = realloc(out->text, size);
    if (!longer) {
        out->failed = true;
        return false;
    }
    out->text = longer;
    out->size = size;
    return true;
}

static void put(struct json_out *out, const char *text, size_t length)
{
    if (!make_room(out, length)) return;
    memcpy(out->text + out->length, text, length);
    out->length += length;
    out->text[out->length] = '\0';
}

static void put_byte(struct json_out *out, char byte)
{
    put(out, &byte, 1);
}

/* Before a value or a key. */
static void put_comma(struct json_out *out)
{
    if (out->length == 0) return;
    char last = out->text[out->length - 1];
    /* Within the quotes of a text nobody asks. */
    if (last != '{' && last != '[' && last != ':' && last != '\n') {
        put_byte(out, ',');
    }
}

/* ---- The text ---- */

void json_out_clear(struct json_out *out)
{
    free(out->text);
    *out = (struct json_out){0};
}

char *json_out_take(struct json_out *out, size_t *length)
{
    put(out, "", 0); /* nothing is a text, too */
    char *text = out->failed ? NULL : out->text;
    *length = text ? out->length : 0;
    if (text) out->text = NULL;
    json_out_clear(out);
    return text;
}

void json_out_back(struct json_out *out, size_t length)
{
    if (out->failed) return;
    out->length = length;
    if (out->text) out->text[length] = '\0';
}

/* ---- Pieces ---- */

void json_out_open(struct json_out *out, char bracket)
{
    put_comma(out);
    put_byte(out, bracket);
}

void json_out_close(struct json_out *out, char bracket)
{
    put_byte(out, bracket);
}

static void put_escape(struct json_out *out, unsigned char byte)
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
    put(out, escape, strlen(escape));
}

/* ASCII that stands in a string as it is. */
static bool is_plain(char byte)
{
    return byte >= 0x20 && (byte & 0x80) == 0 && byte != '"' && byte != '\\';
}

/* The same of eight bytes at once: what is taken from a byte that is too small
 * shows in its highest bit. Of two that are not plain the second may escape,
 * the first does not. */
static bool are_plain(const char *text)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    uint64_t small = bytes - each * 0x20;
    uint64_t quote = (bytes ^ each * '"') - each;
    uint64_t slash = (bytes ^ each * '\\') - each;
    return ((bytes | small | quote | slash) & each * 0x80) == 0;
}

static size_t plain_length(const char *text, size_t length)
{
    size_t at = 0;
    while (length - at >= sizeof(uint64_t) && are_plain(text + at)) {
        at += sizeof(uint64_t);
    }
    while (at < length && is_plain(text[at])) at++;
    return at;
}

/* One character that is not plain; returns its bytes. */
static size_t put_special(struct json_out *out, const char *text,
                          size_t length)
{
    uint32_t code;
    int valid;
    size_t bytes = utf8_next(text, length, &code, &valid);
    if (!valid) {
        put(out, UTF8_REPLACEMENT, strlen(UTF8_REPLACEMENT));
    } else if (code >= 0x7F) {
        put(out, text, bytes);
    } else {
        put_escape(out, (unsigned char)*text);
    }
    return bytes;
}

void json_out_text(struct json_out *out, const char *text, size_t length)
{
    put_comma(out);
    put_byte(out, '"');
    for (size_t at = 0; at < length;) {
        size_t plain = plain_length(text + at, length - at);
        put(out, text + at, plain);
        at += plain;
        if (at < length) at += put_special(out, text + at, length - at);
    }
    put_byte(out, '"');
}

void json_out_string(struct json_out *out, const char *string)
{
    json_out_text(out, string, strlen(string));
}

void json_out_key(struct json_out *out, const char *key)
{
    json_out_string(out, key);
    put_byte(out, ':');
}

void json_out_integer(struct json_out *out, json_int_t number)
{
    char digits[24];
    int length =
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, number);
    json_out_raw(out, digits, (size_t)length);
}

/* How many digits it takes is jansson's to know. */
void json_out_real(struct json_out *out, double number)
{
    json_t *value = json_real(number);
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    if (text) json_out_raw(out, text, strlen(text));
    if (!text) out->failed = true;
    free(text);
    json_decref(value);
}

void json_out_flag(struct json_out *out, bool flag)
{
    json_out_raw(out, flag ? "true" : "false", flag ? 4 : 5);
}

void json_out_null(struct json_out *out)
{
    json_out_raw(out, "null", 4);
}

void json_out_put_open(struct json_out *out, const char *key, char bracket)
{
    json_out_key(out, key);
    json_out_open(out, bracket);
}

void json_out_put_string(struct json_out *out, const char *key,
                         const char *string)
{
    json_out_key(out, key);
    json_out_string(out, string);
}

void json_out_put_integer(struct json_out *out, const char *key,
                          json_int_t number)
{
    json_out_key(out, key);
    json_out_integer(out, number);
}

void json_out_raw(struct json_out *out, const char *text, size_t length)
{
    put_comma(out);
    put(out, text, length);
}

void json_out_line(struct json_out *out)
{
    put_byte(out, '\n');
}

/* ---- Trees ---- */

static void put_object(struct json_out *out, json_t *object)
{
    const char *key;
    json_t *item;
    json_out_open(out, '{');
    json_object_foreach(object, key, item)
    {
        json_out_key(out, key);
        json_out_value(out, item);
    }
    json_out_close(out, '}');
}

static void put_array(struct json_out *out, const json_t *array)
{
    json_out_open(out, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_out_value(out, json_array_get(array, i));
    }
    json_out_close(out, ']');
}

void json_out_value(struct json_out *out, const json_t *value)
{
    if (!value) {
        out->failed = true;
        return;
    }
    switch (json_typeof(value)) {
    /* jansson's iterator wants it so; nothing is written. */
    case JSON_OBJECT: put_object(out, (json_t *)(uintptr_t)value); break;
    case JSON_ARRAY: put_array(out, value); break;
    case JSON_STRING:
        json_out_text(out, json_string_value(value),
                      json_string_length(value));
        break;
    case JSON_INTEGER: json_out_integer(out, json_integer_value(value)); break;
    case JSON_REAL: json_out_real(out, json_real_value(value)); break;
    case JSON_TRUE: json_out_flag(out, true); break;
    case JSON_FALSE: json_out_flag(out, false); break;
    case JSON_NULL: json_out_null(out); break;
    }
}
