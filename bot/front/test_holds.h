/* test_holds.h - whether an assertion holds of a turn. */
#ifndef FRONT_TEST_HOLDS_H
#define FRONT_TEST_HOLDS_H

#include "test_script.h"

/* got: what the turn has of that kind, as "TIER none". */
enum { ASSERTION_GOT_MAX = 1100 };
bool assertion_holds(const talk_turn *turn, const struct expect *expect,
                     char *got, size_t size);

#endif
