/* check_run.h - backtalk check: what can be known of a pack without a user. */
#ifndef FRONT_CHECK_RUN_H
#define FRONT_CHECK_RUN_H

#include "options.h"

/* Returns an exit code. */
int check_run(const struct settings *settings);

#endif
