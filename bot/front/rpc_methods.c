/* rpc_methods.c - what can be called, and what it answers.
 * In: a method's name and its params.  Out: a result or an error.  Knows
 * nothing of ids, notifications and batches. */
#include "posix.h"

#include "rpc_methods.h"

#include "json_param.h"
#include "nearest.h"
#include "turn_json.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool rpc_fail(struct rpc_error *error, int code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error->code = code;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return false;
}

static bool fail_nomem(struct rpc_error *error)
{
    return rpc_fail(error, RPC_NOMEM, "no memory");
}

/* ---- Server ------------------------------------------------------------ */

talk_status rpc_server_init(struct rpc_server *server, const talk_bot *bot,
                            talk_error *err)
{
    *server = (struct rpc_server){.bot = bot};
    if (!conversations_init(&server->all, bot)) {
        *err = (talk_error){.status = TALK_NOMEM};
        snprintf(err->message, sizeof err->message, "no memory");
        return TALK_NOMEM;
    }
    return talk_worker_new(bot, &server->worker, err);
}

void rpc_server_clear(struct rpc_server *server)
{
    conversations_clear(&server->all);
    talk_worker_free(server->worker);
    *server = (struct rpc_server){0};
}

/* The turn is about to end: writes down why it was so. Without memory for
 * that, `explain` will say that nothing is kept. */
static void end_turn(struct rpc_server *server)
{
    size_t length = 0;
    if (!server->turn) return;
    char *text = json_door_explain(server->turn, &length);
    conversations_keep(&server->all, server->speaker, text, length);
    server->turn = NULL;
    server->speaker = NULL;
}

/* As end_turn, for a conversation whose past is of no use any more. */
static void drop_turn(struct rpc_server *server, struct conversation *of)
{
    if (server->speaker != of) return;
    server->turn = NULL;
    server->speaker = NULL;
}

/* ---- Params ------------------------------------------------------------ */

static const json_t *string_param(const json_t *params, const char *key,
                                  struct rpc_error *error)
{
    char flaw[JSON_FLAW_SIZE];
    const json_t *value = json_param_text(params, "params.", key, flaw);
    if (!value) rpc_fail(error, RPC_PARAMS, "%s", flaw);
    return value;
}

/* NULL: the error says what is wrong with params.session. */
static const char *session_param(const json_t *params, struct rpc_error *error)
{
    char flaw[JSON_FLAW_SIZE];
    const char *name = json_param_name(params, "params.", "session",
                                       CONVERSATION_NAME_MAX_BYTES, flaw);
    if (!name) rpc_fail(error, RPC_PARAMS, "%s", flaw);
    return name;
}

static struct conversation *known_session(const struct rpc_server *server,
                                          const json_t *params,
                                          struct rpc_error *error)
{
    const char *name = session_param(params, error);
    if (!name) return NULL;
    struct conversation *found = conversations_find(&server->all, name);
    if (!found) {
        rpc_fail(error, RPC_UNKNOWN_SESSION, "no session '%s'", name);
    }
    return found;
}

/* ---- Methods ----------------------------------------------------------- */

static const struct status_row {
    talk_status status;
    int code;
} statuses[] = {
    {TALK_LIMIT, RPC_LIMIT},
    {TALK_NOMEM, RPC_NOMEM},
    {TALK_STATE, RPC_STATE},
    {TALK_ARGUMENT, RPC_PARAMS},
};

static bool fail_status(struct rpc_error *error, talk_status status,
                        const talk_error *err)
{
    int code = RPC_INTERNAL;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].status == status) code = statuses[i].code;
    }
    return rpc_fail(error, code, "%s",
                    *err->message ? err->message : talk_status_name(status));
}

/* That of the name, or a new one. NULL: the error says why. */
static struct conversation *get_session(struct rpc_server *server,
                                        const char *name,
                                        struct rpc_error *error)
{
    struct conversation *found = NULL;
    switch (conversations_get(&server->all, name, &found)) {
    case TALK_OK: return found;
    case TALK_LIMIT:
        rpc_fail(error, RPC_TOO_MANY_SESSIONS,
                 "there are %d sessions; forget some", CONVERSATIONS_MAX);
        return NULL;
    default: fail_nomem(error); return NULL;
    }
}

static bool say(struct rpc_server *server, const json_t *params,
                struct json_out *out, struct rpc_error *error)
{
    const char *name = session_param(params, error);
    const json_t *text = name ? string_param(params, "text", error) : NULL;
    char flaw[JSON_FLAW_SIZE];
    bool markdown;
    if (text &&
        !json_param_flag(params, "params.", "markdown", &markdown, flaw)) {
        return rpc_fail(error, RPC_PARAMS, "%s", flaw);
    }
    struct conversation *speaker =
        text ? get_session(server, name, error) : NULL;
    if (!speaker) return false;
    talk_error err = {0};
    end_turn(server);
    talk_status status =
        talk_say(server->worker, speaker->session, json_string_value(text),
                 json_string_length(text), &server->turn, &err);
    if (status != TALK_OK) {
        server->turn = NULL;
        return fail_status(error, status, &err);
    }
    server->speaker = speaker;
    turn_json(out, server->turn, name, markdown);
    return true;
}

/* {"session":NAME; what else there is to say may follow. */
static void open_result(struct json_out *out, const char *name)
{
    json_out_open(out, '{');
    json_out_put_string(out, "session", name);
}

/* {"session":NAME} */
static bool put_result(struct json_out *out, const char *name,
                       struct rpc_error *error)
{
    open_result(out, name);
    json_out_close(out, '}');
    return !out->failed || fail_nomem(error);
}

/* {"session":NAME,key:…}, which is JSON already. */
static void put_known(struct json_out *out, const char *name, const char *key,
                      const char *text, size_t length)
{
    open_result(out, name);
    json_out_key(out, key);
    json_out_raw(out, text, length);
    json_out_close(out, '}');
}

static bool value_param(const json_t *params, char **text,
                        struct rpc_error *error)
{
    char flaw[JSON_FLAW_SIZE];
    if (json_param_value(json_object_get(params, "value"), "params.value",
                         text, flaw)) {
        return true;
    }
    if (*flaw) {
        rpc_fail(error, RPC_PARAMS, "%s", flaw);
    } else {
        fail_nomem(error);
    }
    return false;
}

/* Tells the session what its variable is by now. */
static bool set(struct rpc_server *server, const json_t *params,
                struct json_out *out, struct rpc_error *error)
{
    const char *name = session_param(params, error);
    const json_t *variable = name ? string_param(params, "name", error) : NULL;
    char *text = NULL;
    if (!variable || !value_param(params, &text, error)) return false;
    bool fine = false;
    talk_error err = {0};
    struct conversation *found = get_session(server, name, error);
    if (found) {
        talk_status status =
            talk_session_set(server->bot, found->session,
                             json_string_value(variable), text, &err);
        fine = status == TALK_OK || fail_status(error, status, &err);
    }
    if (fine) {
        const char *value = talk_session_get(server->bot, found->session,
                                             json_string_value(variable));
        open_result(out, name);
        json_out_key(out, "value");
        if (value) json_out_string(out, value);
        if (!value) json_out_null(out);
        json_out_close(out, '}');
    }
    free(text);
    return fine;
}

/* A session that is not there is as new already. */
static bool reset(struct rpc_server *server, const json_t *params,
                  struct json_out *out, struct rpc_error *error)
{
    const char *name = session_param(params, error);
    if (!name) return false;
    struct conversation *found = conversations_find(&server->all, name);
    if (found) {
        drop_turn(server, found);
        conversations_keep(&server->all, found, NULL, 0);
        talk_session_reset(found->session);
    }
    return put_result(out, name, error);
}

static bool forget(struct rpc_server *server, const json_t *params,
                   struct json_out *out, struct rpc_error *error)
{
    struct conversation *found = known_session(server, params, error);
    if (!found) return false;
    if (!put_result(out, found->name, error)) return false;
    drop_turn(server, found);
    conversations_forget(&server->all, found);
    return true;
}

static bool state(struct rpc_server *server, const json_t *params,
                  struct json_out *out, struct rpc_error *error)
{
    const struct conversation *found = known_session(server, params, error);
    if (!found) return false;
    size_t length = 0;
    char *text = json_door_state(found->session, &length);
    if (!text) return fail_nomem(error);
    put_known(out, found->name, "state", text, length);
    free(text);
    return true;
}

static bool explain(struct rpc_server *server, const json_t *params,
                    struct json_out *out, struct rpc_error *error)
{
    struct conversation *found = known_session(server, params, error);
    if (!found) return false;
    if (found == server->speaker) end_turn(server);
    if (!found->kept) {
        return rpc_fail(error, RPC_STATE,
                        "session '%s': no reply is kept that could be "
                        "explained",
                        found->name);
    }
    const struct explanation *kept =
        &server->all.explanations[found->kept - 1];
    put_known(out, found->name, "explanation", kept->text, kept->length);
    return true;
}

static bool info(struct rpc_server *server, const json_t *params,
                 struct json_out *out, struct rpc_error *error);

static const struct method {
    const char *name;
    bool (*run)(struct rpc_server *server, const json_t *params,
                struct json_out *out, struct rpc_error *error);
} methods[] = {
    {"say", say},       {"set", set},     {"reset", reset},
    {"forget", forget}, {"state", state}, {"explain", explain},
    {"info", info},
};
enum { METHOD_COUNT = sizeof methods / sizeof *methods };

static const struct count_row {
    const char *name;
    talk_kind kind;
} counts[] = {
    {"topics", TALK_TOPICS},
    {"findings", TALK_FINDINGS},
    {"responses", TALK_RESPONSES},
    {"slots", TALK_SLOTS},
};

static void put_pack(struct json_out *out, const talk_bot *bot)
{
    json_out_open(out, '{');
    json_out_put_string(out, "name", talk_bot_pack_name(bot));
    json_out_put_string(out, "title", talk_bot_title(bot));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_out_put_integer(out, counts[i].name,
                             (json_int_t)talk_bot_count(bot, counts[i].kind));
    }
    json_out_close(out, '}');
}

static bool info(struct rpc_server *server, const json_t *params,
                 struct json_out *out, struct rpc_error *error)
{
    (void)params;
    (void)error;
    json_out_open(out, '{');
    json_out_put_string(out, "version", talk_version());
    json_out_key(out, "pack");
    put_pack(out, server->bot);
    json_out_put_integer(out, "sessions", (json_int_t)server->all.count);
    json_out_put_open(out, "methods", '[');
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        json_out_string(out, methods[i].name);
    }
    json_out_close(out, ']');
    json_out_close(out, '}');
    return true;
}

bool rpc_call(struct rpc_server *server, const char *name,
              const json_t *params, struct json_out *out,
              struct rpc_error *error)
{
    struct nearest near;
    nearest_init(&near, name);
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(name, methods[i].name) == 0) {
            if (params && !json_is_object(params)) {
                return rpc_fail(error, RPC_PARAMS,
                                "params: %s, where an object is wanted",
                                json_param_type(params));
            }
            return methods[i].run(server, params, out, error);
        }
        nearest_try(&near, methods[i].name);
    }
    char hint[64];
    return rpc_fail(error, RPC_METHOD, "no method '%.64s'%s", name,
                    nearest_hint(&near, "", hint, sizeof hint));
}
