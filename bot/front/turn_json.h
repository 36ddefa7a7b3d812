/* turn_json.h - a turn as the JSON object that `say` answers with. */
#ifndef FRONT_TURN_JSON_H
#define FRONT_TURN_JSON_H

#include "json_door.h"

/* The caller's; NULL: no memory. */
json_t *turn_json(const talk_turn *turn, const char *session, bool markdown);

/* Puts the text of message `index` into the object, and when it was asked for
 * also its Markdown. false: no memory. */
bool turn_json_message(json_t *json, const talk_turn *turn, size_t index,
                       bool markdown);

/* Puts tier, topic, technique, findings, slots and actions into the object.
 * false: no memory. */
bool turn_json_facts(json_t *json, const talk_turn *turn);

#endif
