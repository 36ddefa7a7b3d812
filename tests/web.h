/* web.h - programs that a test starts, and how it talks with them over HTTP.
 * Knows nothing of the library. */
#ifndef TALK_TESTS_WEB_H
#define TALK_TESTS_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Whether $BACKTALK was built with it: "HTTP", "SQLite", "Redis". */
bool program_has(const char *what);
/* Starts a program, with what it writes in the file `out`; ends the test
 * program when there is none. It is killed with the test program. */
pid_t program_start(const char *const *words, const char *out);
/* SIGKILL, and the end of it. */
void program_kill(pid_t program);
/* Waits at most 60 seconds until the file has the text; returns what stands
 * behind it, at most `size` - 1 bytes of the same line. false: it never has.
 */
bool program_said(const char *out, const char *text, char *rest, size_t size);

/* A connection that stays open from one request to the next. */
struct web {
    uint16_t port; /* of this machine */
    int socket;    /* below 0: none */
};

/* false: it is broken; the next one makes a new one. */
bool web_send(struct web *web, const char *path, const char *json);
/* The status of the answer; 0: none came, and the connection is closed. The
 * caller frees the body, which is NULL when there is no answer. */
int web_receive(struct web *web, char **body);
void web_close(struct web *web);

#endif
