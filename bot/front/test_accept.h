/* test_accept.h - backtalk test --accept. */
#ifndef FRONT_TEST_ACCEPT_H
#define FRONT_TEST_ACCEPT_H

#include "screen.h"
#include "test_verdict.h"

enum accepted {
    ACCEPT_NOTHING, /* nothing to change, or nothing that could be */
    ACCEPT_CHANGED, /* the file was rewritten, or the diff shown */
    ACCEPT_FAILED   /* it could not be written; stderr says why */
};

/* Makes the expectations of a transcript that failed what came instead. What
 * need not change stays byte for byte. What cannot be accepted is told on
 * the screen. show: print the diff, and write nothing. */
enum accepted accept_verdict(const struct verdict *verdict, bool show,
                             const struct screen *screen);

#endif
