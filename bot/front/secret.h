/* secret.h - what stands on no command line, where others could see it. */
#ifndef FRONT_SECRET_H
#define FRONT_SECRET_H

#include <stdbool.h>

/* Sets *secret to the first line of the file or, where that is NULL, to the
 * variable of the environment, for the caller to free; NULL: neither is there.
 * The program, and `what` it is, stand in messages. false: stderr says why
 * not. */
bool secret_read(const char *program, const char *file, const char *variable,
                 const char *what, char **secret);

#endif
