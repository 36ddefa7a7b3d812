/* pack_open.c - finds the pack and loads it.
 * In: --pack, the environment, the working directory.  Out: a bot, or every
 * problem of the pack on stderr as file:line:column: message. */
#include "posix.h"

#include "pack_open.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* Where `make install` puts what the program reads. */
#ifndef BACKTALK_DATADIR
#define BACKTALK_DATADIR "/usr/local/share"
#endif

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

const char *pack_folder(const char *said)
{
    if (said) return said;
    const char *environment = getenv("BACKTALK_PACK");
    if (environment && *environment) return environment;
    if (is_folder("intents") && is_folder("responses")) return ".";
    return BACKTALK_DATADIR "/backtalk/pack";
}

void pack_print_problem(const talk_error *problem)
{
    if (*problem->source) fprintf(stderr, "%s:", problem->source);
    if (problem->line) {
        fprintf(stderr, "%lu:%lu:", (unsigned long)problem->line,
                (unsigned long)problem->column);
    }
    if (*problem->source) putc(' ', stderr);
    fprintf(stderr, "%s\n", problem->message);
}

static void report(void *payload, const talk_error *problem)
{
    size_t *count = payload;
    ++*count;
    pack_print_problem(problem);
}

static uint64_t now(void *payload)
{
    (void)payload;
    time_t seconds = time(NULL);
    return seconds > 0 ? (uint64_t)seconds : 0;
}

talk_bot *pack_load(const char *said, talk_options *options, size_t *problems)
{
    talk_bot *bot = NULL;
    talk_error err = {0};
    const char *folder = pack_folder(said);
    if (!options->report_fn) {
        options->report_fn = report;
        options->report_payload = problems;
    }
    *problems = 0;
    if (talk_bot_load(folder, options, &bot, &err) == TALK_OK) return bot;
    if (*problems == 0) {
        pack_print_problem(&err);
        *problems = 1;
    }
    fprintf(stderr,
            "backtalk: the pack in '%s' does not load: %zu problem%s\n",
            folder, *problems, *problems == 1 ? "" : "s");
    return NULL;
}

void pack_options(talk_options *options, uint32_t seed)
{
    talk_options_init(options, sizeof *options);
    options->clock_fn = now;
    options->seed = seed;
}

talk_bot *pack_open(const char *said, uint32_t seed, size_t *problems)
{
    talk_options options;
    pack_options(&options, seed);
    return pack_load(said, &options, problems);
}
