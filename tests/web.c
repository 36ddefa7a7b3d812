/* web.c - programs that a test starts, and how it talks with them over HTTP.
 * In: command lines, requests.  Out: their output, answers. */
#include "web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include "disk.h"

enum {
    WAIT_SECONDS = 60,
    WAIT_STEP_MS = 10,
    ANSWER_SECONDS = 20,
    HEAD_SIZE = 4096
};

/* ---- Programs ---- */

bool program_has(const char *what)
{
    char command[100];
    (void)snprintf(command, sizeof command,
                   "\"$BACKTALK\" --version | grep -q 'with %s'", what);
    return getenv("BACKTALK") && system(command) == 0;
}

static void become(const char *const *words, const char *out)
{
    int file = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int nothing = open("/dev/null", O_RDONLY);
    if (file < 0 || nothing < 0) _exit(127);
    dup2(nothing, STDIN_FILENO);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
#if defined(__linux__)
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    execvp(words[0], (char *const *)words);
    _exit(127);
}

pid_t program_start(const char *const *words, const char *out)
{
    /* What the one before it has said is not said by this one. */
    write_whole_file(out, "", 0);
    pid_t program = fork();
    if (program < 0) give_up("fork", words[0]);
    if (program == 0) become(words, out);
    return program;
}

void program_kill(pid_t program)
{
    kill(program, SIGKILL);
    waitpid(program, NULL, 0);
}

bool program_said(const char *out, const char *text, char *rest, size_t size)
{
    struct timespec step = {.tv_nsec = WAIT_STEP_MS * 1000000L};
    for (int ms = 0; ms < WAIT_SECONDS * 1000; ms += WAIT_STEP_MS) {
        size_t length;
        char *said = read_whole_file(out, &length);
        const char *at = strstr(said, text);
        const char *end = at ? strchr(at, '\n') : NULL;
        if (end) {
            at += strlen(text);
            (void)snprintf(rest, size, "%.*s", (int)(end - at), at);
        }
        free(said);
        if (end) return true;
        nanosleep(&step, NULL);
    }
    return false;
}

/* ---- HTTP ---- */

void web_close(struct web *web)
{
    if (web->socket >= 0) close(web->socket);
    web->socket = -1;
}

static bool dial(struct web *web)
{
    struct timeval wait = {.tv_sec = ANSWER_SECONDS};
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(web->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    web->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (web->socket < 0) return false;
    setsockopt(web->socket, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(web->socket, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    setsockopt(web->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(web->socket, (struct sockaddr *)&address, sizeof address) ==
        0) {
        return true;
    }
    web_close(web);
    return false;
}

static bool send_all(struct web *web, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(web->socket, text, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        text += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool web_send(struct web *web, const char *path, const char *json)
{
    if (web->socket < 0 && !dial(web)) return false;
    size_t size = strlen(path) + strlen(json) + 200;
    char *request = take(size);
    int length = snprintf(request, size,
                          "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Content-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          path, strlen(json), json);
    bool fine = send_all(web, request, (size_t)length);
    free(request);
    if (!fine) web_close(web);
    return fine;
}

/* Reads until the buffer is full or `enough` is met; false: it ended. */
static bool read_to(struct web *web, char *buffer, size_t size, size_t *length,
                    bool (*enough)(const char *buffer))
{
    while (*length < size - 1 && !(enough && enough(buffer))) {
        ssize_t got =
            recv(web->socket, buffer + *length, size - 1 - *length, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        *length += (size_t)got;
        buffer[*length] = '\0';
    }
    return true;
}

static bool has_head(const char *buffer)
{
    return strstr(buffer, "\r\n\r\n") != NULL;
}

static size_t body_length(const char *head)
{
    static const char name[] = "\r\nContent-Length:";
    for (; *head; head++) {
        if (strncasecmp(head, name, sizeof name - 1) == 0) {
            return strtoul(head + sizeof name - 1, NULL, 10);
        }
    }
    return 0;
}

int web_receive(struct web *web, char **body)
{
    char head[HEAD_SIZE] = "";
    size_t had = 0;
    *body = NULL;
    if (!read_to(web, head, sizeof head, &had, has_head) || !has_head(head)) {
        web_close(web);
        return 0;
    }
    char *start = strstr(head, "\r\n\r\n") + 4;
    size_t length = body_length(head), got = had - (size_t)(start - head);
    char *text = take(length + 1);
    memcpy(text, start, got < length ? got : length);
    text[got] = '\0';
    if (!read_to(web, text, length + 1, &got, NULL)) {
        free(text);
        web_close(web);
        return 0;
    }
    *body = text;
    return atoi(head + strlen("HTTP/1.1 "));
}
