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
    const char *start, *end;
};

struct factoring {
    struct arena *arena;
    const char *text;
    uint32_t *ends; /* per byte with which an item begins: where that ends */
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

/* A group ends behind its parenthesis, a class behind its bracket. The pattern
 * is plain: for each ) there was a (. */
static bool find_ends(struct factoring *f, size_t length)
{
    struct pattern_scan scan;
    size_t open = 0, item = 0;
    uint32_t *stack = talk__arena_raw(f->arena, (length + 1) * sizeof *stack);
    f->ends = talk__arena_raw(f->arena, (length + 1) * sizeof *f->ends);
    if (!stack || !f->ends) return false;
    talk__scan_init(&scan, f->text, length);
    for (;;) {
        size_t at = scan.at;
        talk__scan_skip(&scan);
        for (; at < scan.at; at++) {
            f->ends[at] = (uint32_t)at + 1;
            if (f->text[at] == ')') f->ends[stack[--open]] = (uint32_t)at + 1;
        }
        if (!scan.in_class) item = scan.at;
        if (!talk__scan_next(&scan)) break;
        if (scan.part == PART_GROUP) stack[open++] = (uint32_t)scan.start;
        f->ends[item] = (uint32_t)scan.at;
    }
    return true;
}

/* A letter or another byte that can only match itself, once. */
static bool is_fixed(const struct piece *piece, size_t offset)
{
    if (offset >= (size_t)(piece->end - piece->start)) return false;
    const char *at = piece->start + offset;
    bool itself = talk__is_small(*at) || talk__is_digit(*at) || *at == ' ' ||
                  *at == '\'' || *at == ',';
    return itself && (at + 1 == piece->end || !talk__is_repeat(at[1]));
}

/* Behind the item that begins there. */
static const char *behind(const struct factoring *f, const char *item)
{
    return f->text + f->ends[item - f->text];
}

static void write_choice(struct factoring *f, struct piece whole);

static bool is_look_behind(const char *group)
{
    return group[1] == '?' && group[2] == '<' &&
           (group[3] == '=' || group[3] == '!');
}

/* PCRE2 wants to know how far to look behind: that group stays as it is. */
static void write_row(struct factoring *f, const struct piece *piece)
{
    const char *from = piece->start;
    for (const char *at = from; at < piece->end; at = behind(f, at)) {
        if (*at != '(' || is_look_behind(at)) continue;
        const char *close = behind(f, at) - 1;
        struct pattern_scan scan;
        talk__scan_init(&scan, at, (size_t)(close - at));
        (void)talk__scan_next(&scan);
        put(f, from, (size_t)(at + scan.at - from));
        write_choice(f, (struct piece){at + scan.at, close});
        from = close;
    }
    put(f, from, (size_t)(piece->end - from));
}

/* How much some alternatives that begin alike have in common. */
static size_t common_length(const struct piece *pieces, size_t count)
{
    for (size_t length = 1;; length++) {
        for (size_t i = 0; i < count; i++) {
            if (!is_fixed(&pieces[i], length) ||
                pieces[i].start[length] != pieces[0].start[length]) {
                return length;
            }
        }
    }
}

/* By first byte, else in the order of the author. */
static int compare_pieces(const void *a, const void *b)
{
    const struct piece *left = a, *right = b;
    if (*left->start != *right->start) return *left->start - *right->start;
    return left->start < right->start ? -1 : 1;
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
    size_t length = common_length(pieces, count);
    put(f, pieces->start, length);
    put(f, "(", 1);
    for (size_t i = 0; i < count; i++) pieces[i].start += length;
    f->depth++;
    write_pieces(f, pieces, count);
    f->depth--;
    put(f, ")", 1);
}

/* Alternatives that all begin with a letter. */
static void write_run(struct factoring *f, struct piece *pieces, size_t count)
{
    talk__sort(pieces, count, sizeof *pieces, compare_pieces);
    for (size_t from = 0, to; from < count && !f->failed; from = to) {
        char first = *pieces[from].start;
        to = from + 1;
        while (to < count && *pieces[to].start == first) to++;
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
            while (to < count && is_fixed(&pieces[to], 0)) to++;
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
    for (const char *at = whole.start; at < whole.end; at = behind(f, at)) {
        count += *at == '|';
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
    for (const char *at = whole.start; at < whole.end; at = behind(f, at)) {
        if (*at != '|') continue;
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
        if (pattern[i] == '|') room += strlen("()");
    }
    f.out = talk__arena_raw(arena, room);
    if (!f.out || !find_ends(&f, length)) return NULL;
    write_choice(&f, (struct piece){pattern, pattern + length});
    *out_length = f.length;
    return f.failed ? NULL : f.out;
}
