/* fold_desk.c - see fold_desk.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "fold_desk.h"

/* What a small pack replaces. */
static const struct {
    const char *from, *to;
} replacements[] = {
    {"can't", "can not"},
    {"cant", "can not"},
    {"won't", "will not"},
    {"i'm", "i am"},
    {"its'", "it is"},
    {"dosent", "does not"},
    {"u", "you"},
    {"w/o", "without"},
    {"\xF0\x9F\x91\x8D", "yes"},
    {"\xF0\x9F\x91\x8E", "no"},
    {"b4", "before"},
    {"2day", "today"},
};
_Static_assert(sizeof replacements / sizeof *replacements ==
                   FOLD_DESK_REPLACED,
               "as many as the header says");

int open_fold_desk(void **state)
{
    static struct fold_desk desk;
    struct memory memory = talk__memory_from(NULL);
    talk__arena_init(&desk.arena, &memory, 0);
    talk__arena_init(&desk.rules_arena, &memory, 0);
    talk__table_init(&desk.replaced, &desk.rules_arena);
    for (uint32_t i = 0; i < FOLD_DESK_REPLACED; i++) {
        const char *from = replacements[i].from;
        desk.to[i] = replacements[i].to;
        if (!talk__table_set(&desk.replaced, from, strlen(from), i)) return 1;
    }
    desk.rules = (struct fold_rules){&desk.replaced, desk.to, NULL};
    *state = &desk;
    return 0;
}

int close_fold_desk(void **state)
{
    struct fold_desk *desk = *state;
    talk__arena_clear(&desk->arena);
    talk__arena_clear(&desk->rules_arena);
    return 0;
}

struct folded fold(struct fold_desk *desk, const char *text, size_t length)
{
    struct folded folded;
    talk__arena_reset(&desk->arena);
    assert_int_equal(
        talk__fold(&desk->rules, text, length, CEILING, &desk->arena, &folded),
        TALK_OK);
    return folded;
}
