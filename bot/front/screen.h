/* screen.h - text for people: wrapped and coloured at a terminal, plain in a
 * pipe. Colour adds to the words and never stands for them. */
#ifndef FRONT_SCREEN_H
#define FRONT_SCREEN_H

#include "options.h"

struct screen {
    FILE *out;
    bool terminal;    /* out is one: wrap, and let no control character out */
    bool interactive; /* a person types at it: banner, prompt, "bot:" */
    bool color;
};

enum style {
    STYLE_PLAIN,
    STYLE_TITLE,
    STYLE_PROMPT,
    STYLE_BOT,
    STYLE_CAUTION,
    STYLE_URGENT,
    STYLE_EMERGENCY,
    STYLE_ADDED,
    STYLE_REMOVED
};

void screen_init(struct screen *screen, FILE *out, enum color_choice color);
/* Whether the environment allows colour. */
bool screen_wants_color(void);

/* The escapes that begin a style and end every style; "" without colour. */
const char *screen_style(const struct screen *screen, enum style style);
const char *screen_plain(const struct screen *screen);

/* Prints the lines of text; the first begins with the label (ASCII), the
 * others with as many blanks. The style is the label's, or the text's when
 * the label is "". Empty lines are left out of a pipe, where an empty line
 * ends an answer. */
void screen_print(const struct screen *screen, enum style style,
                  const char *label, const char *text, size_t length);
/* One line from a format, without label or style. */
void screen_say(const struct screen *screen, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* Ends an answer: an empty line, and everything is sent. false: out failed. */
bool screen_end(const struct screen *screen);

#endif
