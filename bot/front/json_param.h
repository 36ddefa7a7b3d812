/* json_param.h - what a caller must give, and what is wrong with it. */
#ifndef FRONT_JSON_PARAM_H
#define FRONT_JSON_PARAM_H

#include "json_door.h"

enum { JSON_FLAW_SIZE = 160 };

/* "a string", "an object" … */
const char *json_param_type(const json_t *value);

/* object[key], which must be a string. NULL: the flaw says what it is, by the
 * name before + key. */
const json_t *json_param_text(const json_t *object, const char *before,
                              const char *key, char flaw[JSON_FLAW_SIZE]);
/* The same, which must have 1 to `most` bytes and no NUL character. */
const char *json_param_name(const json_t *object, const char *before,
                            const char *key, size_t most,
                            char flaw[JSON_FLAW_SIZE]);
/* object[key], true or false, into *out; not there or null: false. false: the
 * flaw says what it is instead. */
bool json_param_flag(const json_t *object, const char *before, const char *key,
                     bool *out, char flaw[JSON_FLAW_SIZE]);

/* A text, a number as its text, or NULL for null, for the caller to free.
 * false: the flaw says of `name` what is wrong, or is "": no memory. */
bool json_param_value(const json_t *value, const char *name, char **text,
                      char flaw[JSON_FLAW_SIZE]);

#endif
