/* http_routes.c - which request is answered by what.
 * In: a request.  Out: a reply; every error is a JSON object. */
#include "posix.h"

#include "http_front.h"
#include "json_door.h"
#include "server_log.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char media_type[] = "application/json";

uint64_t http_now_ns(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ---- Replies ---- */

void http_answer(struct http_reply *reply, const char *type, char *text,
                 size_t length)
{
    static const char nothing[] =
        "{\"status\":\"failure\",\"code\":503,\"reason\":\"no_memory\","
        "\"message\":\"no memory\"}";
    reply->type = type;
    reply->body = text;
    reply->length = length;
    if (text) return;
    reply->status = 503;
    reply->type = media_type;
    reply->fixed_body = nothing;
    reply->length = sizeof nothing - 1;
}

/* Takes the JSON over; NULL: no memory. */
static void answer_json(struct http_reply *reply, unsigned status,
                        json_t *json)
{
    char *text = json ? json_door_line(json) : NULL;
    reply->status = status;
    http_answer(reply, media_type, text, text ? strlen(text) : 0);
    json_decref(json);
}

/* The shape of Rasa's errors. */
void http_fail(struct http_reply *reply, unsigned status, const char *reason,
               const char *format, ...)
{
    char message[TALK_MESSAGE_MAX + 64];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    json_t *json = json_object();
    bool fine =
        json_door_put(json, "status", json_string("failure")) &&
        json_door_put(json, "code", json_integer((json_int_t)status)) &&
        json_door_put(json, "reason", json_string(reason)) &&
        json_door_put(json, "message",
                      json_door_text(message, strlen(message)));
    if (!fine) {
        json_decref(json);
        json = NULL;
    }
    answer_json(reply, status, json);
}

/* ---- What there is ---- */

static void answer_page(struct http_front *front,
                        const struct http_request *request,
                        struct http_reply *reply)
{
    (void)front;
    (void)request;
    reply->status = 200;
    reply->type = "text/html; charset=utf-8";
    reply->fixed_body = http_page;
    reply->length = http_page_length;
    http_reply_header(reply, "Content-Security-Policy",
                      "default-src 'none'; style-src 'unsafe-inline'; "
                      "script-src 'unsafe-inline'; connect-src 'self'; "
                      "base-uri 'none'; form-action 'none'; "
                      "frame-ancestors 'none'");
    http_reply_header(reply, "Referrer-Policy", "no-referrer");
}

static void answer_status(struct http_front *front,
                          const struct http_request *request,
                          struct http_reply *reply)
{
    (void)front;
    (void)request;
    json_t *json = json_object();
    if (!json_door_put(json, "status", json_string("ok"))) {
        json_decref(json);
        json = NULL;
    }
    answer_json(reply, 200, json);
}

static json_t *text_json(const char *text)
{
    return json_door_text(text, strlen(text));
}

static void answer_health(struct http_front *front,
                          const struct http_request *request,
                          struct http_reply *reply)
{
    (void)request;
    bool draining = atomic_load(&front->draining);
    struct pack_use use;
    if (pack_pool_take(front->packs, &use) != TALK_OK) {
        http_fail(reply, 503, "no_memory", "no memory");
        return;
    }
    json_t *json = json_object();
    bool fine =
        json_door_put(json, "status",
                      json_string(draining ? "draining" : "ok")) &&
        json_door_put(json, "version", json_string(talk_version())) &&
        json_door_put(json, "pack", text_json(talk_bot_pack_name(use.bot))) &&
        json_door_put(json, "title", text_json(talk_bot_title(use.bot))) &&
        json_door_put(json, "opening", text_json(talk_bot_opening(use.bot)));
    pack_pool_give(front->packs, &use);
    if (!fine) {
        json_decref(json);
        json = NULL;
    }
    answer_json(reply, draining ? 503 : 200, json);
}

static void answer_metrics(struct http_front *front,
                           const struct http_request *request,
                           struct http_reply *reply)
{
    (void)request;
    size_t length = 0;
    char *text = metrics_text(
        &front->metrics, front->store->kind->count(front->store), &length);
    reply->status = 200;
    http_answer(reply, "text/plain; version=0.0.4; charset=utf-8", text,
                length);
}

static const char sessions_path[] = "/sessions/";

static void forget(struct http_front *front,
                   const struct http_request *request,
                   struct http_reply *reply)
{
    const char *sender = request->path + sizeof sessions_path - 1;
    if (!*sender || strlen(sender) > STORE_NAME_MAX) {
        http_fail(reply, 400, "wrong_type",
                  "%s: the name of a sender is wanted behind it, of 1 to %d "
                  "bytes",
                  sessions_path, STORE_NAME_MAX);
        return;
    }
    if (front->store->kind->forget(front->store, sender) != STORE_OK) {
        http_fail(reply, 503, "store_away",
                  "the store of conversations cannot be reached");
        return;
    }
    metrics_add(&front->metrics.forgotten, 1);
    reply->status = 204;
}

/* ---- The table ---- */

static const struct route {
    const char *method;
    const char *path;
    bool begins; /* what stands behind the path is the route's business */
    bool guarded;
    void (*answer)(struct http_front *front,
                   const struct http_request *request,
                   struct http_reply *reply);
} routes[] = {
    {"GET", "/", false, false, answer_page},
    {"GET", "/webhooks/rest/", false, false, answer_status},
    {"GET", "/webhooks/rest", false, false, answer_status},
    {"POST", "/webhooks/rest/webhook", false, true, http_channel_say},
    {"DELETE", sessions_path, true, true, forget},
    {"GET", "/health", false, false, answer_health},
    {"GET", "/metrics", false, true, answer_metrics},
};
enum { ROUTE_COUNT = sizeof routes / sizeof *routes };

static const struct route *find_route(const char *path)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const struct route *route = &routes[i];
        if (route->begins
                ? strncmp(path, route->path, strlen(route->path)) == 0
                : strcmp(path, route->path) == 0) {
            return route;
        }
    }
    return NULL;
}

static void allow(const struct route *route, struct http_reply *reply)
{
    char text[REPLY_HEADER_SIZE];
    (void)snprintf(text, sizeof text, "%s, OPTIONS", route->method);
    http_reply_header(reply, "Allow",
                      strcmp(route->method, "GET") == 0 ? "GET, HEAD, OPTIONS"
                                                        : text);
}

static void dispatch(struct http_front *front, const struct route *route,
                     const struct http_request *request,
                     struct http_reply *reply)
{
    const char *method =
        strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
    if (!route) {
        http_fail(reply, 404, "no_such_path", "there is nothing at '%.100s'",
                  request->path);
    } else if (strcmp(method, "OPTIONS") == 0) {
        reply->status = 204;
        allow(route, reply);
    } else if (strcmp(method, route->method) != 0) {
        allow(route, reply);
        http_fail(reply, 405, "wrong_method", "%s wants %s, not %.20s",
                  route->path, route->method, request->method);
    } else if (strcmp(method, "GET") != 0 &&
               http_guard_foreign(front, request)) {
        http_fail(reply, 403, "origin",
                  "pages of this origin may not ask; see --cors");
    } else if (route->guarded && !http_guard_allows(front, request, reply)) {
        return;
    } else if (request->body_too_long) {
        http_fail(reply, 413, "too_long", "the body is too long");
    } else {
        route->answer(front, request, reply);
    }
}

void http_route(void *payload, const struct http_request *request,
                struct http_reply *reply)
{
    struct http_front *front = payload;
    const struct route *route = find_route(request->path);
    http_guard_origin(front, request, reply);
    dispatch(front, route, request, reply);
    http_reply_header(reply, "Cache-Control", "no-store");
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    metrics_answer(&front->metrics, reply->status);
    if (reply->status < 500 || atomic_load(&front->draining)) return;
    /* The path as it was asked for may name a sender. */
    server_log(front->log, "failed",
               json_pack("{s:s, s:i}", "path", route ? route->path : "",
                         "status", (int)reply->status));
}
