/* host.h - a program that talks with a bot, for tests. Knows only the public
 * header; what should not fail ends the test. */
#ifndef TALK_TESTS_HOST_H
#define TALK_TESTS_HOST_H

#include "backtalk.h"
#include "disk.h"

struct host {
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
};

void host_open(struct host *host, const char *pack,
               const talk_options *options);
/* The same, of the minimal pack with the rules of another folder beside it. */
void host_open_over(struct host *host, const char *rules,
                    const talk_options *options);
void host_close(struct host *host);

/* Set-up and tear-down of a test: *state is a host of the minimal pack. */
int open_minimal(void **state);
int close_minimal(void **state);
#define WITH_HOST(test) \
    cmocka_unit_test_setup_teardown(test, open_minimal, close_minimal)

/* Says it and checks the texts of all messages, with " | " between. */
#define EXPECT(host, said, wanted) \
    host_expect(host, said, wanted, __FILE__, __LINE__)
const talk_turn *host_expect(const struct host *host, const char *said,
                             const char *wanted, const char *file, int line);

/* The turn is borrowed until the next one. */
const talk_turn *host_say(const struct host *host, const char *text);
const talk_turn *host_say_bytes(const struct host *host, const char *text,
                                size_t length);

/* What the library writes, put together. */
struct written {
    char *text; /* ends in a NUL byte */
    size_t length;
    size_t pieces;
    size_t pieces_max; /* the callback gives up behind them */
};
/* A talk_write_fn; the payload is a struct written. */
bool write_down(void *payload, const char *text, size_t length);

/* The JSON of talk_session_state and of talk_turn_explain; the caller frees
 * it. */
char *host_state(const struct host *host);
char *turn_why(const talk_turn *turn);

/* The names of the responses of a turn, with blanks between; the caller
 * frees it. */
char *turn_responses(const talk_turn *turn);

#endif
