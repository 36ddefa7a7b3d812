/* mutate_run.h - backtalk check --mutate: changes the pack in small ways, and
 * tells what nothing noticed. */
#ifndef FRONT_MUTATE_RUN_H
#define FRONT_MUTATE_RUN_H

#include "options.h"

/* Returns an exit code. */
int mutate_run(const struct settings *settings);

#endif
