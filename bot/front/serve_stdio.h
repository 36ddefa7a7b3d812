/* serve_stdio.h - backtalk serve --stdio. */
#ifndef FRONT_SERVE_STDIO_H
#define FRONT_SERVE_STDIO_H

#include "backtalk.h"

/* Returns an exit code. */
int serve_stdio_run(const talk_bot *bot);

#endif
