/* test_match.h - texts with wildcards, and messages against a list of them. */
#ifndef FRONT_TEST_MATCH_H
#define FRONT_TEST_MATCH_H

#include <stdbool.h>
#include <stddef.h>

/* "*" is any text, also none; "\*" and "\\" are themselves; blanks and line
 * ends in a row count as one blank, and not at all at both ends. */
bool match_text(const char *pattern, const char *text, size_t length);

/* What becomes of an item or of a message when they are laid side by side. */
enum { MATCH_NOTHING = -1 };
struct match_item {
    bool optional;
    int message; /* the message that stands against it, or MATCH_NOTHING */
    bool fits;   /* and is as it should be */
};

/* How near item i is to message m, from 0 to MATCH_FITS. */
enum { MATCH_FITS = 100 };
unsigned char match_likeness(const char *pattern, const char *text,
                             size_t length);

/* Items and messages keep their order; the fewest misfits win, and of these
 * the ones that are nearest. table[i * message_count + m] says how near they
 * are. false: no memory. */
bool match_align(struct match_item *items, size_t item_count,
                 const unsigned char *table, size_t message_count);

#endif
