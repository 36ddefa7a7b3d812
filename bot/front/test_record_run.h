/* test_record_run.h - backtalk test --record. */
#ifndef FRONT_TEST_RECORD_RUN_H
#define FRONT_TEST_RECORD_RUN_H

#include "options.h"

/* Returns an exit code. */
int record_run(const struct settings *settings);

#endif
