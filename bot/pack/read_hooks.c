/* read_hooks.c - what is said before everything while a condition holds.
 * In: `hooks`.  Out: those of the pack, in the order in which they are tried:
 * by priority, then by name.  Ignores what an alarm does to them. */
#include <string.h>

#include "schema.h"
#include "sort.h"

enum { PRIORITY_MAX = 9 };

static void read_condition(struct loading *loading, struct tree *map,
                           void *out)
{
    struct hook *hook = out;
    hook->when = talk__read_when(loading, map);
}

#define INTO(member) .offset = offsetof(struct hook, member)
static const struct schema_row rows[] = {
    {"when", WANT_MAP, true, .read = read_condition},
    {"answer", WANT_REFERENCE, true, INTO(response),
     .section = SECTION_RESPONSES},
    {"instead", WANT_FLAG, INTO(instead)},
    {"priority", WANT_WHOLE, INTO(priority), .max = PRIORITY_MAX},
};
static const struct schema schema = TALK__SCHEMA("hook", rows);

static int compare(const void *left, const void *right)
{
    const struct hook *a = left, *b = right;
    if (a->priority != b->priority) return a->priority > b->priority ? -1 : 1;
    return strcmp(a->name, b->name);
}

void talk__read_hooks(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_HOOKS];
    struct pack *pack = loading->pack;
    pack->hooks =
        talk__keep_array(loading, section->count, sizeof *pack->hooks);
    if (!pack->hooks) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct hook hook = {.place = entry->key->place,
                            .response = NO_INDEX,
                            .priority = PRIORITY_DEFAULT};
        hook.name = talk__keep_text(loading, entry->key);
        if (!hook.name) return;
        talk__schema_read(loading, &schema, entry, &hook);
        pack->hooks[pack->hook_count++] = hook;
    }
    talk__sort(pack->hooks, pack->hook_count, sizeof *pack->hooks, compare);
}
