/* answer.h - what the bot says, on the screen. */
#ifndef FRONT_ANSWER_H
#define FRONT_ANSWER_H

#include "backtalk.h"
#include "screen.h"

/* Every message of the turn; a person sees "bot:" before each. */
void answer_print(const struct screen *screen, const talk_turn *turn);

/* A message that the library did not take: says so in the bot's place. */
void answer_refused(const struct screen *screen, const char *reason);

#endif
