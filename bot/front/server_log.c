/* server_log.c - what a server tells of itself: one JSON object a line.
 * In: events.  Out: lines.  Whether what users said may be in them is for the
 * caller to decide. */
#include "posix.h"

#include "server_log.h"

#include <stdlib.h>
#include <time.h>

enum { MOMENT_SIZE = 32 };

/* "2026-01-31T09:30:00.123Z" */
static const char *moment(char out[MOMENT_SIZE])
{
    struct timespec now = {0};
    struct tm parts = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t length = strftime(out, MOMENT_SIZE, "%Y-%m-%dT%H:%M:%S", &parts);
    (void)snprintf(out + length, MOMENT_SIZE - length, ".%03ldZ",
                   now.tv_nsec / 1000000);
    return out;
}

void server_log(FILE *out, const char *event, json_t *fields)
{
    char now[MOMENT_SIZE];
    json_t *all = json_object();
    char *line = NULL;
    if (json_door_put(all, "time", json_string(moment(now))) &&
        json_door_put(all, "event", json_string(event)) &&
        (!fields || json_object_update(all, fields) == 0)) {
        line = json_door_line(all);
    }
    if (line) fprintf(out, "%s\n", line);
    free(line);
    json_decref(fields);
    json_decref(all);
}
