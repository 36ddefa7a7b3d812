/* rpc_methods.h - what can be called, and what it answers. */
#ifndef FRONT_RPC_METHODS_H
#define FRONT_RPC_METHODS_H

#include "conversations.h"
#include "json_out.h"

/* The codes of the specification, then ours. Part of the interface. */
enum rpc_code {
    RPC_PARSE = -32700,
    RPC_REQUEST = -32600,
    RPC_METHOD = -32601,
    RPC_PARAMS = -32602,
    RPC_INTERNAL = -32603,
    RPC_LIMIT = -32000,
    RPC_NOMEM = -32001,
    RPC_STATE = -32002,
    RPC_UNKNOWN_SESSION = -32003,
    RPC_TOO_MANY_SESSIONS = -32004
};

struct rpc_error {
    int code;
    char message[TALK_MESSAGE_MAX + 128];
};

/* Fills the error in and returns false, which is what a method then answers.
 */
bool rpc_fail(struct rpc_error *error, int code, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

struct rpc_server {
    const talk_bot *bot; /* borrowed */
    talk_worker *worker;
    struct conversations all;
    const talk_turn *turn;        /* the worker's last; NULL: none */
    struct conversation *speaker; /* whose turn it is */
};

/* Clear it in either case. */
talk_status rpc_server_init(struct rpc_server *server, const talk_bot *bot,
                            talk_error *err);
void rpc_server_clear(struct rpc_server *server);

/* Calls the method `name` and writes its result. false: the error says why,
 * and what was written is of no use. params may be NULL. */
bool rpc_call(struct rpc_server *server, const char *name,
              const json_t *params, struct json_out *out,
              struct rpc_error *error);

#endif
