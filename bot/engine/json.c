/* json.c - the only file of the library that includes jansson.h.
 * Jansson takes its memory from malloc: its hooks are global, and a library
 * sets no globals. It is used only where JSON was asked for. */
#include "json.h"

#include <jansson.h>

/* Depth and size are the host's concern: what is read was saved by us. */
enum { READ_FLAGS = JSON_REJECT_DUPLICATES };

static json_t *in(struct json *value)
{
    return (json_t *)value;
}

static const json_t *of(const struct json *value)
{
    return (const json_t *)value;
}

static struct json *out(json_t *value)
{
    return (struct json *)value;
}

/* ---- Building ---- */

void talk__json_begin(struct json_builder *b)
{
    b->root = out(json_object());
    b->failed = !b->root;
}

struct writer {
    talk_write_fn write;
    void *payload;
    bool refused; /* by the host */
};

static int write_piece(const char *text, size_t length, void *payload)
{
    struct writer *writer = payload;
    if (writer->write(writer->payload, text, length)) return 0;
    writer->refused = true;
    return -1;
}

talk_status talk__json_end(struct json_builder *b, talk_write_fn write,
                           void *payload, talk_error *err)
{
    talk_status status = TALK_OK;
    struct writer writer = {write, payload, false};
    if (b->failed) {
        status = talk__fail_nomem(err);
    } else if (json_dump_callback(in(b->root), write_piece, &writer,
                                  JSON_COMPACT) != 0) {
        status = writer.refused ? talk__fail(err, TALK_IO, (struct place){0},
                                             "the write callback gave up")
                                : talk__fail_nomem(err);
    }
    json_decref(in(b->root));
    b->root = NULL;
    return status;
}

/* Takes the value: NULL, which jansson gives when there is no memory, is not
 * taken, and that is remembered. */
static void set(struct json_builder *b, struct json *object, const char *key,
                json_t *value)
{
    if (json_object_set_new(in(object), key, value) != 0) b->failed = true;
}

void talk__json_text(struct json_builder *b, struct json *object,
                     const char *key, const char *text)
{
    set(b, object, key, json_string(text));
}

void talk__json_bytes(struct json_builder *b, struct json *object,
                      const char *key, const char *text, size_t length)
{
    set(b, object, key, json_stringn(text, length));
}

void talk__json_number(struct json_builder *b, struct json *object,
                       const char *key, uint64_t number)
{
    set(b, object, key, json_integer((json_int_t)number));
}

void talk__json_flag(struct json_builder *b, struct json *object,
                     const char *key, bool flag)
{
    set(b, object, key, json_boolean(flag));
}

struct json *talk__json_array(struct json_builder *b, struct json *object,
                              const char *key)
{
    json_t *array = json_array();
    set(b, object, key, array);
    return out(array);
}

struct json *talk__json_append(struct json_builder *b, struct json *array)
{
    json_t *object = json_object();
    if (json_array_append_new(in(array), object) != 0) b->failed = true;
    return out(object);
}

void talk__json_append_text(struct json_builder *b, struct json *array,
                            const char *text)
{
    if (json_array_append_new(in(array), json_string(text)) != 0) {
        b->failed = true;
    }
}

void talk__json_append_number(struct json_builder *b, struct json *array,
                              uint64_t number)
{
    json_t *value = json_integer((json_int_t)number);
    if (json_array_append_new(in(array), value) != 0) b->failed = true;
}

/* ---- Reading ---- */

/* Not every failure to allocate has a code: those have no text either. */
static bool is_nomem(const json_error_t *error)
{
    return !error->text[0] ||
           json_error_code(error) == json_error_out_of_memory;
}

talk_status talk__json_read(const char *text, size_t length,
                            struct json **root, talk_error *err)
{
    json_error_t error;
    json_t *json = json_loadb(text, length, READ_FLAGS, &error);
    *root = NULL;
    if (!json && is_nomem(&error)) return talk__fail_nomem(err);
    if (!json) {
        struct place place = {
            .line = (uint32_t)(error.line > 0 ? error.line : 0),
            .column = (uint32_t)(error.column > 0 ? error.column : 0)};
        return talk__fail(err, TALK_STATE, place, "no JSON: %s", error.text);
    }
    if (!json_is_object(json)) {
        json_decref(json);
        return talk__fail(err, TALK_STATE, (struct place){0},
                          "no JSON object");
    }
    *root = out(json);
    return TALK_OK;
}

void talk__json_free(struct json *root)
{
    json_decref(in(root));
}

bool talk__json_has(const struct json *object, const char *key)
{
    return json_object_get(of(object), key) != NULL;
}

bool talk__json_get_text(const struct json *object, const char *key,
                         const char **text)
{
    const json_t *value = json_object_get(of(object), key);
    if (!json_is_string(value)) return false;
    *text = json_string_value(value);
    return true;
}

bool talk__json_get_number(const struct json *object, const char *key,
                           uint64_t max, uint64_t *number)
{
    const json_t *value = json_object_get(of(object), key);
    if (!json_is_integer(value)) return false;
    json_int_t integer = json_integer_value(value);
    if (integer < 0 || (uint64_t)integer > max) return false;
    *number = (uint64_t)integer;
    return true;
}

bool talk__json_get_flag(const struct json *object, const char *key,
                         bool *flag)
{
    const json_t *value = json_object_get(of(object), key);
    if (!json_is_boolean(value)) return false;
    *flag = json_is_true(value);
    return true;
}

bool talk__json_get_array(const struct json *object, const char *key,
                          const struct json **array, size_t *count)
{
    json_t *value = json_object_get(of(object), key);
    if (!json_is_array(value)) return false;
    *array = out(value);
    *count = json_array_size(value);
    return true;
}

const struct json *talk__json_item(const struct json *array, size_t index)
{
    json_t *value = json_array_get(of(array), index);
    return json_is_object(value) ? out(value) : NULL;
}
