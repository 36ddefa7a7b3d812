/* fold_out.c - what a folded text is written through.
 * In: words and marks, each with where it came from.  Out: text that keeps
 * its grammar: single blanks, none at the ends, marks behind words.
 * Ignores how a message is read. */
#include "fold_out.h"

#include <string.h>

void talk__fold_out_init(struct fold_out *out, struct arena *arena,
                         size_t ceiling, struct folded *folded)
{
    *out = (struct fold_out){.arena = arena, .folded = folded};
    talk__buffer_init(&out->buffer, arena, ceiling);
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static void note_word(struct fold_out *out, size_t start, size_t end,
                      struct span origin)
{
    struct folded *folded = out->folded;
    void *words = folded->words;
    if (!talk__arena_room(out->arena, &words, folded->word_count,
                          &out->word_capacity, sizeof *folded->words)) {
        out->failed = true;
        return;
    }
    folded->words = words;
    folded->words[folded->word_count++] =
        (struct word){(uint32_t)start, (uint32_t)(end - start),
                      (uint32_t)origin.from, (uint32_t)origin.to, false};
}

static void note_words(struct fold_out *out, size_t start, struct span origin)
{
    const char *text = out->buffer.text;
    size_t at = start, end = out->buffer.length;
    while (!out->failed) {
        while (at < end && !is_word_byte(text[at])) at++;
        size_t word = at;
        while (at < end && is_word_byte(text[at])) at++;
        if (at == word) break;
        note_word(out, word, at, origin);
    }
}

void talk__fold_out_words(struct fold_out *out, const char *text,
                          size_t length, struct span origin)
{
    if (length == 0) return;
    if (out->blank_due && out->buffer.length) {
        talk__buffer_add_byte(&out->buffer, ' ');
    }
    out->blank_due = true;
    size_t start = out->buffer.length;
    talk__buffer_add(&out->buffer, text, length);
    if (out->buffer.status == TALK_OK) note_words(out, start, origin);
}

void talk__fold_out_join(struct fold_out *out, const char *text, size_t length,
                         struct span origin)
{
    talk__buffer_add(&out->buffer, text, length);
    if (out->buffer.status != TALK_OK) return;
    struct word *last = &out->folded->words[out->folded->word_count - 1];
    last->length += (uint32_t)length;
    last->to = (uint32_t)origin.to;
    talk__fold_out_correction(out, last->start,
                              (struct span){last->from, origin.to});
}

/* Of two marks that meet, the one that says more stays. */
static int rank_of(char mark)
{
    static const char ranks[] = ",:;.!?";
    const char *at = mark ? strchr(ranks, mark) : NULL;
    return at ? (int)(at - ranks) : -1;
}

void talk__fold_out_mark(struct fold_out *out, char mark)
{
    struct buffer *buffer = &out->buffer;
    if (buffer->length == 0 || buffer->status != TALK_OK) return;
    int rank = rank_of(buffer->text[buffer->length - 1]);
    if (rank < 0) {
        talk__buffer_add_byte(buffer, mark);
    } else if (rank_of(mark) > rank) {
        buffer->text[buffer->length - 1] = mark;
    }
    out->blank_due = true;
}

void talk__fold_out_pause(struct fold_out *out)
{
    struct buffer *buffer = &out->buffer;
    if (buffer->status == TALK_OK && buffer->length &&
        buffer->text[buffer->length - 1] == '.') {
        buffer->text[buffer->length - 1] = ',';
    }
    talk__fold_out_mark(out, ',');
}

void talk__fold_out_correction(struct fold_out *out, size_t start,
                               struct span origin)
{
    struct folded *folded = out->folded;
    void *corrections = folded->corrections;
    if (out->buffer.status != TALK_OK) return;
    if (!talk__arena_room(out->arena, &corrections, folded->correction_count,
                          &out->correction_capacity,
                          sizeof *folded->corrections)) {
        out->failed = true;
        return;
    }
    folded->corrections = corrections;
    folded->corrections[folded->correction_count++] = (struct correction){
        (uint32_t)origin.from, (uint32_t)origin.to, (uint32_t)start,
        (uint32_t)(out->buffer.length - start)};
}
