/* fail.h - errors with a place. */
#ifndef TALK_BASE_FAIL_H
#define TALK_BASE_FAIL_H

#include "backtalk.h"

/* A place in a pack. source is borrowed; NULL: no place. */
struct place {
    const char *source;
    uint32_t line;
    uint32_t column;
};

#if defined(__GNUC__)
#define TALK__FORMAT(F, A) __attribute__((format(printf, F, A)))
#else
#define TALK__FORMAT(F, A)
#endif

/* Writes the error, when there is one to write to, and returns status. */
talk_status talk__fail(talk_error *err, talk_status status, struct place place,
                       const char *format, ...) TALK__FORMAT(4, 5);
talk_status talk__fail_nomem(talk_error *err);

#endif
