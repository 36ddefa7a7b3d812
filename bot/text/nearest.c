/* nearest.c - how far two words are from each other, and which was meant.
 * In: what was typed, names.  Out: a number of mistakes; the nearest name.
 * Ignores: what the words mean, how common they are. */
#include "nearest.h"

#include <stdint.h>
#include <string.h>

/* Bytes that may differ between two words of which one is a slip of the
 * other. Longer ones are far from everything. */
enum { LETTERS_MAX = 64 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t talk__edit_distance(const char *a, size_t a_length, const char *b,
                           size_t b_length, size_t max)
{
    size_t far = max + 1;
    while (a_length && b_length && *a == *b) {
        a++, b++;
        a_length--, b_length--;
    }
    while (a_length && b_length && a[a_length - 1] == b[b_length - 1]) {
        a_length--, b_length--;
    }
    size_t shorter = smaller(a_length, b_length);
    size_t longer = a_length + b_length - shorter;
    if (longer - shorter > max) return far;
    if (shorter == 0) return longer;
    if (longer > LETTERS_MAX) return far;

    /* rows[i % 3][j]: mistakes between the first i letters of a and the
     * first j of b. A swap looks two rows back. */
    size_t rows[3][LETTERS_MAX + 1];
    for (size_t j = 0; j <= b_length; j++) rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *two_before = rows[(i + 1) % 3];
        size_t best = row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t mistake = a[i - 1] != b[j - 1];
            size_t cost = smaller(before[j], row[j - 1]) + 1;
            cost = smaller(cost, before[j - 1] + mistake);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1]) {
                cost = smaller(cost, two_before[j - 2] + 1);
            }
            row[j] = cost;
            best = smaller(best, cost);
        }
        if (best > max) return far;
    }
    return smaller(rows[a_length % 3][b_length], far);
}

/* Mistakes that a typed name may have and still be taken for another. */
static size_t reach_of(size_t length)
{
    if (length < 4) return 1;
    return length < 8 ? 2 : 3;
}

void talk__nearest_init(struct nearest *nearest, const char *text,
                        size_t length)
{
    *nearest = (struct nearest){text, length, reach_of(length), NULL};
}

void talk__nearest_try(struct nearest *nearest, const char *name)
{
    if (nearest->reach == SIZE_MAX) return; /* the very name was there */
    size_t distance = talk__edit_distance(nearest->text, nearest->length, name,
                                          strlen(name), nearest->reach);
    if (distance > nearest->reach) return;
    nearest->name = name;
    nearest->reach = distance - 1; /* the next one must be nearer */
}
