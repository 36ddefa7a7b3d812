/* rpc.h - JSON-RPC 2.0: one line in, at most one object out. */
#ifndef FRONT_RPC_H
#define FRONT_RPC_H

#include "rpc_methods.h"

/* Writes the answer to a line; nothing, when nothing is to be answered. */
void rpc_answer(struct rpc_server *server, const char *line, size_t length,
                struct json_out *out);

/* Writes the answer to a call that could not be read at all. */
void rpc_refuse(const struct rpc_error *error, struct json_out *out);

#endif
