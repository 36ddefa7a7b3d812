/* json_out.h - JSON written piece by piece, straight into text. */
#ifndef FRONT_JSON_OUT_H
#define FRONT_JSON_OUT_H

#include "json_door.h"

/* Starts as {0}. Commas set themselves: one value behind another, or a key
 * behind a value, gets one. What fails is remembered: one check at the end is
 * enough. */
struct json_out {
    char *text; /* NUL-terminated; NULL: nothing was written */
    size_t length, size;
    bool failed; /* no memory */
};

void json_out_clear(struct json_out *out);
/* The text, for the caller to free; out is empty then. NULL: there was no
 * memory for all of it. */
char *json_out_take(struct json_out *out, size_t *length);
/* As it was when its length was this. */
void json_out_back(struct json_out *out, size_t length);

/* An object or an array: '{' and '}', '[' and ']'. */
void json_out_open(struct json_out *out, char bracket);
void json_out_close(struct json_out *out, char bracket);
void json_out_key(struct json_out *out, const char *key);

/* Any bytes; what is not UTF-8 becomes U+FFFD. */
void json_out_text(struct json_out *out, const char *text, size_t length);
void json_out_string(struct json_out *out, const char *string);
void json_out_integer(struct json_out *out, json_int_t number);
void json_out_real(struct json_out *out, double number);
void json_out_flag(struct json_out *out, bool flag);
void json_out_null(struct json_out *out);
/* A key and what stands there. */
void json_out_put_open(struct json_out *out, const char *key, char bracket);
void json_out_put_string(struct json_out *out, const char *key,
                         const char *string);
void json_out_put_integer(struct json_out *out, const char *key,
                          json_int_t number);

/* JSON already. */
void json_out_raw(struct json_out *out, const char *text, size_t length);
/* A tree without circles, as json_dumps(JSON_COMPACT) has it. NULL: there was
 * no memory for it. */
void json_out_value(struct json_out *out, const json_t *value);
/* Ends a line: what comes is a text of its own. */
void json_out_line(struct json_out *out);

#endif
