/* http_server.h - the wall round libmicrohttpd: requests in, replies out. */
#ifndef FRONT_HTTP_SERVER_H
#define FRONT_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>

/* Borrowed until the handler returns. */
struct http_request {
    const char *method; /* "POST" */
    const char *path;   /* "/a b", without the query, %20 and the like read */
    const char *body;
    size_t body_length;
    bool body_too_long;     /* it was not read, or not all of it */
    const void *connection; /* the server's own business */
};

/* NULL: the request has none of that name. Case counts in a query only. */
const char *http_header(const struct http_request *request, const char *name);
const char *http_query(const struct http_request *request, const char *name);

enum { REPLY_HEADERS_MAX = 8, REPLY_HEADER_SIZE = 256 };

struct http_reply {
    unsigned status;
    const char *type;       /* of the body; NULL: there is none */
    char *body;             /* from malloc, taken over */
    const char *fixed_body; /* in place of body: lives for ever */
    size_t length;
    struct http_reply_header {
        const char *name; /* lives for ever */
        char value[REPLY_HEADER_SIZE];
    } headers[REPLY_HEADERS_MAX];
    size_t header_count;
};

/* A value that is too long is cut. */
void http_reply_header(struct http_reply *reply, const char *name,
                       const char *value);

/* Answers a request. Called by many threads at once. */
typedef void (*http_handler)(void *payload, const struct http_request *request,
                             struct http_reply *reply);

struct http_server;

struct http_options {
    int socket; /* listens; the server closes it */
    unsigned threads;
    unsigned connections; /* at once; more wait */
    unsigned seconds;     /* without a byte; a request may take twice that */
    size_t body_max;      /* bytes */
    http_handler handler;
    void *payload;
};

/* Whether the program was built with HTTP. */
bool http_is_there(void);
/* NULL: it could not be started. The socket is the server's then, too. */
struct http_server *http_server_start(const struct http_options *options);
/* To be called about once a second: ends connections that are too slow. */
void http_server_tick(struct http_server *server);
/* Takes no new connections, and comes back when all requests that are there
 * are answered, at the latest after `seconds`. */
void http_server_drain(struct http_server *server, unsigned seconds);
void http_server_stop(struct http_server *server);

#endif
