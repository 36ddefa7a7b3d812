/* serve_stdio.c - backtalk serve --stdio.
 * In: calls on stdin, one a line.  Out: answers on stdout, one a line, in the
 * order of the calls.  No line ends the process; only the end of the input
 * does, or an output that nobody takes. */
#include "serve_stdio.h"

#include "exits.h"
#include "line_reader.h"
#include "rpc.h"

#include <errno.h>
#include <string.h>

/* A message of 64 KiB takes at most six times that in JSON ("\u0000"). */
enum { CALL_MAX_BYTES = 1024 * 1024 };

/* Said when there is no memory to build an answer. */
static const char last_words[] =
    "{\"jsonrpc\":\"2.0\",\"id\":null,"
    "\"error\":{\"code\":-32001,\"message\":\"no memory\"}}";

/* false: it could not be written. */
static bool print_answer(const struct json_out *answer)
{
    fputs(answer->failed ? last_words : answer->text, stdout);
    putc('\n', stdout);
    return fflush(stdout) == 0 && !ferror(stdout);
}

static bool is_blank(const struct line_reader *line)
{
    return strspn(line->text, " \t\r") == line->length;
}

/* false: the answer could not be written. */
static bool take(struct rpc_server *server, const struct line_reader *line)
{
    struct json_out answer = {0};
    if (is_blank(line)) return true; /* a keep-alive, or a file's last line */
    rpc_answer(server, line->text, line->length, &answer);
    bool nothing = answer.length == 0 && !answer.failed;
    bool fine = nothing || print_answer(&answer);
    json_out_clear(&answer);
    return fine;
}

static bool refuse_long(void)
{
    struct rpc_error error;
    struct json_out answer = {0};
    rpc_fail(&error, RPC_LIMIT, "a line of more than %d bytes; it was skipped",
             CALL_MAX_BYTES);
    rpc_refuse(&error, &answer);
    bool fine = print_answer(&answer);
    json_out_clear(&answer);
    return fine;
}

static int serve(struct rpc_server *server, struct line_reader *reader)
{
    for (;;) {
        bool fine = true;
        switch (line_reader_next(reader)) {
        case LINE_READ: fine = take(server, reader); break;
        case LINE_TOO_LONG: fine = refuse_long(); break;
        case LINE_CANCELLED: break;
        case LINE_END: return EXIT_FINE;
        case LINE_FAILED:
            fprintf(stderr, "backtalk: cannot read the input: %s\n",
                    strerror(errno));
            return EXIT_INOUT;
        }
        if (!fine) return EXIT_INOUT; /* main says why */
    }
}

int serve_stdio_run(const talk_bot *bot)
{
    struct rpc_server server;
    struct line_reader reader;
    talk_error err = {0};
    int code = EXIT_INOUT;
    line_reader_init(&reader, stdin, CALL_MAX_BYTES);
    if (rpc_server_init(&server, bot, &err) == TALK_OK) {
        code = serve(&server, &reader);
    } else {
        fprintf(stderr, "backtalk: %s\n", err.message);
    }
    rpc_server_clear(&server);
    line_reader_clear(&reader);
    return code;
}
