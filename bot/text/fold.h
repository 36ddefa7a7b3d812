/* fold.h - a message as folded text and words, with a map back. */
#ifndef TALK_TEXT_FOLD_H
#define TALK_TEXT_FOLD_H

#include "memory.h"
#include "table.h"

/* A run of letters and digits of the folded text. Several words may come
 * from one of the message ("can't" -> "can", "not"). */
struct word {
    uint32_t start, length; /* bytes of the folded text */
    uint32_t from, to;      /* bytes of the message */
    bool wrapped;           /* its line ended, and the sentence goes on */
};

/* A word that was read as another. */
struct correction {
    uint32_t from, to;      /* bytes of the message */
    uint32_t start, length; /* bytes of the folded text */
};

/* The folded form: lower case, single blanks, punctuation behind its word;
 * see backtalk-pack(5). Borrowed until the arena is reset. */
struct folded {
    char *text;
    size_t length;
    struct word *words;
    size_t word_count;
    struct correction *corrections;
    size_t correction_count;
    size_t invalid; /* bytes that were not UTF-8 */
    size_t unspelt; /* words that were too many to be spelt */
};

struct speller;

/* Words that are written otherwise: from the word to an index. */
struct fold_rules {
    const struct table *replaced;
    const char *const *replacements;
    const struct speller *speller; /* NULL: no corrections */
};

/* TALK_NOMEM, or TALK_LIMIT when the folded text would exceed ceiling. */
talk_status talk__fold(const struct fold_rules *rules, const char *text,
                       size_t length, size_t ceiling, struct arena *arena,
                       struct folded *out);

/* Index of the first word that ends behind the offset; word_count if none. */
size_t talk__folded_word_at(const struct folded *folded, size_t offset);
/* The bytes of the message that [start, end) of the folded text came from. */
void talk__folded_origin(const struct folded *folded, size_t start, size_t end,
                         size_t *from, size_t *to);

bool talk__is_ascii(const char *text, size_t length);
/* Folds the characters of a pattern: only those beyond ASCII change. */
bool talk__fold_pattern(struct arena *arena, const char *pattern,
                        size_t length, const char **out, size_t *out_length);

#endif
