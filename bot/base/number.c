/* number.c - numbers as text.
 * In: text or a number.  Out: the other. strtod and "%g" would ask the locale
 * for the point. */
#include "number.h"

#include <math.h>
#include <stdio.h>

enum { DECIMALS = 6, DECIMALS_ONE = 1000000 };

bool talk__number_read(const char *text, double *out)
{
    double number = 0, scale = 1, sign = *text == '-' ? -1 : 1;
    if (*text == '-') text++;
    if (*text < '0' || *text > '9') return false;
    for (; *text >= '0' && *text <= '9'; text++) {
        number = number * 10 + (*text - '0');
    }
    if (*text == '.' && text[1]) text++;
    for (; *text >= '0' && *text <= '9'; text++) {
        scale /= 10;
        number += scale * (*text - '0');
    }
    *out = sign * number;
    return *text == '\0';
}

size_t talk__number_write(double number, char out[NUMBER_SIZE])
{
    double size = fabs(number), whole = floor(size);
    int rest = (int)floor((size - whole) * DECIMALS_ONE + 0.5);
    if (rest == DECIMALS_ONE) {
        whole++;
        rest = 0;
    }
    const char *sign = number < 0 && (whole > 0 || rest > 0) ? "-" : "";
    int length = snprintf(out, NUMBER_SIZE, "%s%.0f", sign, whole);
    if (rest > 0) {
        length += snprintf(out + length, NUMBER_SIZE - (size_t)length, ".%0*d",
                           DECIMALS, rest);
        while (out[length - 1] == '0') out[--length] = '\0';
    }
    return (size_t)length;
}
