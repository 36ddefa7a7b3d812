/* window.c - a long text in pieces that are matched one by one.
 * In: the folded text.  Out: pieces that overlap.  Ignores what is in them. */
#include "window.h"

#include "ascii.h"

/* Bytes that are read twice where no sentence ends. */
enum { OVERLAP = 160 };

static bool ends_sentence(char c)
{
    return c == '.' || c == '?' || c == '!' || c == ';';
}

/* Where a window that starts at `start` ends: at the last sentence end that
 * fits, else at the last blank, else at a border of characters. */
static size_t window_end(const struct folded *folded, size_t start)
{
    const char *text = folded->text;
    if (folded->length - start <= WINDOW_MAX) return folded->length;
    size_t end = start + WINDOW_MAX;
    for (size_t at = end; at > start + WINDOW_MAX / 4; at--) {
        if (ends_sentence(text[at - 1]) && text[at] == ' ') return at;
    }
    for (size_t at = end; at > start + WINDOW_MAX / 2; at--) {
        if (text[at] == ' ') return at;
    }
    while (!talk__is_first_byte(text[end])) end--;
    return end;
}

size_t talk__window_next(const struct folded *folded,
                         const struct window *last)
{
    const char *text = folded->text;
    size_t floor = last->start + (last->end - last->start) / 2;
    for (size_t at = last->end - 1; at > floor; at--) {
        if (ends_sentence(text[at - 1]) && text[at] == ' ') return at + 1;
    }
    size_t at = last->end - last->start > 2 * OVERLAP ? last->end - OVERLAP
                                                      : last->end;
    for (size_t back = at; back > floor; back--) {
        if (text[back - 1] == ' ') return back;
    }
    while (!talk__is_first_byte(text[at])) at++;
    return at;
}

struct window talk__window_at(const struct folded *folded, size_t start)
{
    struct window window = {start, window_end(folded, start), 0, 0};
    window.first = talk__folded_word_at(folded, start);
    window.words_end = talk__folded_word_at(folded, window.end);
    return window;
}
