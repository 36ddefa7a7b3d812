/* check_run.h - backtalk check: what can be known of a pack without a user. */
#ifndef FRONT_CHECK_RUN_H
#define FRONT_CHECK_RUN_H

#include "options.h"
#include "page.h"

/* Returns an exit code. */
int check_run(const struct settings *settings);
/* Checks and tells nothing, but writes the page, with what was proved, and
 * the graph. */
int check_files_run(const struct settings *settings,
                    const struct page_proof *proof);

#endif
