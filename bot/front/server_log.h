/* server_log.h - what a server tells of itself: one JSON object a line. */
#ifndef FRONT_SERVER_LOG_H
#define FRONT_SERVER_LOG_H

#include "json_door.h"
#include "options.h"

/* Writes {"time":…,"event":event,…} with the fields, which are taken over;
 * NULL: none, or no memory for them. A line without memory is lost. Any
 * thread; each line is written at once. */
void server_log(FILE *out, const char *event, json_t *fields);

#endif
