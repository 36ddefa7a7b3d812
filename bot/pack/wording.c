/* wording.c - cuts the text of a wording into plain pieces and holes.
 * In: a text with {label}, {slot:name}, {{ and }}.  Out: pieces.
 * Ignores when it is said and what fills the holes. */
#include <string.h>

#include "load.h"
#include "nearest.h"

struct hole_row {
    const char *name;
    enum hole hole;
};

static const struct hole_row holes[] = {
    {"label", HOLE_LABEL}, {"labels", HOLE_LABELS},
    {"ask", HOLE_ASK},     {"because", HOLE_BECAUSE},
    {"told", HOLE_TOLD},   {"news", HOLE_NEWS},
    {"guess", HOLE_GUESS}, {"other_guess", HOLE_OTHER_GUESS},
};
enum { HOLE_ROWS = sizeof holes / sizeof *holes };

/* {slot:onset}: the rest is a name. */
static const struct named_hole {
    const char *prefix;
    enum hole hole;
    enum section_id section;
} named_holes[] = {
    {"slot:", HOLE_SLOT, SECTION_SLOTS},
    {"swap:", HOLE_SWAP, SECTION_SLOTS},
    {"variable:", HOLE_VARIABLE, SECTION_VARIABLES},
    {"list:", HOLE_LIST, SECTION_LISTS},
};
enum { NAMED_ROWS = sizeof named_holes / sizeof *named_holes };

static const char real_brace[] = "a real brace is written {{ or }}";

/* The pieces of a wording as they are cut. */
struct cutting {
    struct loading *loading;
    const struct tree *text;
    char *plain; /* the text without its holes, {{ made { */
    size_t plain_length;
    size_t plain_start; /* of the piece that is being read */
    struct piece *pieces;
    uint32_t count;
    bool broken; /* reported */
};

static void end_plain(struct cutting *c)
{
    size_t length = c->plain_length - c->plain_start;
    if (length == 0) return;
    c->pieces[c->count++] = (struct piece){.hole = HOLE_NONE,
                                           .text = c->plain + c->plain_start,
                                           .length = (uint32_t)length,
                                           .index = NO_INDEX};
    c->plain_start = c->plain_length;
}

static void complain_hole(struct cutting *c, const char *name, size_t length)
{
    struct nearest nearest;
    talk__nearest_init(&nearest, name, length);
    for (size_t i = 0; i < HOLE_ROWS; i++) {
        talk__nearest_try(&nearest, holes[i].name);
    }
    if (nearest.name) {
        TALK__COMPLAIN(c->loading, c->text->place,
                       "no hole {%.*s}; did you mean {%s}?", (int)length, name,
                       nearest.name);
    } else {
        TALK__COMPLAIN(
            c->loading, c->text->place,
            "no hole {%.*s}; there are {label}, {labels}, "
            "{ask}, {because}, {told}, {news}, {guess}, {other_guess}, "
            "{slot:name}, {swap:name}, {variable:name} and "
            "{list:name}; %s",
            (int)length, name, real_brace);
    }
    c->broken = true;
}

static uint32_t read_name(struct cutting *c, enum section_id section,
                          const char *name, size_t length)
{
    struct arena *scratch = &c->loading->scratch;
    struct tree named = *c->text; /* for its place */
    named.text = talk__arena_text(scratch, name, length);
    named.length = (uint32_t)length;
    uint32_t index = NO_INDEX;
    if (named.text) index = talk__refer(c->loading, section, &named);
    if (index == NO_INDEX) c->broken = true;
    return index;
}

static void check_persons(struct cutting *c)
{
    if (c->loading->incomplete) return;
    if (c->loading->sections[SECTION_PERSONS].count > 0) return;
    TALK__COMPLAIN(c->loading, c->text->place,
                   "{swap:…} wants 'persons:', such as 'persons: {my: your}', "
                   "and the pack has none");
    c->broken = true;
}

static void add_hole(struct cutting *c, const char *name, size_t length)
{
    struct piece piece = {.text = "", .index = NO_INDEX};
    for (size_t i = 0; i < HOLE_ROWS; i++) {
        if (length == strlen(holes[i].name) &&
            memcmp(name, holes[i].name, length) == 0) {
            piece.hole = holes[i].hole;
        }
    }
    for (size_t i = 0; i < NAMED_ROWS; i++) {
        const struct named_hole *row = &named_holes[i];
        size_t prefix = strlen(row->prefix);
        if (length <= prefix || memcmp(name, row->prefix, prefix) != 0) {
            continue;
        }
        piece.hole = row->hole;
        piece.index =
            read_name(c, row->section, name + prefix, length - prefix);
        if (row->hole == HOLE_SWAP && !c->broken) check_persons(c);
    }
    if (piece.hole == HOLE_NONE) {
        complain_hole(c, name, length);
        return;
    }
    end_plain(c);
    c->pieces[c->count++] = piece;
}

/* Reads what begins with a brace. Returns how many bytes it has. */
static size_t cut_brace(struct cutting *c, const char *text, size_t left)
{
    if (left >= 2 && text[1] == *text) {
        c->plain[c->plain_length++] = *text;
        return 2;
    }
    const char *end = *text == '{' ? memchr(text, '}', left) : NULL;
    if (!end) {
        TALK__COMPLAIN(c->loading, c->text->place, "a single %c; %s", *text,
                       real_brace);
        c->broken = true;
        return left;
    }
    add_hole(c, text + 1, (size_t)(end - text) - 1);
    return (size_t)(end - text) + 1;
}

void talk__wording_cut(struct loading *loading, const struct tree *text,
                       struct wording *wording)
{
    size_t braces = 0;
    for (size_t i = 0; i < text->length; i++) braces += text->text[i] == '{';
    struct cutting c = {.loading = loading, .text = text};
    c.plain = talk__keep_array(loading, text->length + 1, 1);
    c.pieces = talk__keep_array(loading, 2 * braces + 1, sizeof *c.pieces);
    if (!c.plain || !c.pieces) return;
    for (size_t at = 0; at < text->length && !c.broken;) {
        char byte = text->text[at];
        if (byte == '{' || byte == '}') {
            at += cut_brace(&c, text->text + at, text->length - at);
        } else {
            c.plain[c.plain_length++] = byte;
            at++;
        }
    }
    end_plain(&c);
    wording->pieces = c.pieces;
    wording->piece_count = c.count;
}
