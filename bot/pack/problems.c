/* problems.c - gathers what is wrong with a pack, and tells it in order.
 * In: problems as the readers find them.  Out: calls of the host's report.
 * Ignores: how many times the same mistake was made. */
#include "problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nobody reads more in one go. */
enum { TOLD_MAX = 100 };

/* More than are told, because the first in order of file need not be found
 * first; bounded, because a hostile pack may hold millions. */
enum { KEPT_MAX = 1000 };

void talk__problems_init(struct problems *problems, struct arena *arena)
{
    *problems = (struct problems){.arena = arena};
}

bool talk__problems_full(const struct problems *problems)
{
    return problems->kept == KEPT_MAX;
}

void talk__problems_add(struct problems *problems, talk_status status,
                        struct place place, const char *format, ...)
{
    size_t number = problems->found++;
    if (talk__problems_full(problems)) return;
    void *items = problems->items;
    if (!talk__arena_room(problems->arena, &items, problems->kept,
                          &problems->capacity, sizeof *problems->items)) {
        return; /* the arena remembers */
    }
    problems->items = items;

    char message[TALK_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *copy =
        talk__arena_text(problems->arena, message, strlen(message));
    if (!copy) return;
    problems->items[problems->kept++] =
        (struct problem){status, place, number, copy};
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct problem *a = left, *b = right;
    const char *a_source = a->place.source ? a->place.source : "";
    const char *b_source = b->place.source ? b->place.source : "";
    int order = strcmp(a_source, b_source);
    if (!order) order = compare_numbers(a->place.line, b->place.line);
    if (!order) order = compare_numbers(a->place.column, b->place.column);
    return order ? order : compare_numbers(a->number, b->number);
}

talk_status talk__problems_tell(struct problems *problems,
                                struct report *report)
{
    if (problems->kept == 0) return TALK_OK;
    qsort(problems->items, problems->kept, sizeof *problems->items, compare);
    for (size_t i = 0; i < problems->kept && i < TOLD_MAX; i++) {
        const struct problem *problem = &problems->items[i];
        talk__report(report, problem->status, problem->place, "%s",
                     problem->message);
    }
    if (problems->found > TOLD_MAX) {
        talk__report(report, problems->items[0].status, (struct place){0},
                     "and %zu more", problems->found - TOLD_MAX);
    }
    return problems->items[0].status;
}
