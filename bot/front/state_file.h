/* state_file.h - files that the program keeps for its user. */
#ifndef FRONT_STATE_FILE_H
#define FRONT_STATE_FILE_H

/* $XDG_STATE_HOME/backtalk/NAME, else ~/.local/state/backtalk/NAME, for the
 * caller to free. The folder exists then, the file need not. NULL: there is no
 * such folder; errno says why, and *folder, which the caller frees in either
 * case, what was tried; it is NULL where no home is known. */
char *state_file(const char *name, char **folder);

/* Makes the folder and those above it, with mode 0700. 0, or -1 and errno. */
int state_folder_make(char *folder);

#endif
