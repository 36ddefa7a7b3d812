/* window.h - a long text in pieces that are matched one by one: the time of a
 * match may grow with the square of what it is tried on. */
#ifndef TALK_UNDERSTAND_WINDOW_H
#define TALK_UNDERSTAND_WINDOW_H

#include "fold.h"

enum { WINDOW_MAX = 1024 }; /* bytes */

struct window {
    size_t start, end;       /* bytes */
    size_t first, words_end; /* words */
};

/* The window that starts at `start`; it is the last when it ends where the
 * text does. */
struct window talk__window_at(const struct folded *folded, size_t start);
/* Where the next one starts: with the sentence that the last one ended with,
 * or a bit before its end. */
size_t talk__window_next(const struct folded *folded,
                         const struct window *last);

#endif
