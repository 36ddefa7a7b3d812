/* http_listen.h - an address in words to a socket that listens there. */
#ifndef FRONT_HTTP_LISTEN_H
#define FRONT_HTTP_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

enum { LISTEN_URL_SIZE = 320 };

struct listening {
    int socket;                /* the caller's */
    char url[LISTEN_URL_SIZE]; /* "http://127.0.0.1:8080/" */
    bool loopback;             /* only this machine reaches it */
};

enum listen_result {
    LISTEN_FINE,
    LISTEN_MISUSED, /* no address; stderr says so, as of the other two */
    LISTEN_FAILED
};

/* "8080", "127.0.0.1:8080", "[::1]:8080", "localhost:0": a port alone is one
 * of the loopback interface, and port 0 is a free one. */
enum listen_result http_listen(const char *address, struct listening *out);

#endif
