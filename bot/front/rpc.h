/* rpc.h - JSON-RPC 2.0: one line in, at most one object out. */
#ifndef FRONT_RPC_H
#define FRONT_RPC_H

#include "rpc_methods.h"

/* The answer to a line, for the caller to free. NULL with *failed false:
 * nothing is to be answered; with *failed true: no memory. */
json_t *rpc_answer(struct rpc_server *server, const char *line, size_t length,
                   bool *failed);

/* The answer to a call that could not be read at all; NULL: no memory. */
json_t *rpc_refusal(const struct rpc_error *error);

#endif
