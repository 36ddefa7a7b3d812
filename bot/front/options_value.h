/* options_value.h - the value of one option. */
#ifndef FRONT_OPTIONS_VALUE_H
#define FRONT_OPTIONS_VALUE_H

#include "options.h"

/* Options without a letter have a key above all letters. */
enum {
    KEY_PACK = 256,
    KEY_JSON,
    KEY_STDIO,
    KEY_COLOR,
    KEY_HISTORY,
    KEY_SEED,
    KEY_ACCEPT,
    KEY_ALL,
    KEY_COVERAGE,
    KEY_MIN_COVERAGE,
    KEY_DRY_RUN,
    KEY_FAIL_FAST,
    KEY_FINDINGS,
    KEY_FILTER,
    KEY_GRAPH,
    KEY_JUNIT,
    KEY_LIST,
    KEY_PROOF,
    KEY_MUTATE,
    KEY_RECORD,
    KEY_REPEAT,
    KEY_REPORT,
    KEY_SARIF,
    KEY_TAP,
    KEY_TRANSCRIPTS,
    KEY_WATCH,
    KEY_HTTP, /* behind it stands what goes with it only */
    KEY_TOKEN_FILE,
    KEY_STORE,
    KEY_STORE_PASSWORD,
    KEY_CORS,
    KEY_RATE,
    KEY_SESSIONS,
    KEY_EXPIRE,
    KEY_TIMEOUT,
    KEY_LOG
};

/* Puts optarg where it belongs. false: it makes no sense, and stderr says
 * why. */
bool option_value_read(int key, struct settings *settings);

/* Tells what is wrong with the command line; returns false. */
bool option_complain(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

#endif
