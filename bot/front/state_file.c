/* state_file.c - files that the program keeps for its user.
 * In: the environment, a name.  Out: a path in a folder with mode 0700: what
 * people say about their health is theirs. */
#include "posix.h"

#include "state_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *join(const char *above, const char *below)
{
    size_t size = strlen(above) + strlen(below) + 2;
    char *path = malloc(size);
    if (path) (void)snprintf(path, size, "%s/%s", above, below);
    return path;
}

/* The folder, as the XDG base directory specification has it: a relative path
 * in XDG_STATE_HOME does not count. NULL: no memory, or no home. */
static char *state_folder(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state && state[0] == '/') return join(state, "backtalk");
    if (home && home[0] == '/') return join(home, ".local/state/backtalk");
    errno = ENOENT;
    return NULL;
}

/* What fails on the way shows in the last step: a folder that is there may be
 * one that we may not write to. */
int state_folder_make(char *folder)
{
    for (char *slash = folder + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    if (mkdir(folder, 0700) == 0 || errno == EEXIST) return 0;
    return -1;
}

char *state_file(const char *name, char **folder)
{
    *folder = state_folder();
    if (!*folder || state_folder_make(*folder) != 0) return NULL;
    return join(*folder, name);
}
