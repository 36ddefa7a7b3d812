/* json_param.c - what a caller must give, and what is wrong with it.
 * In: an object, a key.  Out: the value, or a flaw in words. */
#include "posix.h"

#include "json_param.h"

#include <string.h>

const char *json_param_type(const json_t *value)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array",
        [JSON_STRING] = "a string",  [JSON_INTEGER] = "a number",
        [JSON_REAL] = "a number",    [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };
    return names[json_typeof(value)];
}

const json_t *json_param_text(const json_t *object, const char *before,
                              const char *key, char flaw[JSON_FLAW_SIZE])
{
    const json_t *value = json_object_get(object, key);
    if (!value) {
        (void)snprintf(flaw, JSON_FLAW_SIZE,
                       "%s%s: missing; a string is wanted", before, key);
        return NULL;
    }
    if (!json_is_string(value)) {
        (void)snprintf(flaw, JSON_FLAW_SIZE,
                       "%s%s: %s, where a string is wanted", before, key,
                       json_param_type(value));
        return NULL;
    }
    return value;
}

const char *json_param_name(const json_t *object, const char *before,
                            const char *key, size_t most,
                            char flaw[JSON_FLAW_SIZE])
{
    const json_t *value = json_param_text(object, before, key, flaw);
    if (!value) return NULL;
    size_t length = json_string_length(value);
    const char *name = json_string_value(value);
    if (length == 0 || length > most) {
        (void)snprintf(flaw, JSON_FLAW_SIZE,
                       "%s%s: %zu bytes, where 1 to %zu are wanted", before,
                       key, length, most);
        return NULL;
    }
    if (strlen(name) != length) {
        (void)snprintf(flaw, JSON_FLAW_SIZE, "%s%s: holds a NUL character",
                       before, key);
        return NULL;
    }
    return name;
}

bool json_param_value(const json_t *value, const char *name, char **text,
                      char flaw[JSON_FLAW_SIZE])
{
    *text = NULL;
    *flaw = '\0';
    if (json_is_null(value)) return true;
    if (!json_is_string(value) && !json_is_number(value)) {
        (void)snprintf(flaw, JSON_FLAW_SIZE,
                       "%s: a string, a number or null is wanted", name);
        return false;
    }
    /* What stands behind a NUL byte would be lost. */
    if (strlen(json_is_string(value) ? json_string_value(value) : "") !=
        json_string_length(value)) {
        (void)snprintf(flaw, JSON_FLAW_SIZE, "%s: it holds a NUL byte", name);
        return false;
    }
    *text = json_is_string(value) ? strdup(json_string_value(value))
                                  : json_door_line(value);
    return *text != NULL;
}

bool json_param_flag(const json_t *object, const char *before, const char *key,
                     bool *out, char flaw[JSON_FLAW_SIZE])
{
    const json_t *value = json_object_get(object, key);
    *out = json_is_true(value);
    if (!value || json_is_null(value) || json_is_boolean(value)) return true;
    (void)snprintf(flaw, JSON_FLAW_SIZE,
                   "%s%s: %s, where true or false is wanted", before, key,
                   json_param_type(value));
    return false;
}
