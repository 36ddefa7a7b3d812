/* store_url.h - where a Redis is, as a user writes it. */
#ifndef FRONT_STORE_URL_H
#define FRONT_STORE_URL_H

#include <stdbool.h>
#include <stddef.h>

struct store_url {
    char user[128]; /* "": the usual one */
    char host[256]; /* "": it is a socket */
    char path[108]; /* of the socket; as long as Linux has it */
    int port;
    int database;
};

/* Whether it is meant to be one at all, and no name of a file. */
bool store_url_is(const char *text);
/* redis://[USER@]HOST[:PORT][/DATABASE] or unix:PATH[?db=DATABASE]. NULL: it
 * is fine, else what is wrong with it. */
const char *store_url_read(const char *text, struct store_url *url);

#endif
