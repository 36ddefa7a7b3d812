/* test_diff.h - two texts side by side, word by word. */
#ifndef FRONT_TEST_DIFF_H
#define FRONT_TEST_DIFF_H

#include <stdio.h>

/* Writes b as it came out of a: "see a doctor [-today-] {+tomorrow+}". The
 * marks stand round runs of words; added and removed are escapes that begin a
 * colour and plain ends it, all "" without colour. Texts of very many words
 * are not compared: false, and nothing is written. */
struct diff_colors {
    const char *removed, *added, *plain;
};
int diff_words(FILE *out, const char *a, const char *b,
               const struct diff_colors *colors);

#endif
