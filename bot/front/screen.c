/* screen.c - text for people: wrapped and coloured at a terminal, plain in a
 * pipe.
 * In: lines of UTF-8.  Out: the same, in the terminal's width as it is now.
 * Knows nothing of turns. */
#include "posix.h"

#include "screen.h"

#include "utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

/* Lines above this are hard to read, however wide the window; below the least
 * width one word a line would be no gain. The usual width, when the terminal
 * does not know its own. */
enum { COLUMNS_MOST = 100, COLUMNS_LEAST = 20, COLUMNS_USUAL = 80 };

/* A line that screen_say can print; longer ones are cut. */
enum { SAY_MAX_BYTES = 1024 };

static const char *const escapes[] = {
    [STYLE_PLAIN] = "",
    [STYLE_TITLE] = "\033[1m",
    [STYLE_PROMPT] = "\033[2m",
    [STYLE_BOT] = "\033[1;36m",
    [STYLE_CAUTION] = "\033[33m",
    [STYLE_URGENT] = "\033[1;33m",
    [STYLE_EMERGENCY] = "\033[1;31m",
    [STYLE_ADDED] = "\033[32m",
    [STYLE_REMOVED] = "\033[31m",
};

bool screen_wants_color(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no_color && *no_color) return false;
    return term && *term && strcmp(term, "dumb") != 0;
}

void screen_init(struct screen *screen, FILE *out, enum color_choice color)
{
    screen->out = out;
    screen->terminal = isatty(fileno(out)) == 1;
    screen->interactive = screen->terminal && isatty(STDIN_FILENO) == 1;
    screen->color =
        color == COLOR_ALWAYS ||
        (color == COLOR_AUTO && screen->interactive && screen_wants_color());
}

const char *screen_style(const struct screen *screen, enum style style)
{
    return screen->color ? escapes[style] : "";
}

const char *screen_plain(const struct screen *screen)
{
    return screen->color ? "\033[0m" : "";
}

/* Asked for every text, so that a resized window counts at once. 0: lines
 * are left as they are. */
static size_t columns_now(const struct screen *screen)
{
    struct winsize size = {0};
    if (!screen->terminal) return 0;
    if (ioctl(fileno(screen->out), TIOCGWINSZ, &size) != 0 || !size.ws_col) {
        return COLUMNS_USUAL;
    }
    if (size.ws_col < COLUMNS_LEAST) return COLUMNS_LEAST;
    return size.ws_col < COLUMNS_MOST ? size.ws_col : COLUMNS_MOST;
}

/* Characters that move the cursor or turn the direction of writing: a reply
 * may quote the user, and a quote must not take over the terminal. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

struct glyph {
    const char *text;
    size_t bytes; /* of text */
    size_t taken; /* of what was read */
    size_t width;
};

static struct glyph glyph_at(const char *text, size_t length)
{
    uint32_t code;
    int valid;
    struct glyph glyph = {.text = text};
    glyph.bytes = glyph.taken = utf8_next(text, length, &code, &valid);
    if (code == '\t') return (struct glyph){" ", 1, 1, 1};
    if (!valid || is_control(code)) {
        glyph.text = UTF8_REPLACEMENT;
        glyph.bytes = strlen(UTF8_REPLACEMENT);
        glyph.width = 1;
        return glyph;
    }
    /* -1: this locale does not know it; one column is the likeliest. */
    int width = wcwidth((wchar_t)code);
    glyph.width = width < 0 ? 1 : (size_t)width;
    return glyph;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* A run of blanks or of anything else. */
struct run {
    size_t bytes;
    size_t width;
};

static struct run run_at(const char *text, size_t length, bool blank)
{
    struct run run = {0};
    while (run.bytes < length && is_blank(text[run.bytes]) == blank) {
        struct glyph glyph = glyph_at(text + run.bytes, length - run.bytes);
        run.bytes += glyph.taken;
        run.width += glyph.width;
    }
    return run;
}

struct cursor {
    const struct screen *screen;
    size_t columns; /* of the terminal */
    size_t indent;  /* where every line begins */
    size_t column;
};

static void put_blanks(FILE *out, size_t count)
{
    for (size_t i = 0; i < count; i++) putc(' ', out);
}

static void next_line(struct cursor *cursor)
{
    putc('\n', cursor->screen->out);
    put_blanks(cursor->screen->out, cursor->indent);
    cursor->column = cursor->indent;
}

/* Breaks inside the run only where it is wider than a whole line. */
static void put_run(struct cursor *cursor, const char *text, struct run run)
{
    for (size_t at = 0; at < run.bytes;) {
        struct glyph glyph = glyph_at(text + at, run.bytes - at);
        if (cursor->column + glyph.width > cursor->columns &&
            cursor->column > cursor->indent) {
            next_line(cursor);
        }
        fwrite(glyph.text, 1, glyph.bytes, cursor->screen->out);
        cursor->column += glyph.width;
        at += glyph.taken;
    }
}

static void put_wrapped(struct cursor *cursor, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        struct run blanks = run_at(text + at, length - at, true);
        const char *word = text + at + blanks.bytes;
        size_t left = length - at - blanks.bytes;
        struct run run = run_at(word, left, false);
        if (run.bytes == 0) return; /* blanks at the end of the line */
        if (cursor->column > cursor->indent &&
            cursor->column + blanks.width + run.width > cursor->columns) {
            next_line(cursor);
        } else {
            put_run(cursor, text + at, blanks);
        }
        put_run(cursor, word, run);
        at += blanks.bytes + run.bytes;
    }
}

static bool is_empty(const char *text, size_t length)
{
    while (length &&
           (is_blank(text[length - 1]) || text[length - 1] == '\r')) {
        length--;
    }
    return length == 0;
}

void screen_print(const struct screen *screen, enum style style,
                  const char *label, const char *text, size_t length)
{
    struct cursor cursor = {.screen = screen, .indent = strlen(label)};
    cursor.columns = columns_now(screen);
    const char *end = text + length;
    bool first = true;
    for (const char *line = text; first || line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *line_end = newline ? newline : end;
        size_t bytes = (size_t)(line_end - line);
        bool empty = is_empty(line, bytes) && !(first && *label);
        if (!empty || screen->interactive) {
            fputs(screen_style(screen, style), screen->out);
            if (first) {
                fputs(label, screen->out);
            } else if (!empty) {
                put_blanks(screen->out, cursor.indent);
            }
            cursor.column = cursor.indent;
            if (*label) fputs(screen_plain(screen), screen->out);
            if (cursor.columns) {
                put_wrapped(&cursor, line, bytes);
            } else {
                fwrite(line, 1, bytes, screen->out);
            }
            if (!*label) fputs(screen_plain(screen), screen->out);
            putc('\n', screen->out);
        }
        first = false;
        line = newline ? newline + 1 : end;
        if (*label) style = STYLE_PLAIN; /* blanks have no colour */
    }
}

void screen_say(const struct screen *screen, const char *format, ...)
{
    char line[SAY_MAX_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    screen_print(screen, STYLE_PLAIN, "", line, strlen(line));
}

bool screen_end(const struct screen *screen)
{
    putc('\n', screen->out);
    return fflush(screen->out) == 0 && !ferror(screen->out);
}
