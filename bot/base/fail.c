/* fail.c - errors with a place.
 * In: a status, a place, words.  Out: the caller's talk_error. */
#include "fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Rows: status, its word. */
#define STATUSES(ROW)               \
    ROW(TALK_OK, "ok")              \
    ROW(TALK_NOMEM, "no memory")    \
    ROW(TALK_LIMIT, "limit")        \
    ROW(TALK_ARGUMENT, "argument")  \
    ROW(TALK_IO, "input or output") \
    ROW(TALK_YAML, "yaml")          \
    ROW(TALK_RULE, "rule")          \
    ROW(TALK_STATE, "saved session")

const char *talk_status_name(talk_status status)
{
    switch (status) {
#define CASE(status_, word) \
    case status_: return word;
        STATUSES(CASE)
#undef CASE
    }
    return "unknown status";
}

talk_status talk__fail(talk_error *err, talk_status status, struct place place,
                       const char *format, ...)
{
    if (!err) return status;
    err->status = status;
    err->line = place.line;
    err->column = place.column;
    (void)snprintf(err->source, sizeof err->source, "%s",
                   place.source ? place.source : "");
    va_list args;
    va_start(args, format);
    (void)vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

talk_status talk__fail_nomem(talk_error *err)
{
    return talk__fail(err, TALK_NOMEM, (struct place){0}, "out of memory");
}
