/* fold_desk.h - what folding is tested with: a few words that are replaced,
 * and an arena. */
#ifndef FOLD_DESK_H
#define FOLD_DESK_H

#include "fold.h"

enum { FOLD_DESK_REPLACED = 12, CEILING = 100000 };

struct fold_desk {
    struct arena arena, rules_arena;
    struct table replaced;
    const char *to[FOLD_DESK_REPLACED];
    struct fold_rules rules;
};

/* For cmocka. */
int open_fold_desk(void **state);
int close_fold_desk(void **state);

/* Borrowed until the next. */
struct folded fold(struct fold_desk *desk, const char *text, size_t length);

#endif
