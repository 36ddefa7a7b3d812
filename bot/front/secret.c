/* secret.c - what stands on no command line, where others could see it.
 * In: the name of a file, of a variable of the environment.  Out: a token, a
 * password. */
#include "posix.h"

#include "secret.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_MAX_BYTES = 1024 };

static char *read_file(const char *program, const char *path, const char *what)
{
    char text[SECRET_MAX_BYTES + 2];
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "%s: %s: %s\n", program, path, strerror(errno));
        return NULL;
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    text[length] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    if (failed) {
        fprintf(stderr, "%s: %s: cannot be read\n", program, path);
    } else if (!*text || length > SECRET_MAX_BYTES) {
        fprintf(stderr,
                "%s: %s: its first line should be the %s, of 1 to %d "
                "bytes\n",
                program, path, what, SECRET_MAX_BYTES);
    } else {
        return strdup(text);
    }
    return NULL;
}

bool secret_read(const char *program, const char *file, const char *variable,
                 const char *what, char **secret)
{
    *secret = NULL;
    if (file) return (*secret = read_file(program, file, what)) != NULL;
    const char *environment = getenv(variable);
    if (!environment || !*environment) return true;
    return (*secret = strdup(environment)) != NULL;
}
