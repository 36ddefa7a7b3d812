/* test_diff.c - two texts side by side, word by word.
 * In: what was expected, what came.  Out: one text with marks.  The longest
 * common run of words (Wagner and Fischer) decides what stays. */
#include "test_diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Longer texts than any message of a bot; the table has the square of it. */
enum { WORDS_MAX = 1000 };

struct word_list {
    const char *starts[WORDS_MAX];
    size_t lengths[WORDS_MAX];
    size_t count;
};

static int split(const char *text, struct word_list *list)
{
    static const char blanks[] = " \t\r\n\v\f";
    list->count = 0;
    for (const char *at = text + strspn(text, blanks); *at;) {
        size_t length = strcspn(at, blanks);
        if (list->count == WORDS_MAX) return 0;
        list->starts[list->count] = at;
        list->lengths[list->count++] = length;
        at += length;
        at += strspn(at, blanks);
    }
    return 1;
}

static int is_same(const struct word_list *a, size_t i,
                   const struct word_list *b, size_t j)
{
    return a->lengths[i] == b->lengths[j] &&
           memcmp(a->starts[i], b->starts[j], a->lengths[i]) == 0;
}

/* common[i][j]: the most words that a from i and b from j have in common. */
static void fill(uint16_t *common, const struct word_list *a,
                 const struct word_list *b)
{
    size_t width = b->count + 1;
    for (size_t i = a->count; i-- > 0;) {
        for (size_t j = b->count; j-- > 0;) {
            uint16_t down = common[(i + 1) * width + j];
            uint16_t right = common[i * width + j + 1];
            uint16_t most = down > right ? down : right;
            if (is_same(a, i, b, j)) {
                most = (uint16_t)(common[(i + 1) * width + j + 1] + 1);
            }
            common[i * width + j] = most;
        }
    }
}

static void put_run(FILE *out, const struct word_list *list, size_t from,
                    size_t to, const char *before, const char *behind,
                    int *first)
{
    if (from == to) return;
    if (!*first) putc(' ', out);
    *first = 0;
    fputs(before, out);
    for (size_t i = from; i < to; i++) {
        if (i > from) putc(' ', out);
        fwrite(list->starts[i], 1, list->lengths[i], out);
    }
    fputs(behind, out);
}

static void put_change(FILE *out, const struct word_list *list, size_t from,
                       size_t to, const char *color, const char *marks,
                       const char *plain, int *first)
{
    char before[32], behind[32];
    snprintf(before, sizeof before, "%s%.2s", color, marks);
    snprintf(behind, sizeof behind, "%.2s%s", marks + 2, plain);
    put_run(out, list, from, to, before, behind, first);
}

static void put(FILE *out, const uint16_t *common, const struct word_list *a,
                const struct word_list *b, const struct diff_colors *colors)
{
    size_t width = b->count + 1, i = 0, j = 0;
    int first = 1;
    while (i < a->count || j < b->count) {
        size_t i_from, j_from = j;
        while (i < a->count && j < b->count && is_same(a, i, b, j)) {
            i++;
            j++;
        }
        put_run(out, b, j_from, j, "", "", &first);
        i_from = i;
        j_from = j;
        while ((i < a->count || j < b->count) &&
               !(i < a->count && j < b->count && is_same(a, i, b, j))) {
            int drop = j == b->count ||
                       (i < a->count && common[(i + 1) * width + j] >=
                                            common[i * width + j + 1]);
            if (drop) {
                i++;
            } else {
                j++;
            }
        }
        put_change(out, a, i_from, i, colors->removed, "[--]", colors->plain,
                   &first);
        put_change(out, b, j_from, j, colors->added, "{++}", colors->plain,
                   &first);
    }
}

int diff_words(FILE *out, const char *a, const char *b,
               const struct diff_colors *colors)
{
    struct word_list *lists = calloc(2, sizeof *lists);
    uint16_t *common = NULL;
    if (lists && split(a, &lists[0]) && split(b, &lists[1])) {
        common = calloc((lists[0].count + 1) * (lists[1].count + 1),
                        sizeof *common);
    }
    int fine = common != NULL;
    if (fine) {
        fill(common, &lists[0], &lists[1]);
        put(out, common, &lists[0], &lists[1], colors);
    }
    free(common);
    free(lists);
    return fine;
}
