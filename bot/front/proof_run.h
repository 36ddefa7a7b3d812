/* proof_run.h - backtalk check --proof: explores all conversations. */
#ifndef FRONT_PROOF_RUN_H
#define FRONT_PROOF_RUN_H

#include "options.h"

/* Returns an exit code. */
int proof_run(const struct settings *settings);

#endif
