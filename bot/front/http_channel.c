/* http_channel.c - Rasa's REST channel.
 * In: {"sender","message","message_id"?,"metadata"?}.  Out: the messages of
 * the turn, as a list or one a line; the last also carries what may be said
 * next, and where the conversation stands. A message that came before, by its
 * id, gets the answer that it got. What metadata.variables tells is set before
 * the message is said; with metadata.markdown each text comes as Markdown,
 * too. */
#include "posix.h"

#include "http_front.h"
#include "json_param.h"
#include "server_log.h"
#include "turn_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Times that a message is said again because another server was faster. */
enum { TRIES_MAX = 32 };

enum { NUMBER_SIZE = 24 };

struct call {
    const char *sender;
    const char *text;
    size_t length;
    const char *id;           /* of the message; NULL: it has none */
    char number[NUMBER_SIZE]; /* an id that is one */
    json_t *variables;        /* an object, borrowed; NULL: none */
    bool stream, markdown, logged;
};

/* What came of it. */
struct answered {
    struct json_out messages; /* a list */
    bool said, before;        /* it is there; it is what was answered before */
    struct turn_counted counted;
    uint64_t number; /* of the conversation */
    char *topic;     /* for the log; NULL: it is not logged, or no memory */
};

static void answered_clear(struct answered *answered)
{
    json_out_clear(&answered->messages);
    free(answered->topic);
    *answered = (struct answered){0};
}

/* ---- In ---- */

/* At the top, as other REST channels have it, or in metadata, which Rasa's
 * clients can send. false: the flaw says why not. */
static bool read_id(const json_t *json, struct call *call,
                    char flaw[JSON_FLAW_SIZE])
{
    const char *before = "";
    call->id = NULL;
    if (!json_object_get(json, "message_id")) {
        json = json_object_get(json, "metadata");
        before = "metadata.";
    }
    const json_t *id = json_object_get(json, "message_id");
    if (!id || json_is_null(id)) return true;
    if (json_is_integer(id)) {
        (void)snprintf(call->number, sizeof call->number,
                       "%" JSON_INTEGER_FORMAT, json_integer_value(id));
        call->id = call->number;
        return true;
    }
    call->id = json_param_name(json, before, "message_id", TALK_ID_MAX, flaw);
    return call->id != NULL;
}

static bool read_variables(const json_t *json, struct call *call,
                           char flaw[JSON_FLAW_SIZE])
{
    call->variables =
        json_object_get(json_object_get(json, "metadata"), "variables");
    if (json_is_null(call->variables)) call->variables = NULL;
    if (!call->variables || json_is_object(call->variables)) return true;
    (void)snprintf(flaw, JSON_FLAW_SIZE,
                   "metadata.variables: %s, where an object is wanted",
                   json_param_type(call->variables));
    return false;
}

static bool read_call(const struct http_request *request, const json_t *json,
                      struct call *call, struct http_reply *reply)
{
    char flaw[JSON_FLAW_SIZE];
    if (!json_is_object(json)) {
        http_fail(reply, 400, "wrong_type", "%s, where an object is wanted",
                  json_param_type(json));
        return false;
    }
    const json_t *text = NULL;
    call->sender = json_param_name(json, "", "sender", STORE_NAME_MAX, flaw);
    if (call->sender) text = json_param_text(json, "", "message", flaw);
    if (!text || !read_id(json, call, flaw) ||
        !read_variables(json, call, flaw) ||
        !json_param_flag(json_object_get(json, "metadata"), "metadata.",
                         "markdown", &call->markdown, flaw)) {
        http_fail(reply, 400, "wrong_type", "%s", flaw);
        return false;
    }
    const char *stream = http_query(request, "stream");
    call->text = json_string_value(text);
    call->length = json_string_length(text);
    call->stream = stream && strcasecmp(stream, "true") == 0;
    return true;
}

/* ---- Messages ---- */

static void put_buttons(struct json_out *out, const talk_turn *turn)
{
    size_t count = talk_turn_quick_count(turn);
    if (count == 0) return;
    json_out_put_open(out, "buttons", '[');
    for (size_t i = 0; i < count; i++) {
        const char *text = talk_turn_quick(turn, i);
        json_out_open(out, '{');
        json_out_put_string(out, "title", text);
        json_out_put_string(out, "payload", text);
        json_out_close(out, '}');
    }
    json_out_close(out, ']');
}

static void put_message(struct json_out *out, const talk_turn *turn,
                        size_t index, const struct call *call)
{
    bool last = index + 1 == talk_turn_message_count(turn);
    json_out_open(out, '{');
    json_out_put_string(out, "recipient_id", call->sender);
    turn_json_message(out, turn, index, call->markdown);
    if (last) {
        put_buttons(out, turn);
        json_out_put_open(out, "custom", '{');
        turn_json_facts(out, turn);
        json_out_close(out, '}');
    }
    json_out_close(out, '}');
}

static void put_messages(struct json_out *out, const talk_turn *turn,
                         const struct call *call)
{
    size_t count = talk_turn_message_count(turn);
    json_out_open(out, '[');
    for (size_t i = 0; i < count; i++) put_message(out, turn, i, call);
    json_out_close(out, ']');
}

/* ---- The turn ---- */

static void fail_store(struct http_reply *reply, enum store_result result)
{
    http_reply_header(reply, "Retry-After", result == STORE_FULL ? "60" : "1");
    switch (result) {
    case STORE_FULL:
        http_fail(reply, 503, "too_many_sessions",
                  "there are too many conversations; try again later");
        break;
    case STORE_AWAY:
        http_fail(reply, 503, "store_away",
                  "the store of conversations cannot be reached");
        break;
    case STORE_OK:
    case STORE_CHANGED:
        http_fail(reply, 503, "busy",
                  "too much is said in this conversation at once");
        break;
    case STORE_BROKEN:
        http_fail(reply, 500, "session_broken",
                  "what was kept of this conversation cannot be read; "
                  "DELETE /sessions/SENDER forgets it");
        break;
    case STORE_NOMEM: http_fail(reply, 503, "no_memory", "no memory"); break;
    }
}

static void fail_turn(struct http_reply *reply, const talk_error *err)
{
    switch (err->status) {
    case TALK_LIMIT:
        http_fail(reply, 413, "message_too_long", "%s", err->message);
        break;
    case TALK_NOMEM: http_fail(reply, 503, "no_memory", "no memory"); break;
    default: http_fail(reply, 500, "internal", "%s", err->message); break;
    }
}

static bool fail_memory(struct http_reply *reply)
{
    http_fail(reply, 503, "no_memory", "no memory");
    return false;
}

/* The answer to a message that came before; an empty list when it is kept no
 * longer. */
static bool repeat(const char *kept, struct answered *answered,
                   struct http_reply *reply)
{
    answered->before = true;
    if (!*kept) kept = "[]";
    json_out_raw(&answered->messages, kept, strlen(kept));
    return !answered->messages.failed || fail_memory(reply);
}

/* An answer that is too long is not kept, but its message is known. false: no
 * memory. */
static bool keep(const struct call *call, talk_session *session,
                 const struct answered *answered)
{
    talk_status status =
        talk_session_keep(session, call->id, answered->messages.text, NULL);
    if (status == TALK_LIMIT) {
        status = talk_session_keep(session, call->id, "", NULL);
    }
    return status == TALK_OK;
}

/* Says it and writes the answer down. false: the reply says why not. */
static bool say(const struct call *call, talk_session *session,
                const struct pack_use *use, struct answered *answered,
                struct http_reply *reply)
{
    const talk_turn *turn;
    talk_error err = {0};
    if (talk_say(use->worker, session, call->text, call->length, &turn,
                 &err) != TALK_OK) {
        fail_turn(reply, &err);
        return false;
    }
    answered->counted.tier = talk_turn_tier(turn);
    answered->counted.fallback = talk_turn_fallback(turn);
    answered->counted.technique = talk_turn_technique(turn);
    if (call->logged) answered->topic = strdup(talk_turn_topic(turn));
    put_messages(&answered->messages, turn, call);
    if (answered->messages.failed) return fail_memory(reply);
    if (call->id && !keep(call, session, answered)) return fail_memory(reply);
    return true;
}

static bool set_variable(const talk_bot *bot, talk_session *session,
                         const char *name, const json_t *value,
                         struct http_reply *reply)
{
    char flaw[JSON_FLAW_SIZE], place[JSON_FLAW_SIZE / 2];
    char *text = NULL;
    talk_error err = {0};
    (void)snprintf(place, sizeof place, "metadata.variables.%.40s", name);
    if (!json_param_value(value, place, &text, flaw)) {
        if (!*flaw) return fail_memory(reply);
        http_fail(reply, 400, "wrong_type", "%s", flaw);
        return false;
    }
    talk_status status = talk_session_set(bot, session, name, text, &err);
    free(text);
    if (status == TALK_NOMEM) return fail_memory(reply);
    if (status == TALK_OK) return true;
    http_fail(reply, 400, "wrong_variable", "metadata.variables: %s",
              err.message);
    return false;
}

static bool set_variables(const struct call *call, const talk_bot *bot,
                          talk_session *session, struct http_reply *reply)
{
    const char *name;
    json_t *value;
    /* jansson's iterator wants it so; nothing is written. */
    json_t *variables = (json_t *)(uintptr_t)call->variables;
    json_object_foreach(variables, name, value)
    {
        if (!set_variable(bot, session, name, value, reply)) return false;
    }
    return true;
}

/* All or nothing: what is set and not followed by an answer is not set. */
static bool set_and_say(const struct call *call, talk_session *session,
                        const struct pack_use *use, struct answered *answered,
                        struct http_reply *reply)
{
    if (!call->variables) return say(call, session, use, answered, reply);
    talk_session *before = NULL;
    bool copied = talk_session_new(use->bot, &before, NULL) == TALK_OK &&
                  talk_session_copy(session, before, NULL) == TALK_OK;
    bool said = copied && set_variables(call, use->bot, session, reply) &&
                say(call, session, use, answered, reply);
    if (!copied) fail_memory(reply);
    if (copied && !said) (void)talk_session_copy(before, session, NULL);
    talk_session_free(before);
    return said;
}

/* One try; the pack is in use no longer than the turn takes: the store may
 * wait for a disk. The conversation's turn is not over before the store has
 * it. */
static enum store_result try_turn(struct http_front *front,
                                  const struct call *call,
                                  struct answered *answered,
                                  struct http_reply *reply)
{
    struct loan loan;
    struct pack_use use;
    struct store *store = front->store;
    if (pack_pool_take(front->packs, &use) != TALK_OK) return STORE_NOMEM;
    enum store_result result =
        store->kind->load(store, call->sender, use.bot, time(NULL), &loan);
    if (result != STORE_OK) {
        pack_pool_give(front->packs, &use);
        return result;
    }
    answered->number = loan.number;
    const char *kept =
        call->id ? talk_session_kept(loan.session, call->id) : NULL;
    answered->said =
        kept ? repeat(kept, answered, reply)
             : set_and_say(call, loan.session, &use, answered, reply);
    pack_pool_give(front->packs, &use);
    if (answered->said && !kept) {
        return store->kind->commit(store, &loan, time(NULL));
    }
    store->kind->release(store, &loan);
    return STORE_OK;
}

/* false: the reply says why not. */
static bool run_turn(struct http_front *front, const struct call *call,
                     struct answered *answered, struct http_reply *reply)
{
    uint64_t start = http_now_ns();
    enum store_result result = STORE_CHANGED;
    for (int i = 0; i < TRIES_MAX && result == STORE_CHANGED; i++) {
        answered_clear(answered);
        result = try_turn(front, call, answered, reply);
    }
    answered->counted.nanoseconds = http_now_ns() - start;
    if (result != STORE_OK) fail_store(reply, result);
    return result == STORE_OK && answered->said;
}

/* ---- Out ---- */

/* One message a line, in place of the list. */
static void make_lines(struct json_out *messages)
{
    struct json_out lines = {0};
    json_t *list = json_door_read(messages->text, messages->length);
    if (!list) lines.failed = true;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_out_value(&lines, json_array_get(list, i));
        json_out_line(&lines);
    }
    json_decref(list);
    json_out_clear(messages);
    *messages = lines;
}

static void write_turn(const struct call *call, struct json_out *messages,
                       struct http_reply *reply)
{
    size_t length;
    if (call->stream) make_lines(messages);
    char *text = json_out_take(messages, &length);
    reply->status = 200;
    http_answer(reply, call->stream ? "text/event-stream" : "application/json",
                text, length);
}

static void log_turn(const struct http_front *front, const struct call *call,
                     const struct answered *answered)
{
    const struct turn_counted *counted = &answered->counted;
    if (!call->logged) return;
    json_t *fields = json_pack(
        "{s:s, s:s, s:I, s:b, s:I}", "tier", talk_tier_name(counted->tier),
        "topic", answered->topic ? answered->topic : "", "session",
        (json_int_t)answered->number, "fallback", (int)counted->fallback, "us",
        (json_int_t)(counted->nanoseconds / 1000));
    if (front->settings->log == LOG_TEXT) {
        json_door_put(fields, "sender", json_string(call->sender));
        json_door_put(fields, "said",
                      json_door_text(call->text, call->length));
        json_door_put(fields, "answered",
                      json_door_read(answered->messages.text,
                                     answered->messages.length));
    }
    server_log(front->log, "turn", fields);
}

/* ---- The call ---- */

static void answer_call(struct http_front *front, const struct call *call,
                        struct http_reply *reply)
{
    struct answered answered = {0};
    if (run_turn(front, call, &answered, reply)) {
        if (answered.before) {
            metrics_add(&front->metrics.repeats, 1);
        } else {
            metrics_turn(&front->metrics, &answered.counted);
            log_turn(front, call, &answered);
        }
        write_turn(call, &answered.messages, reply);
    }
    answered_clear(&answered);
}

static bool is_too_often(struct http_front *front, const char *sender,
                         struct http_reply *reply)
{
    if (!front->rate) return false;
    uint32_t seconds = rate_take(front->rate, sender, http_now_ns() / 1000000);
    if (seconds == 0) return false;
    char text[16];
    (void)snprintf(text, sizeof text, "%lu", (unsigned long)seconds);
    http_reply_header(reply, "Retry-After", text);
    http_fail(reply, 429, "too_often",
              "this sender writes more than %lu messages a minute",
              (unsigned long)front->settings->rate);
    return true;
}

void http_channel_say(struct http_front *front,
                      const struct http_request *request,
                      struct http_reply *reply)
{
    json_error_t flaw;
    struct call call;
    json_t *json = json_loadb(request->body, request->body_length,
                              JSON_DECODE_ANY | JSON_ALLOW_NUL, &flaw);
    if (!json) {
        http_fail(reply, 400, "not_json", "not JSON: byte %d: %s",
                  flaw.position, flaw.text);
        return;
    }
    if (read_call(request, json, &call, reply) &&
        !is_too_often(front, call.sender, reply)) {
        call.logged = front->settings->log != LOG_EVENTS;
        answer_call(front, &call, reply);
    }
    json_decref(json);
}
