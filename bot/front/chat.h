/* chat.h - backtalk chat. */
#ifndef FRONT_CHAT_H
#define FRONT_CHAT_H

#include "backtalk.h"
#include "options.h"

/* Returns an exit code. */
int chat_run(const talk_bot *bot, const struct settings *settings);

#endif
