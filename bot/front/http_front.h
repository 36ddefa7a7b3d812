/* http_front.h - backtalk serve --http from the inside: what all requests
 * share, and what answers them. */
#ifndef FRONT_HTTP_FRONT_H
#define FRONT_HTTP_FRONT_H

#include "http_server.h"
#include "metrics.h"
#include "options.h"
#include "pack_pool.h"
#include "rate.h"
#include "store.h"

#include <stdio.h>

struct http_front {
    const struct settings *settings; /* borrowed */
    char *token;                     /* NULL: nobody is asked for one */
    struct pack_pool *packs;
    struct store *store;
    struct rate *rate; /* NULL: as often as you like */
    struct metrics metrics;
    FILE *log;
    size_t problems; /* of the pack, while the server starts */
    atomic_bool serving, draining;
};

/* A name for programs and a sentence for people, as JSON. */
void http_fail(struct http_reply *reply, unsigned status, const char *reason,
               const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 4, 5)))
#endif
    ;
/* The text becomes the body; NULL: there was no memory for it. */
void http_answer(struct http_reply *reply, const char *type, char *text,
                 size_t length);

/* http_routes.c: the handler; payload is a struct http_front. */
void http_route(void *payload, const struct http_request *request,
                struct http_reply *reply);
/* http_channel.c: Rasa's REST channel. */
void http_channel_say(struct http_front *front,
                      const struct http_request *request,
                      struct http_reply *reply);
/* http_guard.c: who may ask. */
/* Adds the headers of CORS, where the page that asks may. */
void http_guard_origin(const struct http_front *front,
                       const struct http_request *request,
                       struct http_reply *reply);
/* false: the reply says why not. */
bool http_guard_allows(const struct http_front *front,
                       const struct http_request *request,
                       struct http_reply *reply);
/* Whether a page of another site sends it, without being allowed to. */
bool http_guard_foreign(const struct http_front *front,
                        const struct http_request *request);

/* The chat page. */
extern const char http_page[];
extern const size_t http_page_length;

/* Of the monotonic clock. */
uint64_t http_now_ns(void);

#endif
