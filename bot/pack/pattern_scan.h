/* pattern_scan.h - a pattern piece by piece, as far as macros and the checks
 * of what a pattern may hold need it. */
#ifndef TALK_PACK_PATTERN_SCAN_H
#define TALK_PACK_PATTERN_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum pattern_part {
    PART_TEXT,   /* one byte that stands for itself, or a sign like * */
    PART_ESCAPE, /* \w, \x{41}, \k<name> */
    PART_GROUP,  /* ( with what belongs to it: (?: or (?<name> or (*VERB */
    PART_CLASS,  /* [, or [^, up to the first that it may hold; and the ] */
    PART_REPEAT, /* {2,3} */
    PART_MACRO,  /* {name} */
    PART_BRACE   /* { or } that is none of these */
};

struct pattern_scan {
    const char *text;
    size_t length;
    size_t at;     /* where the next part begins */
    bool in_class; /* behind a [ */
    enum pattern_part part;
    size_t start; /* of the part; it ends at `at` */
};

void talk__scan_init(struct pattern_scan *scan, const char *text,
                     size_t length);
/* False at the end. */
bool talk__scan_next(struct pattern_scan *scan);
/* Quicker where only what is special matters: steps over letters, digits,
 * blanks and signs of repeating, unless they are in a class. */
void talk__scan_skip(struct pattern_scan *scan);

#endif
