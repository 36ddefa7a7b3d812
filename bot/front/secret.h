/* secret.h - what stands on no command line, where others could see it. */
#ifndef FRONT_SECRET_H
#define FRONT_SECRET_H

#include <stdbool.h>

/* Sets *secret to the first line of the file or, where that is NULL, to the
 * variable of the environment, for the caller to free; NULL: neither is there.
 * `what` it is stands in messages. false: stderr says why not. */
bool secret_read(const char *file, const char *variable, const char *what,
                 char **secret);

#endif
