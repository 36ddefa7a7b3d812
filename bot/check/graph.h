/* graph.h - a pack as a drawing: what can be asked, what is asked back, what
 * is gathered, and where each symptom leads. The program sees this header. */
#ifndef TALK_CHECK_GRAPH_H
#define TALK_CHECK_GRAPH_H

#include "backtalk.h"

/* Writes the graph for dot(1) of graphviz. TALK_IO: write said no. */
talk_status talk__graph_write(const talk_bot *bot, talk_write_fn write,
                              void *payload, talk_error *err);

#endif
