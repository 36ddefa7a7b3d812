/* macros.c - {name} in a pattern: shorthands for alternatives.
 * In: the macros of all files, a pattern.  Out: the pattern written out.
 * Knows nothing of what a pattern is for. */
#include "macros.h"

#include <string.h>

#include "ascii.h"
#include "buffer.h"
#include "fold.h"
#include "pattern_check.h"
#include "pattern_scan.h"
#include "schema.h"

/* Macros that use macros that use … */
enum { NESTED_MAX = 32 };

/* Bytes of a written-out pattern that are shown round a fault. */
enum { SHOWN_BEFORE = 24, SHOWN_BEHIND = 12 };

enum macro_state { STATE_FRESH, STATE_OPEN, STATE_DONE, STATE_BROKEN };

struct macro {
    const struct tree *list; /* its alternatives; NULL: broken */
    enum macro_state state;
    bool compiled; /* by itself, to see whether it is to blame */
    struct expanded whole;
    bool read; /* into its tree */
    struct macro_tree tree;
};

struct macros {
    struct macro *items;
    uint32_t nested[NESTED_MAX]; /* those that are being written out */
    size_t depth;
};

/* ---- Reading ---- */

static void read_alternatives(struct loading *loading, struct tree *list,
                              void *out)
{
    struct macro *macro = out;
    if (list->first) {
        macro->list = list;
    } else {
        TALK__COMPLAIN(loading, list->place, "macro '%.80s' is empty",
                       list->key->text);
    }
    for (const struct tree *item = list->first; item; item = item->next) {
        if (!talk__pattern_check(loading, item, NULL)) macro->list = NULL;
    }
}

static const struct schema_row macro_row = {
    .want = WANT_TEXT_OR_TEXTS,
    .read = read_alternatives,
};

void talk__read_macros(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_MACROS];
    struct macros *macros =
        talk__arena_take(&loading->scratch, sizeof *macros);
    if (!macros) return;
    macros->items = talk__arena_array(&loading->scratch, section->count,
                                      sizeof *macros->items);
    if (!macros->items) return;
    loading->macros = macros;
    for (size_t i = 0; i < section->count; i++) {
        talk__schema_read_value(loading, &macro_row, section->entries[i],
                                &macros->items[i]);
        if (!macros->items[i].list) macros->items[i].state = STATE_BROKEN;
    }
}

/* ---- Writing out ---- */

static enum macro_result expand(struct loading *loading,
                                const struct tree *pattern,
                                struct buffer *out);

static const char *name_of(struct loading *loading, uint32_t index)
{
    return loading->sections[SECTION_MACROS].entries[index]->key->text;
}

/* "'a' uses itself: a -> b -> a" */
static void complain_cycle(struct loading *loading, const struct tree *where,
                           uint32_t index)
{
    const struct macros *macros = loading->macros;
    struct buffer chain;
    talk__buffer_init(&chain, &loading->scratch, TALK_MESSAGE_MAX);
    size_t i = 0;
    while (macros->nested[i] != index) i++;
    for (; i < macros->depth; i++) {
        talk__buffer_add_text(&chain, name_of(loading, macros->nested[i]));
        talk__buffer_add_text(&chain, " -> ");
    }
    talk__buffer_add_text(&chain, name_of(loading, index));
    if (!chain.text) return;
    TALK__COMPLAIN(loading, where->place, "macro '%s' uses itself: %s",
                   name_of(loading, index), chain.text);
}

static void write_out(struct loading *loading, uint32_t index)
{
    struct macros *macros = loading->macros;
    struct macro *macro = &macros->items[index];
    struct buffer out;
    talk__buffer_init(&out, &loading->scratch, EXPANDED_MAX);
    macro->state = STATE_OPEN;
    macros->nested[macros->depth++] = index;
    enum macro_result result = MACRO_DONE;
    talk__buffer_add_byte(&out, '(');
    for (const struct tree *item = macro->list->first; item;
         item = item->next) {
        if (item != macro->list->first) talk__buffer_add_byte(&out, '|');
        if (expand(loading, item, &out) == MACRO_BROKEN) {
            result = MACRO_BROKEN;
        }
    }
    talk__buffer_add_byte(&out, ')');
    macros->depth--;
    if (out.status == TALK_LIMIT) {
        TALK__COMPLAIN(loading, macro->list->key->place,
                       "macro '%s' has more than %d bytes when the macros in "
                       "it are written out",
                       name_of(loading, index), EXPANDED_MAX);
    }
    bool fine = result != MACRO_BROKEN && out.status == TALK_OK &&
                talk__fold_pattern(&loading->scratch, out.text, out.length,
                                   &macro->whole.text, &macro->whole.length);
    macro->state = fine ? STATE_DONE : STATE_BROKEN;
}

static uint32_t index_of(struct loading *loading, const struct tree *pattern,
                         const struct pattern_scan *scan)
{
    const struct table *names = &loading->sections[SECTION_MACROS].names;
    struct tree name = *pattern; /* for its place */
    name.text = pattern->text + scan->start + 1;
    name.length = (uint32_t)(scan->at - scan->start - 2);
    uint32_t index = talk__table_get(names, name.text, name.length);
    if (index != TABLE_NONE) return index;
    name.text = talk__arena_text(&loading->scratch, name.text, name.length);
    return name.text ? talk__refer(loading, SECTION_MACROS, &name) : NO_INDEX;
}

/* The macro that {name} means, written out; NULL: missing or broken. */
static const struct macro *macro_of(struct loading *loading,
                                    const struct tree *pattern,
                                    const struct pattern_scan *scan)
{
    struct macros *macros = loading->macros;
    uint32_t index = index_of(loading, pattern, scan);
    if (index == NO_INDEX) return NULL;
    struct macro *macro = &macros->items[index];
    if (macro->state == STATE_OPEN) {
        complain_cycle(loading, pattern, index);
        return NULL;
    }
    if (macro->state == STATE_FRESH && macros->depth == NESTED_MAX) {
        TALK__COMPLAIN(loading, pattern->place,
                       "more than %d macros inside each other", NESTED_MAX);
        return NULL;
    }
    if (macro->state == STATE_FRESH) write_out(loading, index);
    return macro->state == STATE_DONE ? macro : NULL;
}

static enum macro_result expand(struct loading *loading,
                                const struct tree *pattern, struct buffer *out)
{
    enum macro_result result = MACRO_NONE;
    struct pattern_scan scan;
    talk__scan_init(&scan, pattern->text, pattern->length);
    size_t copied = 0;
    for (; talk__scan_next(&scan); talk__scan_skip(&scan)) {
        if (scan.part != PART_MACRO) continue;
        talk__buffer_add(out, pattern->text + copied, scan.start - copied);
        copied = scan.at;
        const struct macro *macro = macro_of(loading, pattern, &scan);
        if (!macro) {
            result = MACRO_BROKEN;
            continue;
        }
        talk__buffer_add(out, macro->whole.text, macro->whole.length);
        if (result == MACRO_NONE) result = MACRO_DONE;
    }
    talk__buffer_add(out, pattern->text + copied, pattern->length - copied);
    return result;
}

/* A use of macros that is being looked at. */
struct use {
    struct loading *loading;
    const struct tree *pattern;
    enum macro_result result;
    size_t length;
};

static void use_macro(void *payload, const struct pattern_scan *scan)
{
    struct use *use = payload;
    const struct macro *macro = macro_of(use->loading, use->pattern, scan);
    if (!macro) {
        use->result = MACRO_BROKEN;
        return;
    }
    use->length += macro->whole.length - (scan->at - scan->start);
    if (use->result == MACRO_NONE) use->result = MACRO_DONE;
}

enum macro_result talk__macros_use(struct loading *loading,
                                   const struct tree *pattern, size_t *length)
{
    struct use use = {loading, pattern, MACRO_NONE, pattern->length};
    const struct macro_visitor visitor = {use_macro, &use};
    bool fine = talk__pattern_check(loading, pattern, &visitor);
    *length = use.length;
    if (!fine) return MACRO_BROKEN;
    if (use.length <= EXPANDED_MAX) return use.result;
    TALK__COMPLAIN(loading, pattern->place,
                   "the pattern has more than %d bytes when its macros are "
                   "written out",
                   EXPANDED_MAX);
    return MACRO_BROKEN;
}

bool talk__macros_keep(struct loading *loading)
{
    struct pack *pack = loading->pack;
    const struct section *section = &loading->sections[SECTION_MACROS];
    uint32_t count = 0;
    pack->macros =
        talk__arena_array(&pack->arena, section->count, sizeof *pack->macros);
    if (!pack->macros) return false;
    for (uint32_t i = 0; i < section->count; i++) {
        const struct macro *macro = &loading->macros->items[i];
        if (macro->state != STATE_DONE) continue;
        const struct tree *key = section->entries[i]->key;
        const char *name = talk__keep_text(loading, key);
        struct macro_text *kept = &pack->macros[count];
        kept->length = (uint32_t)macro->whole.length;
        kept->text =
            talk__arena_text(&pack->arena, macro->whole.text, kept->length);
        if (!name || !kept->text ||
            !talk__table_set(&pack->macro_names, name, key->length, count++)) {
            return false;
        }
    }
    return true;
}

/* Macros that are made of values have a use of their own. */
static bool is_of_values(const struct loading *loading, const struct tree *key)
{
    const struct section *values = &loading->sections[SECTION_VALUES];
    for (size_t i = 0; i < values->count; i++) {
        if (talk__tree_get(values->entries[i], key->text)) return true;
    }
    return false;
}

static void keep_written(struct loading *loading, const struct macro *macro,
                         struct written_macro *out)
{
    const struct tree *key = macro->list->key;
    uint32_t count = 0;
    for (const struct tree *item = macro->list->first; item;
         item = item->next) {
        count++;
    }
    *out = (struct written_macro){
        .name = talk__keep_text(loading, key),
        .place = key->place,
        .items = talk__keep_array(loading, count, sizeof *out->items),
        .places = talk__keep_array(loading, count, sizeof *out->places),
        .idle = macro->state == STATE_FRESH && !is_of_values(loading, key)};
    if (!out->items || !out->places) return;
    for (const struct tree *item = macro->list->first; item;
         item = item->next) {
        out->places[out->count] = item->place;
        out->items[out->count++] = talk__keep_text(loading, item);
    }
}

void talk__macros_keep_written(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_MACROS];
    struct pack *pack = loading->pack;
    pack->written_macros = talk__keep_array(loading, section->count,
                                            sizeof *pack->written_macros);
    for (size_t i = 0; pack->written_macros && i < section->count; i++) {
        const struct macro *macro = &loading->macros->items[i];
        if (!macro->list) continue; /* that was reported */
        keep_written(loading, macro,
                     &pack->written_macros[pack->written_macro_count++]);
    }
}

/* ---- Trees ---- */

/* The alternatives as one text, macros and all, folded. */
static bool join(struct loading *loading, const struct macro *macro,
                 struct expanded *out)
{
    struct buffer text;
    talk__buffer_init(&text, &loading->scratch, EXPANDED_MAX);
    for (const struct tree *item = macro->list->first; item;
         item = item->next) {
        if (item != macro->list->first) talk__buffer_add_byte(&text, '|');
        talk__buffer_add(&text, item->text, item->length);
    }
    return text.status == TALK_OK &&
           talk__fold_pattern(&loading->scratch, text.text, text.length,
                              &out->text, &out->length);
}

static struct macro_tree *find_tree(void *payload, const char *name,
                                    size_t length)
{
    struct loading *loading = payload;
    uint32_t index = talk__table_get(&loading->sections[SECTION_MACROS].names,
                                     name, length);
    if (index == TABLE_NONE) return NULL;
    struct macro *macro = &loading->macros->items[index];
    if (macro->state != STATE_DONE) return NULL;
    struct macro_finder finder = talk__macros_finder(loading);
    struct expanded text;
    if (!macro->read &&
        (!join(loading, macro, &text) ||
         !talk__pattern_read(&loading->scratch, &finder, text.text,
                             text.length, &macro->tree.tree))) {
        return NULL;
    }
    macro->read = true;
    return &macro->tree;
}

struct macro_finder talk__macros_finder(struct loading *loading)
{
    return (struct macro_finder){find_tree, loading};
}

/* ---- Blame ---- */

struct expanded talk__macros_near(const struct expanded *whole, size_t offset)
{
    size_t from = offset < SHOWN_BEFORE ? 0 : offset - SHOWN_BEFORE;
    size_t to = offset + SHOWN_BEHIND;
    if (to > whole->length) to = whole->length;
    while (from > 0 && !talk__is_first_byte(whole->text[from])) from--;
    while (to < whole->length && !talk__is_first_byte(whole->text[to])) to++;
    return (struct expanded){whole->text + from, to - from};
}

static bool is_to_blame(struct loading *loading, struct macro *macro)
{
    const struct memory *memory = &loading->pack->memory;
    struct regex *regex = NULL;
    struct regex_fault fault;
    macro->compiled = true;
    talk_status status =
        talk__regex_new(memory, macro->whole.text, macro->whole.length,
                        REGEX_BARE, &regex, &fault);
    talk__regex_free(memory, regex);
    if (status != TALK_RULE) return false;
    macro->state = STATE_BROKEN;
    struct expanded near = talk__macros_near(&macro->whole, fault.offset);
    TALK__COMPLAIN(loading, macro->list->key->place,
                   "macro '%s': %s; near '%.*s'", macro->list->key->text,
                   fault.message, (int)near.length, near.text);
    return true;
}

bool talk__macros_blame(struct loading *loading, const struct tree *pattern)
{
    bool found = false;
    struct pattern_scan scan;
    talk__scan_init(&scan, pattern->text, pattern->length);
    while (talk__scan_next(&scan)) {
        if (scan.part != PART_MACRO) continue;
        const struct macro *used = macro_of(loading, pattern, &scan);
        if (!used) {
            found = true; /* broken, and told before */
            continue;
        }
        if (used->compiled) continue;
        struct macro *macro =
            &loading->macros->items[used - loading->macros->items];
        /* The innermost one is to be told. */
        bool inside = false;
        for (const struct tree *item = macro->list->first; item;
             item = item->next) {
            inside |= talk__macros_blame(loading, item);
        }
        if (inside) macro->state = STATE_BROKEN;
        found |= inside || is_to_blame(loading, macro);
    }
    return found;
}
