/* mutate_words.c - words that are read as others, words of values, and cues.
 * In: contractions, spellings, persons, values, cues.  Out: each left out;
 * cues also turned into those of another role, and with another scope. */
#include <string.h>

#include "mutate_model.h"
#include "schema.h"

/* ---- Words ---- */

/* Names of these sections lead nowhere, so that the table may keep them. */
static void change_replaced(struct mutation *mutation, enum section_id id)
{
    struct section *section = &mutation->loading->sections[id];
    for (size_t i = 0; i < section->count; i++) {
        const struct tree *entry = section->entries[i];
        if (talk__mutation_offer(
                mutation, MUTATE_SPELLING, entry->key->place,
                "'%.60s' not read as '%.60s'", entry->key->text,
                entry->kind == TREE_TEXT ? entry->text : "")) {
            section->count--;
            memmove(section->entries + i, section->entries + i + 1,
                    (section->count - i) * sizeof(struct tree *));
            return;
        }
    }
}

static void change_values(struct mutation *mutation)
{
    const struct section *section =
        &mutation->loading->sections[SECTION_VALUES];
    for (size_t i = 0; i < section->count; i++) {
        for (struct tree *kind = section->entries[i]->first; kind;
             kind = kind->next) {
            for (struct tree *word = kind->first, *next; word; word = next) {
                next = word->next;
                if (talk__mutation_offer(mutation, MUTATE_VALUE,
                                         word->key->place,
                                         "%s without '%.60s'", kind->key->text,
                                         word->key->text)) {
                    talk__tree_drop(kind, word);
                }
            }
        }
    }
}

void talk__mutate_words(struct mutation *mutation)
{
    change_replaced(mutation, SECTION_REPLACED);
    change_replaced(mutation, SECTION_PERSONS);
    change_values(mutation);
}

/* ---- Cues ---- */

static const struct {
    const char *role, *turned;
} turns[] = {{"absent", "past"},         {"past", "absent"},
             {"hypothetical", "absent"}, {"other_person", "absent"},
             {"present", "past"},        {"confirm", "absent"}};

/* What the cues of a role are made. NULL: they stay. */
static const char *turned(const char *role)
{
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        if (strcmp(turns[i].role, role) == 0) return turns[i].turned;
    }
    return NULL;
}

static struct tree *role_of(struct mutation *mutation, const char *name)
{
    const struct section *section = &mutation->loading->sections[SECTION_CUES];
    for (size_t i = 0; name && i < section->count; i++) {
        struct tree *role = talk__tree_get(section->entries[i], name);
        if (role) return role;
    }
    return NULL;
}

static void hang(struct tree *parent, struct tree *child)
{
    struct tree **link = &parent->first;
    while (*link) link = &(*link)->next;
    child->next = NULL;
    *link = child;
}

/* A node like another, but empty. */
static struct tree *node_new(struct mutation *mutation, enum tree_kind kind,
                             const struct tree *like)
{
    struct tree *node =
        talk__arena_take(&mutation->loading->scratch, sizeof *node);
    if (!node) return NULL;
    node->kind = kind;
    node->place = like->place;
    node->key = like->key;
    return node;
}

/* Hangs {forward: [cue]}, with the key of the list, into the role. */
static void give(struct mutation *mutation, struct tree *role,
                 const struct tree *list, struct tree *cue)
{
    struct tree *map = role;
    if (role->kind == TREE_LIST) {
        map = node_new(mutation, TREE_MAP, cue);
        if (!map) return; /* the arena remembers */
        map->key = NULL;
        hang(role, map);
    }
    struct tree *there = talk__tree_get(map, list->key->text);
    if (!there) {
        there = node_new(mutation, TREE_LIST, list);
        if (!there) return;
        hang(map, there);
    }
    hang(there, cue);
}

/* The list that stands under a key of the map: cues of a role. */
static void change_cues(struct mutation *mutation, struct tree *map,
                        struct tree *list, const char *role)
{
    bool stop = strcmp(list->key->text, "stop") == 0;
    const char *other = stop ? NULL : turned(role);
    struct tree *goal = role_of(mutation, other);
    for (struct tree *cue = list->first, *next; cue; cue = next) {
        next = cue->next;
        if (cue->kind != TREE_TEXT) continue;
        if (talk__mutation_offer(mutation, MUTATE_CUE, cue->place,
                                 "%s without the cue '%.90s'%s", role,
                                 cue->text, stop ? ", which ends it" : "")) {
            talk__tree_drop_item(map, list, cue);
            return;
        }
        if (goal && talk__mutation_offer(mutation, MUTATE_TURN_CUE, cue->place,
                                         "'%.90s' a cue of %s and not of %s",
                                         cue->text, other, role)) {
            talk__tree_drop_item(map, list, cue);
            give(mutation, goal, list, cue);
            return;
        }
        talk__mutate_alternatives(mutation, cue, "cue of", role);
    }
}

static void change_scope(struct mutation *mutation, struct tree *map,
                         const char *role)
{
    static const char *const settings[] = {"reach", "over", "all", "doubles"};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        struct tree *value = talk__tree_get(map, settings[i]);
        if (value &&
            talk__mutation_offer(mutation, MUTATE_SCOPE, value->key->place,
                                 "cues of %s without '%s: %s'", role,
                                 settings[i], value->text)) {
            talk__tree_drop(map, value);
        }
    }
    for (struct tree *list = map->first, *next; list; list = next) {
        next = list->next;
        if (list->kind == TREE_LIST) change_cues(mutation, map, list, role);
    }
}

static void change_role(struct mutation *mutation, struct tree *file,
                        struct tree *role)
{
    const char *name = role->key->text;
    if (role->kind == TREE_MAP) {
        change_scope(mutation, role, name);
    } else if (role->first && role->first->kind == TREE_TEXT) {
        change_cues(mutation, file, role, name);
    } else {
        for (struct tree *map = role->first; map; map = map->next) {
            change_scope(mutation, map, name);
        }
    }
}

void talk__mutate_cues(struct mutation *mutation)
{
    const struct section *section = &mutation->loading->sections[SECTION_CUES];
    for (size_t i = 0; i < section->count; i++) {
        struct tree *file = section->entries[i];
        for (struct tree *role = file->first, *next; role; role = next) {
            next = role->next;
            change_role(mutation, file, role);
        }
    }
}
