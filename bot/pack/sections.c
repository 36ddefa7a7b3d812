/* sections.c - what the files of a pack define, gathered by kind and name.
 * In: the trees of all files.  Out: for every kind its entries, each name
 * once; where a name leads.  Ignores what stands under a name. */
#include <string.h>

#include "ascii.h"
#include "load.h"
#include "nearest.h"
#include "schema.h"

/* How the keys of a section must look. */
enum naming {
    NAMING_NONE, /* the section is one map, of keys that C knows */
    NAMING_NAME, /* foam_roller: lower case, digits, underscores */
    NAMING_ID,   /* F09: capitals too */
    NAMING_WORD  /* a word of a message, checked by its reader */
};

struct section_row {
    const char *key;
    enum section_id id;
    enum naming naming;
    const char *noun;
};

/* The keys that may stand at the top of a file. */
static const struct section_row section_rows[] = {
    {"pack", SECTION_PACK, NAMING_NONE, "pack"},
    {"policy", SECTION_POLICY, NAMING_NONE, "policy"},
    {"macros", SECTION_MACROS, NAMING_NAME, "macro"},
    {"contractions", SECTION_REPLACED, NAMING_WORD, "replacement of"},
    {"spellings", SECTION_REPLACED, NAMING_WORD, "replacement of"},
    {"answers", SECTION_ANSWERS, NAMING_NONE, "answer"},
    {"cues", SECTION_CUES, NAMING_NONE, "cue"},
    {"values", SECTION_VALUES, NAMING_NONE, "kind of value"},
    {"sources", SECTION_SOURCES, NAMING_ID, "source"},
    {"slots", SECTION_SLOTS, NAMING_NAME, "slot"},
    {"topics", SECTION_TOPICS, NAMING_NAME, "topic"},
    {"findings", SECTION_FINDINGS, NAMING_NAME, "finding"},
    {"normal", SECTION_NORMAL, NAMING_NAME, "normal state of"},
    {"examples", SECTION_EXAMPLES, NAMING_NONE, "examples of"},
    {"responses", SECTION_RESPONSES, NAMING_NAME, "response"},
    {"forms", SECTION_FORMS, NAMING_NAME, "form"},
    {"variables", SECTION_VARIABLES, NAMING_NAME, "variable"},
    {"actions", SECTION_ACTIONS, NAMING_NAME, "action"},
    {"lists", SECTION_LISTS, NAMING_NAME, "list"},
    {"persons", SECTION_PERSONS, NAMING_WORD, "replacement of"},
    {"hooks", SECTION_HOOKS, NAMING_NAME, "hook"},
    {"check", SECTION_CHECK, NAMING_NONE, "check"},
};
enum { ROW_COUNT = sizeof section_rows / sizeof *section_rows };

/* Bytes of a name: it goes into saved sessions and transcripts. */
enum { NAME_BYTES_MAX = 64 };

static const char *noun_of(enum section_id id)
{
    size_t i = 0;
    while (section_rows[i].id != id) i++;
    return section_rows[i].noun;
}

/* ---- Gathering ---- */

static bool is_name(const struct tree *key, enum naming naming)
{
    const char *text = key->text;
    if (key->length > NAME_BYTES_MAX) return false;
    for (size_t i = 0; i < key->length; i++) {
        bool lower = text[i] >= 'a' && text[i] <= 'z';
        bool upper = talk__is_capital(text[i]);
        bool digit = talk__is_digit(text[i]);
        bool later = i > 0 && (digit || text[i] == '_');
        if (!lower && !later && !(upper && naming == NAMING_ID)) return false;
    }
    return true;
}

static bool check_name(struct loading *loading, const struct section_row *row,
                       const struct tree *key)
{
    if (row->naming == NAMING_WORD || is_name(key, row->naming)) return true;
    TALK__COMPLAIN(loading, key->place,
                   "'%.80s' is no name for a %s: a name is made of %sletters, "
                   "digits and _, begins with a letter, and has at most %d",
                   key->text, row->noun,
                   row->naming == NAMING_ID ? "" : "small ", NAME_BYTES_MAX);
    return false;
}

static void push(struct loading *loading, struct section *section,
                 struct tree *value)
{
    void *entries = section->entries;
    if (!talk__arena_room(&loading->scratch, &entries, section->count,
                          &section->capacity, sizeof(struct tree *))) {
        return; /* the arena remembers */
    }
    section->entries = entries;
    section->entries[section->count++] = value;
}

/* Unless the name is there already. */
static void push_named(struct loading *loading, struct section *section,
                       const char *noun, struct tree *value)
{
    const struct tree *key = value->key;
    uint32_t other = talk__table_get(&section->names, key->text, key->length);
    if (other != TABLE_NONE) {
        struct place first = section->entries[other]->key->place;
        TALK__COMPLAIN(loading, key->place,
                       "%s '%.80s' stands twice; first in %s:%u:%u", noun,
                       key->text, first.source, first.line, first.column);
    } else if (talk__table_set(&section->names, key->text, key->length,
                               (uint32_t)section->count)) {
        push(loading, section, value);
    }
}

static void complain_key(struct loading *loading, const struct tree *key)
{
    const char *names[ROW_COUNT];
    for (size_t i = 0; i < ROW_COUNT; i++) names[i] = section_rows[i].key;
    TALK__COMPLAIN(loading, key->place, "unknown key '%.80s'%s", key->text,
                   talk__advise(loading, key, names, ROW_COUNT));
}

static void gather_section(struct loading *loading, struct tree *value)
{
    const struct section_row *row = section_rows;
    while (row < section_rows + ROW_COUNT &&
           strcmp(row->key, value->key->text) != 0) {
        row++;
    }
    if (row == section_rows + ROW_COUNT) {
        complain_key(loading, value->key);
        loading->incomplete = true;
    } else if (!talk__is_map(loading, value)) {
        loading->incomplete = true;
    } else if (row->naming == NAMING_NONE) {
        push(loading, &loading->sections[row->id], value);
    } else {
        for (struct tree *entry = value->first; entry; entry = entry->next) {
            if (!check_name(loading, row, entry->key)) continue;
            push_named(loading, &loading->sections[row->id], row->noun, entry);
        }
    }
}

void talk__sections_gather(struct loading *loading, struct tree *root)
{
    if (root->kind != TREE_MAP) {
        loading->incomplete = true;
        TALK__COMPLAIN(loading, root->place,
                       "a file is a map: 'topics:' or the like, and below it, "
                       "indented, what there is");
        return;
    }
    for (struct tree *value = root->first; value; value = value->next) {
        gather_section(loading, value);
    }
}

void talk__section_add(struct loading *loading, enum section_id id,
                       struct tree *value)
{
    push_named(loading, &loading->sections[id], noun_of(id), value);
}

/* ---- Joining ---- */

struct tree *talk__section_join(struct loading *loading, enum section_id id)
{
    const struct section *section = &loading->sections[id];
    struct section joined = {0};
    if (section->count == 0) return NULL;
    talk__table_init(&joined.names, &loading->scratch);
    for (size_t i = 0; i < section->count; i++) {
        struct tree *value = section->entries[i]->first;
        for (; value; value = value->next) {
            push_named(loading, &joined, noun_of(id), value);
        }
    }
    struct tree *whole = section->entries[0];
    struct tree **link = &whole->first;
    for (size_t i = 0; i < joined.count; i++) {
        *link = joined.entries[i];
        link = &joined.entries[i]->next;
    }
    *link = NULL;
    return whole;
}

/* ---- Names ---- */

const char *talk__section_keep(struct loading *loading, enum section_id id,
                               size_t index, struct table *names)
{
    const struct tree *key = loading->sections[id].entries[index]->key;
    const char *name = talk__keep_text(loading, key);
    if (!name || !talk__table_set(names, name, key->length, (uint32_t)index)) {
        return NULL;
    }
    return name;
}

uint32_t talk__refer(struct loading *loading, enum section_id id,
                     const struct tree *text)
{
    const struct section *section = &loading->sections[id];
    uint32_t index =
        talk__table_get(&section->names, text->text, text->length);
    if (index != TABLE_NONE) return index;
    /* It may stand where nothing could be read. */
    if (loading->incomplete) return NO_INDEX;
    struct nearest nearest;
    talk__nearest_init(&nearest, text->text, text->length);
    size_t tried =
        talk__problems_full(&loading->problems) ? 0 : section->count;
    for (size_t i = 0; i < tried; i++) {
        talk__nearest_try(&nearest, section->entries[i]->key->text);
    }
    TALK__COMPLAIN(loading, text->place, "no %s '%.80s'%s%s%s", noun_of(id),
                   text->text, nearest.name ? "; did you mean '" : "",
                   nearest.name ? nearest.name : " in the pack",
                   nearest.name ? "'?" : "");
    return NO_INDEX;
}
