/* nearest.c - "did you mean": the right name that is nearest to a wrong one.
 * In: a wrong word and the right ones.  Out: one of these, or none.
 * For names of a few letters that are typed by people: options, commands. */
#include "nearest.h"

#include <stdio.h>
#include <string.h>

/* No name of ours is longer; longer words are not compared. */
enum { NAME_MAX_BYTES = 32 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Damerau's distance: a letter more, less, other, or two swapped: 1 each. */
static size_t distance_of(const char *a, const char *b)
{
    size_t table[NAME_MAX_BYTES + 1][NAME_MAX_BYTES + 1];
    size_t a_length = strlen(a), b_length = strlen(b);
    if (a_length > NAME_MAX_BYTES || b_length > NAME_MAX_BYTES) {
        return NAME_MAX_BYTES + 1;
    }
    for (size_t i = 0; i <= a_length; i++) table[i][0] = i;
    for (size_t j = 0; j <= b_length; j++) table[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        for (size_t j = 1; j <= b_length; j++) {
            size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
            size_t best = table[i - 1][j - 1] + other;
            best = least(best, table[i - 1][j] + 1);
            best = least(best, table[i][j - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1]) {
                best = least(best, table[i - 2][j - 2] + 1);
            }
            table[i][j] = best;
        }
    }
    return table[a_length][b_length];
}

void nearest_init(struct nearest *near, const char *wrong)
{
    /* Two slips in "hsitroy" are a slip of the hand, two in "foo" are
     * another word. */
    size_t slips = 1 + strlen(wrong) / 4;
    *near = (struct nearest){.wrong = wrong, .distance = slips + 1};
}

void nearest_try(struct nearest *near, const char *name)
{
    size_t distance = distance_of(near->wrong, name);
    if (distance >= near->distance || distance >= strlen(name)) return;
    near->name = name;
    near->distance = distance;
}

const char *nearest_hint(const struct nearest *near, const char *mark,
                         char *out, size_t size)
{
    out[0] = '\0';
    if (near->name) {
        snprintf(out, size, "; did you mean '%s%s'?", mark, near->name);
    }
    return out;
}
