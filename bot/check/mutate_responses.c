/* mutate_responses.c - what is said, in the wrong place or without a part.
 * In: responses, and where the policy and the forms say them.  Out: marks
 * left out, responses swapped; wordings of a tier without whom to call, and a
 * screening without one of its items. Other wordings are left alone. */
#include <string.h>

#include "ascii.h"
#include "mutate_model.h"
#include "schema.h"

static struct tree *response_of(struct mutation *mutation,
                                const struct tree *name)
{
    const struct section *section =
        &mutation->loading->sections[SECTION_RESPONSES];
    if (!name || name->kind != TREE_TEXT) return NULL;
    uint32_t index =
        talk__table_get(&section->names, name->text, name->length);
    return index == TABLE_NONE ? NULL : section->entries[index];
}

/* The text of a wording, which may stand in a map. NULL: it has none. */
static struct tree *text_of(struct tree *wording)
{
    struct tree *text =
        wording->kind == TREE_MAP ? talk__tree_get(wording, "text") : wording;
    return text && text->kind == TREE_TEXT ? text : NULL;
}

typedef void (*wording_fn)(struct mutation *mutation, const char *response,
                           struct tree *text, const struct tree *extra);

static void each_wording(struct mutation *mutation, struct tree *response,
                         wording_fn change, const struct tree *extra)
{
    struct tree *say = response ? talk__tree_get(response, "say") : NULL;
    if (!say) return;
    struct tree *wording = say->kind == TREE_LIST ? say->first : say;
    for (; wording; wording = say->kind == TREE_LIST ? wording->next : NULL) {
        struct tree *text = text_of(wording);
        if (text) change(mutation, response->key->text, text, extra);
    }
}

static void cut(struct mutation *mutation, struct tree *text, size_t start,
                size_t end)
{
    char *bytes = talk__arena_take(&mutation->loading->scratch, text->length);
    if (!bytes) return; /* the arena remembers */
    memcpy(bytes, text->text, start);
    memcpy(bytes + start, text->text + end, text->length - end);
    text->text = bytes;
    text->length -= (uint32_t)(end - start);
}

/* ---- Marks ---- */

static void drop_mark(struct mutation *mutation, enum mutate_rule rule,
                      struct tree *map, const char *key, const char *noun,
                      const char *name)
{
    struct tree *mark = talk__tree_get(map, key);
    if (mark && mark->kind == TREE_TEXT && strcmp(mark->text, "true") == 0 &&
        talk__mutation_offer(mutation, rule, mark->key->place,
                             "%s '%s' without '%s: true'", noun, name, key)) {
        talk__tree_drop(map, mark);
    }
}

static void drop_marks(struct mutation *mutation, struct tree *response)
{
    const char *name = response->key->text;
    const struct tree *say = talk__tree_get(response, "say");
    drop_mark(mutation, MUTATE_TECHNIQUE, response, "technique", "response",
              name);
    drop_mark(mutation, MUTATE_REASSURES, response, "reassures", "response",
              name);
    if (!say || say->kind != TREE_LIST) return;
    for (struct tree *item = say->first; item; item = item->next) {
        if (item->kind != TREE_MAP) continue;
        drop_mark(mutation, MUTATE_REASSURES, item, "reassures",
                  "a wording of response", name);
    }
}

/* ---- Swaps ---- */

static void swap(struct mutation *mutation, struct tree *one,
                 struct tree *other, const char *where)
{
    if (!one || !other || one->kind != TREE_TEXT || other->kind != TREE_TEXT ||
        strcmp(one->text, other->text) == 0) {
        return;
    }
    if (talk__mutation_offer(mutation, MUTATE_RESPONSE, one->place,
                             "%s: '%s' in the place of '%s', and the other "
                             "way round",
                             where, other->text, one->text)) {
        struct tree was = *one;
        one->text = other->text;
        one->length = other->length;
        other->text = was.text;
        other->length = was.length;
    }
}

enum { KEYS_MAX = 6 };

/* Each response with the next one that is there. */
static void swap_keys(struct mutation *mutation, const struct tree *map,
                      const char *const *keys, const char *where)
{
    struct tree *before = NULL;
    for (size_t i = 0; i < KEYS_MAX && keys[i]; i++) {
        struct tree *value = talk__tree_get(map, keys[i]);
        if (!value) continue;
        swap(mutation, before, value, where);
        before = value;
    }
}

static const char *const tier_keys[KEYS_MAX] = {"rise", "stand", "refuse"};

/* Within each tier, and with the same of the next one. */
static void swap_tiers(struct mutation *mutation, const struct tree *tiers)
{
    for (struct tree *tier = tiers->first; tier; tier = tier->next) {
        swap_keys(mutation, tier, tier_keys, tier->key->text);
        for (size_t i = 0; tier_keys[i] && tier->next; i++) {
            swap(mutation, talk__tree_get(tier, tier_keys[i]),
                 talk__tree_get(tier->next, tier_keys[i]), tier->key->text);
        }
    }
}

/* ---- Whom to call ---- */

static bool same_letters(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (talk__lower(a[i]) != talk__lower(b[i])) return false;
    }
    return true;
}

/* The names are the extra. Counts what it finds; cuts it out, if it is to. */
static size_t cut_names(struct mutation *mutation, struct tree *text,
                        const struct tree *names, bool out)
{
    size_t found = 0;
    for (const struct tree *name = names->first; name; name = name->next) {
        for (size_t at = 0; at + name->length <= text->length; at++) {
            if (!same_letters(text->text + at, name->text, name->length)) {
                continue;
            }
            found++;
            if (out) cut(mutation, text, at, at + name->length);
        }
    }
    return found;
}

static void drop_names(struct mutation *mutation, const char *response,
                       struct tree *text, const struct tree *names)
{
    if (cut_names(mutation, text, names, false) &&
        talk__mutation_offer(mutation, MUTATE_NUMBER, text->place,
                             "response '%s' without the words of 'names' in "
                             "'%.60s...'",
                             response, text->text)) {
        (void)cut_names(mutation, text, names, true);
    }
}

static void drop_numbers(struct mutation *mutation, struct tree *tiers)
{
    const struct section *findings =
        &mutation->loading->sections[SECTION_FINDINGS];
    for (struct tree *tier = tiers->first; tier; tier = tier->next) {
        const struct tree *names = talk__tree_get(tier, "names");
        if (!names || names->kind != TREE_LIST) continue;
        for (size_t i = 0; tier_keys[i]; i++) {
            each_wording(
                mutation,
                response_of(mutation, talk__tree_get(tier, tier_keys[i])),
                drop_names, names);
        }
        for (size_t i = 0; i < findings->count; i++) {
            const struct tree *finding = findings->entries[i];
            const struct tree *its = talk__tree_get(finding, "tier");
            if (!its || strcmp(its->text, tier->key->text) != 0) continue;
            each_wording(
                mutation,
                response_of(mutation, talk__tree_get(finding, "rise")),
                drop_names, names);
        }
    }
}

/* ---- The screening ---- */

/* Items of a question stand between commas and semicolons; the first one
 * behind a colon, or where the sentence begins. */
static void drop_items(struct mutation *mutation, const char *response,
                       struct tree *text, const struct tree *extra)
{
    const char *bytes = text->text;
    size_t end = strcspn(bytes, "?"), start = end;
    (void)extra;
    if (!bytes[end]) return;
    while (start && !strchr(".!:", bytes[start - 1])) start--;
    for (size_t at = start, next; at < end; at = next + 1) {
        next = at + strcspn(bytes + at, ",;?");
        size_t from = at + strspn(bytes + at, " ");
        bool first = at == start;
        if (first && next == end) return; /* there is no list */
        if (talk__mutation_offer(mutation, MUTATE_SCREENING, text->place,
                                 "response '%s' without '%.*s'", response,
                                 (int)(next - from), bytes + from)) {
            cut(mutation, text, first ? at : at - 1, first ? next + 1 : next);
            return;
        }
    }
}

/* ---- All of it ---- */

static void change_policy(struct mutation *mutation, struct tree *policy)
{
    static const char *const screening_keys[KEYS_MAX] = {"ask", "again",
                                                         "which", "unsure"};
    static const char *const told_keys[KEYS_MAX] = {
        "sum", "taken_back", "changed", "confirm", "kept"};
    static const char *const other_keys[KEYS_MAX] = {
        "noted", "unasked", "others", "unread", "empty"};
    struct tree *tiers = talk__tree_get(policy, "tiers");
    const struct tree *screening = talk__tree_get(policy, "screening");
    const struct tree *told = talk__tree_get(policy, "told");
    if (tiers) swap_tiers(mutation, tiers);
    if (tiers) drop_numbers(mutation, tiers);
    if (told) swap_keys(mutation, told, told_keys, "told");
    swap_keys(mutation, policy, other_keys, "the policy");
    if (!screening) return;
    swap_keys(mutation, screening, screening_keys, "the screening");
    for (size_t i = 0; i < 2; i++) {
        each_wording(mutation,
                     response_of(mutation,
                                 talk__tree_get(screening, screening_keys[i])),
                     drop_items, NULL);
    }
}

void talk__mutate_responses(struct mutation *mutation)
{
    static const char *const form_keys[KEYS_MAX] = {
        "ask", "again", "unclear", "because", "skipped", "done"};
    const struct section *sections = mutation->loading->sections;
    for (size_t i = 0; i < sections[SECTION_RESPONSES].count; i++) {
        drop_marks(mutation, sections[SECTION_RESPONSES].entries[i]);
    }
    for (size_t i = 0; i < sections[SECTION_POLICY].count; i++) {
        change_policy(mutation, sections[SECTION_POLICY].entries[i]);
    }
    for (size_t i = 0; i < sections[SECTION_FORMS].count; i++) {
        swap_keys(mutation, sections[SECTION_FORMS].entries[i], form_keys,
                  "the form");
    }
}
