/* json.h - the wall round jansson, for the library: values are built and
 * written, or read and asked. */
#ifndef TALK_ENGINE_JSON_H
#define TALK_ENGINE_JSON_H

#include "fail.h"

struct json; /* a value; lives as long as what it stands in */

/* ---- Building ---- */

/* What fails is remembered, so that one check at the end is enough. */
struct json_builder {
    struct json *root; /* an object */
    bool failed;       /* no memory */
};

void talk__json_begin(struct json_builder *b);
/* Writes it and ends the building: TALK_NOMEM; TALK_IO when `write` gave up.
 */
talk_status talk__json_end(struct json_builder *b, talk_write_fn write,
                           void *payload, talk_error *err);

void talk__json_text(struct json_builder *b, struct json *object,
                     const char *key, const char *text);
/* Valid UTF-8 that may hold NUL bytes. */
void talk__json_bytes(struct json_builder *b, struct json *object,
                      const char *key, const char *text, size_t length);
void talk__json_number(struct json_builder *b, struct json *object,
                       const char *key, uint64_t number);
void talk__json_flag(struct json_builder *b, struct json *object,
                     const char *key, bool flag);
struct json *talk__json_array(struct json_builder *b, struct json *object,
                              const char *key);
/* A new object at the end of an array. */
struct json *talk__json_append(struct json_builder *b, struct json *array);
void talk__json_append_text(struct json_builder *b, struct json *array,
                            const char *text);
void talk__json_append_number(struct json_builder *b, struct json *array,
                              uint64_t number);

/* ---- Reading ---- */

/* TALK_STATE: no JSON object, or the JSON is broken; err says where.
 * TALK_NOMEM. */
talk_status talk__json_read(const char *text, size_t length,
                            struct json **root, talk_error *err);
void talk__json_free(struct json *root); /* NULL is fine */

bool talk__json_has(const struct json *object, const char *key);
/* false: no such key, or another type. */
bool talk__json_get_text(const struct json *object, const char *key,
                         const char **text);
bool talk__json_get_number(const struct json *object, const char *key,
                           uint64_t max, uint64_t *number);
bool talk__json_get_flag(const struct json *object, const char *key,
                         bool *flag);
/* An array of objects, and how many. */
bool talk__json_get_array(const struct json *object, const char *key,
                          const struct json **array, size_t *count);
/* NULL: it is no object. */
const struct json *talk__json_item(const struct json *array, size_t index);

#endif
