/* line_input.c - what the user types, one message at a time.
 * In: a terminal or a pipe.  Out: messages; a paste of several lines is one
 * message with newlines in it. The wall round readline, which only a terminal
 * sees; without HAVE_READLINE the terminal itself edits the line. */
#include "posix.h"

#include "line_input.h"

#include "history_file.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_READLINE
#include <readline/history.h>
#include <readline/readline.h>
#endif

/* Bytes of one line of a pipe: well above the library's limit for a message,
 * so that the library says what is too long; an endless line ends here. */
enum { LINE_MAX_BYTES = 1024 * 1024 };

static volatile sig_atomic_t interrupted, continued;

static void note_signal(int signal_number)
{
    if (signal_number == SIGINT) interrupted = 1;
    if (signal_number == SIGCONT) continued = 1;
}

/* Ctrl-C ends the reading, so that the line can be dropped; Ctrl-Z and fg do
 * not, but then the line is to be seen again. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    action.sa_flags = SA_RESTART;
    sigaction(SIGCONT, &action, NULL);
}

#ifdef HAVE_READLINE

/* readline calls back without a payload: what it needs stands here. */
static const char *const *completion_words;

static char *next_word(const char *start, int state)
{
    static size_t index;
    if (state == 0) index = 0;
    while (completion_words[index]) {
        const char *word = completion_words[index++];
        if (strncmp(word, start, strlen(start)) == 0) return strdup(word);
    }
    return NULL;
}

static char **complete(const char *text, int start, int end)
{
    (void)end;
    rl_attempted_completion_over = 1; /* never the names of files */
    if (start != 0 || text[0] != '/') return NULL;
    return rl_completion_matches(text, next_word);
}

/* Called when a signal broke into the reading of a key. */
static int after_signal(void)
{
    if (continued) {
        continued = 0;
        rl_forced_update_display();
    }
    if (!interrupted) return 0;
    interrupted = 0;
    rl_replace_line("", 1);
    rl_crlf();
    rl_on_new_line();
    rl_redisplay();
    return 0;
}

/* A signal that came while no key was being read counts before the next. */
static int next_key(FILE *in)
{
    rl_check_signals();
    after_signal();
    return rl_getc(in);
}

static void open_history(struct line_input *input)
{
    /* "#" and the time before each entry tell readline where an entry of
     * several lines ends. */
    history_comment_char = '#';
    history_write_timestamps = 1;
    using_history();
    stifle_history(HISTORY_MAX_LINES);
    if (!input->options->history) return;
    input->history_path = history_file();
    if (input->history_path) read_history(input->history_path);
}

static void remember(struct line_input *input)
{
    if (!*input->line) return;
    HIST_ENTRY *last = history_get(history_base + history_length - 1);
    if (last && strcmp(last->line, input->line) == 0) return;
    add_history(input->line);
    if (!input->history_path) return;
    if (append_history(1, input->history_path) != 0) {
        fprintf(stderr, "backtalk: %s: %s; history is no longer kept\n",
                input->history_path, strerror(errno));
        free(input->history_path);
        input->history_path = NULL;
    }
}

static void open_terminal(struct line_input *input)
{
    completion_words = input->options->words;
    rl_readline_name = "backtalk"; /* for "$if backtalk" in ~/.inputrc */
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_attempted_completion_function = complete;
    rl_signal_event_hook = after_signal;
    rl_getc_function = next_key;
    rl_change_environment = 0; /* leave LINES and COLUMNS alone */
    rl_outstream = input->screen->out;
    rl_initialize(); /* now ~/.inputrc is read, and the terminal asked */
    open_history(input);
}

static enum line_status next_typed(struct line_input *input, const char **text,
                                   size_t *length)
{
    char prompt[64];
    const char *style = screen_style(input->screen, STYLE_PROMPT);
    /* \001 and \002 tell readline which bytes take no column. */
    snprintf(prompt, sizeof prompt,
             *style ? "\001%s\002%s\001%s\002" : "%s%s%s", style,
             input->options->prompt, screen_plain(input->screen));
    free(input->line);
    interrupted = 0;
    rl_reset_screen_size(); /* the window may have changed meanwhile */
    input->line = readline(prompt);
    if (!input->line) {
        putc('\n', input->screen->out);
        return LINE_END;
    }
    remember(input);
    *text = input->line;
    *length = strlen(input->line);
    return LINE_READ;
}

static void close_terminal(struct line_input *input)
{
    if (!input->history_path) return;
    history_truncate_file(input->history_path, HISTORY_MAX_LINES);
}

#else

static void open_terminal(struct line_input *input)
{
    if (!input->options->history) return;
    fputs("backtalk: built without readline: no history is kept\n", stderr);
}

static enum line_status next_typed(struct line_input *input, const char **text,
                                   size_t *length)
{
    FILE *out = input->screen->out;
    interrupted = 0;
    fprintf(out, "%s%s%s", screen_style(input->screen, STYLE_PROMPT),
            input->options->prompt, screen_plain(input->screen));
    fflush(out);
    enum line_status status = line_reader_next(&input->reader);
    if (status == LINE_FAILED && interrupted) {
        clearerr(input->reader.in);
        status = LINE_CANCELLED;
    }
    if (status == LINE_CANCELLED || status == LINE_END) putc('\n', out);
    *text = input->reader.text;
    *length = input->reader.length;
    return status;
}

static void close_terminal(struct line_input *input)
{
    (void)input;
}

#endif

void line_input_init(struct line_input *input, const struct screen *screen,
                     const struct line_input_options *options)
{
    *input = (struct line_input){.screen = screen, .options = options};
    line_reader_init(&input->reader, stdin, LINE_MAX_BYTES);
    if (!screen->interactive) return;
    catch_signals();
    open_terminal(input);
}

void line_input_clear(struct line_input *input)
{
    if (input->screen->interactive) close_terminal(input);
    line_reader_clear(&input->reader);
    free(input->history_path);
    free(input->line);
    *input = (struct line_input){0};
}

enum line_status line_input_next(struct line_input *input, const char **text,
                                 size_t *length)
{
    if (input->screen->interactive) return next_typed(input, text, length);
    enum line_status status = line_reader_next(&input->reader);
    *text = input->reader.text;
    *length = input->reader.length;
    return status;
}

bool line_input_has_readline(void)
{
#ifdef HAVE_READLINE
    return true;
#else
    return false;
#endif
}
