/* test_run.h - backtalk test. */
#ifndef FRONT_TEST_RUN_H
#define FRONT_TEST_RUN_H

#include "options.h"

/* Returns an exit code. */
int test_run(const struct settings *settings);

#endif
