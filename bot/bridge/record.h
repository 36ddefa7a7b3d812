/* record.h - what is kept of one conversation: the session, and answers that
 * may not have arrived. */
#ifndef BRIDGE_RECORD_H
#define BRIDGE_RECORD_H

#include "backtalk.h"

/* A message of ours. The texts are the record's. */
struct letter {
    const char *id; /* stays the same when it is sent again */
    const char *to;
    const char *body;
    bool aloud;       /* to a whole room */
    bool with_states; /* chat states are wanted */
};

struct record;

/* A conversation that begins; `who` is copied. NULL: no memory. */
struct record *record_new(const char *who, const talk_bot *bot);
/* What record_write has written; `who` is whose it must be. NULL: it is no
 * such record; err says why. */
struct record *record_read(const char *who, const talk_bot *bot,
                           const char *text, size_t length, talk_error *err);
void record_free(struct record *record); /* NULL is fine */

/* The record's own; never NULL. */
talk_session *record_session(const struct record *record);

/* Answers that the server has not taken yet, oldest first. */
size_t record_letter_count(const struct record *record);
struct letter record_letter(const struct record *record, size_t index);
/* Copies it. false: no memory, or too many wait; nothing was changed. */
bool record_add(struct record *record, const struct letter *letter);
void record_drop_letters(struct record *record);

/* As one line of text, which the caller frees; NULL: no memory. */
char *record_write(const struct record *record, size_t *length);

/* Whose record this is, when answers wait in it; the caller frees it. NULL:
 * none wait, or it is no record. */
char *record_waiting(const char *text, size_t length);

#endif
