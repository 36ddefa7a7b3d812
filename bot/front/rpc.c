/* rpc.c - JSON-RPC 2.0: one line in, at most one object out.
 * In: a line of any bytes.  Out: an answer, a list of answers, or nothing.
 * The envelope only; what a method does stands in rpc_methods.c. */
#include "rpc.h"

#include <string.h>

/* Calls in one batch: an error takes more room than the call "1," that earned
 * it, and a line of 1 MiB could ask for half a million. */
enum { BATCH_MAX = 1000 };

/* An answer without id is for a call whose id could not be read. */
static void open_answer(const json_t *id, struct json_out *out)
{
    json_out_open(out, '{');
    json_out_put_string(out, "jsonrpc", "2.0");
    json_out_key(out, "id");
    if (id) json_out_value(out, id);
    if (!id) json_out_null(out);
}

static void put_error(const struct rpc_error *error, struct json_out *out)
{
    json_out_put_open(out, "error", '{');
    json_out_put_integer(out, "code", error->code);
    json_out_put_string(out, "message", error->message);
    json_out_close(out, '}');
}

static void refuse(const json_t *id, const struct rpc_error *error,
                   struct json_out *out)
{
    open_answer(id, out);
    put_error(error, out);
    json_out_close(out, '}');
}

void rpc_refuse(const struct rpc_error *error, struct json_out *out)
{
    refuse(NULL, error, out);
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

/* A notification is not answered. */
static void answer_call(struct rpc_server *server, const json_t *call,
                        struct json_out *out)
{
    struct rpc_error error = {0};
    const json_t *id = json_object_get(call, "id");
    const char *flaw = flaw_of(call);
    size_t before = out->length;
    if (flaw) {
        rpc_fail(&error, RPC_REQUEST, "%s", flaw);
        refuse(id && is_id(id) ? id : NULL, &error, out);
        return;
    }
    open_answer(id, out);
    json_out_key(out, "result");
    if (!rpc_call(server, json_string_value(json_object_get(call, "method")),
                  json_object_get(call, "params"), out, &error)) {
        json_out_back(out, before);
        refuse(id, &error, out);
    } else {
        json_out_close(out, '}');
    }
    if (!id) json_out_back(out, before);
}

static void answer_batch(struct rpc_server *server, const json_t *batch,
                         struct json_out *out)
{
    size_t before = out->length, first;
    json_out_open(out, '[');
    first = out->length;
    for (size_t i = 0; i < json_array_size(batch); i++) {
        answer_call(server, json_array_get(batch, i), out);
    }
    if (out->length > first) {
        json_out_close(out, ']');
    } else {
        json_out_back(out, before);
    }
}

void rpc_answer(struct rpc_server *server, const char *line, size_t length,
                struct json_out *out)
{
    struct rpc_error error = {0};
    json_error_t flaw;
    json_t *call =
        json_loadb(line, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &flaw);
    if (!call) {
        bool nomem = json_error_code(&flaw) == json_error_out_of_memory;
        rpc_fail(&error, nomem ? RPC_NOMEM : RPC_PARSE,
                 "not JSON: byte %d: %s", flaw.position, flaw.text);
    } else if (!json_is_array(call)) {
        answer_call(server, call, out);
    } else if (json_array_size(call) == 0) {
        rpc_fail(&error, RPC_REQUEST, "a batch without calls");
    } else if (json_array_size(call) > BATCH_MAX) {
        rpc_fail(&error, RPC_REQUEST, "a batch of more than %d calls",
                 BATCH_MAX);
    } else {
        answer_batch(server, call, out);
    }
    json_decref(call);
    if (error.code) rpc_refuse(&error, out);
}
