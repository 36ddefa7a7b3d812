/* number.h - numbers as text, with a point whatever the host's locale. */
#ifndef TALK_BASE_NUMBER_H
#define TALK_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* "7", "-2.5"; false when the text is anything else. */
bool talk__number_read(const char *text, double *out);

/* Bytes that talk__number_write needs, the NUL byte included. */
enum { NUMBER_SIZE = 32 };

/* The shortest form with at most six decimals. Returns its length. |number|
 * is below 10^15. */
size_t talk__number_write(double number, char out[NUMBER_SIZE]);

#endif
