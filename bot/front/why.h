/* why.h - what lies behind a reply, for people. */
#ifndef FRONT_WHY_H
#define FRONT_WHY_H

#include "backtalk.h"
#include "screen.h"

void why_print(const struct screen *screen, const talk_turn *turn);
void why_print_state(const struct screen *screen, const talk_session *session);
void why_print_sources(const struct screen *screen, const talk_bot *bot,
                       const talk_turn *turn);

#endif
