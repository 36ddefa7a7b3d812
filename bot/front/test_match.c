/* test_match.c - texts with wildcards, and messages against a list of them.
 * In: what is expected, what came.  Out: what stands against what.
 * Knows nothing of transcripts. */
#include "test_match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- One text ---------------------------------------------------------- */

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* A text of which blanks in a row are one, read from left to right. */
struct view {
    const char *at, *end;
};

static struct view view_of(const char *text, size_t length)
{
    struct view view = {text, text + length};
    while (view.at < view.end && is_space(*view.at)) view.at++;
    while (view.end > view.at && is_space(view.end[-1])) view.end--;
    return view;
}

static char take(struct view *view)
{
    char byte = *view->at++;
    if (!is_space(byte)) return byte;
    while (is_space(*view->at)) view->at++; /* it does not end in a blank */
    return ' ';
}

/* The next of a pattern; *any: it is the wildcard. */
static char take_pattern(struct view *view, bool *any)
{
    bool escaped = view->end - view->at > 1 && view->at[0] == '\\' &&
                   (view->at[1] == '*' || view->at[1] == '\\');
    if (escaped) view->at++;
    *any = !escaped && *view->at == '*';
    return take(view);
}

bool match_text(const char *pattern, const char *text, size_t length)
{
    struct view want = view_of(pattern, strlen(pattern));
    struct view have = view_of(text, length);
    struct view want_after = {0}, have_after = {0}; /* of the last wildcard */
    while (have.at < have.end || want.at < want.end) {
        bool any = false;
        char wanted = want.at < want.end ? take_pattern(&want, &any) : '\0';
        if (any) {
            want_after = want;
            have_after = have;
            continue;
        }
        if (wanted && have.at < have.end && take(&have) == wanted) continue;
        if (!want_after.at || have_after.at >= have_after.end) return false;
        (void)take(&have_after); /* the wildcard takes one more */
        want = want_after;
        have = have_after;
    }
    return true;
}

/* ---- Several ----------------------------------------------------------- */

/* What a step of the way costs. A pair that does not fit is one thing to read
 * about; an item and a message that stand alone are two. */
enum { COST_MISFIT = 3 * MATCH_FITS, COST_ALONE = 2 * MATCH_FITS };

/* The share of the pattern's words that the text has, too. */
unsigned char match_likeness(const char *pattern, const char *text,
                             size_t length)
{
    size_t words = 0, found = 0;
    for (const char *at = pattern; *at;) {
        while (is_space(*at)) at++;
        size_t bytes = 0;
        while (at[bytes] && !is_space(at[bytes])) bytes++;
        if (!bytes) break;
        words++;
        for (size_t i = 0; i + bytes <= length; i++) {
            if (memcmp(text + i, at, bytes) != 0) continue;
            found++;
            break;
        }
        at += bytes;
    }
    if (words == 0) return 0;
    return (unsigned char)(found * (MATCH_FITS - 1) / words);
}

enum step { STEP_PAIR, STEP_ITEM, STEP_MESSAGE };

/* Costs row by row; which step was best is kept for all. */
static void fill_steps(const struct match_item *items, size_t item_count,
                       const unsigned char *table, size_t width,
                       uint32_t *rows, unsigned char *steps)
{
    for (size_t m = 0; m < width; m++) {
        rows[m] = (uint32_t)m * COST_ALONE;
        steps[m] = STEP_MESSAGE;
    }
    for (size_t i = 1; i <= item_count; i++) {
        const uint32_t *above = rows + (i - 1) % 2 * width;
        uint32_t *row = rows + i % 2 * width;
        bool optional = items[i - 1].optional;
        uint32_t alone = optional ? 0 : COST_ALONE;
        row[0] = above[0] + alone;
        steps[i * width] = STEP_ITEM;
        for (size_t m = 1; m < width; m++) {
            unsigned char near = table[(i - 1) * (width - 1) + m - 1];
            bool fits = near == MATCH_FITS;
            uint32_t best =
                above[m - 1] + (fits ? 0u : (uint32_t)COST_MISFIT - near);
            enum step step = STEP_PAIR;
            /* What is optional and does not fit is simply not there. */
            if ((!fits && optional) || above[m] + alone < best) {
                best = above[m] + alone;
                step = STEP_ITEM;
            }
            if (row[m - 1] + COST_ALONE < best) {
                best = row[m - 1] + COST_ALONE;
                step = STEP_MESSAGE;
            }
            row[m] = best;
            steps[i * width + m] = (unsigned char)step;
        }
    }
}

bool match_align(struct match_item *items, size_t item_count,
                 const unsigned char *table, size_t message_count)
{
    size_t width = message_count + 1;
    unsigned char *steps = calloc(item_count + 1, width);
    uint32_t *rows = calloc(2 * width, sizeof *rows);
    bool fine = steps && rows;
    if (fine) fill_steps(items, item_count, table, width, rows, steps);
    for (size_t i = item_count, m = message_count; fine && i > 0;) {
        unsigned char step = steps[i * width + m];
        if (step == STEP_MESSAGE) {
            m--;
            continue;
        }
        struct match_item *item = &items[--i];
        item->message = MATCH_NOTHING;
        item->fits = item->optional;
        if (step == STEP_ITEM) continue;
        item->message = (int)--m;
        item->fits = table[i * message_count + m] == MATCH_FITS;
    }
    free(steps);
    free(rows);
    return fine;
}
