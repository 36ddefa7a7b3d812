/* alternatives.c - the alternatives of a pattern, each with a mark.
 * In: a pattern as its author wrote it.  Out: its alternatives, in order, and
 * the pattern with an empty named group at the begin of each.
 * Ignores those of macros, which many patterns share, and those inside (?!…),
 * through which no match goes. */
#include "alternatives.h"

#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "fold.h"
#include "macros.h"
#include "pattern_scan.h"

enum { DEPTH_MAX = 64 }; /* of groups; what is deeper is not told apart */

struct reading {
    struct branches *out;
    uint32_t open[DEPTH_MAX]; /* the last part of each group that is open */
    size_t depth;
};

static void add_part(struct reading *reading, uint32_t group, size_t start)
{
    struct branches *out = reading->out;
    reading->open[reading->depth - 1] = out->part_count;
    out->parts[out->part_count++] =
        (struct branch){.start = start, .group = group};
    out->groups[group].parts++;
}

static void end_part(const struct reading *reading, size_t end)
{
    reading->out->parts[reading->open[reading->depth - 1]].end = end;
}

static uint32_t group_of(const struct reading *reading)
{
    return reading->out->parts[reading->open[reading->depth - 1]].group;
}

static bool begins(const struct pattern_scan *scan, const char *head)
{
    size_t length = strlen(head);
    return scan->length - scan->start >= length &&
           memcmp(scan->text + scan->start, head, length) == 0;
}

/* False: too deep. */
static bool open_group(struct reading *reading,
                       const struct pattern_scan *scan)
{
    bool blind =
        begins(scan, "(?!") || begins(scan, "(?<!") || begins(scan, "(?|") ||
        (reading->depth && reading->out->groups[group_of(reading)].blind);
    /* The head of (?i: ends before its colon. */
    bool colon = begins(scan, "(?") && scan->at < scan->length &&
                 scan->text[scan->at] == ':' &&
                 scan->text[scan->at - 1] != ':';
    if (reading->depth == DEPTH_MAX) return false;
    uint32_t inside = reading->open[reading->depth - 1];
    reading->depth++;
    reading->out->groups[reading->out->group_count] =
        (struct branch_group){.inside = inside, .blind = blind};
    add_part(reading, reading->out->group_count++, scan->at + colon);
    return true;
}

/* False: there is something in it that is not understood here. */
static bool read_parts(struct pattern_scan *scan, struct reading *reading)
{
    reading->depth = 1;
    reading->out->group_count = 1;
    reading->out->groups[0].inside = NO_INDEX;
    add_part(reading, 0, 0);
    while (talk__scan_next(scan)) {
        char c = scan->text[scan->start];
        if (begins(scan, "(?(") || begins(scan, "\\Q")) return false;
        if (begins(scan, "(?#")) continue;
        if (scan->part == PART_GROUP) {
            if (!open_group(reading, scan)) return false;
        } else if (scan->part != PART_TEXT || scan->in_class) {
            continue;
        } else if (c == '|') {
            end_part(reading, scan->start);
            add_part(reading, group_of(reading), scan->at);
        } else if (c == ')') {
            end_part(reading, scan->start);
            if (--reading->depth == 0) return false;
        }
    }
    end_part(reading, scan->length);
    return reading->depth == 1;
}

bool talk__alternatives_read(const struct tree *text, struct arena *arena,
                             struct branches *out)
{
    size_t most = (size_t)text->length + 2;
    struct reading reading = {.out = out};
    struct pattern_scan scan;
    *out = (struct branches){
        .parts = talk__arena_array(arena, most, sizeof *out->parts),
        .groups = talk__arena_array(arena, most, sizeof *out->groups)};
    if (!out->parts || !out->groups) return false;
    talk__scan_init(&scan, text->text, text->length);
    if (!read_parts(&scan, &reading)) out->part_count = out->group_count = 0;
    return true;
}

static bool note(struct loading *loading, struct alternative alternative,
                 const char *text, size_t length)
{
    void *items = loading->alternatives;
    if (!talk__arena_room(
            &loading->scratch, &items, loading->alternative_count,
            &loading->alternative_capacity, sizeof *loading->alternatives)) {
        return false;
    }
    loading->alternatives = items;
    alternative.text = talk__arena_text(&loading->pack->arena, text, length);
    loading->alternatives[loading->alternative_count++] = alternative;
    return true;
}

bool talk__alternatives_mark(struct loading *loading, const struct tree *text,
                             struct pattern *pattern)
{
    struct buffer marked;
    struct branches reading;
    if (!talk__alternatives_read(text, &loading->scratch, &reading)) {
        return false;
    }
    talk__buffer_init(&marked, &loading->scratch, EXPANDED_MAX);
    size_t copied = 0;
    uint32_t number = (uint32_t)(pattern - loading->pack->patterns);
    pattern->first_alternative = (uint32_t)loading->alternative_count;
    for (uint32_t i = 0; i < reading.part_count; i++) {
        struct branch *part = &reading.parts[i];
        const struct branch_group *group = &reading.groups[part->group];
        uint32_t inside = group->inside == NO_INDEX
                              ? NO_INDEX
                              : reading.parts[group->inside].number;
        char mark[32];
        part->number = inside;
        if (group->parts < 2 || group->blind) continue;
        part->number = (uint32_t)loading->alternative_count;
        (void)snprintf(mark, sizeof mark, "(?<" REGEX_MARK ">)",
                       pattern->alternative_count++);
        talk__buffer_add(&marked, text->text + copied, part->start - copied);
        talk__buffer_add_text(&marked, mark);
        copied = part->start;
        const struct alternative alternative = {.pattern = number,
                                                .inside = inside};
        if (!note(loading, alternative, text->text + part->start,
                  part->end - part->start)) {
            return false;
        }
    }
    if (pattern->alternative_count == 0) return true;
    talk__buffer_add(&marked, text->text + copied, text->length - copied);
    size_t length;
    if (marked.status == TALK_LIMIT) return true; /* none is told apart */
    if (marked.status != TALK_OK ||
        !talk__fold_pattern(&loading->pack->arena, marked.text, marked.length,
                            &pattern->marked, &length)) {
        return false;
    }
    pattern->marked_length = (uint32_t)length;
    return true;
}
