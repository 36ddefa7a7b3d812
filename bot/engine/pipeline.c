/* pipeline.c - the order of the stages: understand, decide, reply; and the
 * one door through which every message leaves.
 * In: a message, a session.  Out: a turn; the session is not written. */
#include <string.h>

#include "turn.h"
#include "unicode.h"

/* A folded character is at most this many times as long as it was. */
enum { FOLD_GROWTH_MAX = 12 };

talk_status talk__tell(const struct heard *heard, struct arena *arena,
                       struct told *told)
{
    struct told_finding *findings =
        talk__arena_array(arena, heard->finding_count + 1, sizeof *findings);
    uint32_t *topics =
        talk__arena_array(arena, heard->chosen_count + 1, sizeof *topics);
    struct told_value *values =
        talk__arena_array(arena, heard->value_count + 1, sizeof *values);
    if (!findings || !topics || !values) return TALK_NOMEM;
    for (size_t i = 0; i < heard->finding_count; i++) {
        const struct heard_finding *finding = &heard->findings[i];
        findings[i] = (struct told_finding){
            finding->finding, finding->polarity, finding->counts};
    }
    for (size_t i = 0; i < heard->chosen_count; i++) {
        topics[i] = heard->topics[i].topic;
    }
    for (size_t i = 0; i < heard->value_count; i++) {
        const struct heard_value *value = &heard->values[i];
        values[i] =
            (struct told_value){value->slot, value->value, value->normal};
    }
    *told = (struct told){.findings = findings,
                          .finding_count = heard->finding_count,
                          .topics = topics,
                          .topic_count = heard->chosen_count,
                          .values = values,
                          .value_count = heard->value_count,
                          .for_other = heard->for_other,
                          .for_them = heard->for_them,
                          .empty = heard->folded.word_count == 0,
                          .flags_unread = heard->flags_unread,
                          .part_unread = heard->other_unread ||
                                         heard->folded.invalid > 0};
    memcpy(told->answers, heard->answers, sizeof told->answers);
    return TALK_OK;
}

/* The gate: what may be said instead of a response, or the response. Every
 * message passes here, whatever the rules and the deciding came to. */
static uint32_t pass_gate(const struct talk_turn *turn, uint32_t response)
{
    const struct pack *pack = turn->pack;
    const struct recall *next = &turn->decision.next;
    if (!pack->responses[response].technique) return response;
    if (talk__gate_open(next)) return response;
    uint32_t instead = next->tier == TALK_TIER_NONE
                           ? pack->policy.screening_unsure
                           : pack->policy.tiers[next->tier].refuse;
    return pack->responses[instead].technique ? NO_INDEX : instead;
}

/* The response that is asked for led on to another. */
static bool note_way(struct arena *arena, const struct wish *wish,
                     struct spoken *spoken)
{
    struct way *way = talk__arena_take(arena, sizeof *way);
    if (!way) return false;
    *way = (struct way){wish->response, spoken->worded.wording, spoken->way};
    spoken->way = way;
    return true;
}

/* The words of a response, or of the one that its wording leads to: each of
 * them passes the gate. wish->response becomes the one that has the words. */
static talk_status word(struct talk_worker *worker, struct wish *wish,
                        struct spoken *spoken, bool *found)
{
    const struct talk_turn *turn = &worker->turn;
    *found = false;
    for (;;) {
        uint32_t passed = pass_gate(turn, wish->response);
        if (passed != wish->response) {
            spoken->blocked = wish->response;
            wish->response = passed;
            wish->wording = NO_INDEX;
        }
        if (passed == NO_INDEX) return TALK_OK;
        talk_status status = talk__reply_word(
            turn->pack, &turn->decision.next, wish, worker->seed,
            &worker->arena, &spoken->worded, found);
        if (status != TALK_OK || !*found || spoken->worded.leads == NO_INDEX) {
            return status;
        }
        if (!note_way(&worker->arena, wish, spoken)) return TALK_NOMEM;
        wish->response = spoken->worded.leads;
        wish->wording = NO_INDEX;
    }
}

/* What else comes of it. */
static talk_status take_effect(struct talk_worker *worker,
                               const struct wish *wish)
{
    struct talk_turn *turn = &worker->turn;
    struct recall *next = &turn->decision.next;
    talk_status status = talk__reply_request(
        turn->pack, next, wish, worker->seed, &worker->arena, turn->actions,
        &turn->action_count);
    if (status != TALK_OK) return status;
    return talk__reply_effect(turn->pack, next, wish->response,
                              &worker->arena);
}

static bool is_said(const struct talk_turn *turn, uint32_t response)
{
    for (size_t i = 0; i < turn->message_count; i++) {
        if (turn->messages[i].response == response) return true;
    }
    return false;
}

/* What led to a message counts as said; behind it, so that who wants to hear
 * it again hears the same words. */
static void note_ways(const struct pack *pack, struct recall *next,
                      const struct way *way)
{
    for (; way; way = way->before) {
        talk__reply_note(pack, next, way->response, way->wording);
    }
}

/* The door: the only place where a message joins a turn. */
static talk_status speak(struct talk_worker *worker, const struct act *act)
{
    struct talk_turn *turn = &worker->turn;
    const struct pack *pack = turn->pack;
    struct recall *next = &turn->decision.next;
    struct spoken spoken = {.why = act->why, .blocked = NO_INDEX};
    bool found;
    struct wish wish = {.response = act->response,
                        .wording = act->wording,
                        .label = act->finding};
    memcpy(wish.guesses, turn->heard.guesses, sizeof wish.guesses);
    talk_status status = word(worker, &wish, &spoken, &found);
    if (status == TALK_OK && !found && next->tier > TALK_TIER_NONE) {
        /* Every wording reassures, or none fits: the tier has a word. */
        spoken.blocked = wish.response;
        wish.response = pack->policy.tiers[next->tier].stand;
        wish.wording = NO_INDEX;
        status = word(worker, &wish, &spoken, &found);
    }
    if (status != TALK_OK) return status;
    if (!found || turn->message_count == MESSAGES_MAX) return TALK_OK;
    if (is_said(turn, wish.response)) {
        note_ways(pack, next, spoken.way);
        return TALK_OK;
    }
    spoken.response = wish.response;
    turn->messages[turn->message_count++] = spoken;
    if (pack->responses[spoken.response].technique) turn->technique = true;
    talk__reply_note(pack, next, spoken.response, spoken.worded.wording);
    note_ways(pack, next, spoken.way);
    /* Who hears it once more has not asked for it twice. */
    return act->wording == NO_INDEX ? take_effect(worker, &wish) : TALK_OK;
}

static talk_status speak_all(struct talk_worker *worker)
{
    struct talk_turn *turn = &worker->turn;
    for (size_t i = 0; i < turn->decision.act_count; i++) {
        talk_status status = speak(worker, &turn->decision.acts[i]);
        if (status != TALK_OK) return status;
    }
    if (turn->message_count > 0) return TALK_OK;
    /* A turn without a word would leave the user waiting. */
    const struct policy *policy = &turn->pack->policy;
    struct act act = {policy->fallbacks[policy->fallback_count - 1], NO_INDEX,
                      NO_INDEX, "nothing else could be said"};
    return speak(worker, &act);
}

talk_status talk__respond(struct talk_worker *worker, const struct told *told)
{
    struct talk_turn *turn = &worker->turn;
    talk_status status = talk__decide(turn->pack, &turn->last, told,
                                      &worker->arena, &turn->decision);
    if (status != TALK_OK) return status;
    turn->decision.next.at = told->now;
    status = speak_all(worker);
    talk__decide_end(turn->pack, &turn->decision);
    return status;
}

talk_status talk__pipeline(struct talk_worker *worker,
                           const struct talk_session *session,
                           const char *text, size_t length, talk_error *err)
{
    const talk_bot *bot = worker->bot;
    struct talk_turn *turn = &worker->turn;
    struct arena *arena = &worker->arena;
    talk__arena_reset(arena);
    *turn = (struct talk_turn){.pack = bot->pack, .length = length};
    turn->text = talk__arena_text(arena, text, length);
    if (!turn->text) return talk__fail_nomem(err);
    turn->readable = talk__unicode_repair(arena, turn->text, length,
                                          &turn->readable_length);
    if (!turn->readable) return talk__fail_nomem(err);

    uint64_t now = bot->options.clock_fn
                       ? bot->options.clock_fn(bot->options.clock_payload)
                       : 0;
    struct told told;
    size_t ceiling = (bot->options.message_max + 64) * FOLD_GROWTH_MAX;
    talk_status status =
        talk__session_recall(session, bot->pack, arena, &turn->last);
    if (status == TALK_OK) {
        status = talk__understand(worker->matcher, &turn->last, turn->text,
                                  length, ceiling, now, arena, &turn->heard);
    }
    if (status == TALK_OK) status = talk__tell(&turn->heard, arena, &told);
    if (status == TALK_OK) {
        told.now = now;
        status = talk__respond(worker, &told);
    }
    if (status == TALK_OK) return TALK_OK;
    *turn = (struct talk_turn){.pack = bot->pack};
    if (status == TALK_NOMEM) return talk__fail_nomem(err);
    return talk__fail(err, status, (struct place){0},
                      "the message is too long once it is folded");
}
