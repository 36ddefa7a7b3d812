/* turn_json.h - a turn as the JSON object that `say` answers with. */
#ifndef FRONT_TURN_JSON_H
#define FRONT_TURN_JSON_H

#include "json_out.h"

void turn_json(struct json_out *out, const talk_turn *turn,
               const char *session, bool markdown);

/* Into an object that is open: the text of message `index`, and when it was
 * asked for also its Markdown. */
void turn_json_message(struct json_out *out, const talk_turn *turn,
                       size_t index, bool markdown);

/* The same: tier, topic, technique, findings, slots and actions. */
void turn_json_facts(struct json_out *out, const talk_turn *turn);

#endif
