/* http_server.c - the wall round libmicrohttpd.
 * In: a listening socket, a handler.  Out: requests as a whole, with bounds
 * on size, number and time.  Knows nothing of what is asked. */
#include "posix.h"

#include "http_server.h"

#include <stdio.h>

void http_reply_header(struct http_reply *reply, const char *name,
                       const char *value)
{
    if (reply->header_count == REPLY_HEADERS_MAX) return;
    struct http_reply_header *header = &reply->headers[reply->header_count++];
    header->name = name;
    (void)snprintf(header->value, sizeof header->value, "%s", value);
}

#ifdef HAVE_MICROHTTPD

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* For the head of a request; what is above is refused by the library. */
enum { HEAD_MAX_BYTES = 32 * 1024, BODY_FIRST_BYTES = 1024 };

/* Of a connection: by when its next request must be there. */
struct deadline {
    atomic_uint_fast64_t at; /* seconds of the monotonic clock */
    int socket;
    struct deadline *before, *behind;
};

struct http_server {
    struct http_options options;
    struct MHD_Daemon *daemon;
    atomic_uint active; /* requests that have begun */
    atomic_bool draining;
    pthread_mutex_t lock;
    struct deadline *deadlines;
};

/* A request while it comes in. */
struct incoming {
    char *body; /* NULL when it is too long */
    size_t capacity;
    size_t seen; /* bytes of the body so far */
};

static uint64_t seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec;
}

bool http_is_there(void)
{
    return true;
}

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(
        (struct MHD_Connection *)(uintptr_t)request->connection,
        MHD_HEADER_KIND, name);
}

/* The library's own look-up takes "?TOKEN=" for "?token=", too. */
struct search {
    const char *name, *value;
};

static enum MHD_Result look(void *payload, enum MHD_ValueKind kind,
                            const char *key, const char *value)
{
    struct search *search = payload;
    (void)kind;
    if (strcmp(key, search->name) != 0) return MHD_YES;
    search->value = value;
    return MHD_NO;
}

const char *http_query(const struct http_request *request, const char *name)
{
    struct search search = {.name = name};
    MHD_get_connection_values(
        (struct MHD_Connection *)(uintptr_t)request->connection,
        MHD_GET_ARGUMENT_KIND, look, &search);
    return search.value;
}

/* ---- The body ---- */

static bool announces_too_much(const struct http_request *request, size_t most)
{
    const char *said = http_header(request, "Content-Length");
    return said && strtoull(said, NULL, 10) > most;
}

/* false: no memory, or it goes on and on. */
static bool take_piece(struct incoming *incoming, const char *piece,
                       size_t size, size_t most)
{
    size_t length = incoming->seen;
    incoming->seen += size;
    if (incoming->seen > most) {
        free(incoming->body);
        incoming->body = NULL;
        return incoming->seen / 2 < most;
    }
    if (incoming->seen > incoming->capacity) {
        size_t capacity =
            incoming->capacity ? incoming->capacity * 2 : BODY_FIRST_BYTES;
        if (capacity < incoming->seen) capacity = incoming->seen;
        char *body = realloc(incoming->body, capacity);
        if (!body) return false;
        incoming->body = body;
        incoming->capacity = capacity;
    }
    memcpy(incoming->body + length, piece, size);
    return true;
}

/* ---- The answer ---- */

static enum MHD_Result send_reply(const struct http_server *server,
                                  struct MHD_Connection *connection,
                                  struct http_reply *reply)
{
    /* The library writes to no body, and wants one that could be. */
    void *body = reply->fixed_body ? (void *)(uintptr_t)reply->fixed_body
                                   : (void *)reply->body;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        reply->length, body,
        reply->fixed_body || !body ? MHD_RESPMEM_PERSISTENT
                                   : MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(reply->body);
        return MHD_NO;
    }
    bool fine = !reply->type ||
                MHD_add_response_header(response, "Content-Type", reply->type);
    for (size_t i = 0; i < reply->header_count; i++) {
        fine =
            fine && MHD_add_response_header(response, reply->headers[i].name,
                                            reply->headers[i].value);
    }
    if (atomic_load(&server->draining)) {
        fine =
            fine && MHD_add_response_header(response, "Connection", "close");
    }
    enum MHD_Result result =
        fine ? MHD_queue_response(connection, reply->status, response)
             : MHD_NO;
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(struct http_server *server,
                              const struct http_request *request)
{
    struct http_reply reply = {.status = MHD_HTTP_INTERNAL_SERVER_ERROR};
    struct MHD_Connection *connection =
        (struct MHD_Connection *)(uintptr_t)request->connection;
    server->options.handler(server->options.payload, request, &reply);
    return send_reply(server, connection, &reply);
}

/* Called when the head of a request is there, for each piece of its body, and
 * once more behind the last. */
static enum MHD_Result handle(void *payload, struct MHD_Connection *connection,
                              const char *path, const char *method,
                              const char *version, const char *piece,
                              size_t *piece_size, void **own)
{
    struct http_server *server = payload;
    struct incoming *incoming = *own;
    struct http_request request = {
        .method = method, .path = path, .connection = connection};
    (void)version;
    if (!incoming) {
        incoming = calloc(1, sizeof *incoming);
        if (!incoming) return MHD_NO;
        *own = incoming;
        atomic_fetch_add(&server->active, 1);
        if (!announces_too_much(&request, server->options.body_max)) {
            return MHD_YES;
        }
        request.body_too_long = true;
        return answer(server, &request);
    }
    size_t most = server->options.body_max;
    if (*piece_size) {
        size_t size = *piece_size;
        *piece_size = 0;
        return take_piece(incoming, piece, size, most) ? MHD_YES : MHD_NO;
    }
    request.body_too_long = incoming->seen > most;
    request.body = incoming->body ? incoming->body : "";
    request.body_length = incoming->body ? incoming->seen : 0;
    return answer(server, &request);
}

/* ---- Time ---- */

/* The library ends connections on which nothing comes; a byte now and then
 * does not keep one open for ever. */
static void set_deadline(const struct http_server *server,
                         struct deadline *deadline)
{
    atomic_store(&deadline->at,
                 seconds_now() + 2 * (uint64_t)server->options.seconds);
}

static void complete(void *payload, struct MHD_Connection *connection,
                     void **own, enum MHD_RequestTerminationCode why)
{
    struct http_server *server = payload;
    struct incoming *incoming = *own;
    (void)why;
    if (!incoming) return;
    free(incoming->body);
    free(incoming);
    *own = NULL;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct deadline *deadline = info ? info->socket_context : NULL;
    if (deadline) set_deadline(server, deadline);
    atomic_fetch_sub(&server->active, 1);
}

static void add_deadline(struct http_server *server, int socket, void **out)
{
    struct deadline *deadline = calloc(1, sizeof *deadline);
    if (!deadline) return; /* the library's own time-out is left */
    deadline->socket = socket;
    set_deadline(server, deadline);
    pthread_mutex_lock(&server->lock);
    deadline->behind = server->deadlines;
    if (deadline->behind) deadline->behind->before = deadline;
    server->deadlines = deadline;
    pthread_mutex_unlock(&server->lock);
    *out = deadline;
}

static void remove_deadline(struct http_server *server,
                            struct deadline *deadline)
{
    pthread_mutex_lock(&server->lock);
    *(deadline->before ? &deadline->before->behind : &server->deadlines) =
        deadline->behind;
    if (deadline->behind) deadline->behind->before = deadline->before;
    pthread_mutex_unlock(&server->lock);
    free(deadline);
}

static void note_connection(void *payload, struct MHD_Connection *connection,
                            void **own,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = payload;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(
            connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (info) add_deadline(server, info->connect_fd, own);
    } else if (*own) {
        remove_deadline(server, *own);
        *own = NULL;
    }
}

void http_server_tick(struct http_server *server)
{
    uint64_t now = seconds_now();
    pthread_mutex_lock(&server->lock);
    for (struct deadline *at = server->deadlines; at; at = at->behind) {
        /* The library closes it when it sees that. */
        if (atomic_load(&at->at) < now) shutdown(at->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&server->lock);
}

/* ---- The server ---- */

struct http_server *http_server_start(const struct http_options *options)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC;
    flags |= MHD_is_feature_supported(MHD_FEATURE_EPOLL) ? MHD_USE_EPOLL
                                                         : MHD_USE_POLL;
    struct http_server *server = calloc(1, sizeof *server);
    if (!server) {
        close(options->socket);
        return NULL;
    }
    server->options = *options;
    pthread_mutex_init(&server->lock, NULL);
    /* A pool of one is none. */
    unsigned pool = options->threads > 1 ? options->threads : 0;
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET,
        options->socket, MHD_OPTION_THREAD_POOL_SIZE, pool,
        MHD_OPTION_CONNECTION_LIMIT, options->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, options->seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_MAX_BYTES,
        MHD_OPTION_NOTIFY_COMPLETED, complete, server,
        MHD_OPTION_NOTIFY_CONNECTION, note_connection, server, MHD_OPTION_END);
    if (server->daemon) return server;
    close(options->socket);
    pthread_mutex_destroy(&server->lock);
    free(server);
    return NULL;
}

void http_server_drain(struct http_server *server, unsigned seconds)
{
    static const struct timespec pause = {.tv_nsec = 10000000}; /* 10 ms */
    uint64_t end = seconds_now() + seconds;
    atomic_store(&server->draining, true);
    MHD_socket socket = MHD_quiesce_daemon(server->daemon);
    if (socket != MHD_INVALID_SOCKET) close(socket);
    while (atomic_load(&server->active) > 0 && seconds_now() < end) {
        nanosleep(&pause, NULL);
    }
}

void http_server_stop(struct http_server *server)
{
    MHD_stop_daemon(server->daemon);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

#else

#include <unistd.h>

bool http_is_there(void)
{
    return false;
}

const char *http_header(const struct http_request *request, const char *name)
{
    (void)request;
    (void)name;
    return NULL;
}

const char *http_query(const struct http_request *request, const char *name)
{
    (void)request;
    (void)name;
    return NULL;
}

struct http_server *http_server_start(const struct http_options *options)
{
    close(options->socket);
    return NULL;
}

void http_server_tick(struct http_server *server)
{
    (void)server;
}

void http_server_drain(struct http_server *server, unsigned seconds)
{
    (void)server;
    (void)seconds;
}

void http_server_stop(struct http_server *server)
{
    (void)server;
}

#endif
