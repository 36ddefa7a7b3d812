/* chat.c - backtalk chat.
 * In: lines.  Out: an answer to each. A line that begins with "/" is a command
 * of the table below, which is also what /help prints. */
#include "chat.h"

#include "answer.h"
#include "exits.h"
#include "line_input.h"
#include "nearest.h"
#include "test_record.h"
#include "why.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chat {
    const talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    const talk_turn *turn; /* the last; NULL: none to speak of */
    struct screen screen;
    struct record record; /* for /save */
    const char *argument; /* of the command that runs; NULL: none */
    bool leaving;
};

/* ---- Commands ---------------------------------------------------------- */

static void show_help(struct chat *chat);

static void show_why(struct chat *chat)
{
    if (!chat->turn) {
        screen_say(&chat->screen, "There is no reply yet to explain.");
        return;
    }
    why_print(&chat->screen, chat->turn);
}

static void show_state(struct chat *chat)
{
    why_print_state(&chat->screen, chat->session);
}

static void show_sources(struct chat *chat)
{
    if (!chat->turn) {
        screen_say(&chat->screen, "There is no reply yet to have sources.");
        return;
    }
    why_print_sources(&chat->screen, chat->bot, chat->turn);
}

static void save(struct chat *chat)
{
    const char *why;
    if (!chat->record.turns) {
        screen_say(&chat->screen, "Nothing was said that could be saved.");
        return;
    }
    char *path = record_save(&chat->record, chat->argument, &why);
    if (path) {
        screen_say(&chat->screen, "Saved as %s; 'backtalk test %s' plays it.",
                   path, path);
    } else {
        screen_say(&chat->screen, "%s was not written: %s.", chat->argument,
                   why);
    }
    free(path);
}

static void reset(struct chat *chat)
{
    talk_session_reset(chat->session);
    record_restart(&chat->record);
    chat->turn = NULL;
    screen_say(&chat->screen, "All is forgotten; we start anew.");
}

static void quit(struct chat *chat)
{
    chat->leaving = true;
}

static const struct chat_command {
    const char *name;
    void (*run)(struct chat *chat);
    const char *help;
    const char *argument; /* NULL: stands alone */
} commands[] = {
    {"help", show_help, "what can be typed here", NULL},
    {"why", show_why, "why the last reply is what it is", NULL},
    {"state", show_state, "what I remember of this conversation", NULL},
    {"sources", show_sources, "where the last reply comes from", NULL},
    {"save", save, "write this conversation down as a transcript", "FILE"},
    {"reset", reset, "forget everything and start anew", NULL},
    {"quit", quit, "leave (so does Ctrl-D)", NULL},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* The same names for the Tab key. */
static const char *const completions[] = {
    "/help", "/why", "/state", "/sources", "/save", "/reset", "/quit", NULL};
_Static_assert(sizeof completions / sizeof *completions == COMMAND_COUNT + 1,
               "every command can be completed");

static void show_help(struct chat *chat)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        char name[16], label[24];
        const char *argument = commands[i].argument;
        snprintf(name, sizeof name, "%s%s%s", commands[i].name,
                 argument ? " " : "", argument ? argument : "");
        snprintf(label, sizeof label, "/%-9s ", name);
        screen_print(&chat->screen, STYLE_PLAIN, label, commands[i].help,
                     strlen(commands[i].help));
    }
    screen_say(&chat->screen, "Anything else is said to the bot; a message "
                              "that begins with / is typed with //.");
}

/* The line is cut into words. */
static void run_command(struct chat *chat, char *line)
{
    char hint[64];
    size_t length = strlen(line);
    while (length && strchr(" \t\r\n", line[length - 1])) {
        line[--length] = '\0';
    }
    char *argument = line + strcspn(line, " \t");
    if (*argument) *argument++ = '\0';
    argument += strspn(argument, " \t");
    struct nearest near;
    nearest_init(&near, line);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        nearest_try(&near, commands[i].name);
        if (strcmp(line, commands[i].name) != 0) continue;
        chat->argument = *argument ? argument : NULL;
        if (!chat->argument == !commands[i].argument) {
            commands[i].run(chat);
        } else if (chat->argument) {
            screen_say(&chat->screen, "/%s stands alone on its line.", line);
        } else {
            screen_say(&chat->screen, "/%s needs a name: /%s %s", line, line,
                       commands[i].argument);
        }
        return;
    }
    nearest_hint(&near, "/", hint, sizeof hint);
    screen_say(&chat->screen, "There is no command '/%.31s'%s%s", line, hint,
               near.name ? "" : "; /help lists them.");
}

/* ---- Talk -------------------------------------------------------------- */

static void say(struct chat *chat, const char *text, size_t length)
{
    talk_error err = {0};
    chat->turn = NULL;
    if (talk_say(chat->worker, chat->session, text, length, &chat->turn,
                 &err) == TALK_OK) {
        answer_print(&chat->screen, chat->turn);
        record_turn(&chat->record, text, length, chat->turn);
    } else {
        chat->turn = NULL;
        answer_refused(&chat->screen, err.message);
    }
}

static void take(struct chat *chat, const char *line, size_t length)
{
    if (length && line[0] == '/' && (length == 1 || line[1] != '/')) {
        char *copy = strndup(line + 1, length - 1);
        if (copy) run_command(chat, copy);
        free(copy);
        return;
    }
    size_t skip = length && line[0] == '/' ? 1 : 0; /* "//x" says "/x" */
    say(chat, line + skip, length - skip);
}

/* Only for a person: a program that reads the answers wants only those. */
static void greet(const struct chat *chat)
{
    const struct screen *screen = &chat->screen;
    if (!screen->interactive) return;
    const char *title = talk_bot_title(chat->bot);
    const char *opening = talk_bot_opening(chat->bot);
    if (*title) {
        screen_print(screen, STYLE_TITLE, "", title, strlen(title));
        putc('\n', screen->out);
    }
    if (*opening) {
        screen_print(screen, STYLE_PLAIN, "", opening, strlen(opening));
        putc('\n', screen->out);
    }
    screen_say(screen, "(/help lists what else can be typed; Ctrl-D leaves)");
    screen_end(screen);
}

static int converse(struct chat *chat, struct line_input *input)
{
    for (;;) {
        const char *line = NULL;
        size_t length = 0;
        switch (line_input_next(input, &line, &length)) {
        case LINE_READ: take(chat, line, length); break;
        case LINE_TOO_LONG:
            chat->turn = NULL;
            answer_refused(&chat->screen, "it is longer than 1 MiB");
            break;
        case LINE_CANCELLED: continue;
        case LINE_END: return EXIT_FINE;
        case LINE_FAILED:
            fprintf(stderr, "backtalk: cannot read the input: %s\n",
                    strerror(errno));
            return EXIT_INOUT;
        }
        if (chat->leaving) return EXIT_FINE;
        if (!screen_end(&chat->screen)) return EXIT_INOUT; /* main says why */
    }
}

int chat_run(const talk_bot *bot, const struct settings *settings)
{
    const struct line_input_options options = {
        .prompt = "you> ",
        .words = completions,
        .history = settings->history,
    };
    struct chat chat = {.bot = bot};
    struct line_input input;
    talk_error err = {0};
    int code = EXIT_INOUT;
    screen_init(&chat.screen, stdout, settings->color);
    if (talk_worker_new(bot, &chat.worker, &err) != TALK_OK ||
        talk_session_new(bot, &chat.session, &err) != TALK_OK) {
        fprintf(stderr, "backtalk: %s\n", err.message);
    } else {
        greet(&chat);
        record_init(&chat.record, settings->seed);
        line_input_init(&input, &chat.screen, &options);
        code = converse(&chat, &input);
        line_input_clear(&input);
        record_clear(&chat.record);
    }
    talk_session_free(chat.session);
    talk_worker_free(chat.worker);
    return code;
}
