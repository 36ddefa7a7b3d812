/* test_reason.h - which rules a reply comes from, out of talk_turn_explain. */
#ifndef FRONT_TEST_REASON_H
#define FRONT_TEST_REASON_H

#include "backtalk.h"

#include <stdbool.h>

/* Each reason of the turn: why a reply was given, the topics and findings
 * that count, the rules' names and places ("intents/a.yaml:12"). false from
 * take ends it. Returns false when take did, or memory ran out. */
typedef bool (*reason_fn)(void *payload, const char *reason);
bool reason_each(const talk_turn *turn, reason_fn take, void *payload);

/* What /why says of it, without a line for the message; the caller frees it.
 * NULL: no memory. */
char *reason_text(const talk_turn *turn);

#endif
