/* grade.h - how hard a text is to read. */
#ifndef TALK_CHECK_GRADE_H
#define TALK_CHECK_GRADE_H

#include <stddef.h>

/* The school grade of an English text after Flesch and Kincaid (1975), by
 * words, sentences and syllables; below 0 for very short words. Syllables are
 * counted by rule of thumb. A text without words is 0. */
double talk__grade(const char *text, size_t length);
/* Words of a text: runs of letters, digits and apostrophes. */
size_t talk__grade_words(const char *text, size_t length);
/* At least 1. */
size_t talk__grade_syllables(const char *word, size_t length);

#endif
