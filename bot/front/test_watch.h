/* test_watch.h - backtalk test --watch. */
#ifndef FRONT_TEST_WATCH_H
#define FRONT_TEST_WATCH_H

#include "options.h"

/* Runs once, and again whenever the pack or a transcript has changed, until
 * the program is ended or cannot write. Returns an exit code. */
int watch_run(const struct settings *settings,
              int (*once)(const struct settings *settings));

#endif
