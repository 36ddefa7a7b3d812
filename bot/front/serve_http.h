/* serve_http.h - backtalk serve --http. */
#ifndef FRONT_SERVE_HTTP_H
#define FRONT_SERVE_HTTP_H

#include "options.h"

/* Whether the program has it. */
bool serve_http_is_there(void);
/* Returns an exit code. */
int serve_http_run(const struct settings *settings);

#endif
