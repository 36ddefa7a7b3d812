/* line_input.h - what the user types, one message at a time. */
#ifndef FRONT_LINE_INPUT_H
#define FRONT_LINE_INPUT_H

#include "line_reader.h"
#include "screen.h"

struct line_input_options {
    const char *prompt;       /* shown to a person only */
    const char *const *words; /* commands for the Tab key, then NULL */
    bool history;             /* keep what was typed in a file */
};

/* stdin as lines: edited at a terminal, plain in a pipe. There is one in a
 * program, for readline is a single thing. screen and options are borrowed. */
struct line_input {
    struct line_reader reader;
    const struct screen *screen;
    const struct line_input_options *options;
    char *line;         /* the last one of readline */
    char *history_path; /* NULL: no history is kept */
};

/* Whether the program was built with readline. */
bool line_input_has_readline(void);

void line_input_init(struct line_input *input, const struct screen *screen,
                     const struct line_input_options *options);
void line_input_clear(struct line_input *input);

/* *text is valid until the next call. */
enum line_status line_input_next(struct line_input *input, const char **text,
                                 size_t *length);

#endif
