/* mutate_settings.c - what is decided, by a rule that says something else.
 * In: conditions, tiers, and whatever else topics, findings, slots, forms,
 * hooks, responses and the policy are given.  Out: each left out; a tier one
 * higher or lower. */
#include <string.h>

#include "mutate_model.h"
#include "schema.h"

static size_t count_of(const struct tree *tree)
{
    return talk__tree_count(tree);
}

static bool is_list(const struct tree *tree)
{
    return tree && tree->kind == TREE_LIST;
}

/* A list of names of which one may be missing. */
static void change_names(struct mutation *mutation, enum mutate_rule rule,
                         struct tree *list, const char *noun, const char *name)
{
    if (!is_list(list) || count_of(list) < 2) return;
    for (struct tree *item = list->first, *next; item; item = next) {
        next = item->next;
        if (item->kind == TREE_TEXT &&
            talk__mutation_offer(mutation, rule, item->place,
                                 "%s '%s' without '%s' in its '%s'", noun,
                                 name, item->text, list->key->text)) {
            talk__tree_drop(list, item);
        }
    }
}

/* ---- Conditions ---- */

static void change_when(struct mutation *mutation, struct tree *owner,
                        bool needed, const char *noun, const char *name)
{
    struct tree *when = talk__tree_get(owner, "when");
    if (!when || when->kind != TREE_MAP) return;
    if (!needed &&
        talk__mutation_offer(mutation, MUTATE_WHEN, when->key->place,
                             "%s '%s' without its 'when'", noun, name)) {
        talk__tree_drop(owner, when);
        return;
    }
    bool several = count_of(when) > 1;
    for (struct tree *part = when->first, *next; part; part = next) {
        next = part->next;
        if (several &&
            talk__mutation_offer(mutation, MUTATE_CONDITION, part->key->place,
                                 "%s '%s' without '%s' in its 'when'", noun,
                                 name, part->key->text)) {
            talk__tree_drop(when, part);
            return;
        }
        change_names(mutation, MUTATE_CONDITION, part, noun, name);
    }
}

/* Items of the list that are maps may have a condition. */
static void change_items(struct mutation *mutation, const struct tree *list,
                         const char *noun, const char *name)
{
    if (!is_list(list)) return;
    for (struct tree *item = list->first; item; item = item->next) {
        if (item->kind == TREE_MAP) {
            change_when(mutation, item, false, noun, name);
        }
    }
}

void talk__mutate_conditions(struct mutation *mutation)
{
    static const struct {
        enum section_id id;
        const char *noun, *items, *item_noun;
        bool needed;
    } rows[] = {
        {SECTION_TOPICS, "topic", NULL, NULL, false},
        {SECTION_FORMS, "form", "questions", "a question of form", false},
        {SECTION_HOOKS, "hook", NULL, NULL, true},
        {SECTION_RESPONSES, NULL, "say", "a wording of response", false},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const struct section *section =
            &mutation->loading->sections[rows[r].id];
        for (size_t i = 0; i < section->count; i++) {
            struct tree *entry = section->entries[i];
            const char *name = entry->key->text;
            if (rows[r].noun) {
                change_when(mutation, entry, rows[r].needed, rows[r].noun,
                            name);
            }
            if (rows[r].items) {
                change_items(mutation, talk__tree_get(entry, rows[r].items),
                             rows[r].item_noun, name);
            }
        }
    }
}

/* ---- Settings ---- */

enum { KEYS_MAX = 8 };

static const struct row {
    enum section_id id;
    const char *noun;
    const char *keys[KEYS_MAX];
} rows[] = {
    {SECTION_TOPICS,
     "topic",
     {"priority", "alone", "general", "does", "redirect", "answer"}},
    {SECTION_FINDINGS,
     "finding",
     {"about", "rise", "stand", "past", "supposed"}},
    {SECTION_SLOTS, "slot", {"min", "max", "lasts"}},
    {SECTION_FORMS, "form", {"unclear"}},
    {SECTION_HOOKS, "hook", {"instead", "priority"}},
    {SECTION_RESPONSES,
     "response",
     {"ladder", "set", "add", "clear", "action"}},
};

static void drop_settings(struct mutation *mutation, struct tree *map,
                          const char *const *keys, const char *noun,
                          const char *name)
{
    for (size_t i = 0; i < KEYS_MAX && keys[i]; i++) {
        struct tree *value = talk__tree_get(map, keys[i]);
        bool text = value && value->kind == TREE_TEXT;
        if (value && talk__mutation_offer(
                         mutation, MUTATE_SETTING, value->key->place,
                         "%s '%s' without '%s%s%.60s'", noun, name, keys[i],
                         text ? ": " : "", text ? value->text : "")) {
            talk__tree_drop(map, value);
        }
    }
}

/* The tier below, and the tier above. */
static void change_tier(struct mutation *mutation, struct tree *map,
                        const char *noun, const char *name)
{
    struct tree *tier = talk__tree_get(map, "tier");
    const struct words *tiers = &talk__tier_words;
    size_t is = 0;
    if (!tier || tier->kind != TREE_TEXT) return;
    while (is < tiers->count && strcmp(tiers->names[is], tier->text) != 0) {
        is++;
    }
    for (size_t to = 0; to < tiers->count && is < tiers->count; to++) {
        if (to + 1 != is && to != is + 1) continue;
        if (talk__mutation_offer(mutation, MUTATE_TIER, tier->place,
                                 "%s '%s' %s and not %s", noun, name,
                                 tiers->names[to], tiers->names[is])) {
            talk__tree_set(mutation, tier, tiers->names[to],
                           strlen(tiers->names[to]));
            return;
        }
    }
}

static void change_raises(struct mutation *mutation, struct tree *finding)
{
    struct tree *list = talk__tree_get(finding, "raise");
    const char *name = finding->key->text;
    if (!is_list(list)) return;
    for (struct tree *item = list->first, *next; item; item = next) {
        next = item->next;
        if (talk__mutation_offer(mutation, MUTATE_RAISE, item->place,
                                 "finding '%s' without this 'raise'", name)) {
            talk__tree_drop_item(finding, list, item);
            return;
        }
        change_names(mutation, MUTATE_RAISE, talk__tree_get(item, "with"),
                     "finding", name);
        change_tier(mutation, item, "a raise of finding", name);
    }
}

static void change_threshold(struct mutation *mutation, struct tree *slot)
{
    struct tree *threshold = talk__tree_get(slot, "threshold");
    const char *name = slot->key->text;
    if (!threshold) return;
    if (talk__mutation_offer(mutation, MUTATE_RAISE, threshold->key->place,
                             "slot '%s' without its 'threshold'", name)) {
        talk__tree_drop(slot, threshold);
        return;
    }
    change_names(mutation, MUTATE_RAISE, talk__tree_get(threshold, "with"),
                 "slot", name);
}

static void change_form(struct mutation *mutation, struct tree *form)
{
    struct tree *list = talk__tree_get(form, "questions");
    const char *name = form->key->text;
    if (is_list(list)) {
        for (struct tree *item = list->first, *next; item; item = next) {
            next = item->next;
            const struct tree *asked = item->first;
            if (asked && asked->kind == TREE_TEXT &&
                talk__mutation_offer(mutation, MUTATE_QUESTION, item->place,
                                     "form '%s' without its question for '%s'",
                                     name, asked->text)) {
                talk__tree_drop_item(form, list, item);
            }
        }
    }
    change_names(mutation, MUTATE_QUESTION, talk__tree_get(form, "starts"),
                 "form", name);
}

static void change_policy(struct mutation *mutation, struct tree *policy)
{
    static const char *const keys[KEYS_MAX] = {"stale_hours", "unasked",
                                               "others", "told"};
    drop_settings(mutation, policy, keys, "the", "policy");
    change_names(mutation, MUTATE_FALLBACK, talk__tree_get(policy, "fallback"),
                 "the", "policy");
}

void talk__mutate_settings(struct mutation *mutation)
{
    struct section *sections = mutation->loading->sections;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const struct section *section = &sections[rows[r].id];
        for (size_t i = 0; i < section->count; i++) {
            struct tree *entry = section->entries[i];
            drop_settings(mutation, entry, rows[r].keys, rows[r].noun,
                          entry->key->text);
        }
    }
    const struct section *findings = &sections[SECTION_FINDINGS];
    for (size_t i = 0; i < findings->count; i++) {
        struct tree *finding = findings->entries[i];
        change_tier(mutation, finding, "finding", finding->key->text);
        change_raises(mutation, finding);
    }
    for (size_t i = 0; i < sections[SECTION_SLOTS].count; i++) {
        change_threshold(mutation, sections[SECTION_SLOTS].entries[i]);
    }
    for (size_t i = 0; i < sections[SECTION_FORMS].count; i++) {
        change_form(mutation, sections[SECTION_FORMS].entries[i]);
    }
    for (size_t i = 0; i < sections[SECTION_POLICY].count; i++) {
        change_policy(mutation, sections[SECTION_POLICY].entries[i]);
    }
}
