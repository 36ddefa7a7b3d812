/* turn_json.c - a turn as the JSON object that `say` answers with.
 * In: a turn.  Out: session, messages, tier, topic, technique, findings,
 * slots, quick replies; actions, when it asks for any.  Why it is so is the
 * business of `explain`. */
#include "turn_json.h"

#include <math.h>
#include <stdlib.h>

static void put_markdown(struct json_out *out, const talk_turn *turn,
                         size_t index)
{
    size_t length;
    char *text = json_door_markdown(turn, index, &length);
    json_out_key(out, "markdown");
    if (text) json_out_text(out, text, length);
    if (!text) out->failed = true;
    free(text);
}

void turn_json_message(struct json_out *out, const talk_turn *turn,
                       size_t index, bool markdown)
{
    talk_message message = talk_turn_message(turn, index);
    json_out_key(out, "text");
    json_out_text(out, message.text, message.length);
    if (markdown) put_markdown(out, turn, index);
}

static void put_messages(struct json_out *out, const talk_turn *turn,
                         bool markdown)
{
    size_t count = talk_turn_message_count(turn);
    json_out_put_open(out, "messages", '[');
    for (size_t i = 0; i < count; i++) {
        json_out_open(out, '{');
        turn_json_message(out, turn, i, markdown);
        json_out_close(out, '}');
    }
    json_out_close(out, ']');
}

static void put_findings(struct json_out *out, const talk_turn *turn)
{
    size_t count = talk_turn_finding_count(turn);
    json_out_put_open(out, "findings", '[');
    for (size_t i = 0; i < count; i++) {
        talk_finding finding = talk_turn_finding(turn, i);
        json_out_open(out, '{');
        json_out_put_string(out, "name", finding.name);
        json_out_put_string(out, "polarity", finding.polarity);
        json_out_put_integer(out, "start", (json_int_t)finding.start);
        json_out_put_integer(out, "end", (json_int_t)finding.end);
        json_out_close(out, '}');
    }
    json_out_close(out, ']');
}

/* "7/10" is the number 7; "two weeks ago" stays in the user's words. */
static void put_slot_value(struct json_out *out, talk_slot slot)
{
    /* Every whole number below this is exact in a double. */
    const double exact = 9007199254740992.0;
    if (!isfinite(slot.number)) {
        json_out_string(out, slot.value);
    } else if (fabs(slot.number) < exact &&
               trunc(slot.number) == slot.number) {
        json_out_integer(out, (json_int_t)slot.number);
    } else {
        json_out_real(out, slot.number);
    }
}

static void put_slots(struct json_out *out, const talk_turn *turn)
{
    size_t count = talk_turn_slot_count(turn);
    json_out_put_open(out, "slots", '{');
    for (size_t i = 0; i < count; i++) {
        talk_slot slot = talk_turn_slot(turn, i);
        json_out_key(out, slot.name);
        put_slot_value(out, slot);
    }
    json_out_close(out, '}');
}

/* {"name":"remind","arguments":{"who":"ann"}} */
static void put_action(struct json_out *out, talk_action action)
{
    json_out_open(out, '{');
    json_out_put_string(out, "name", action.name);
    json_out_put_open(out, "arguments", '{');
    for (size_t i = 0; i < action.argument_count; i++) {
        const talk_argument *argument = &action.arguments[i];
        json_out_key(out, argument->name);
        json_out_text(out, argument->value, argument->length);
    }
    json_out_close(out, '}');
    json_out_close(out, '}');
}

static void put_actions(struct json_out *out, const talk_turn *turn)
{
    size_t count = talk_turn_action_count(turn);
    if (count == 0) return;
    json_out_put_open(out, "actions", '[');
    for (size_t i = 0; i < count; i++) {
        put_action(out, talk_turn_action(turn, i));
    }
    json_out_close(out, ']');
}

/* What may be said next, when there is something to offer. */
static void put_quick(struct json_out *out, const talk_turn *turn)
{
    size_t count = talk_turn_quick_count(turn);
    if (count == 0) return;
    json_out_put_open(out, "quick", '[');
    for (size_t i = 0; i < count; i++) {
        json_out_string(out, talk_turn_quick(turn, i));
    }
    json_out_close(out, ']');
}

void turn_json_facts(struct json_out *out, const talk_turn *turn)
{
    json_out_put_string(out, "tier", talk_tier_name(talk_turn_tier(turn)));
    json_out_put_string(out, "topic", talk_turn_topic(turn));
    json_out_key(out, "technique");
    json_out_flag(out, talk_turn_technique(turn));
    put_findings(out, turn);
    put_slots(out, turn);
    put_actions(out, turn);
}

void turn_json(struct json_out *out, const talk_turn *turn,
               const char *session, bool markdown)
{
    json_out_open(out, '{');
    json_out_put_string(out, "session", session);
    put_messages(out, turn, markdown);
    turn_json_facts(out, turn);
    put_quick(out, turn);
    json_out_close(out, '}');
}
