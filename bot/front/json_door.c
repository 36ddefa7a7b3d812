/* json_door.c - the program's one door to jansson, and the JSON that the
 * library writes in pieces. */
#include "posix.h"

#include "json_door.h"

#include "json_out.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

json_t *json_door_text(const char *text, size_t length)
{
    json_t *string = json_stringn(text, length);
    if (string) return string; /* else broken UTF-8, or no memory */
    size_t clean_length;
    char *clean = utf8_clean(text, length, &clean_length);
    if (clean) string = json_stringn(clean, clean_length);
    free(clean);
    return string;
}

bool json_door_put(json_t *object, const char *key, json_t *value)
{
    return value && json_object_set_new(object, key, value) == 0;
}

char *json_door_line(const json_t *json)
{
    struct json_out out = {0};
    size_t length;
    json_out_value(&out, json);
    return json_out_take(&out, &length);
}

json_t *json_door_read(const char *text, size_t length)
{
    return json_loadb(text, length, JSON_ALLOW_NUL, NULL);
}

bool json_door_to_file(void *payload, const char *text, size_t length)
{
    return fwrite(text, 1, length, payload) == length;
}

/* Closes the stream behind *text; a text that is not whole is freed. */
static char *finish(FILE *stream, char **text, talk_status status)
{
    if (fclose(stream) == 0 && status == TALK_OK) return *text;
    free(*text);
    return NULL;
}

char *json_door_explain(const talk_turn *turn, size_t *length)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (!stream) return NULL;
    return finish(stream, &text,
                  talk_turn_explain(turn, json_door_to_file, stream, NULL));
}

char *json_door_state(const talk_session *session, size_t *length)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (!stream) return NULL;
    return finish(
        stream, &text,
        talk_session_state(session, json_door_to_file, stream, NULL));
}

char *json_door_markdown(const talk_turn *turn, size_t index, size_t *length)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (!stream) return NULL;
    return finish(
        stream, &text,
        talk_turn_markdown(turn, index, json_door_to_file, stream, NULL));
}

char *json_door_saved(const talk_session *session, size_t *length)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (!stream) return NULL;
    return finish(stream, &text,
                  talk_session_save(session, json_door_to_file, stream, NULL));
}
