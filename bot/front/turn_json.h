/* turn_json.h - a turn as the JSON object that `say` answers with. */
#ifndef FRONT_TURN_JSON_H
#define FRONT_TURN_JSON_H

#include "json_door.h"

/* The caller's; NULL: no memory. */
json_t *turn_json(const talk_turn *turn, const char *session);

/* Puts tier, topic, technique, findings, slots and actions into the object.
 * false: no memory. */
bool turn_json_facts(json_t *json, const talk_turn *turn);

#endif
