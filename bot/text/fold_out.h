/* fold_out.h - what a folded text is written through: words with a blank
 * between, marks behind words. Used by the files of folding only. */
#ifndef TALK_TEXT_FOLD_OUT_H
#define TALK_TEXT_FOLD_OUT_H

#include "buffer.h"
#include "fold.h"

struct fold_out {
    struct arena *arena;
    struct buffer buffer;
    struct folded *folded;
    size_t word_capacity, correction_capacity;
    bool blank_due; /* before the next word */
    bool failed;    /* no memory for a word */
};

/* A run of bytes of the message. */
struct span {
    size_t from, to;
};

void talk__fold_out_init(struct fold_out *out, struct arena *arena,
                         size_t ceiling, struct folded *folded);
/* One word, or several with single blanks between. */
void talk__fold_out_words(struct fold_out *out, const char *text,
                          size_t length, struct span origin);
/* More letters of the last word: "fore" "arm". Nothing came behind it. */
void talk__fold_out_join(struct fold_out *out, const char *text, size_t length,
                         struct span origin);
/* One of , . ? ! ; : unless a mark that says more is there already. */
void talk__fold_out_mark(struct fold_out *out, char mark);
/* A comma; a full stop before it is the first point of "...". */
void talk__fold_out_pause(struct fold_out *out);
/* The text from `start` to its end is a correction. */
void talk__fold_out_correction(struct fold_out *out, size_t start,
                               struct span origin);

#endif
