/* options.h - the command line as one struct. */
#ifndef FRONT_OPTIONS_H
#define FRONT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What the program is asked to do; bits, so that an option can say where it
 * belongs. */
enum command {
    COMMAND_CHAT = 1,
    COMMAND_ONCE = 2, /* -e TEXT */
    COMMAND_SERVE = 4,
    COMMAND_HELP = 8,
    COMMAND_VERSION = 16,
    COMMAND_TEST = 32,
    COMMAND_CHECK = 64
};

/* What a server tells of itself. */
enum log_choice {
    LOG_EVENTS, /* that it starts, ends, reloads, fails */
    LOG_TURNS,  /* and each turn, but not what is said */
    LOG_TEXT    /* and that, too */
};

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct settings {
    enum command command;
    const char *pack;   /* NULL: not said; borrowed from argv, as all text */
    const char **texts; /* of -e, in order */
    size_t text_count;
    enum color_choice color;
    uint32_t seed;
    bool json, history, stdio;

    /* test, and check --mutate */
    const char **paths;
    size_t path_count;
    const char *filter, *junit; /* NULL: not said */
    const char **coverage;      /* files; "-" is none */
    size_t coverage_count;
    double min_coverage;   /* percent; below 0: not said */
    uint32_t jobs, repeat; /* 0: not said */
    bool tap, quiet, fail_fast, list, record, accept, dry_run, watch;

    /* check */
    const char *sarif, *graph, *report; /* files; NULL: not said */
    bool all, proof, mutate;
    const char *transcripts; /* of the proof: a folder; NULL: not said */
    uint32_t findings;       /* 0: not said */

    /* serve */
    const char *http, *token_file;           /* NULL: not said */
    const char *store, *store_password_file; /* likewise */
    const char **cors;                       /* origins */
    size_t cors_count;
    uint32_t rate;     /* messages a minute of one sender; 0: any */
    uint32_t sessions; /* at most */
    int64_t expire;    /* seconds */
    uint32_t timeout;  /* seconds */
    enum log_choice log;
};

/* false: the command line makes no sense, and stderr says why. Clear the
 * settings in either case. */
bool options_read(int argc, char **argv, struct settings *settings);
void options_clear(struct settings *settings);

void options_help(FILE *out);

#endif
