/* read_values.c - the words that numbers and times are made of.
 * In: `values`.  Out: the pack's table of them, and for each kind a macro of
 * its name, so that a pattern can say {units}.  Ignores which slot wants
 * them. */
#include <string.h>

#include "fold.h"
#include "schema.h"

/* What a word of each kind may stand for. */
static const struct schema_row word_rows[] = {
    [VALUE_NUMBER] = {.want = WANT_NUMBER},
    [VALUE_UNIT] = {.want = WANT_NUMBER},
    [VALUE_WEEKDAY] = {.want = WANT_WHOLE, .min = 1, .max = 7},
    [VALUE_MONTH] = {.want = WANT_WHOLE, .min = 1, .max = 12},
    [VALUE_MOMENT] = {.want = WANT_NUMBER},
};

static bool read_number(struct loading *loading, enum value_kind kind,
                        struct tree *entry, double *out)
{
    size_t found = loading->problems.found;
    if (word_rows[kind].want == WANT_WHOLE) {
        uint32_t whole = 0;
        talk__schema_read_value(loading, &word_rows[kind], entry, &whole);
        *out = whole;
    } else {
        talk__schema_read_value(loading, &word_rows[kind], entry, out);
    }
    if (loading->problems.found != found) return false;
    if (*out >= 0) return true;
    TALK__COMPLAIN(loading, entry->place,
                   "'%.80s' wants a number that is not below 0, not '%.80s'",
                   entry->key->text, entry->text);
    return false;
}

static uint32_t words_in(const char *text)
{
    uint32_t words = 1;
    for (; *text; text++) words += *text == ' ';
    return words;
}

/* False when the word is not to be had (reported). */
static bool add_word(struct loading *loading, enum value_kind kind,
                     struct tree *entry)
{
    struct pack *pack = loading->pack;
    double number = 0;
    const char *word;
    size_t length;
    if (!talk__is_lower_case(loading, entry->key) ||
        !read_number(loading, kind, entry, &number)) {
        return false;
    }
    if (!talk__fold_pattern(&pack->arena, entry->key->text, entry->key->length,
                            &word, &length)) {
        loading->nomem = true;
        return false;
    }
    if (talk__table_get(&pack->value_names, word, length) != TABLE_NONE) {
        TALK__COMPLAIN(loading, entry->key->place,
                       "'%.80s' stands twice among the words of values",
                       entry->key->text);
        return false;
    }
    void *words = pack->value_words;
    if (!talk__arena_room(&pack->arena, &words, pack->value_word_count,
                          &loading->value_word_capacity,
                          sizeof *pack->value_words)) {
        return false; /* the arena remembers */
    }
    pack->value_words = words;
    uint32_t index = pack->value_word_count++;
    pack->value_words[index] = (struct value_word){kind, number};
    (void)talk__table_set(&pack->value_names, word, length, index);
    uint32_t count = words_in(word);
    if (count > pack->value_phrase_max) pack->value_phrase_max = count;
    return true;
}

/* ---- The macros: {units} and the like ---- */

enum { KIND_COUNT = VALUE_MOMENT + 1 };

/* Of each kind the list of its words, as if an author had written it. */
struct reading {
    struct tree *macros[KIND_COUNT];
    struct tree **links[KIND_COUNT]; /* where the next word goes */
};

static bool begin_macro(struct loading *loading, struct reading *reading,
                        enum value_kind kind, const struct tree *map)
{
    if (reading->macros[kind]) return true;
    struct tree *macro = talk__arena_take(&loading->scratch, sizeof *macro);
    if (!macro) return false;
    *macro = *map; /* its key and place */
    macro->kind = TREE_LIST;
    macro->first = macro->next = NULL;
    reading->macros[kind] = macro;
    reading->links[kind] = &macro->first;
    return true;
}

static void read_words(struct loading *loading, struct tree *map,
                       struct reading *reading, enum value_kind kind)
{
    if (!begin_macro(loading, reading, kind, map)) return;
    for (struct tree *entry = map->first; entry; entry = entry->next) {
        if (!add_word(loading, kind, entry)) continue;
        struct tree *item = talk__arena_take(&loading->scratch, sizeof *item);
        if (!item) return;
        *item = *entry->key;
        *reading->links[kind] = item;
        reading->links[kind] = &item->next;
    }
}

/* ---- All of them ---- */

/* Rows: key, kind. */
#define KINDS(ROW)               \
    ROW(numbers, VALUE_NUMBER)   \
    ROW(units, VALUE_UNIT)       \
    ROW(weekdays, VALUE_WEEKDAY) \
    ROW(months, VALUE_MONTH)     \
    ROW(moments, VALUE_MOMENT)

#define READER(key, kind)                                               \
    static void read_##key(struct loading *loading, struct tree *value, \
                           void *out)                                   \
    {                                                                   \
        read_words(loading, value, out, kind);                          \
    }
KINDS(READER)
#undef READER

static const struct schema_row rows[] = {
#define ROW(key, kind) {#key, WANT_MAP, .read = read_##key},
    KINDS(ROW)
#undef ROW
};
static const struct schema schema = TALK__SCHEMA("", rows);

void talk__read_values(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_VALUES];
    struct reading reading = {{NULL}, {NULL}};
    for (size_t i = 0; i < section->count; i++) {
        talk__schema_read(loading, &schema, section->entries[i], &reading);
    }
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (!reading.macros[i] || !reading.macros[i]->first) continue;
        talk__section_add(loading, SECTION_MACROS, reading.macros[i]);
    }
}
