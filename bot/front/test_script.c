/* test_script.c - a transcript as it was read: its arrays and its problems.
 * Out: room for one more.  Knows nothing of files and of what lines mean. */
#include "posix.h"

#include "test_script.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text that one transcript may take with all that it includes. */
enum { SCRIPT_MAX_BYTES = 256 * 1024 * 1024 };

void script_init(struct script *script, const char *path)
{
    const struct memory memory = talk__memory_from(NULL);
    *script = (struct script){
        .path = path, .title = "", .clock = SCRIPT_CLOCK_USUAL};
    talk__arena_init(&script->arena, &memory, SCRIPT_MAX_BYTES);
}

void script_clear(struct script *script)
{
    free(script->exchanges);
    free(script->expects);
    free(script->presets);
    free(script->problems);
    talk__arena_clear(&script->arena);
    *script = (struct script){0};
}

static void *room(struct script *script, void *items, size_t count,
                  size_t *capacity, size_t size)
{
    if (count < *capacity) return items;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    void *bigger = realloc(items, wanted * size);
    if (bigger) {
        *capacity = wanted;
    } else {
        script->arena.failed = true;
    }
    return bigger;
}

struct exchange *script_add_exchange(struct script *script)
{
    struct exchange *items =
        room(script, script->exchanges, script->exchange_count,
             &script->exchange_capacity, sizeof *items);
    if (!items) return NULL;
    script->exchanges = items;
    items += script->exchange_count++;
    *items = (struct exchange){.first_expect = script->expect_count};
    return items;
}

struct expect *script_add_expect(struct script *script)
{
    struct expect *items = room(script, script->expects, script->expect_count,
                                &script->expect_capacity, sizeof *items);
    if (!items) return NULL;
    script->expects = items;
    items += script->expect_count++;
    *items = (struct expect){0};
    return items;
}

struct preset *script_add_preset(struct script *script)
{
    struct preset *items = room(script, script->presets, script->preset_count,
                                &script->preset_capacity, sizeof *items);
    if (!items) return NULL;
    script->presets = items;
    items += script->preset_count++;
    *items = (struct preset){0};
    return items;
}

bool script_is_hopeless(const struct script *script)
{
    return script->arena.failed || script->problem_count > PROBLEMS_MAX;
}

void script_complain(struct script *script, struct spot spot,
                     const char *format, ...)
{
    char message[512];
    if (script->problem_count > PROBLEMS_MAX) return;
    struct problem *items =
        room(script, script->problems, script->problem_count,
             &script->problem_capacity, sizeof *items);
    if (!items) return;
    script->problems = items;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (script->problem_count == PROBLEMS_MAX) {
        snprintf(message, sizeof message,
                 "there are more mistakes; mend these first");
    }
    const char *kept =
        talk__arena_text(&script->arena, message, strlen(message));
    items[script->problem_count++] =
        (struct problem){spot, kept ? kept : "no memory"};
}
