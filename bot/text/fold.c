/* fold.c - reads a message character by character.
 * In: the user's bytes.  Out: text for patterns, words, corrections.
 * Ignores what the words mean. */
#include <string.h>

#include "ascii.h"
#include "fold_word.h"
#include "unicode.h"

struct folder {
    const char *text;
    size_t length;
    size_t at;   /* of the character being read */
    size_t line; /* where its line began */
    struct raw_word raw;
    struct word_ender ender;
    struct fold_out out;
    bool failed; /* no memory for the word being read */
};

static bool is_word_byte(char c)
{
    return talk__is_small(c) || talk__is_digit(c) || (unsigned char)c >= 0x80;
}

static void end_word(struct folder *f)
{
    talk__fold_word_end(&f->ender, &f->raw);
}

static void add_bytes(struct folder *f, const char *bytes, size_t count,
                      size_t to)
{
    struct raw_word *raw = &f->raw;
    if (raw->length == 0) raw->origin.from = f->at;
    raw->origin.to = to;
    if (count > raw->capacity - raw->length) {
        size_t capacity = (raw->capacity + count) * 2;
        char *bigger = talk__arena_take(f->out.arena, capacity);
        if (!bigger) {
            f->failed = true;
            return;
        }
        if (raw->length) memcpy(bigger, raw->text, raw->length);
        raw->text = bigger;
        raw->capacity = capacity;
    }
    memcpy(raw->text + raw->length, bytes, count);
    raw->length += count;
}

/* ---- Reading ---- */

/* A character of the message, folded, if that is one of ASCII; some other
 * byte of a word, or a blank, if it is not. A blank behind the end. */
static char byte_at(const struct folder *f, size_t at)
{
    if (at >= f->length) return ' ';
    uint32_t code;
    bool valid;
    struct folded_char chars[FOLD_MAX];
    (void)talk__unicode_read(f->text + at, f->length - at, &code, &valid);
    if (talk__unicode_fold(code, chars) == 0) return ' ';
    if (chars[0].code < 0x80) return (char)chars[0].code;
    return chars[0].class == CHAR_WORD ? '\x80' : ' ';
}

/* Markup is read as a blank: "<b>", "</script>", and the colours of a
 * terminal, ESC [ 31 m. Returns its length or 0. */
static size_t markup_length(const struct folder *f)
{
    enum { MARKUP_MAX = 32 };
    char start = f->text[f->at], first = byte_at(f, f->at + 1);
    bool tag = start == '<' && (first == '/' || talk__is_small(first));
    bool escape = start == '\x1B' && first == '[';
    if (!tag && !escape) return 0;
    for (size_t i = 2; i < MARKUP_MAX && f->at + i < f->length; i++) {
        char c = f->text[f->at + i];
        if (tag ? c == '>' : c >= '@' && c <= '~') return i + 1;
    }
    return 0;
}

/* Does a mark between digits belong to a number? "7.5", "2-3", "7/10",
 * "9:30". */
static bool inside_number(const struct folder *f, size_t next)
{
    return f->raw.length && talk__is_digit(f->raw.text[f->raw.length - 1]) &&
           talk__is_digit(byte_at(f, next));
}

/* "e.g.", "a.m.": single letters with points. */
static bool inside_initials(const struct folder *f, size_t next)
{
    if (f->raw.length == 0 ||
        !talk__is_small(f->raw.text[f->raw.length - 1])) {
        return false;
    }
    bool one = f->raw.length == 1 || (f->raw.origin.to - f->raw.origin.from ==
                                      2 * f->raw.length - 1);
    return one && talk__is_small(byte_at(f, next)) &&
           !is_word_byte(byte_at(f, next + 1));
}

/* The points of "..." before this one have been read. */
static bool is_pause(const struct folder *f, size_t next)
{
    return (byte_at(f, next) == '.' && byte_at(f, next + 1) == '.') ||
           (f->at > 0 && f->text[f->at - 1] == '.');
}

static void read_punctuation(struct folder *f, char mark, size_t next)
{
    if ((mark == '.' || mark == ':') && inside_number(f, next)) {
        add_bytes(f, &mark, 1, next);
        return;
    }
    if (mark == '.' && inside_initials(f, next)) return;
    end_word(f);
    if (mark == '.' && is_pause(f, next)) {
        talk__fold_out_pause(&f->out);
    } else {
        talk__fold_out_mark(&f->out, mark);
    }
}

/* "mid-back" is two words, "2-3" a number, " - " a pause. */
static void read_dash(struct folder *f, size_t next)
{
    if (inside_number(f, next)) {
        add_bytes(f, "-", 1, next);
        return;
    }
    bool joined = f->raw.length && byte_at(f, next) != ' ' &&
                  byte_at(f, next) != '-' && byte_at(f, next) != '\n';
    end_word(f);
    if (!joined) talk__fold_out_mark(&f->out, ',');
    f->out.blank_due = true;
}

static void read_symbol(struct folder *f, uint32_t code, size_t next)
{
    char bytes[4];
    size_t size = talk__unicode_write(code, bytes);
    if (code == '/') {
        if (inside_number(f, next) ||
            (f->raw.length == 1 && talk__is_small(f->raw.text[0]))) {
            add_bytes(f, "/", 1, next);
            return;
        }
        end_word(f);
        talk__fold_out_mark(&f->out, ',');
        return;
    }
    end_word(f);
    struct span origin = {f->at, next};
    if (code == '&' || code == '+') {
        talk__fold_out_words(&f->out, "and", 3, origin);
    } else {
        const char *word = talk__fold_replacement(f->ender.rules, bytes, size);
        if (word) talk__fold_out_words(&f->out, word, strlen(word), origin);
    }
    f->out.blank_due = true;
}

/* "Peter", and not "PETER". */
static bool is_capital(const struct folder *f, size_t next)
{
    return talk__is_capital(f->text[f->at]) && next < f->length &&
           talk__is_small(f->text[next]);
}

/* Lines of so many bytes are broken by a program, shorter ones by a person
 * who begins another sentence or item. */
enum { WRAPPED_LINE_MIN = 40 };

/* Does the sentence go on behind the newline? It does when a long line ends in
 * a word and the next one begins with a small letter. */
static bool is_wrap(const struct folder *f, size_t next)
{
    size_t end = f->at;
    while (end > f->line &&
           (f->text[end - 1] == ' ' || f->text[end - 1] == '\r')) {
        end--;
    }
    if (end - f->line < WRAPPED_LINE_MIN) return false;
    while (next < f->length && f->text[next] == ' ') next++;
    return is_word_byte(byte_at(f, end - 1)) && next < f->length &&
           talk__is_small(f->text[next]);
}

static void read_newline(struct folder *f, size_t next)
{
    struct folded *folded = f->out.folded;
    end_word(f);
    f->out.blank_due = true;
    if (f->text[f->at] == '\r' && byte_at(f, next) == '\n') return;
    if (folded->word_count && is_wrap(f, next)) {
        folded->words[folded->word_count - 1].wrapped = true;
    } else {
        talk__fold_out_mark(&f->out, '.');
    }
    f->line = next;
}

static void read_folded(struct folder *f, struct folded_char c, size_t next)
{
    char bytes[4];
    switch (c.class) {
    case CHAR_WORD: {
        size_t size = talk__unicode_write(c.code, bytes);
        if (size > 1) f->raw.strange = true;
        if (f->raw.length == 0) f->raw.capital = is_capital(f, next);
        add_bytes(f, bytes, size, next);
        break;
    }
    case CHAR_APOSTROPHE:
        if (f->raw.length) {
            add_bytes(f, "'", 1, next);
        } else {
            f->out.blank_due = true;
        }
        break;
    case CHAR_BLANK:
        end_word(f);
        f->out.blank_due = true;
        break;
    case CHAR_NEWLINE: read_newline(f, next); break;
    case CHAR_PUNCTUATION: read_punctuation(f, (char)c.code, next); break;
    case CHAR_DASH: read_dash(f, next); break;
    case CHAR_BRACKET:
        end_word(f);
        talk__fold_out_mark(&f->out, ',');
        break;
    case CHAR_SYMBOL: read_symbol(f, c.code, next); break;
    case CHAR_NOTHING: break;
    }
}

static void read_character(struct folder *f)
{
    uint32_t code;
    bool valid;
    struct folded_char chars[FOLD_MAX];
    size_t next = f->at + talk__unicode_read(f->text + f->at,
                                             f->length - f->at, &code, &valid);
    if (!valid) f->out.folded->invalid++;
    size_t count = talk__unicode_fold(code, chars);
    for (size_t i = 0; i < count; i++) read_folded(f, chars[i], next);
    f->at = next;
}

static void read_all(struct folder *f)
{
    while (f->at < f->length && !f->failed &&
           f->out.buffer.status == TALK_OK) {
        /* Most of most messages: a run of plain lower-case letters. */
        size_t run = f->at;
        while (run < f->length && talk__is_small(f->text[run])) run++;
        size_t markup = run > f->at ? 0 : markup_length(f);
        if (run > f->at) {
            add_bytes(f, f->text + f->at, run - f->at, run);
            f->at = run;
        } else if (markup) {
            end_word(f);
            f->out.blank_due = true;
            f->at += markup;
        } else {
            read_character(f);
        }
    }
    end_word(f);
}

talk_status talk__fold(const struct fold_rules *rules, const char *text,
                       size_t length, size_t ceiling, struct arena *arena,
                       struct folded *out)
{
    struct folder f = {.text = text, .length = length};
    *out = (struct folded){0};
    talk__fold_out_init(&f.out, arena, ceiling, out);
    f.ender = (struct word_ender){.rules = rules, .out = &f.out};
    read_all(&f);
    if (f.failed || f.out.failed) return TALK_NOMEM;
    if (f.out.buffer.status != TALK_OK) return f.out.buffer.status;
    out->text = f.out.buffer.text;
    out->length = f.out.buffer.length;
    return TALK_OK;
}
