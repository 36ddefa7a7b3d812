/* main.c - the program: command line, pack, command, exit code. */
#include "posix.h"

#include "chat.h"
#include "check_run.h"
#include "exits.h"
#include "line_input.h"
#include "mutate_run.h"
#include "once.h"
#include "options.h"
#include "pack_open.h"
#include "proof_run.h"
#include "serve_http.h"
#include "serve_stdio.h"
#include "store.h"
#include "test_run.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run_with_pack(const struct settings *settings)
{
    size_t problems;
    talk_bot *bot = pack_open(settings->pack, settings->seed, &problems);
    if (!bot) return EXIT_PACK;
    int code = settings->command == COMMAND_SERVE  ? serve_stdio_run(bot)
               : settings->command == COMMAND_ONCE ? once_run(bot, settings)
                                                   : chat_run(bot, settings);
    talk_bot_free(bot);
    return code;
}

/* What can be left out of a build says whether it is in. */
static void print_version(void)
{
    printf("backtalk %s\n", talk_version());
    printf("with%s HTTP, with%s SQLite, with%s Redis, with%s readline\n",
           serve_http_is_there() ? "" : "out",
           store_sqlite_is_there() ? "" : "out",
           store_redis_is_there() ? "" : "out",
           line_input_has_readline() ? "" : "out");
}

static int run(const struct settings *settings)
{
    switch (settings->command) {
    case COMMAND_HELP: options_help(stdout); return EXIT_FINE;
    case COMMAND_VERSION: print_version(); return EXIT_FINE;
    case COMMAND_TEST: return test_run(settings);
    case COMMAND_CHECK:
        if (settings->mutate) return mutate_run(settings);
        return settings->proof ? proof_run(settings) : check_run(settings);
    case COMMAND_SERVE:
        if (settings->http) return serve_http_run(settings);
        break;
    case COMMAND_CHAT:
    case COMMAND_ONCE: break;
    }
    return run_with_pack(settings);
}

/* Of a pipe: nobody reads it any more. */
static bool reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* What was printed may still be on its way: a full disk shows here. Who has
 * read enough, such as head(1), wants no complaint. */
static int finish_output(int code)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    if (reader_left()) return EXIT_INOUT;
    if (errno) {
        fprintf(stderr, "backtalk: cannot write the output: %s\n",
                strerror(errno));
    } else {
        fputs("backtalk: cannot write the output\n", stderr);
    }
    return EXIT_INOUT;
}

int main(int argc, char **argv)
{
    struct settings settings;
    int code = EXIT_USAGE;
    /* For readline and for the width of characters. */
    setlocale(LC_CTYPE, "");
    /* A reader that left is an error of writing like any other. */
    signal(SIGPIPE, SIG_IGN);
    if (options_read(argc, argv, &settings)) code = run(&settings);
    options_clear(&settings);
    return finish_output(code);
}
