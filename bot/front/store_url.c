/* store_url.c - where a Redis is, as a user writes it.
 * In: redis://anna@[::1]:6379/2, unix:/run/redis.sock?db=2.  Out: its parts,
 * or what is wrong with them. */
#include "posix.h"

#include "store_url.h"

#include <stdlib.h>
#include <string.h>

enum { REDIS_PORT = 6379, PORT_MAX = 65535, DATABASE_MAX = 65535 };

static const char *const schemes[] = {"redis://", "rediss://", "unix:"};
enum { REDIS, REDISS, UNIX, SCHEMES };

static int scheme_of(const char *text)
{
    int scheme = 0;
    while (scheme < SCHEMES &&
           strncmp(text, schemes[scheme], strlen(schemes[scheme])) != 0) {
        scheme++;
    }
    return scheme;
}

bool store_url_is(const char *text)
{
    return scheme_of(text) < SCHEMES;
}

/* A piece of text, or false: it is empty or does not fit. */
static bool copy(char *out, size_t size, const char *from, const char *to)
{
    size_t length = (size_t)(to - from);
    if (length == 0 || length >= size) return false;
    memcpy(out, from, length);
    out[length] = '\0';
    return true;
}

static bool read_number(const char *from, const char *to, int most, int *out)
{
    *out = 0;
    for (const char *at = from; at < to; at++) {
        if (*at < '0' || *at > '9') return false;
        *out = *out * 10 + (*at - '0');
        if (*out > most) return false;
    }
    return from < to;
}

static const char *read_socket(const char *text, struct store_url *url)
{
    const char *end = strchr(text, '?');
    if (!copy(url->path, sizeof url->path, text,
              end ? end : text + strlen(text))) {
        return "unix: wants the path of a socket, of at most 107 bytes";
    }
    if (!end) return NULL;
    if (strncmp(end, "?db=", 4) != 0 ||
        !read_number(end + 4, end + strlen(end), DATABASE_MAX,
                     &url->database)) {
        return "behind the path only ?db=NUMBER may stand";
    }
    return NULL;
}

/* HOST or HOST:PORT or [ADDRESS]:PORT */
static const char *read_host(const char *from, const char *to,
                             struct store_url *url)
{
    const char *end, *port;
    if (*from == '[') {
        end = memchr(from, ']', (size_t)(to - from));
        if (!end) return "the address lacks its ]";
        port = end + 1;
        from++;
    } else {
        end = memchr(from, ':', (size_t)(to - from));
        if (!end) end = to;
        port = end;
    }
    if (!copy(url->host, sizeof url->host, from, end)) {
        return "the host is missing or too long";
    }
    if (port == to) return NULL;
    if (*port != ':' || !read_number(port + 1, to, PORT_MAX, &url->port) ||
        url->port == 0) {
        return "the port is no number from 1 to 65535";
    }
    return NULL;
}

static const char *read_redis(const char *text, struct store_url *url)
{
    const char *slash = strchr(text, '/');
    const char *end = slash ? slash : text + strlen(text);
    const char *at = memchr(text, '@', (size_t)(end - text));
    if (at && memchr(text, ':', (size_t)(at - text))) {
        return "what stands on a command line others can see: the password "
               "goes into BACKTALK_STORE_PASSWORD or --store-password-file";
    }
    if (at && !copy(url->user, sizeof url->user, text, at)) {
        return "the user is missing or too long";
    }
    if (slash && slash[1] &&
        !read_number(slash + 1, slash + strlen(slash), DATABASE_MAX,
                     &url->database)) {
        return "the database is no number";
    }
    return read_host(at ? at + 1 : text, end, url);
}

const char *store_url_read(const char *text, struct store_url *url)
{
    int scheme = scheme_of(text);
    *url = (struct store_url){.port = REDIS_PORT};
    if (scheme == UNIX) return read_socket(text + strlen("unix:"), url);
    if (scheme == REDIS) return read_redis(text + strlen("redis://"), url);
    return "there is no TLS here; a tunnel such as stunnel(8) has it";
}
