/* factor.c - takes out what alternatives begin with.
 * In: a pattern.  Out: one that matches the same, in the same order.
 * Ignores what the alternatives mean.
 *
 * PCRE2 tries the alternatives of a group one by one. Two that begin with
 * different letters cannot both match at the same place, so their order is
 * free: those that begin alike are brought together, behind what they have in
 * common. An alternative that does not begin with a letter stays where it is,
 * and none passes it. */
#include "factor.h"

#include <string.h>

#include "ascii.h"
#include "pattern_scan.h"
#include "sort.h"

enum { DEPTH_MAX = 24 }; /* groups made within each other; PCRE2 takes 250 */

/* A part of the pattern: an alternative, or what is left of it. */
struct piece {
    uint32_t start, end;
};

struct factoring {
    struct arena *arena;
    const char *text;
    uint32_t *ends; /* per byte with which an item begins: where it ends */
    char *out;
    size_t length; /* of out */
    int depth;
    bool failed; /* no memory */
};

static void put(struct factoring *f, const char *text, size_t length)
{
    memcpy(f->out + f->length, text, length);
    f->length += length;
}

/* A group ends behind its parenthesis, a class behind its bracket. */
static bool find_ends(struct factoring *f, size_t length)
{
    struct pattern_scan scan;
    size_t open = 0, class_start = 0;
    uint32_t *stack = talk__arena_array(f->arena, length + 1, sizeof *stack);
    f->ends = talk__arena_array(f->arena, length + 1, sizeof *f->ends);
    if (!stack || !f->ends) return false;
    talk__scan_init(&scan, f->text, length);
    while (talk__scan_next(&scan)) {
        bool closes = scan.part == PART_TEXT && !scan.in_class &&
                      f->text[scan.start] == ')' && open > 0;
        f->ends[scan.start] = (uint32_t)scan.at;
        if (scan.part == PART_GROUP) stack[open++] = (uint32_t)scan.start;
        if (closes) f->ends[stack[--open]] = (uint32_t)scan.at;
        if (scan.part != PART_CLASS) continue;
        if (f->text[scan.start] == '[') class_start = scan.start;
        f->ends[class_start] = (uint32_t)scan.at;
    }
    return true;
}

/* A byte that can only match itself, once. */
static bool is_fixed(const struct factoring *f, const struct piece *piece,
                     uint32_t offset)
{
    uint32_t at = piece->start + offset;
    if (at >= piece->end) return false;
    char c = f->text[at];
    if ((unsigned char)c >= 0x80 || strchr("\\()[]{}|?*+.^$", c)) return false;
    return at + 1 == piece->end || !strchr("?*+{", f->text[at + 1]);
}

static void write_choice(struct factoring *f, struct piece whole);

static bool is_look_behind(const char *group)
{
    return group[1] == '?' && group[2] == '<' &&
           (group[3] == '=' || group[3] == '!');
}

/* PCRE2 wants to know how far to look behind: that group stays as it is. */
static void write_item(struct factoring *f, uint32_t at)
{
    const char *item = f->text + at;
    uint32_t end = f->ends[at];
    if (*item != '(' || is_look_behind(item)) {
        put(f, item, end - at);
        return;
    }
    struct pattern_scan scan = {.text = f->text, .length = end, .at = at};
    (void)talk__scan_next(&scan);
    put(f, item, scan.at - at);
    write_choice(f, (struct piece){(uint32_t)scan.at, end - 1});
    put(f, ")", 1);
}

static void write_row(struct factoring *f, const struct piece *piece)
{
    for (uint32_t at = piece->start; at < piece->end; at = f->ends[at]) {
        write_item(f, at);
    }
}

/* How much some alternatives that begin alike have in common. */
static uint32_t common_length(const struct factoring *f,
                              const struct piece *pieces, size_t count)
{
    for (uint32_t length = 1;; length++) {
        for (size_t i = 0; i < count; i++) {
            if (!is_fixed(f, &pieces[i], length) ||
                f->text[pieces[i].start + length] !=
                    f->text[pieces[0].start + length]) {
                return length;
            }
        }
    }
}

/* By first byte; then in the order of the author. */
struct keyed {
    struct piece piece;
    unsigned char first;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *left = a, *right = b;
    if (left->first != right->first) return left->first - right->first;
    return left->piece.start < right->piece.start ? -1 : 1;
}

static void bring_together(struct factoring *f, struct piece *pieces,
                           size_t count)
{
    struct keyed *keyed = talk__arena_array(f->arena, count, sizeof *keyed);
    if (!keyed) {
        f->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        unsigned char first = (unsigned char)f->text[pieces[i].start];
        keyed[i] = (struct keyed){pieces[i], first};
    }
    talk__sort(keyed, count, sizeof *keyed, compare_keyed);
    for (size_t i = 0; i < count; i++) pieces[i] = keyed[i].piece;
}

static void write_pieces(struct factoring *f, struct piece *pieces,
                         size_t count);

/* Alternatives that begin alike. */
static void write_alike(struct factoring *f, struct piece *pieces,
                        size_t count)
{
    if (count == 1) {
        write_row(f, pieces);
        return;
    }
    uint32_t length = common_length(f, pieces, count);
    put(f, f->text + pieces->start, length);
    put(f, "(?:", 3);
    for (size_t i = 0; i < count; i++) pieces[i].start += length;
    f->depth++;
    write_pieces(f, pieces, count);
    f->depth--;
    put(f, ")", 1);
}

/* Alternatives that all begin with a letter. */
static void write_run(struct factoring *f, struct piece *pieces, size_t count)
{
    bring_together(f, pieces, count);
    for (size_t from = 0, to; from < count && !f->failed; from = to) {
        char first = f->text[pieces[from].start];
        to = from + 1;
        while (to < count && f->text[pieces[to].start] == first) to++;
        if (from > 0) put(f, "|", 1);
        write_alike(f, pieces + from, to - from);
    }
}

static void write_pieces(struct factoring *f, struct piece *pieces,
                         size_t count)
{
    for (size_t from = 0, to; from < count && !f->failed; from = to) {
        to = from;
        if (f->depth < DEPTH_MAX) {
            while (to < count && is_fixed(f, &pieces[to], 0)) to++;
        }
        if (from > 0) put(f, "|", 1);
        if (to > from) {
            write_run(f, pieces + from, to - from);
        } else {
            write_row(f, &pieces[to++]);
        }
    }
}

static void write_choice(struct factoring *f, struct piece whole)
{
    size_t count = 1;
    for (uint32_t at = whole.start; at < whole.end; at = f->ends[at]) {
        count += f->text[at] == '|';
    }
    if (count == 1) {
        write_row(f, &whole);
        return;
    }
    struct piece *pieces = talk__arena_array(f->arena, count, sizeof *pieces);
    if (!pieces) {
        f->failed = true;
        return;
    }
    count = 0;
    pieces[0].start = whole.start;
    for (uint32_t at = whole.start; at < whole.end; at = f->ends[at]) {
        if (f->text[at] != '|') continue;
        pieces[count++].end = at;
        pieces[count].start = at + 1;
    }
    pieces[count++].end = whole.end;
    write_pieces(f, pieces, count);
}

const char *talk__factor(struct arena *arena, const char *pattern,
                         size_t length, size_t *out_length)
{
    struct factoring f = {.arena = arena, .text = pattern};
    size_t room = length + 1;
    /* Each group that is made joins two alternatives at least. */
    for (size_t i = 0; i < length; i++) {
        if (pattern[i] == '|') room += strlen("(?:)");
    }
    f.out = talk__arena_take(arena, room);
    if (!f.out || !find_ends(&f, length)) return NULL;
    write_choice(&f, (struct piece){0, (uint32_t)length});
    *out_length = f.length;
    return f.failed ? NULL : f.out;
}
