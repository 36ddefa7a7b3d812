/* mutate_patterns.c - patterns without some of what they match.
 * In: the patterns of topics, findings, slots and answers, and macros.
 * Out: whole patterns, or alternatives of them, left out.  Ignores cues,
 * which are patterns, too: mutate_words.c comes for them. */
#include <string.h>

#include "alternatives.h"
#include "mutate_model.h"
#include "schema.h"

/* What of a pattern is shown, in bytes. */
#define SHOWN "%.90s"

static bool is_list(const struct tree *tree)
{
    return tree && tree->kind == TREE_LIST;
}

/* Cuts the alternative out, with the | at one side of it. */
static void cut(struct mutation *mutation, struct tree *text,
                const struct branch *part, bool first)
{
    size_t start = part->start - (first ? 0 : 1);
    size_t end = part->end + (first ? 1 : 0);
    char *bytes = talk__arena_take(&mutation->loading->scratch, text->length);
    if (!bytes) return; /* the arena remembers */
    memcpy(bytes, text->text, start);
    memcpy(bytes + start, text->text + end, text->length - end);
    text->text = bytes;
    text->length -= (uint32_t)(end - start);
}

void talk__mutate_alternatives(struct mutation *mutation, struct tree *text,
                               const char *noun, const char *name)
{
    struct branches branches;
    uint32_t groups = 0;
    if (talk__mutation_is_over(mutation)) return;
    talk__arena_reset(&mutation->arena);
    if (!talk__alternatives_read(text, &mutation->arena, &branches)) return;
    for (uint32_t i = 0; i < branches.part_count; i++) {
        const struct branch *part = &branches.parts[i];
        bool first = part->group == groups;
        groups += first;
        if (branches.groups[part->group].parts < 2) continue;
        int length =
            part->end - part->start > 80 ? 80 : (int)(part->end - part->start);
        if (talk__mutation_offer(mutation, MUTATE_ALTERNATIVE, text->place,
                                 "%s '%s' without '%.*s' in '" SHOWN "'", noun,
                                 name, length, text->text + part->start,
                                 text->text)) {
            cut(mutation, text, part, first);
            return;
        }
    }
}

/* The list that stands under a key of the map. */
static void change_list(struct mutation *mutation, struct tree *map,
                        struct tree *list, const char *noun, const char *name)
{
    for (struct tree *item = list->first, *next; item; item = next) {
        next = item->next;
        if (item->kind != TREE_TEXT) continue;
        if (talk__mutation_offer(mutation, MUTATE_PATTERN, item->place,
                                 "%s '%s' without the pattern '" SHOWN "'",
                                 noun, name, item->text)) {
            talk__tree_drop_item(map, list, item);
            return;
        }
        talk__mutate_alternatives(mutation, item, noun, name);
    }
}

/* A map of lists, such as the choices of a slot. */
static void change_lists(struct mutation *mutation, struct tree *map,
                         const char *noun, const char *name)
{
    for (struct tree *list = map->first, *next; list; list = next) {
        next = list->next;
        if (is_list(list)) change_list(mutation, map, list, noun, name);
    }
}

static void change_owners(struct mutation *mutation, enum section_id id,
                          const char *noun)
{
    static const char *const lists[] = {"patterns", "loose", "when_asked"};
    static const char *const maps[] = {"choices", "levels"};
    const struct section *section = &mutation->loading->sections[id];
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        const char *name = entry->key->text;
        for (size_t n = 0; n < sizeof lists / sizeof *lists; n++) {
            struct tree *list = talk__tree_get(entry, lists[n]);
            if (is_list(list)) change_list(mutation, entry, list, noun, name);
        }
        for (size_t n = 0; n < sizeof maps / sizeof *maps; n++) {
            struct tree *map = talk__tree_get(entry, maps[n]);
            if (map) change_lists(mutation, map, noun, name);
        }
    }
}

static void change_macros(struct mutation *mutation)
{
    const struct section *section =
        &mutation->loading->sections[SECTION_MACROS];
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        const char *name = entry->key->text;
        if (!is_list(entry)) {
            talk__mutate_alternatives(mutation, entry, "macro", name);
            continue;
        }
        for (struct tree *item = entry->first, *next; item; item = next) {
            next = item->next;
            bool only = item == entry->first && !next;
            if (!only &&
                talk__mutation_offer(mutation, MUTATE_MACRO, item->place,
                                     "macro '%s' without '" SHOWN "'", name,
                                     item->text)) {
                talk__tree_drop(entry, item);
                break;
            }
            talk__mutate_alternatives(mutation, item, "macro", name);
        }
    }
}

void talk__mutate_patterns(struct mutation *mutation)
{
    const struct section *answers =
        &mutation->loading->sections[SECTION_ANSWERS];
    change_owners(mutation, SECTION_TOPICS, "topic");
    change_owners(mutation, SECTION_FINDINGS, "finding");
    change_owners(mutation, SECTION_NORMAL, "normal state of");
    change_owners(mutation, SECTION_SLOTS, "slot");
    for (size_t i = 0; i < answers->count; i++) {
        struct tree *map = answers->entries[i];
        for (struct tree *list = map->first, *next; list; list = next) {
            next = list->next;
            change_list(mutation, map, list, "answer", list->key->text);
        }
    }
    change_macros(mutation);
}
