/* pattern_check.c - what a pattern may hold, before PCRE2 sees it.
 * In: a pattern as its author wrote it, macros and all.  Out: a problem with
 * its place in the pattern.  Ignores whether it compiles. */
#include "pattern_check.h"

#include <string.h>

#include "ascii.h"
#include "pattern_scan.h"

/* Signs that are refused, by how they begin. */
struct refusal {
    const char *start;
    const char *why;
};

static const char no_way_back[] =
    "a pattern may not refer back to a group, nor call one";

static const struct refusal refused_escapes[] = {
    {"\\C", "\\C takes letters apart and may not be used; write ."},
    {"\\g", no_way_back},
    {"\\k", no_way_back},
};

static const struct refusal refused_groups[] = {
    {"(*", "verbs (*…) may not be used; a real ( is written \\("},
    {"(?P=", no_way_back},
    {"(?P>", no_way_back},
    {"(?R", no_way_back},
    {"(?&", no_way_back},
    {"(?+", no_way_back},
    {"(?C", "callouts may not be used"},
};

#define REASON_OF(table, text, length) \
    reason_of(table, sizeof(table) / sizeof *(table), text, length)

static const char *reason_of(const struct refusal *table, size_t count,
                             const char *text, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        size_t cut = strlen(table[i].start);
        if (cut <= length && memcmp(table[i].start, text, cut) == 0) {
            return table[i].why;
        }
    }
    return NULL;
}

static const char *escape_fault(const char *text, size_t length)
{
    if (length == 2 && strchr("bw", text[1])) return NULL; /* most are */
    if (length >= 2 && talk__is_digit(text[1])) return no_way_back;
    return REASON_OF(refused_escapes, text, length);
}

/* (?1) and (?-1) call a group, (?-i) does not. */
static const char *group_fault(const char *text, size_t length)
{
    if (length == 1) return NULL; /* most are */
    size_t at = length > 3 && text[2] == '-' ? 3 : 2;
    if (length > at && text[1] == '?' && talk__is_digit(text[at])) {
        return no_way_back;
    }
    return REASON_OF(refused_groups, text, length);
}

/* What the folded text never holds. */
static const char *text_fault(const struct pattern_scan *scan)
{
    if (talk__is_capital(scan->text[scan->start])) {
        return "a capital letter: the text is folded to lower case, this can "
               "never match";
    }
    if (scan->text[scan->start] == '\n') {
        return "a line break: the text has none, this can never match";
    }
    return NULL;
}

/* Of a sign that stands behind a letter: n't, and "re-read". */
static const char *sign_fault(const struct pattern_scan *scan)
{
    const char *text = scan->text + scan->start;
    if (scan->part != PART_TEXT || scan->in_class ||
        scan->at == scan->length) {
        return NULL;
    }
    if (text[0] == '\'' && text[-1] == 'n' && text[1] == 't') {
        return "n't: the text is folded, this can never match; write 'do "
               "not', 'can not'";
    }
    return text[0] == '-' && talk__is_small(text[1])
               ? "a hyphen between letters: the text is folded and has a "
                 "blank there"
               : NULL;
}

static const char *fault_of(const struct pattern_scan *scan)
{
    const char *text = scan->text + scan->start;
    /* Of a group the head may be needed as far as it is not known. */
    size_t length = scan->at - scan->start;
    switch (scan->part) {
    case PART_TEXT: return text_fault(scan);
    case PART_ESCAPE: return escape_fault(text, length);
    case PART_GROUP: return group_fault(text, length);
    case PART_BRACE:
        return "a brace: macros are {name}, repeats {2,3}; a real brace is "
               "written \\{";
    case PART_CLASS:
    case PART_REPEAT:
    case PART_MACRO: break;
    }
    return NULL;
}

bool talk__pattern_check(struct loading *loading, const struct tree *pattern,
                         const struct macro_visitor *visitor)
{
    struct pattern_scan scan;
    talk__scan_init(&scan, pattern->text, pattern->length);
    bool letter = false; /* stands before, as itself */
    while (talk__scan_next(&scan)) {
        size_t place = scan.start;
        const char *fault = fault_of(&scan);
        if (!fault && letter) {
            fault = sign_fault(&scan);
            place -= scan.text[place] == '\''; /* n't is told at its n */
        }
        if (fault) {
            TALK__COMPLAIN(loading, pattern->place,
                           "at byte %zu of the pattern: %s", place + 1, fault);
            return false;
        }
        if (scan.part == PART_MACRO && visitor) {
            visitor->fn(visitor->payload, &scan);
        }
        letter =
            scan.part == PART_TEXT && talk__is_small(scan.text[scan.start]);
        size_t at = scan.at;
        talk__scan_skip(&scan);
        if (scan.at > at) letter = talk__is_small(scan.text[scan.at - 1]);
    }
    return true;
}
