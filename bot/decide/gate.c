/* gate.c - the one gate before technique.
 * In: what is remembered.  Out: open or shut.  Ignores what was asked, how,
 * and how often. */
#include "decide.h"

bool talk__gate_open(const struct recall *recall)
{
    return recall->tier == TALK_TIER_NONE &&
           recall->screening == SCREENING_CLEAR;
}
