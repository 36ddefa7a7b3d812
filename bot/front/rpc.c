/* rpc.c - JSON-RPC 2.0: one line in, at most one object out.
 * In: a line of any bytes.  Out: an answer, a list of answers, or nothing.
 * The envelope only; what a method does stands in rpc_methods.c. */
#include "rpc.h"

#include <string.h>

/* Calls in one batch: an error takes more room than the call "1," that earned
 * it, and a line of 1 MiB could ask for half a million. */
enum { BATCH_MAX = 1000 };

/* An answer without id is for a call whose id could not be read. */
static json_t *answer(json_t *id, const char *key, json_t *value)
{
    json_t *json = json_object();
    bool fine = json_door_put(json, "jsonrpc", json_string("2.0")) &&
                json_door_put(json, "id", id ? json_incref(id) : json_null());
    if (json_door_put(json, key, value) && fine) return json;
    json_decref(json);
    return NULL;
}

static json_t *answer_error(json_t *id, const struct rpc_error *error)
{
    json_t *json = json_object();
    bool fine =
        json_door_put(json, "code", json_integer(error->code)) &&
        json_door_put(json, "message",
                      json_door_text(error->message, strlen(error->message)));
    if (fine) return answer(id, "error", json);
    json_decref(json);
    return NULL;
}

json_t *rpc_refusal(const struct rpc_error *error)
{
    return answer_error(NULL, error);
}

static bool is_id(const json_t *id)
{
    return json_is_string(id) || json_is_number(id) || json_is_null(id);
}

/* What is wrong with the envelope, or NULL. */
static const char *flaw_of(const json_t *call)
{
    const json_t *version = json_object_get(call, "jsonrpc");
    const json_t *method = json_object_get(call, "method");
    const json_t *id = json_object_get(call, "id");
    const char *string = json_string_value(version);
    if (!json_is_object(call)) return "a call is an object";
    if (!string || strcmp(string, "2.0") != 0) {
        return "jsonrpc: \"2.0\" is wanted";
    }
    if (id && !is_id(id)) return "id: a string, a number or null is wanted";
    if (!method) return "method: missing; a string is wanted";
    if (!json_is_string(method)) return "method: a string is wanted";
    if (strlen(json_string_value(method)) != json_string_length(method)) {
        return "method: holds a NUL character";
    }
    return NULL;
}

/* NULL with *failed false: a notification. */
static json_t *answer_call(struct rpc_server *server, const json_t *call,
                           bool *failed)
{
    struct rpc_error error = {0};
    json_t *id = json_object_get(call, "id");
    json_t *result = NULL, *json;
    const char *flaw = flaw_of(call);
    if (flaw) {
        rpc_fail(&error, RPC_REQUEST, "%s", flaw);
        json = answer_error(id && is_id(id) ? id : NULL, &error);
        *failed = !json;
        return json;
    }
    result =
        rpc_call(server, json_string_value(json_object_get(call, "method")),
                 json_object_get(call, "params"), &error);
    if (!id) {
        json_decref(result);
        return NULL;
    }
    json = result ? answer(id, "result", result) : answer_error(id, &error);
    *failed = !json;
    return json;
}

static json_t *answer_batch(struct rpc_server *server, const json_t *batch,
                            bool *failed)
{
    json_t *answers = json_array();
    *failed = !answers;
    for (size_t i = 0; !*failed && i < json_array_size(batch); i++) {
        json_t *one = answer_call(server, json_array_get(batch, i), failed);
        if (one && json_array_append_new(answers, one) != 0) *failed = true;
    }
    if (!*failed && json_array_size(answers)) return answers;
    json_decref(answers);
    return NULL;
}

json_t *rpc_answer(struct rpc_server *server, const char *line, size_t length,
                   bool *failed)
{
    struct rpc_error error = {0};
    json_error_t flaw;
    json_t *json = NULL;
    json_t *call =
        json_loadb(line, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &flaw);
    *failed = false;
    if (!call) {
        bool nomem = json_error_code(&flaw) == json_error_out_of_memory;
        rpc_fail(&error, nomem ? RPC_NOMEM : RPC_PARSE,
                 "not JSON: byte %d: %s", flaw.position, flaw.text);
    } else if (!json_is_array(call)) {
        json = answer_call(server, call, failed);
    } else if (json_array_size(call) == 0) {
        rpc_fail(&error, RPC_REQUEST, "a batch without calls");
    } else if (json_array_size(call) > BATCH_MAX) {
        rpc_fail(&error, RPC_REQUEST, "a batch of more than %d calls",
                 BATCH_MAX);
    } else {
        json = answer_batch(server, call, failed);
    }
    json_decref(call);
    if (error.code) {
        json = rpc_refusal(&error);
        *failed = !json;
    }
    return json;
}
