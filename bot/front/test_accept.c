/* test_accept.c - backtalk test --accept.
 * In: a verdict.  Out: its transcript with the expectations that would have
 * held.  An expectation that fails in some runs of the lists and holds in
 * others cannot be accepted, nor can one of an included file. */
#include "posix.h"

#include "test_accept.h"

#include "test_edit.h"
#include "test_source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum operation { ACCEPT_BEFORE, ACCEPT_LINE, ACCEPT_BEHIND };

/* What one failure of one run asks for. */
struct wish {
    uint32_t line;
    enum operation operation;
    uint32_t ordinal; /* among those at the same place in the same run */
    const struct failure *failure;
};

struct wishes {
    struct wish *items;
    size_t count;
};

static void tell(const struct screen *screen, const struct failure *failure,
                 const char *why)
{
    screen_say(screen, "%s:%lu:%lu: not accepted: %s", failure->spot.path,
               (unsigned long)failure->spot.line,
               (unsigned long)failure->spot.column, why);
}

/* ---- Wishes ------------------------------------------------------------ */

static enum operation operation_of(const struct failure *failure)
{
    if (failure->kind != FAILED_UNEXPECTED) return ACCEPT_LINE;
    return failure->behind ? ACCEPT_BEHIND : ACCEPT_BEFORE;
}

static uint32_t ordinal_of(const struct fault *fault, size_t index)
{
    const struct failure *failure = &fault->failures[index];
    uint32_t ordinal = 0;
    if (failure->kind != FAILED_UNEXPECTED) return 0;
    for (size_t i = 0; i < index; i++) {
        const struct failure *other = &fault->failures[i];
        ordinal += other->kind == FAILED_UNEXPECTED &&
                   other->behind == failure->behind &&
                   other->spot.line == failure->spot.line;
    }
    return ordinal;
}

static int compare(const void *a, const void *b)
{
    const struct wish *left = a, *right = b;
    if (left->line != right->line) return left->line < right->line ? -1 : 1;
    if (left->operation != right->operation) {
        return left->operation < right->operation ? -1 : 1;
    }
    if (left->ordinal != right->ordinal) {
        return left->ordinal < right->ordinal ? -1 : 1;
    }
    return 0;
}

/* false: no memory. */
static bool gather(const struct verdict *verdict, const struct screen *screen,
                   struct wishes *wishes)
{
    size_t count = 0;
    for (size_t i = 0; i < verdict->fault_count; i++) {
        count += verdict->faults[i].count;
    }
    *wishes = (struct wishes){calloc(count + 1, sizeof *wishes->items), 0};
    if (!wishes->items) return false;
    for (size_t i = 0; i < verdict->fault_count; i++) {
        const struct fault *fault = &verdict->faults[i];
        for (size_t f = 0; f < fault->count; f++) {
            const struct failure *failure = &fault->failures[f];
            if (strcmp(failure->spot.path, verdict->script.path) != 0) {
                tell(screen, failure, "it is included by others, too");
            } else if (failure->kind == FAILED_REFUSED) {
                tell(screen, failure, "the message cannot be read");
            } else if (failure->beside_wordless) {
                tell(screen, failure,
                     "the section names no text, and stands for one message");
            } else {
                wishes->items[wishes->count++] =
                    (struct wish){failure->spot.line, operation_of(failure),
                                  ordinal_of(fault, f), failure};
            }
        }
    }
    qsort(wishes->items, wishes->count, sizeof *wishes->items, compare);
    return true;
}

/* The runs must agree: one wish is left of each place, or none. */
static void settle(const struct verdict *verdict, const struct screen *screen,
                   struct wishes *wishes)
{
    size_t kept = 0;
    for (size_t i = 0; i < wishes->count;) {
        const struct wish *first = &wishes->items[i];
        size_t same = 1, end = i + 1;
        for (; end < wishes->count && compare(first, &wishes->items[end]) == 0;
             end++) {
            same += strcmp(first->failure->instead,
                           wishes->items[end].failure->instead) == 0;
        }
        if (same != end - i || same != verdict->script.run_count) {
            tell(screen, first->failure,
                 "it would not hold in every run of the lists");
        } else {
            wishes->items[kept++] = *first;
        }
        i = end;
    }
    wishes->count = kept;
}

/* ---- The new text ------------------------------------------------------ */

static bool is_same_text(const struct edit_line *line, const char *written)
{
    const char *start = line->text, *end = start + line->length;
    while (start < end && source_is_blank(*start)) start++;
    while (end > start && (end[-1] == '\n' || source_is_blank(end[-1]))) {
        end--;
    }
    return strlen(written) == (size_t)(end - start) &&
           memcmp(start, written, strlen(written)) == 0;
}

/* Applies the wishes of one line; returns how many there were. */
static size_t change_line(struct edit_page *page, struct edit_line line,
                          const struct wish *wishes, size_t count, bool *stale)
{
    uint32_t number = wishes->line;
    size_t i = 0;
    struct edit_line old = line;
    for (; i < count && wishes[i].line == number &&
           wishes[i].operation == ACCEPT_BEFORE;
         i++) {
        edit_put_text(page, &line, wishes[i].failure->instead);
    }
    if (i < count && wishes[i].line == number &&
        wishes[i].operation == ACCEPT_LINE) {
        const struct failure *failure = wishes[i++].failure;
        if (!is_same_text(&line, failure->expect->written)) *stale = true;
        old.mark = EDIT_REMOVED;
        edit_put(page, old);
        if (*failure->instead) edit_put_text(page, &line, failure->instead);
    } else {
        edit_put(page, old);
    }
    for (; i < count && wishes[i].line == number; i++) {
        edit_put_text(page, &line, wishes[i].failure->instead);
    }
    return i;
}

static bool is_heading(const struct edit_line *line)
{
    size_t at = 0;
    while (at < line->length && source_is_blank(line->text[at])) at++;
    return at < line->length && line->text[at] == '#';
}

static bool is_bot_heading(const struct edit_line *line)
{
    size_t at = 0;
    while (source_is_blank(line->text[at]) || line->text[at] == '#') at++;
    const struct edit_line word = {line->text + at, line->length - at,
                                   EDIT_KEPT};
    return is_same_text(&word, "bot");
}

static bool is_idle(const struct edit_line *line)
{
    const char *start = line->text, *end = start + line->length;
    while (start < end && source_is_blank(*start)) start++;
    return line->mark == EDIT_REMOVED || start == end || *start == '\n' ||
           (end - start > 2 && memcmp(start, "// ", 3) == 0);
}

/* A #bot that has lost its last line goes, too: an empty one is an error. */
static void drop_empty_sections(struct edit_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct edit_line *heading = &page->lines[i];
        bool lost = false, idle = true;
        if (!is_heading(heading) || !is_bot_heading(heading)) continue;
        for (size_t k = i + 1; k < page->count && !is_heading(&page->lines[k]);
             k++) {
            lost = lost || page->lines[k].mark == EDIT_REMOVED;
            idle = idle && is_idle(&page->lines[k]);
        }
        if (lost && idle) heading->mark = EDIT_REMOVED;
    }
}

static bool change(struct edit_page *page, const struct wishes *wishes,
                   bool *stale)
{
    struct edit_line line;
    size_t next = 0;
    for (uint32_t number = 1; edit_take(page, &line); number++) {
        if (next < wishes->count && wishes->items[next].line == number) {
            next += change_line(page, line, &wishes->items[next],
                                wishes->count - next, stale);
        } else {
            edit_put(page, line);
        }
    }
    drop_empty_sections(page);
    if (next < wishes->count) *stale = true;
    return !page->arena.failed;
}

enum accepted accept_verdict(const struct verdict *verdict, bool show,
                             const struct screen *screen)
{
    struct wishes wishes;
    struct edit_page page;
    bool stale = false;
    enum accepted result = ACCEPT_FAILED;
    const char *path = verdict->script.path;
    if (!gather(verdict, screen, &wishes)) return ACCEPT_FAILED;
    settle(verdict, screen, &wishes);
    bool fine = edit_open(&page, path);
    if (wishes.count == 0) {
        result = ACCEPT_NOTHING;
    } else if (!fine || !change(&page, &wishes, &stale)) {
        fprintf(stderr, "backtalk: cannot read %s: %s\n", path,
                strerror(errno));
    } else if (stale) {
        fprintf(stderr, "backtalk: %s was changed meanwhile; try again\n",
                path);
    } else if (show) {
        edit_show(&page, screen);
        result = ACCEPT_CHANGED;
    } else if (edit_write(&page)) {
        result = ACCEPT_CHANGED;
    } else {
        fprintf(stderr, "backtalk: cannot write %s: %s\n", path,
                strerror(errno));
    }
    edit_clear(&page);
    free(wishes.items);
    return result;
}
