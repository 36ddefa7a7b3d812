/* options_value.c - the value of one option.
 * In: an option's key, and optarg.  Out: its place in the settings, or a
 * message that names the option. */
#include "posix.h"

#include "options_value.h"

#include "test_clock.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct color_row {
    const char *name;
    enum color_choice choice;
} colors[] = {
    {"auto", COLOR_AUTO}, {"always", COLOR_ALWAYS}, {"never", COLOR_NEVER}};

static const struct log_row {
    const char *name;
    enum log_choice choice;
} logs[] = {{"events", LOG_EVENTS}, {"turns", LOG_TURNS}, {"text", LOG_TEXT}};

bool option_complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("backtalk: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\nTry 'backtalk --help'.\n", stderr);
    va_end(arguments);
    return false;
}

static bool read_color(const char *text, enum color_choice *color)
{
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++) {
        if (strcmp(text, colors[i].name) == 0) {
            *color = colors[i].choice;
            return true;
        }
    }
    return option_complain(
        "option '--color': '%s' is not auto, always or never", text);
}

static bool read_log(const char *text, enum log_choice *log)
{
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        if (strcmp(text, logs[i].name) == 0) {
            *log = logs[i].choice;
            return true;
        }
    }
    return option_complain("option '--log': '%s' is not events, turns or text",
                           text);
}

static bool read_number(const char *name, const char *text, uint32_t least,
                        uint32_t *number)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || errno || value < least ||
        value > UINT32_MAX) {
        return option_complain(
            "option '%s': '%s' is not a number from %lu to %lu", name, text,
            (unsigned long)least, (unsigned long)UINT32_MAX);
    }
    *number = (uint32_t)value;
    return true;
}

static bool read_span(const char *name, const char *text, int64_t *seconds)
{
    char span[32];
    bool whole =
        (size_t)snprintf(span, sizeof span, "+%s", text) < sizeof span;
    if (whole && clock_read_span(span, seconds) && *seconds > 0) return true;
    return option_complain("option '%s': '%s' is not a span of time, such as "
                           "90s, 24h or 3days",
                           name, text);
}

static bool read_percent(const char *text, double *percent)
{
    char *end = NULL;
    *percent = strtod(text, &end);
    if (text[0] >= '0' && text[0] <= '9' && !*end && *percent <= 100) {
        return true;
    }
    return option_complain(
        "option '--min-coverage': '%s' is not a number from 0 to "
        "100",
        text);
}

static bool read_text(const char *name, const char *text, const char **out)
{
    *out = text;
    return *text || option_complain(
                        "option '%s' needs a value that is not empty", name);
}

bool option_value_read(int key, struct settings *settings)
{
    switch (key) {
    case 'e': settings->texts[settings->text_count++] = optarg; return true;
    case 'h': settings->command = COMMAND_HELP; return true;
    case 'V': settings->command = COMMAND_VERSION; return true;
    case KEY_JSON: return settings->json = true;
    case KEY_STDIO: return settings->stdio = true;
    case KEY_HISTORY: return settings->history = true;
    case KEY_COLOR: return read_color(optarg, &settings->color);
    case KEY_SEED: return read_number("--seed", optarg, 0, &settings->seed);
    case 'q': return settings->quiet = true;
    case 'j': return read_number("--jobs", optarg, 1, &settings->jobs);
    case KEY_TAP: return settings->tap = true;
    case KEY_LIST: return settings->list = true;
    case KEY_RECORD: return settings->record = true;
    case KEY_ALL: return settings->all = true;
    case KEY_GRAPH: return read_text("--graph", optarg, &settings->graph);
    case KEY_REPORT: return read_text("--report", optarg, &settings->report);
    case KEY_SARIF: return read_text("--sarif", optarg, &settings->sarif);
    case KEY_MUTATE: return settings->mutate = true;
    case KEY_PROOF: return settings->proof = true;
    case KEY_FINDINGS:
        return read_number("--findings", optarg, 1, &settings->findings);
    case KEY_TRANSCRIPTS:
        return read_text("--transcripts", optarg, &settings->transcripts);
    case KEY_ACCEPT: return settings->accept = true;
    case KEY_DRY_RUN: return settings->dry_run = true;
    case KEY_COVERAGE:
        return read_text("--coverage", optarg,
                         &settings->coverage[settings->coverage_count++]);
    case KEY_MIN_COVERAGE:
        return read_percent(optarg, &settings->min_coverage);
    case KEY_WATCH: return settings->watch = true;
    case KEY_FAIL_FAST: return settings->fail_fast = true;
    case KEY_REPEAT:
        return read_number("--repeat", optarg, 1, &settings->repeat);
    case KEY_FILTER: return read_text("--filter", optarg, &settings->filter);
    case KEY_JUNIT: return read_text("--junit", optarg, &settings->junit);
    case KEY_HTTP: return read_text("--http", optarg, &settings->http);
    case KEY_TOKEN_FILE:
        return read_text("--token-file", optarg, &settings->token_file);
    case KEY_STORE: return read_text("--store", optarg, &settings->store);
    case KEY_STORE_PASSWORD:
        return read_text("--store-password-file", optarg,
                         &settings->store_password_file);
    case KEY_CORS:
        return read_text("--cors", optarg,
                         &settings->cors[settings->cors_count++]);
    case KEY_RATE: return read_number("--rate", optarg, 0, &settings->rate);
    case KEY_SESSIONS:
        return read_number("--sessions", optarg, 1, &settings->sessions);
    case KEY_EXPIRE: return read_span("--expire", optarg, &settings->expire);
    case KEY_TIMEOUT:
        return read_number("--timeout", optarg, 1, &settings->timeout);
    case KEY_LOG: return read_log(optarg, &settings->log);
    case KEY_PACK:
        settings->pack = optarg;
        if (*optarg) return true;
        return option_complain("option '--pack' needs the name of a folder");
    default: assert(false); return false; /* a row without a case */
    }
}
