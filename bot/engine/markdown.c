/* markdown.c - a message as Markdown.
 * In: its text; the words that name the help which its turn calls for. Out:
 * CommonMark that is read as the same text, with the sentences strong that
 * hold such a word; lines that begin with "- " are a list. Everything else
 * that means something in Markdown is escaped, whoever said it. */
#include <string.h>

#include "holds.h"
#include "turn.h"

struct writer {
    talk_write_fn write;
    void *payload;
    bool failed;
};

static void put(struct writer *w, const char *text, size_t length)
{
    if (length && !w->failed) w->failed = !w->write(w->payload, text, length);
}

/* What stands for text[at], when it means something; else NULL. Renderers from
 * before CommonMark know the backslash before a few characters only. */
static const char *instead_of(const char *text, size_t length, size_t at)
{
    static const char escapes[][3] = {"\\\\", "\\`", "\\*", "\\_",
                                      "\\[",  "\\]", "\\~", "\\|"};
    char c = text[at], next = at + 1 < length ? text[at + 1] : ' ';
    bool letter = talk__is_small(talk__lower(next));
    if (c == '&') return letter || next == '#' ? "&amp;" : NULL;
    if (c == '<') {
        return letter || next == '/' || next == '!' || next == '?' ? "&lt;"
                                                                   : NULL;
    }
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (c == escapes[i][1]) return escapes[i];
    }
    return NULL;
}

static void put_escaped(struct writer *w, const char *text, size_t length)
{
    size_t from = 0;
    for (size_t at = 0; at < length; at++) {
        const char *instead = instead_of(text, length, at);
        if (!instead) continue;
        put(w, text + from, at - from);
        put(w, instead, strlen(instead));
        from = at + 1;
    }
    put(w, text + from, length - from);
}

/* ---- Sentences ---- */

static bool is_strong(const char *text, size_t length,
                      const struct texts *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        if (talk__holds(text, length, names->items[i])) return true;
    }
    return false;
}

/* Of the sentence that begins the line. */
static size_t sentence_length(const char *line, size_t length)
{
    for (size_t at = 1; at < length; at++) {
        if (talk__is_blank(line[at]) && talk__ends_sentence(line, at)) {
            return at;
        }
    }
    return length;
}

static void put_sentence(struct writer *w, const char *text, size_t length,
                         const struct texts *names)
{
    bool strong = is_strong(text, length, names);
    if (strong) put(w, "**", 2);
    put_escaped(w, text, length);
    if (strong) put(w, "**", 2);
}

/* ---- Lines ---- */

static size_t count_blanks(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && talk__is_blank(text[count])) count++;
    return count;
}

static bool is_item(const char *line, size_t length)
{
    return length > 2 && line[0] == '-' && line[1] == ' ';
}

/* What would make a heading, a list or a rule of the line. */
static size_t put_start(struct writer *w, const char *line, size_t length)
{
    static const struct {
        char c;
        const char *instead;
    } starts[] = {{'#', "\\#"},
                  {'+', "\\+"},
                  {'-', "\\-"},
                  {'=', "&#61;"},
                  {'>', "&gt;"}};
    size_t digits = 0;
    if (is_item(line, length)) {
        put(w, line, 2);
        return 2 + count_blanks(line + 2, length - 2);
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (length == 0 || line[0] != starts[i].c) continue;
        put(w, starts[i].instead, strlen(starts[i].instead));
        return 1;
    }
    while (digits < length && talk__is_digit(line[digits])) digits++;
    if (digits == 0 || digits == length || !strchr(".)", line[digits])) {
        return 0;
    }
    put(w, line, digits);
    put(w, "\\", 1);
    put(w, line + digits, 1);
    return digits + 1;
}

/* Without blanks at its ends, which would mean code or a break. */
static void put_line(struct writer *w, const char *line, size_t length,
                     const struct texts *names)
{
    size_t at = put_start(w, line, length);
    while (at < length) {
        size_t blanks = count_blanks(line + at, length - at);
        put(w, " ", blanks > 0);
        at += blanks;
        size_t sentence = sentence_length(line + at, length - at);
        put_sentence(w, line + at, sentence, names);
        at += sentence;
    }
}

static void put_text(struct writer *w, const char *text, size_t length,
                     const struct texts *names)
{
    bool begun = false, was_item = false, was_empty = false;
    while (length) {
        const char *end = memchr(text, '\n', length);
        size_t line = end ? (size_t)(end - text) : length;
        size_t next = end ? line + 1 : length;
        size_t skip = count_blanks(text, line);
        const char *start = text + skip;
        size_t left = line - skip;
        while (left && talk__is_blank(start[left - 1])) left--;
        if (left) {
            bool item = is_item(start, left);
            /* A line end alone is a blank in Markdown, unless two blanks
             * stand before it; a list ends with an empty line. */
            if (begun && (was_empty || item != was_item)) {
                put(w, "\n\n", 2);
            } else if (begun) {
                put(w, item ? "\n" : "  \n", item ? 1 : 3);
            }
            put_line(w, start, left, names);
            begun = true;
            was_item = item;
        }
        was_empty = left == 0;
        text += next;
        length -= next;
    }
}

talk_status talk_turn_markdown(const talk_turn *turn, size_t index,
                               talk_write_fn write, void *payload,
                               talk_error *err)
{
    static const struct texts none = {NULL, 0};
    if (!write || index >= talk_turn_message_count(turn)) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_turn_markdown: %s",
                          write && turn ? "no such message" : "NULL");
    }
    talk_message message = talk_turn_message(turn, index);
    talk_tier tier = talk_turn_tier(turn);
    bool alarm = tier >= TALK_TIER_URGENT;
    struct writer w = {.write = write, .payload = payload};
    put_text(&w, message.text, message.length,
             alarm ? &turn->pack->policy.tiers[tier].names : &none);
    if (!w.failed) return TALK_OK;
    return talk__fail(err, TALK_IO, (struct place){0}, "the callback gave up");
}
