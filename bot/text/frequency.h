/* frequency.h - how often words occur in some texts: which are rare? */
#ifndef TALK_TEXT_FREQUENCY_H
#define TALK_TEXT_FREQUENCY_H

#include "table.h"

struct frequency {
    struct arena *arena;
    struct table words; /* word -> how often */
    struct table stems; /* first letters of a word -> likewise */
};

void talk__frequency_init(struct frequency *frequency, struct arena *arena);
/* Counts the words of a text. It need not be folded: this is a rough count.
 * false: no memory. */
bool talk__frequency_add(struct frequency *frequency, const char *text,
                         size_t length);
/* To be called when all texts were added, before the first question. */
bool talk__frequency_close(struct frequency *frequency);

/* Words that begin so, or that are so. */
uint32_t talk__frequency_of(const struct frequency *frequency,
                            const char *word, size_t length, bool stem);

#endif
