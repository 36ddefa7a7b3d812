/* swap.c - "I" becomes "you": what the user said, said back.
 * In: the user's words, the pack's persons.  Out: the same in other persons.
 * Ignores grammar: what must change, such as "i am", stands in the table. */
#include <string.h>

#include "ascii.h"
#include "holes.h"

/* A word as it was written, and where it stands in the plain text. */
struct swap_word {
    size_t start, end;
    size_t plain_start, plain_end;
};

/* The words of a text: lower case, curly apostrophes straight. Between two
 * stands one blank, or a comma where there was more than blanks. */
struct swap_words {
    struct swap_word *words;
    size_t count;
    char *plain;
};

static const char curly[] = "\xE2\x80\x99";
enum { CURLY_LENGTH = sizeof curly - 1 };

/* Bytes of the letter or apostrophe at `text`; 0: there is none. */
static size_t letter_at(const char *text, char *plain)
{
    *plain = talk__lower(*text);
    if (strncmp(text, curly, CURLY_LENGTH) == 0) {
        *plain = '\'';
        return CURLY_LENGTH;
    }
    bool letter = talk__is_small(*plain) || talk__is_digit(*plain) ||
                  *plain == '\'' || talk__is_beyond_ascii(*plain);
    return letter ? 1 : 0;
}

static bool only_blanks(const char *text, size_t from, size_t to)
{
    return strspn(text + from, " ") >= to - from;
}

static void add_word(struct swap_words *w, const char *text, size_t *at,
                     size_t *plain)
{
    struct swap_word *word = &w->words[w->count];
    char byte;
    if (w->count) {
        bool near = only_blanks(text, word[-1].end, *at);
        w->plain[(*plain)++] = near ? ' ' : ',';
    }
    *word = (struct swap_word){.start = *at, .plain_start = *plain};
    for (size_t size; (size = letter_at(text + *at, &byte)) > 0;) {
        w->plain[(*plain)++] = byte;
        *at += size;
    }
    word->end = *at;
    word->plain_end = *plain;
    w->count++;
}

/* false: no memory. */
static bool split(const char *text, struct arena *arena, struct swap_words *w)
{
    size_t length = strlen(text), plain = 0;
    char byte;
    *w = (struct swap_words){
        .words = talk__arena_array(arena, length / 2 + 1, sizeof *w->words),
        .plain = talk__arena_array(arena, 2 * length + 1, 1)};
    if (!w->words || !w->plain) return false;
    for (size_t at = 0; at < length;) {
        if (letter_at(text + at, &byte)) {
            add_word(w, text, &at, &plain);
        } else {
            at++;
        }
    }
    return true;
}

/* What the longest run of words from `first` on becomes; *run is how many
 * words it has. NULL: it stays. */
static const char *swap_of(const struct pack *pack, const struct swap_words *w,
                           size_t first, size_t *run)
{
    const char *plain = w->plain + w->words[first].plain_start;
    size_t longest = pack->swap_words_max;
    if (longest > w->count - first) longest = w->count - first;
    for (*run = longest; *run > 0; (*run)--) {
        const char *end = w->plain + w->words[first + *run - 1].plain_end;
        uint32_t swap =
            talk__table_get(&pack->swapped, plain, (size_t)(end - plain));
        if (swap != TABLE_NONE) return pack->swaps[swap];
    }
    return NULL;
}

void talk__swap_persons(const struct pack *pack, const char *text,
                        struct buffer *out)
{
    struct swap_words w;
    size_t at = 0, run;
    if (!split(text, out->arena, &w)) {
        if (out->status == TALK_OK) out->status = TALK_NOMEM;
        return;
    }
    for (size_t i = 0; i < w.count;) {
        const char *swap = swap_of(pack, &w, i, &run);
        if (!swap) {
            i++;
            continue;
        }
        talk__buffer_add(out, text + at, w.words[i].start - at);
        talk__buffer_add_text(out, swap);
        i += run;
        at = w.words[i - 1].end;
    }
    talk__buffer_add_text(out, text + at);
}
