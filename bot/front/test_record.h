/* test_record.h - a conversation as a transcript. */
#ifndef FRONT_TEST_RECORD_H
#define FRONT_TEST_RECORD_H

#include "backtalk.h"

#include <stdbool.h>
#include <stdio.h>

struct record {
    FILE *stream; /* NULL: no memory, or the talk is too long */
    char *text;
    size_t length, turns;
    uint32_t seed;
    char *slots; /* what was filled before, as text */
};

void record_init(struct record *record, uint32_t seed);
void record_clear(struct record *record);
/* Forgets what was said. */
void record_restart(struct record *record);

void record_turn(struct record *record, const char *said, size_t length,
                 const talk_turn *turn);

/* Writes it below a title, to a file that must not exist yet; its name gets
 * the ending of transcripts. Returns the name, which the caller frees; NULL:
 * it was not written, and *why says why (borrowed until the next call). */
char *record_save(struct record *record, const char *name, const char **why);
/* The same to a stream; false: it is not whole. */
bool record_write(struct record *record, const char *title, FILE *out);

/* ---- Lines of a transcript, also for --accept -------------------------- */

/* A text of the bot as a line that stands for just this text. */
void record_put_text(FILE *out, const char *text, size_t length);
/* The text would be read as something else without a backslash before it. */
bool record_is_special(const char *text);
/* The last word of an assertion that stands for just this text. */
void record_put_word(FILE *out, const char *text);

#endif
