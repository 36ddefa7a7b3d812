/* json_door.h - the program's one door to jansson. */
#ifndef FRONT_JSON_DOOR_H
#define FRONT_JSON_DOOR_H

#include "backtalk.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A string of any bytes; what is not UTF-8 becomes U+FFFD. NULL: no memory. */
json_t *json_door_text(const char *text, size_t length);

/* object[key] = value, which is taken over. false: no memory. */
bool json_door_put(json_t *object, const char *key, json_t *value);

/* The value as one line of text, without its end; the caller frees it. NULL:
 * no memory, or no value. */
char *json_door_line(const json_t *json);

/* Reads what talk_turn_explain or talk_session_state writes; `text` is JSON
 * of ours. NULL: no memory. */
json_t *json_door_read(const char *text, size_t length);

/* A talk_write_fn that writes to payload, a FILE. */
bool json_door_to_file(void *payload, const char *text, size_t length);

/* Message `index` of the turn as Markdown; the caller frees it. NULL: no
 * memory. */
char *json_door_markdown(const talk_turn *turn, size_t index, size_t *length);

/* What the library writes, as JSON text that the caller frees; NULL: no
 * memory. */
char *json_door_explain(const talk_turn *turn, size_t *length);
char *json_door_state(const talk_session *session, size_t *length);
char *json_door_saved(const talk_session *session, size_t *length);

#endif
