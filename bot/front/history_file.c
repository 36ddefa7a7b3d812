/* history_file.c - where what was typed is kept, when the user asks for it.
 * In: the environment.  Out: the path of a file with mode 0600. */
#include "posix.h"

#include "history_file.h"

#include "state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    char *folder;
    char *path = state_file("history", &folder);
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
