/* http_listen.c - an address in words to a socket that listens there.
 * In: [HOST:]PORT.  Out: a socket, and the URL by which it is reached. */
#include "posix.h"

#include "http_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WAITING_MAX = 511, HOST_SIZE = 256, PORT_SIZE = 8 };

struct address {
    char host[HOST_SIZE];
    char port[PORT_SIZE];
};

static bool is_port(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length < 6 && strspn(text, "0123456789") == length &&
           atoi(text) <= 65535;
}

static bool copy(char *out, size_t size, const char *text, size_t length)
{
    if (length == 0 || length >= size) return false;
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

static bool cut(const char *text, struct address *out)
{
    const char *colon = strrchr(text, ':');
    const char *port = colon ? colon + 1 : text;
    if (!is_port(port) || !copy(out->port, PORT_SIZE, port, strlen(port))) {
        return false;
    }
    if (!colon) return copy(out->host, HOST_SIZE, "127.0.0.1", 9);
    const char *host = text, *end = colon;
    if (*host == '[' && end > host && end[-1] == ']') {
        host++;
        end--;
    } else if (memchr(host, ':', (size_t)(end - host))) {
        return false; /* "::1:80" could be read in two ways */
    }
    return copy(out->host, HOST_SIZE, host, (size_t)(end - host));
}

static bool is_loopback(const struct sockaddr_storage *bound)
{
    if (bound->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)bound;
        return ntohl(four->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)bound;
    return bound->ss_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

/* Where it has come to listen: the port may have been 0. */
static bool describe(struct listening *out)
{
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    char host[HOST_SIZE], port[PORT_SIZE];
    if (getsockname(out->socket, (struct sockaddr *)&bound, &size) != 0 ||
        getnameinfo((struct sockaddr *)&bound, size, host, sizeof host, port,
                    sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        return false;
    }
    bool six = strchr(host, ':') != NULL;
    (void)snprintf(out->url, sizeof out->url, "http://%s%s%s:%s/",
                   six ? "[" : "", host, six ? "]" : "", port);
    out->loopback = is_loopback(&bound);
    return true;
}

/* -1: errno says why not. */
static int listen_at(const struct addrinfo *place)
{
    int on = 1;
    int made =
        socket(place->ai_family, place->ai_socktype, place->ai_protocol);
    if (made < 0) return -1;
    (void)setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fcntl(made, F_SETFD, FD_CLOEXEC) == 0 &&
        fcntl(made, F_SETFL, O_NONBLOCK) == 0 &&
        bind(made, place->ai_addr, place->ai_addrlen) == 0 &&
        listen(made, WAITING_MAX) == 0) {
        return made;
    }
    int why = errno;
    close(made);
    errno = why;
    return -1;
}

enum listen_result http_listen(const char *address, struct listening *out)
{
    struct address parts;
    struct addrinfo *places = NULL;
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    *out = (struct listening){.socket = -1};
    if (!cut(address, &parts)) {
        fprintf(stderr,
                "backtalk: option '--http': '%.200s' is not PORT, HOST:PORT "
                "or [ADDRESS]:PORT\nTry 'backtalk --help'.\n",
                address);
        return LISTEN_MISUSED;
    }
    int failed = getaddrinfo(parts.host, parts.port, &hints, &places);
    if (failed) {
        fprintf(stderr, "backtalk: %s: %s\n", address, gai_strerror(failed));
        return LISTEN_FAILED;
    }
    for (const struct addrinfo *place = places; place && out->socket < 0;
         place = place->ai_next) {
        out->socket = listen_at(place);
    }
    if (out->socket >= 0 && !describe(out)) {
        close(out->socket);
        out->socket = -1;
    }
    if (out->socket < 0) {
        fprintf(stderr, "backtalk: %s: %s\n", address, strerror(errno));
    }
    freeaddrinfo(places);
    return out->socket < 0 ? LISTEN_FAILED : LISTEN_FINE;
}
