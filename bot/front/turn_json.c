/* turn_json.c - a turn as the JSON object that `say` answers with.
 * In: a turn.  Out: session, messages, tier, topic, technique, findings,
 * slots, quick replies; actions, when it asks for any.  Why it is so is the
 * business of `explain`. */
#include "turn_json.h"

#include <math.h>
#include <string.h>

static json_t *text(const char *string)
{
    return json_door_text(string, strlen(string));
}

static json_t *size(size_t value)
{
    return json_integer((json_int_t)value);
}

bool turn_json_message(json_t *json, const talk_turn *turn, size_t index,
                       bool markdown)
{
    talk_message message = talk_turn_message(turn, index);
    return json_door_put(json, "text",
                         json_door_text(message.text, message.length)) &&
           (!markdown ||
            json_door_put(json, "markdown", json_door_markdown(turn, index)));
}

static bool put_messages(json_t *json, const talk_turn *turn, bool markdown)
{
    json_t *list = json_array();
    if (!json_door_put(json, "messages", list)) return false;
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        json_t *item = json_object();
        if (json_array_append_new(list, item) != 0 ||
            !turn_json_message(item, turn, i, markdown)) {
            return false;
        }
    }
    return true;
}

static bool add_findings(json_t *list, const talk_turn *turn)
{
    size_t count = talk_turn_finding_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_finding finding = talk_turn_finding(turn, i);
        json_t *item = json_object();
        if (json_array_append_new(list, item) != 0 ||
            !json_door_put(item, "name", text(finding.name)) ||
            !json_door_put(item, "polarity", text(finding.polarity)) ||
            !json_door_put(item, "start", size(finding.start)) ||
            !json_door_put(item, "end", size(finding.end))) {
            return false;
        }
    }
    return true;
}

/* What may be said next, when there is something to offer. */
static bool add_quick(json_t *json, const talk_turn *turn)
{
    size_t count = talk_turn_quick_count(turn);
    if (count == 0) return true;
    json_t *list = json_array();
    bool fine = json_door_put(json, "quick", list);
    for (size_t i = 0; fine && i < count; i++) {
        fine =
            json_array_append_new(list, text(talk_turn_quick(turn, i))) == 0;
    }
    return fine;
}

/* "7/10" is the number 7; "two weeks ago" stays in the user's words. */
static json_t *slot_value(talk_slot slot)
{
    /* Every whole number below this is exact in a double. */
    const double exact = 9007199254740992.0;
    if (!isfinite(slot.number)) return text(slot.value);
    if (fabs(slot.number) < exact && trunc(slot.number) == slot.number) {
        return json_integer((json_int_t)slot.number);
    }
    return json_real(slot.number);
}

static bool add_slots(json_t *slots, const talk_turn *turn)
{
    size_t count = talk_turn_slot_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_slot slot = talk_turn_slot(turn, i);
        if (!json_door_put(slots, slot.name, slot_value(slot))) return false;
    }
    return true;
}

/* {"name":"remind","arguments":{"who":"ann"}} */
static json_t *action_json(talk_action action)
{
    json_t *json = json_object(), *arguments = json_object();
    bool fine = json && arguments;
    for (size_t i = 0; fine && i < action.argument_count; i++) {
        const talk_argument *argument = &action.arguments[i];
        fine =
            json_door_put(arguments, argument->name,
                          json_door_text(argument->value, argument->length));
    }
    fine = fine && json_door_put(json, "name", text(action.name)) &&
           json_door_put(json, "arguments", json_incref(arguments));
    json_decref(arguments);
    if (fine) return json;
    json_decref(json);
    return NULL;
}

static bool add_actions(json_t *json, const talk_turn *turn)
{
    size_t count = talk_turn_action_count(turn);
    if (count == 0) return true;
    json_t *list = json_array();
    if (!json_door_put(json, "actions", list)) return false;
    for (size_t i = 0; i < count; i++) {
        json_t *action = action_json(talk_turn_action(turn, i));
        if (json_array_append_new(list, action) != 0) return false;
    }
    return true;
}

/* Takes the list over. */
static bool put_list(json_t *json, const char *key, json_t *list,
                     bool (*fill)(json_t *list, const talk_turn *turn),
                     const talk_turn *turn)
{
    return json_door_put(json, key, list) && fill(list, turn);
}

bool turn_json_facts(json_t *json, const talk_turn *turn)
{
    return json_door_put(json, "tier",
                         text(talk_tier_name(talk_turn_tier(turn)))) &&
           json_door_put(json, "topic", text(talk_turn_topic(turn))) &&
           json_door_put(json, "technique",
                         json_boolean(talk_turn_technique(turn))) &&
           put_list(json, "findings", json_array(), add_findings, turn) &&
           put_list(json, "slots", json_object(), add_slots, turn) &&
           add_actions(json, turn);
}

json_t *turn_json(const talk_turn *turn, const char *session, bool markdown)
{
    json_t *json = json_object();
    if (json_door_put(json, "session", text(session)) &&
        put_messages(json, turn, markdown) && turn_json_facts(json, turn) &&
        add_quick(json, turn)) {
        return json;
    }
    json_decref(json);
    return NULL;
}
