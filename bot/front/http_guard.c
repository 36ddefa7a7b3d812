/* http_guard.c - who may ask: the token, and pages of other sites.
 * In: a request.  Out: yes or no.  Knows nothing of what is asked. */
#include "posix.h"

#include "http_front.h"

#include <stdlib.h>
#include <string.h>

/* ---- The token ---- */

/* Takes the same time whatever is given: how much of it was right must not
 * show. */
static bool is_token(const char *token, const char *given)
{
    size_t length = strlen(given);
    size_t different = strlen(token) ^ length;
    for (size_t i = 0; token[i]; i++) {
        different |= (size_t)(unsigned char)token[i] ^
                     (unsigned char)given[i < length ? i : 0];
    }
    return different == 0;
}

bool http_guard_allows(const struct http_front *front,
                       const struct http_request *request,
                       struct http_reply *reply)
{
    static const char bearer[] = "Bearer ";
    if (!front->token) return true;
    const char *given = http_query(request, "token");
    const char *header = http_header(request, "Authorization");
    if (header && strncmp(header, bearer, sizeof bearer - 1) == 0) {
        given = header + sizeof bearer - 1;
    }
    if (given && is_token(front->token, given)) return true;
    http_reply_header(reply, "WWW-Authenticate", "Bearer");
    http_fail(reply, 401, "token",
              given ? "the token is wrong"
                    : "a token is wanted, as 'Authorization: Bearer ...' or "
                      "as ?token=...");
    return false;
}

/* ---- Pages of other sites ---- */

static bool is_welcome(const struct http_front *front, const char *origin)
{
    const struct settings *settings = front->settings;
    for (size_t i = 0; i < settings->cors_count; i++) {
        if (strcmp(settings->cors[i], "*") == 0 ||
            strcmp(settings->cors[i], origin) == 0) {
            return true;
        }
    }
    return false;
}

void http_guard_origin(const struct http_front *front,
                       const struct http_request *request,
                       struct http_reply *reply)
{
    const char *origin = http_header(request, "Origin");
    if (front->settings->cors_count == 0) return;
    http_reply_header(reply, "Vary", "Origin");
    if (!origin || !is_welcome(front, origin)) return;
    http_reply_header(reply, "Access-Control-Allow-Origin", origin);
    if (strcmp(request->method, "OPTIONS") != 0) return;
    http_reply_header(reply, "Access-Control-Allow-Methods",
                      "GET, POST, DELETE, OPTIONS");
    http_reply_header(reply, "Access-Control-Allow-Headers",
                      "Authorization, Content-Type");
    http_reply_header(reply, "Access-Control-Max-Age", "600");
}

bool http_guard_foreign(const struct http_front *front,
                        const struct http_request *request)
{
    const char *origin = http_header(request, "Origin");
    const char *host = http_header(request, "Host");
    const char *site = http_header(request, "Sec-Fetch-Site");
    if (!origin || is_welcome(front, origin)) return false;
    /* A page cannot make this up; behind a proxy the host may be another. */
    if (site && strcmp(site, "same-origin") == 0) return false;
    const char *name = strstr(origin, "://");
    return !name || !host || strcmp(name + strlen("://"), host) != 0;
}
