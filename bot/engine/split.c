/* split.c - a long text in pieces, for channels that take short ones.
 * In: text, a number of bytes.  Out: where to cut: behind a sentence, else
 * between words, else between characters. */
#include "backtalk.h"
#include "turn.h"
#include "unicode.h"

#include <string.h>

#include "ascii.h"

/* Bytes of the longest character in UTF-8. */
enum { CHARACTER_MAX = 4 };

/* A sentence that ends in the first part of a piece is no place to cut: the
 * pieces would become many and short. */
enum { SENTENCE_PART = 3 };

static size_t trimmed(const char *text, size_t length)
{
    while (length > 0 && talk__is_blank(text[length - 1])) length--;
    return length;
}

bool talk__ends_sentence(const char *text, size_t at)
{
    if (text[at] == '\n') return true;
    while (at > 0 && strchr("\"')]", text[at - 1]) && text[at - 1]) at--;
    return at > 0 && text[at - 1] && strchr(".!?", text[at - 1]);
}

/* The last blank with text before it, at most `most` bytes in; 0: none. */
static size_t cut_at_blank(const char *text, size_t most, bool sentences)
{
    for (size_t at = most; at > 0; at--) {
        if (!talk__is_blank(text[at]) || trimmed(text, at) == 0) continue;
        if (!sentences) return at;
        if (at < most / SENTENCE_PART) break;
        if (talk__ends_sentence(text, at)) return at;
    }
    return 0;
}

size_t talk_split(const char *text, size_t length, size_t most, size_t *next)
{
    size_t rest;
    if (!next) next = &rest;
    *next = length;
    if (!text) return 0;
    if (most < CHARACTER_MAX) most = CHARACTER_MAX;
    if (length <= most) return length;
    size_t cut = cut_at_blank(text, most, true);
    if (!cut) cut = cut_at_blank(text, most, false);
    if (!cut) {
        cut = talk__unicode_border(text, length, most);
        *next = cut;
        return cut;
    }
    *next = cut;
    while (*next < length && talk__is_blank(text[*next])) ++*next;
    return trimmed(text, cut);
}
