/* once.h - backtalk -e TEXT. */
#ifndef FRONT_ONCE_H
#define FRONT_ONCE_H

#include "backtalk.h"
#include "options.h"

/* Returns an exit code. */
int once_run(const talk_bot *bot, const struct settings *settings);

#endif
