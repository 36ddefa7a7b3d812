/* main.c - backtalk-xmpp: the command line, the pack, signals, the bridge,
 * the exit code. */
#include "posix.h"

#include "bridge.h"
#include "exits.h"
#include "pack_open.h"
#include "server_log.h"
#include "state_file.h"
#include "xmpp_options.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    STEP_MS = 500, /* until a signal is noticed at the latest */
    LEAVE_MS = 3000,
    NAME_SIZE = 256, /* of a folder */
    DAY_SECONDS = 24 * 60 * 60,
    EXPIRE_SECONDS = 60 * 60 /* between two looks for what has expired */
};

/* ---- Signals ---- */

static volatile sig_atomic_t asked_to_end, asked_to_reload;

static void note_signal(int number)
{
    if (number == SIGHUP) {
        asked_to_reload = 1;
    } else {
        asked_to_end = 1;
    }
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
    struct sigaction action = {.sa_handler = note_signal};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaction(numbers[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
}

/* ---- The pack ---- */

/* What is wrong with a pack, and what a kept conversation knows that the pack
 * does not have any more. */
struct problems {
    size_t count;
    bool serving; /* then they go to the log */
};

static void report(void *payload, const talk_error *problem)
{
    struct problems *problems = payload;
    const char *file = problem->source, *message = problem->message;
    if (!problems->serving) {
        problems->count++;
        pack_print_problem(problem);
        return;
    }
    server_log(stderr, "problem",
               json_pack("{s:o, s:i, s:i, s:o}", "file",
                         json_door_text(file, strlen(file)), "line",
                         (int)problem->line, "column", (int)problem->column,
                         "message", json_door_text(message, strlen(message))));
}

static void set_options(const struct xmpp_settings *settings,
                        struct problems *problems, talk_options *options)
{
    pack_options(options, settings->seed);
    options->report_fn = report;
    options->report_payload = problems;
}

static void reload(struct bridge *bridge, const struct xmpp_settings *settings,
                   struct problems *problems)
{
    talk_options options;
    talk_bot *bot = NULL;
    talk_error err = {0};
    const char *folder = pack_folder(settings->pack);
    set_options(settings, problems, &options);
    bool fine = talk_bot_load(folder, &options, &bot, &err) == TALK_OK;
    /* What is wrong with the folder itself is no problem of a rule. */
    if (!fine && err.status != TALK_RULE && err.status != TALK_YAML) {
        report(problems, &err);
    }
    if (fine && !bridge_change(bridge, bot)) {
        talk_bot_free(bot);
        fine = false;
    }
    server_log(
        stderr, fine ? "reloaded" : "not_reloaded",
        json_pack("{s:o}", "pack", json_door_text(folder, strlen(folder))));
}

/* ---- The state ---- */

/* The folder that is said, else one for this account; the caller frees it.
 * NULL: stderr says why. */
static char *state_path(const struct xmpp_settings *settings)
{
    const char *jid = settings->account.jid;
    if (settings->state) return strdup(settings->state);
    char name[NAME_SIZE], *above = NULL, *path = NULL;
    int length =
        snprintf(name, sizeof name, "xmpp/%.*s", (int)stanza_bare(jid), jid);
    errno = ENAMETOOLONG;
    if (length < (int)sizeof name) path = state_file(name, &above);
    if (!path) {
        fprintf(stderr,
                "backtalk-xmpp: no folder to keep conversations in: %s\n",
                strerror(errno));
    }
    free(above);
    return path;
}

static void expire(const struct state_files *files, uint32_t days)
{
    if (days == 0) return;
    size_t gone = state_files_expire(files, (int64_t)time(NULL) -
                                                (int64_t)days * DAY_SECONDS);
    if (gone) {
        server_log(stderr, "expired",
                   json_pack("{s:I}", "conversations", (json_int_t)gone));
    }
}

/* ---- Tasks ---- */

static void run_until_asked(struct bridge *bridge, struct state_files *files,
                            const struct xmpp_settings *settings,
                            struct problems *problems)
{
    time_t looked = 0;
    while (!asked_to_end) {
        time_t now = time(NULL);
        if (now - looked >= EXPIRE_SECONDS || now < looked) {
            expire(files, settings->expire_days);
            looked = now;
        }
        bridge_run(bridge, STEP_MS);
        if (asked_to_reload) {
            asked_to_reload = 0;
            reload(bridge, settings, problems);
        }
    }
}

static int serve(struct xmpp_settings *settings, struct state_files *files,
                 talk_bot *bot, struct problems *problems)
{
    struct bridge_options options = {.account = &settings->account,
                                     .files = files,
                                     .piece_max = settings->piece_max,
                                     .log = stderr};
    struct bridge *bridge = bridge_new(&options, bot);
    if (!bridge) {
        fputs("backtalk-xmpp: no memory\n", stderr);
        return EXIT_INOUT;
    }
    problems->serving = true;
    run_until_asked(bridge, files, settings, problems);
    bridge_leave(bridge, LEAVE_MS);
    server_log(stderr, "stopped", NULL);
    bridge_free(bridge);
    return EXIT_FINE;
}

static int run_serve(struct xmpp_settings *settings, const char *folder)
{
    struct problems problems = {0};
    talk_options options;
    char *password = xmpp_options_password(settings);
    if (!password) return EXIT_USAGE;
    int code = EXIT_INOUT;
    settings->account.password = password;
    struct state_files *files = state_files_new(folder, false);
    if (files) {
        set_options(settings, &problems, &options);
        talk_bot *bot = pack_load(settings->pack, &options, &problems.count);
        catch_signals();
        code = bot ? serve(settings, files, bot, &problems) : EXIT_PACK;
    }
    state_files_free(files);
    free(password);
    return code;
}

/* A bridge that runs notices: it has nothing in memory. */
static int run_forget(const struct xmpp_settings *settings, const char *folder)
{
    char *who = strndup(settings->forget, stanza_bare(settings->forget));
    struct state_files *files = who ? state_files_new(folder, true) : NULL;
    bool gone = files && state_files_remove(files, who);
    if (files && !gone) {
        fprintf(stderr, "backtalk-xmpp: %s: %s\n", folder, strerror(errno));
    }
    state_files_free(files);
    free(who);
    return gone ? EXIT_FINE : EXIT_INOUT;
}

static int run(struct xmpp_settings *settings)
{
    if (settings->task == XMPP_HELP) {
        xmpp_options_help(stdout);
        return EXIT_FINE;
    }
    if (settings->task == XMPP_VERSION) {
        printf("backtalk-xmpp %s\n", talk_version());
        return EXIT_FINE;
    }
    char *folder = state_path(settings);
    int code = !folder                         ? EXIT_INOUT
               : settings->task == XMPP_FORGET ? run_forget(settings, folder)
                                               : run_serve(settings, folder);
    free(folder);
    return code;
}

int main(int argc, char **argv)
{
    struct xmpp_settings settings;
    int code = EXIT_USAGE;
    if (xmpp_options_read(argc, argv, &settings)) code = run(&settings);
    xmpp_options_clear(&settings);
    if (fflush(stdout) != 0 || ferror(stdout)) code = EXIT_INOUT;
    return code;
}
