/* history_file.c - where what was typed is kept, when the user asks for it.
 * In: the environment.  Out: the path of a file with mode 0600 in a folder
 * with mode 0700: what people say about their health is theirs. */
#include "posix.h"

#include "history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder, as the XDG base directory specification has it: a relative path
 * in XDG_STATE_HOME does not count. NULL: no memory, or no home. */
static char *state_folder(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    const char *above = state, *below = "/backtalk";
    if (!state || state[0] != '/') {
        above = home;
        below = "/.local/state/backtalk";
    }
    if (!above || above[0] != '/') {
        errno = ENOENT;
        return NULL;
    }
    size_t size = strlen(above) + strlen(below) + 1;
    char *folder = malloc(size);
    if (folder) snprintf(folder, size, "%s%s", above, below);
    return folder;
}

/* Makes the folder and those above it. What fails on the way shows in the
 * last step: a folder that is there may be one that we may not write to. */
static int make_folders(char *folder)
{
    for (char *slash = folder + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    if (mkdir(folder, 0700) == 0 || errno == EEXIST) return 0;
    return -1;
}

/* Opens it once, so that it is there and private before readline writes. */
static int make_private(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_NOCTTY | O_CLOEXEC, 0600);
    if (file < 0) return -1;
    int status = fchmod(file, 0600);
    close(file);
    return status;
}

char *history_file(void)
{
    static const char name[] = "/history";
    char *path = NULL;
    char *folder = state_folder();
    if (folder && make_folders(folder) == 0) {
        size_t size = strlen(folder) + sizeof name;
        path = malloc(size);
        if (path) snprintf(path, size, "%s%s", folder, name);
    }
    if (!path || make_private(path) != 0) {
        fprintf(stderr, "backtalk: %s: %s; history is not kept\n",
                path     ? path
                : folder ? folder
                         : "no home folder",
                strerror(errno));
        free(path);
        path = NULL;
    }
    free(folder);
    return path;
}
