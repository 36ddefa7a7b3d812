/* options.c - the command line as one struct.
 * In: argc, argv.  Out: settings, or a message that names the option and
 * points to --help.  The tables below are also the help text. */
#include "posix.h"

#include "options.h"

#include "nearest.h"
#include "options_value.h"

#include <assert.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum {
    EVERYWHERE = COMMAND_CHAT | COMMAND_ONCE | COMMAND_TEST | COMMAND_SERVE |
                 COMMAND_CHECK
};

static const struct option_row {
    int key;
    const char *name;  /* NULL: has only a letter */
    const char *value; /* NULL: takes none */
    unsigned commands; /* where it makes sense */
    const char *help;
} rows[] = {
    {'e', NULL, "TEXT", COMMAND_ONCE,
     "say TEXT and print the answer; several make one conversation"},
    {KEY_JSON, "json", NULL, COMMAND_ONCE | COMMAND_TEST | COMMAND_CHECK,
     "print the turns of -e, the report of test or check, as JSON"},
    {KEY_STDIO, "stdio", NULL, COMMAND_SERVE,
     "with serve: calls on stdin, answers on stdout"},
    {KEY_PACK, "pack", "DIR", EVERYWHERE,
     "the folder with intents/ and responses/"},
    {KEY_SEED, "seed", "N", EVERYWHERE,
     "choose among wordings by N (0 to 4294967295; 0)"},
    {KEY_COLOR, "color", "WHEN",
     COMMAND_CHAT | COMMAND_ONCE | COMMAND_TEST | COMMAND_CHECK,
     "auto (at a terminal), always or never"},
    {KEY_HISTORY, "history", NULL, COMMAND_CHAT,
     "keep what was typed in a file; otherwise nothing is written"},
    {'q', "quiet", NULL, COMMAND_TEST,
     "print what failed and the sum, no line for each transcript"},
    {KEY_TAP, "tap", NULL, COMMAND_TEST, "print the report as TAP"},
    {KEY_JUNIT, "junit", "FILE", COMMAND_TEST,
     "write the report as JUnit XML, too"},
    {KEY_FILTER, "filter", "TEXT", COMMAND_TEST | COMMAND_CHECK,
     "only transcripts, or kinds of changes, with TEXT in the name"},
    {KEY_LIST, "list", NULL, COMMAND_TEST, "print paths and titles only"},
    {KEY_FAIL_FAST, "fail-fast", NULL, COMMAND_TEST,
     "stop at the first transcript that fails"},
    {KEY_REPEAT, "repeat", "N", COMMAND_TEST,
     "run all N times, with the seed one higher each time"},
    {'j', "jobs", "N", COMMAND_TEST | COMMAND_SERVE,
     "run on N threads (as many as there are processors)"},
    {KEY_RECORD, "record", NULL, COMMAND_TEST,
     "say the lines of stdin and write PATH, a new transcript"},
    {KEY_ACCEPT, "accept", NULL, COMMAND_TEST,
     "rewrite what failed to what came instead"},
    {KEY_DRY_RUN, "dry-run", NULL, COMMAND_TEST,
     "with --accept: print the changes, and write nothing"},
    {KEY_COVERAGE, "coverage", "FILE", COMMAND_TEST,
     "print what was used; FILE gets JSON, *.info lcov, - nothing"},
    {KEY_MIN_COVERAGE, "min-coverage", "N", COMMAND_TEST,
     "fail when less than N percent of the rules were used"},
    {KEY_WATCH, "watch", NULL, COMMAND_TEST,
     "run again whenever the pack or a transcript changes"},
    {KEY_ALL, "all", NULL, COMMAND_CHECK,
     "print all problems, or with --mutate try all changes"},
    {KEY_SARIF, "sarif", "FILE", COMMAND_CHECK,
     "write the problems to FILE as SARIF, for code hosts"},
    {KEY_REPORT, "report", "FILE", COMMAND_CHECK,
     "write FILE, a page of all that the pack knows and lacks"},
    {KEY_GRAPH, "graph", "FILE", COMMAND_CHECK,
     "draw the pack: FILE is for dot(1) of graphviz"},
    {KEY_PROOF, "proof", NULL, COMMAND_CHECK,
     "explore all conversations instead, and tell what was proved"},
    {KEY_MUTATE, "mutate", NULL, COMMAND_CHECK,
     "change the pack, and see what notices; PATH: transcripts"},
    {KEY_FINDINGS, "findings", "N", COMMAND_CHECK,
     "with --proof: at most N findings count at once (2)"},
    {KEY_TRANSCRIPTS, "transcripts", "DIR", COMMAND_CHECK,
     "with --proof: write what breaks a rule into DIR"},
    {KEY_HTTP, "http", "ADDR", COMMAND_SERVE,
     "with serve: Rasa's REST channel and a page at [HOST:]PORT"},
    {KEY_TOKEN_FILE, "token-file", "FILE", COMMAND_SERVE,
     "callers must know the first line of FILE"},
    {KEY_CORS, "cors", "ORIGIN", COMMAND_SERVE,
     "pages of ORIGIN may ask, too; * is any; can be repeated"},
    {KEY_STORE, "store", "WHERE", COMMAND_SERVE,
     "a file of SQLite, redis://HOST[:PORT][/DB], or memory"},
    {KEY_STORE_PASSWORD, "store-password-file", "FILE", COMMAND_SERVE,
     "the first line of FILE is the Redis's password"},
    {KEY_RATE, "rate", "N", COMMAND_SERVE,
     "messages a minute from one sender (60; 0 is any number)"},
    {KEY_SESSIONS, "sessions", "N", COMMAND_SERVE,
     "conversations that are kept at most (100000)"},
    {KEY_EXPIRE, "expire", "SPAN", COMMAND_SERVE,
     "forget conversations after SPAN without a word (24h)"},
    {KEY_TIMEOUT, "timeout", "SECONDS", COMMAND_SERVE,
     "hang up after SECONDS in which nothing comes (15)"},
    {KEY_LOG, "log", "WHAT", COMMAND_SERVE,
     "events (the default), turns, or text: what is said, too"},
    {'h', "help", NULL, EVERYWHERE, "print this and leave"},
    {'V', "version", NULL, EVERYWHERE, "print the version and leave"},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const struct command_row {
    const char *name;
    enum command command;
    const char *help;
} commands[] = {
    {"chat", COMMAND_CHAT,
     "talk; through a pipe one message a line (the default)"},
    {"test", COMMAND_TEST, "run the transcripts (*.convo.txt) below PATH..."},
    {"check", COMMAND_CHECK,
     "find what is wrong with the pack without a user"},
    {"serve", COMMAND_SERVE, "answer other programs: JSON-RPC 2.0, or HTTP"},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct help_row {
    const char *name;
    const char *help;
} environment[] = {
    {"BACKTALK_PACK", "the pack, where --pack is not given"},
    {"BACKTALK_TOKEN", "the token of serve --http, without --token-file"},
    {"BACKTALK_STORE_PASSWORD", "that of a Redis, without the option"},
    {"NO_COLOR", "no colour, where --color is not given"},
    {"XDG_STATE_HOME", "where files are kept (~/.local/state)"},
};

enum { HELP_COLUMN = 16 };

void options_help(FILE *out)
{
    fputs("usage: backtalk [chat] [OPTION...]\n"
          "       backtalk -e TEXT [-e TEXT...] [OPTION...]\n"
          "       backtalk test PATH... [OPTION...]\n"
          "       backtalk check [OPTION...]\n"
          "       backtalk check --mutate [PATH...] [OPTION...]\n"
          "       backtalk serve --stdio [OPTION...]\n"
          "       backtalk serve --http=ADDR [OPTION...]\n"
          "\nTalks about what its pack knows. The pack is the folder of\n"
          "--pack, else of $BACKTALK_PACK, else the working directory when\n"
          "it holds intents/ and responses/, else the installed one.\n"
          "\ncommands:\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-*s %s\n", HELP_COLUMN, commands[i].name,
                commands[i].help);
    }
    fputs("\noptions:\n", out);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char letter[8] = "", left[48];
        const char *name = rows[i].name, *value = rows[i].value;
        const char *join = name ? "=" : " ";
        if (rows[i].key < KEY_PACK) {
            snprintf(letter, sizeof letter, "-%c%s", rows[i].key,
                     name ? ", " : "");
        }
        snprintf(left, sizeof left, "%s%s%s%s%s", letter, name ? "--" : "",
                 name ? name : "", value ? join : "", value ? value : "");
        fprintf(out, "  %-*s %s\n", HELP_COLUMN, left, rows[i].help);
    }
    fputs("\nenvironment:\n", out);
    for (size_t i = 0; i < sizeof environment / sizeof *environment; i++) {
        fprintf(out, "  %-*s %s\n", HELP_COLUMN, environment[i].name,
                environment[i].help);
    }
    fputs("\nexit status: 0 all went well, 1 a transcript or a check failed,\n"
          "2 the command line makes no sense, 3 the pack does not load, 4 "
          "input\n"
          "or output failed.\n",
          out);
}

static const struct option_row *row_of(int key)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].key == key) return &rows[i];
    }
    return NULL;
}

/* The option as the user writes it: "--pack", "-e". */
static const char *shown(const struct option_row *row, char *out, size_t size)
{
    if (row->name) {
        snprintf(out, size, "--%s", row->name);
    } else {
        snprintf(out, size, "-%c", row->key);
    }
    return out;
}

/* getopt has two tables of its own; both are made from ours. letters has
 * room for ":", two for each row and a NUL byte. */
static void fill_getopt(struct option *longs, char *letters)
{
    *letters++ = ':'; /* tell a missing value from an unknown option */
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct option_row *row = &rows[i];
        int has_value = row->value ? required_argument : no_argument;
        if (row->name) {
            *longs++ = (struct option){row->name, has_value, NULL, row->key};
        }
        if (row->key < KEY_PACK) {
            *letters++ = (char)row->key;
            if (row->value) *letters++ = ':';
        }
    }
    *longs = (struct option){0};
    *letters = '\0';
}

/* What getopt answered '?' to: optopt is a letter, the key of an option that
 * takes no value, or 0 for a long name that is unknown or short of unique. */
static bool complain_unknown(const char *argument)
{
    char name[40], hint[80];
    if (optopt >= KEY_PACK || (optopt && strncmp(argument, "--", 2) == 0)) {
        const struct option_row *row = row_of(optopt);
        assert(row);
        return option_complain("option '%s' takes no value",
                               shown(row, name, sizeof name));
    }
    if (optopt) return option_complain("option '-%c' is unknown", optopt);
    size_t length = strcspn(argument + 2, "=");
    if (length >= sizeof name) {
        return option_complain("option '%s' is unknown", argument);
    }
    memcpy(name, argument + 2, length);
    name[length] = '\0';
    struct nearest near;
    nearest_init(&near, name);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].name) nearest_try(&near, rows[i].name);
    }
    return option_complain("option '--%s' is unknown%s", name,
                           nearest_hint(&near, "--", hint, sizeof hint));
}

static bool read_command(const char *word, struct settings *settings)
{
    struct nearest near;
    nearest_init(&near, word);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(word, commands[i].name) == 0) {
            settings->command = commands[i].command;
            return true;
        }
        nearest_try(&near, commands[i].name);
    }
    char hint[80];
    if (!near.name) {
        return option_complain(
            "command '%s' is unknown; to say something: -e TEXT", word);
    }
    return option_complain("command '%s' is unknown%s", word,
                           nearest_hint(&near, "", hint, sizeof hint));
}

/* "" unless it is one command that has a name. */
static const char *command_name(unsigned command)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i].command == command) return commands[i].name;
    }
    return "";
}

static bool check_test(const struct settings *settings)
{
    if (settings->record) {
        return settings->path_count < 2 ||
               option_complain("'%s' is one word too many",
                               settings->paths[1]);
    }
    if (settings->path_count == 0) {
        return option_complain(
            "test: say which transcripts: a file or a folder");
    }
    bool report = settings->tap || settings->json || settings->junit;
    if (settings->tap && settings->json) {
        return option_complain("option '--tap' does not go with '--json'");
    }
    if (settings->dry_run && !settings->accept) {
        return option_complain("option '--dry-run' goes with '--accept' only");
    }
    if (settings->watch && (settings->accept || settings->list)) {
        return option_complain(
            "option '--watch' does not go with '--accept' or "
            "'--list'");
    }
    if (settings->accept && (report || settings->repeat || settings->list)) {
        return option_complain("option '--accept' does not go with '--tap', "
                               "'--json', '--junit', '--repeat' or '--list'");
    }
    return true;
}

static bool check_check(const struct settings *settings)
{
    if (settings->path_count && !settings->mutate) {
        return option_complain("'%s' is one word too many",
                               settings->paths[0]);
    }
    if (settings->proof && settings->all && !settings->mutate) {
        return option_complain("option '--proof' does not go with '--all'");
    }
    if (settings->filter && !settings->mutate) {
        return option_complain("option '--filter' goes with '--mutate' only");
    }
    if (settings->mutate &&
        (settings->transcripts || settings->report || settings->graph)) {
        return option_complain("option '--mutate' does not go with "
                               "'--transcripts', '--report' or '--graph'");
    }
    if (settings->proof) return true;
    if (settings->findings) {
        return option_complain("option '--findings' goes with '--proof' only");
    }
    return !settings->transcripts ||
           option_complain("option '--transcripts' goes with '--proof' only");
}

/* used[i]: rows[i] was given. */
static bool check_serve(const struct settings *settings, const bool *used)
{
    if (!settings->stdio && !settings->http) {
        return option_complain("serve: say how it is reached: --stdio or "
                               "--http=ADDR");
    }
    if (settings->stdio && settings->http) {
        return option_complain("option '--stdio' does not go with '--http'");
    }
    for (size_t i = 0; i < ROW_COUNT && settings->stdio; i++) {
        char name[40];
        bool http = rows[i].key > KEY_HTTP || rows[i].key == 'j';
        if (used[i] && http) {
            return option_complain("option '%s' goes with '--http' only",
                                   shown(&rows[i], name, sizeof name));
        }
    }
    return true;
}

static bool check(const struct settings *settings, const bool *used)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char name[40];
        if (!used[i] || (rows[i].commands & settings->command)) continue;
        shown(&rows[i], name, sizeof name);
        if (rows[i].commands == COMMAND_ONCE && rows[i].key != 'e') {
            return option_complain("option '%s' goes with -e only", name);
        }
        const char *only = command_name(rows[i].commands);
        if (*only) {
            return option_complain("option '%s' goes with the command %s only",
                                   name, only);
        }
        only = command_name(settings->command);
        return option_complain("option '%s' does not go with %s", name,
                               *only ? only : "-e");
    }
    if (settings->command == COMMAND_SERVE) return check_serve(settings, used);
    if (settings->command == COMMAND_CHECK) return check_check(settings);
    return settings->command != COMMAND_TEST || check_test(settings);
}

bool options_read(int argc, char **argv, struct settings *settings)
{
    struct option longs[ROW_COUNT + 1];
    char letters[2 * ROW_COUNT + 2];
    bool used[ROW_COUNT] = {false};
    char name[40];
    *settings = (struct settings){.command = COMMAND_CHAT,
                                  .min_coverage = -1,
                                  .rate = 60,
                                  .sessions = 100000,
                                  .expire = 24 * 60 * 60,
                                  .timeout = 15};
    settings->texts = calloc((size_t)argc + 1, sizeof *settings->texts);
    settings->paths = calloc((size_t)argc + 1, sizeof *settings->paths);
    settings->coverage = calloc((size_t)argc + 1, sizeof *settings->coverage);
    settings->cors = calloc((size_t)argc + 1, sizeof *settings->cors);
    if (!settings->texts || !settings->paths || !settings->coverage ||
        !settings->cors) {
        return option_complain("no memory");
    }
    fill_getopt(longs, letters);
    opterr = 0;
    for (int key;
         (key = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (key == '?') return complain_unknown(argv[optind - 1]);
        if (key == ':') {
            const struct option_row *row = row_of(optopt);
            assert(row && row->value);
            return option_complain("option '%s' needs a value: %s",
                                   shown(row, name, sizeof name), row->value);
        }
        if (!option_value_read(key, settings)) return false;
        if (settings->command & (COMMAND_HELP | COMMAND_VERSION)) return true;
        used[row_of(key) - rows] = true;
    }
    bool named = optind < argc;
    if (named && !read_command(argv[optind++], settings)) return false;
    if (settings->command & (COMMAND_TEST | COMMAND_CHECK)) {
        while (optind < argc) {
            settings->paths[settings->path_count++] = argv[optind++];
        }
    }
    if (optind < argc) {
        return option_complain("'%s' is one word too many", argv[optind]);
    }
    if (settings->text_count && named) {
        return option_complain("option '-e' goes without a command");
    }
    if (settings->text_count) settings->command = COMMAND_ONCE;
    return check(settings, used);
}

void options_clear(struct settings *settings)
{
    free(settings->texts);
    free(settings->paths);
    free(settings->coverage);
    free(settings->cors);
    *settings = (struct settings){.command = COMMAND_CHAT};
}
