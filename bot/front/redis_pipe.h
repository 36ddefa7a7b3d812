/* redis_pipe.h - the wall round hiredis: one connection that many threads ask
 * through, and that comes back by itself. */
#ifndef FRONT_REDIS_PIPE_H
#define FRONT_REDIS_PIPE_H

#include "batch.h"
#include "store_url.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum redis_result {
    REDIS_FINE,
    REDIS_REFUSED, /* text says why */
    REDIS_AWAY     /* nobody answers; it may or may not have been done */
};

enum { REDIS_WORDS_MAX = 12, REDIS_TEXTS_MAX = 3 };

/* A command and its answer. What is asked is asked again when the connection
 * is lost before the answer came: it must be the same done once or twice. */
struct redis_ask {
    struct batch_item item; /* first */
    const char *words[REDIS_WORDS_MAX];
    size_t lengths[REDIS_WORDS_MAX];
    int count;

    enum redis_result result;
    int64_t number;
    /* A string, an error, or the first strings of a list; NULL: nil. Borrowed
     * from the reply. */
    const char *texts[REDIS_TEXTS_MAX];
    size_t text_lengths[REDIS_TEXTS_MAX];
    void *reply;
};

/* Adds a word to the command; the bytes are borrowed until it is answered. */
void redis_ask_add(struct redis_ask *ask, const char *text, size_t length);
void redis_ask_word(struct redis_ask *ask, const char *word);
void redis_ask_clear(struct redis_ask *ask);

struct redis_pipe;

/* Called on each new connection; false: it is of no use, and why says why. */
typedef bool (*redis_begin)(struct redis_pipe *pipe, char *why, size_t size);
/* Connects. NULL: stderr says why not. password: NULL, or copied. */
struct redis_pipe *redis_pipe_new(const char *where, const char *password,
                                  redis_begin begin, FILE *log);
void redis_pipe_free(struct redis_pipe *pipe);
/* What to do, to be put behind what Redis says when it refuses; or "". */
const char *redis_advice(const char *text);
/* Any thread: comes back with the answer. */
void redis_pipe_ask(struct redis_pipe *pipe, struct redis_ask *ask);
/* The same, for `begin` alone. */
void redis_pipe_ask_now(struct redis_pipe *pipe, struct redis_ask *ask);

#endif
