/* say.c - one turn: said, committed, and asked about.
 * In: a message.  Out: a turn; the session, all or nothing. */
#include <math.h>
#include <string.h>

#include "number.h"
#include "turn.h"

talk_status talk_say(talk_worker *worker, talk_session *session,
                     const char *text, size_t length, const talk_turn **turn,
                     talk_error *err)
{
    if (turn) *turn = NULL;
    if (!worker || !session || !turn || (!text && length)) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_say: NULL");
    }
    size_t most = worker->bot->options.message_max;
    if (length > most) {
        return talk__fail(err, TALK_LIMIT, (struct place){0},
                          "the message has %zu bytes; at most %zu are read",
                          length, most);
    }
    talk_status status =
        talk__pipeline(worker, session, text ? text : "", length, err);
    if (status != TALK_OK) return status;
    status = talk__session_commit(session, &worker->turn.decision.next);
    if (status != TALK_OK) return talk__fail_nomem(err);
    if (worker->turn.decision.reset) talk__kept_forget_answers(session);
    *turn = &worker->turn;
    return TALK_OK;
}

size_t talk_turn_message_count(const talk_turn *turn)
{
    return turn ? turn->message_count : 0;
}

talk_message talk_turn_message(const talk_turn *turn, size_t index)
{
    if (index >= talk_turn_message_count(turn)) return (talk_message){0};
    const struct spoken *spoken = &turn->messages[index];
    const struct response *response = &turn->pack->responses[spoken->response];
    return (talk_message){.text = spoken->worded.text,
                          .length = spoken->worded.length,
                          .response = response->name,
                          .wording = spoken->worded.wording,
                          .technique = response->technique};
}

size_t talk_turn_action_count(const talk_turn *turn)
{
    return turn ? turn->action_count : 0;
}

talk_action talk_turn_action(const talk_turn *turn, size_t index)
{
    if (index >= talk_turn_action_count(turn)) return (talk_action){0};
    return turn->actions[index];
}

talk_tier talk_turn_tier(const talk_turn *turn)
{
    return turn ? turn->decision.next.tier : TALK_TIER_NONE;
}

const char *talk_turn_topic(const talk_turn *turn)
{
    uint32_t topic = turn ? turn->decision.topic : NO_INDEX;
    return topic == NO_INDEX ? "" : turn->pack->topics[topic].name;
}

bool talk_turn_technique(const talk_turn *turn)
{
    return turn && turn->technique;
}

bool talk_turn_fallback(const talk_turn *turn)
{
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        const struct policy *policy = &turn->pack->policy;
        for (uint32_t j = 0; j < policy->fallback_count; j++) {
            if (turn->messages[i].response == policy->fallbacks[j])
                return true;
        }
    }
    return false;
}

size_t talk_turn_finding_count(const talk_turn *turn)
{
    return turn ? turn->heard.finding_count : 0;
}

talk_finding talk_turn_finding(const talk_turn *turn, size_t index)
{
    if (index >= talk_turn_finding_count(turn)) return (talk_finding){0};
    const struct heard_finding *heard = &turn->heard.findings[index];
    talk_finding finding = {
        .name = turn->pack->findings[heard->finding].name,
        .polarity = talk__polarity_name(heard->polarity),
        .tier = heard->counts
                    ? talk__triage_tier(turn->pack, &turn->decision.next,
                                        heard->finding)
                    : TALK_TIER_NONE};
    talk__folded_origin(&turn->heard.folded, heard->start, heard->end,
                        &finding.start, &finding.end);
    return finding;
}

size_t talk_turn_slot_count(const talk_turn *turn)
{
    return turn ? turn->decision.next.filled_count : 0;
}

talk_slot talk_turn_slot(const talk_turn *turn, size_t index)
{
    if (index >= talk_turn_slot_count(turn)) return (talk_slot){0};
    const struct filled *filled = &turn->decision.next.filled[index];
    double number;
    bool whole = talk__number_read(filled->normal, &number);
    return (talk_slot){.name = filled->name,
                       .value = filled->value,
                       .normal = filled->normal,
                       .number = whole ? number : (double)NAN};
}
