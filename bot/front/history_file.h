/* history_file.h - where what was typed is kept, when the user asks for it. */
#ifndef FRONT_HISTORY_FILE_H
#define FRONT_HISTORY_FILE_H

/* Entries that are kept. */
enum { HISTORY_MAX_LINES = 1000 };

/* $XDG_STATE_HOME/backtalk/history, which exists then and which only the user
 * can read. The caller frees it. NULL: there is none, and stderr says why. */
char *history_file(void);

#endif
