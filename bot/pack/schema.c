/* schema.c - reads a map by a table.
 * In: a map, a table of keys.  Out: a struct filled in; what does not fit is
 * reported.  Knows nothing of what the keys are good for. */
#include "schema.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "nearest.h"
#include "number.h"

/* An enum is stored as the 32 bits that it has here. */
_Static_assert(sizeof(enum pattern_kind) == sizeof(uint32_t), "enum size");

enum { ROWS_MAX = 16 };

/* Bytes of a list of words in a message. */
enum { LISTING_MAX = 300 };

static const char *const tier_names[TIER_COUNT] = {
    "none", "avoid", "professional", "urgent", "emergency"};
const struct words talk__tier_words = {"tier", tier_names, TIER_COUNT};

/* ---- Words for messages ---- */

static const char *name_of_kind(const struct tree *value)
{
    switch (value->kind) {
    case TREE_TEXT:
        return value->quoted || value->length ? "not a text"
                                              : "and there is nothing";
    case TREE_LIST: return "not a list";
    case TREE_MAP: return "not a map";
    case TREE_BROKEN: break;
    }
    return "not what it is";
}

static const char *name_of_want(enum want want)
{
    switch (want) {
    case WANT_TEXT: return "a text";
    case WANT_FLAG: return "true or false";
    case WANT_WHOLE:
    case WANT_NUMBER: return "a number";
    case WANT_WORD: return "a word";
    case WANT_REFERENCE: return "a name";
    case WANT_REFERENCES: return "a list of names";
    case WANT_TEXTS: return "a list of texts";
    case WANT_TEXT_OR_TEXTS: return "a text or a list of texts";
    case WANT_LIST: return "a list";
    case WANT_MAP: return "a map";
    case WANT_MAP_OR_MAPS: return "a map or a list of maps";
    case WANT_TEXT_OR_LIST: return "a text or a list";
    }
    return "";
}

/* A list where one text would do, and the other way round, are common. */
static const char *hint_of(enum want want, const struct tree *value)
{
    bool one = value->kind == TREE_TEXT && value->length;
    if ((one && (want == WANT_TEXTS || want == WANT_REFERENCES)) ||
        (value->kind == TREE_MAP &&
         (want == WANT_LIST || want == WANT_TEXT_OR_LIST))) {
        return "; write [ ] round it";
    }
    if (value->kind == TREE_MAP && want == WANT_TEXT) {
        return "; a text with ': ' in it must be quoted with '…'";
    }
    return "";
}

static void complain_kind(struct loading *loading, enum want want,
                          const struct tree *value)
{
    if (value->kind == TREE_BROKEN) return;
    if (value->key) {
        TALK__COMPLAIN(loading, value->place, "'%.80s' wants %s, %s%s",
                       value->key->text, name_of_want(want),
                       name_of_kind(value), hint_of(want, value));
    } else {
        TALK__COMPLAIN(loading, value->place, "here %s is wanted, %s%s",
                       name_of_want(want), name_of_kind(value),
                       hint_of(want, value));
    }
}

const char *talk__advise(struct loading *loading, const struct tree *typed,
                         const char *const *names, size_t count)
{
    const char *first = count > 1 ? "; there are " : "; there is ";
    struct buffer buffer;
    struct nearest nearest;
    if (talk__problems_full(&loading->problems)) return "";
    talk__buffer_init(&buffer, &loading->scratch, LISTING_MAX);
    talk__nearest_init(&nearest, typed->text, typed->length);
    for (size_t i = 0; i < count; i++) {
        talk__nearest_try(&nearest, names[i]);
        talk__buffer_add_text(&buffer, i ? ", " : first);
        talk__buffer_add_text(&buffer, names[i]);
    }
    if (nearest.name) {
        talk__buffer_init(&buffer, &loading->scratch, LISTING_MAX);
        talk__buffer_add_text(&buffer, "; did you mean '");
        talk__buffer_add_text(&buffer, nearest.name);
        talk__buffer_add_text(&buffer, "'?");
    }
    return buffer.status == TALK_OK ? buffer.text : "";
}

/* ---- Checks that readers share ---- */

struct tree *talk__tree_get(const struct tree *map, const char *key)
{
    for (struct tree *value = map->first; value; value = value->next) {
        if (strcmp(value->key->text, key) == 0) return value;
    }
    return NULL;
}

size_t talk__tree_count(const struct tree *list)
{
    size_t count = 0;
    for (const struct tree *item = list->first; item; item = item->next) {
        count++;
    }
    return count;
}

bool talk__is_text(struct loading *loading, const struct tree *value)
{
    if (value->kind != TREE_TEXT) {
        complain_kind(loading, WANT_TEXT, value);
        return false;
    }
    if (value->length) return true;
    if (value->key) {
        TALK__COMPLAIN(loading, value->place, "'%.80s' is empty",
                       value->key->text);
    } else {
        TALK__COMPLAIN(loading, value->place, "an empty text");
    }
    return false;
}

bool talk__is_map(struct loading *loading, const struct tree *value)
{
    if (value->kind != TREE_MAP) complain_kind(loading, WANT_MAP, value);
    return value->kind == TREE_MAP;
}

uint32_t talk__word_index(struct loading *loading, const struct words *words,
                          const struct tree *text)
{
    if (!talk__is_text(loading, text)) return NO_INDEX;
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->names[i], text->text) == 0) return (uint32_t)i;
    }
    TALK__COMPLAIN(loading, text->place, "no %s '%.80s'%s", words->noun,
                   text->text,
                   talk__advise(loading, text, words->names, words->count));
    return NO_INDEX;
}

/* ---- Values ---- */

static bool read_flag(struct loading *loading, const struct tree *value,
                      bool *out)
{
    *out = value->length == 4 && strcmp(value->text, "true") == 0;
    if (*out || strcmp(value->text, "false") == 0) return true;
    TALK__COMPLAIN(loading, value->place,
                   "'%.80s' wants true or false, not '%.80s'",
                   value->key->text, value->text);
    return false;
}

static bool read_number(struct loading *loading, const struct tree *value,
                        double *out)
{
    if (talk__number_read(value->text, out)) return true;
    TALK__COMPLAIN(loading, value->place,
                   "'%.80s' wants a number, not '%.80s'", value->key->text,
                   value->text);
    return false;
}

static bool read_whole(struct loading *loading, const struct schema_row *row,
                       const struct tree *value, uint32_t *out)
{
    double number;
    if (!strpbrk(value->text, ".-") &&
        talk__number_read(value->text, &number) && number >= row->min &&
        number <= row->max) {
        *out = (uint32_t)number;
        return true;
    }
    TALK__COMPLAIN(loading, value->place,
                   "'%.80s' wants a whole number from %u to %u, not '%.80s'",
                   value->key->text, row->min, row->max, value->text);
    return false;
}

/* One without conditions, and whose holes are filled for sure. */
static bool has_sure_wording(const struct response *response, uint32_t holes)
{
    holes |= 1u << HOLE_NONE;
    for (uint32_t i = 0; i < response->wording_count; i++) {
        const struct wording *wording = &response->wordings[i];
        bool sure = !wording->when && !wording->reassures &&
                    wording->leads == NO_INDEX;
        for (uint32_t j = 0; j < wording->piece_count; j++) {
            if (!(holes >> wording->pieces[j].hole & 1)) sure = false;
        }
        if (sure) return true;
    }
    return response->wording_count == 0; /* reported elsewhere */
}

static uint32_t read_reference(struct loading *loading,
                               const struct schema_row *row,
                               const struct tree *text)
{
    uint32_t index = talk__refer(loading, row->section, text);
    if (index != NO_INDEX && row->no_technique &&
        loading->pack->responses[index].technique) {
        TALK__COMPLAIN(loading, text->place,
                       "a policy response may not be technique, as '%s' is",
                       text->text);
        return NO_INDEX;
    }
    if (index != NO_INDEX && row->always &&
        !has_sure_wording(&loading->pack->responses[index], row->holes)) {
        TALK__COMPLAIN(loading, text->place,
                       "'%s' may have nothing to say; give it a wording that "
                       "neither reassures nor has a 'when' or a hole that may "
                       "stay empty",
                       text->text);
    }
    return index;
}

/* Takes what is not a text out of a list. */
static void drop_others(struct loading *loading, struct tree *list)
{
    struct tree **link = &list->first;
    while (*link) {
        if (talk__is_text(loading, *link)) {
            link = &(*link)->next;
        } else {
            *link = (*link)->next;
        }
    }
}

static void read_references(struct loading *loading,
                            const struct schema_row *row, struct tree *list,
                            struct index_list *out)
{
    size_t count = talk__tree_count(list);
    out->items = talk__keep_array(loading, count, sizeof *out->items);
    out->count = 0;
    if (!out->items) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        uint32_t index = read_reference(loading, row, item);
        if (index != NO_INDEX) out->items[out->count++] = index;
    }
}

/* One text becomes a list of one. NULL: no memory. */
static struct tree *wrap(struct loading *loading, struct tree *text)
{
    struct tree *list = talk__arena_take(&loading->scratch, sizeof *list);
    struct tree *item = talk__arena_take(&loading->scratch, sizeof *item);
    if (!list || !item) return NULL;
    *item = *text;
    item->key = NULL;
    item->next = NULL;
    *list = (struct tree){.kind = TREE_LIST,
                          .place = text->place,
                          .key = text->key,
                          .first = item};
    return list;
}

/* ---- One row ---- */

static bool fits(enum want want, enum tree_kind kind)
{
    switch (want) {
    case WANT_MAP: return kind == TREE_MAP;
    case WANT_MAP_OR_MAPS: return kind == TREE_MAP || kind == TREE_LIST;
    case WANT_REFERENCES:
    case WANT_TEXTS:
    case WANT_LIST: return kind == TREE_LIST;
    case WANT_TEXT_OR_TEXTS:
    case WANT_TEXT_OR_LIST: return kind == TREE_TEXT || kind == TREE_LIST;
    default: return kind == TREE_TEXT;
    }
}

static void read_list(struct loading *loading, const struct schema_row *row,
                      struct tree *list, void *out, void *at)
{
    if (list->kind == TREE_TEXT) list = wrap(loading, list);
    if (!list) return;
    if (row->want != WANT_LIST && row->want != WANT_TEXT_OR_LIST) {
        drop_others(loading, list);
    }
    if (row->want == WANT_REFERENCES) {
        read_references(loading, row, list, at);
    } else {
        row->read(loading, list, out);
    }
}

/* The value of one word or number goes to `at` as the 32 bits that it is. */
static void store(void *at, uint32_t value)
{
    memcpy(at, &value, sizeof value);
}

static void read_text(struct loading *loading, const struct schema_row *row,
                      const struct tree *value, void *at)
{
    uint32_t whole;
    bool flag;
    double number;
    const char *text;
    switch (row->want) {
    case WANT_TEXT:
        text = talk__keep_text(loading, value);
        memcpy(at, &text, sizeof text);
        break;
    case WANT_FLAG:
        if (read_flag(loading, value, &flag)) memcpy(at, &flag, sizeof flag);
        break;
    case WANT_WHOLE:
        if (read_whole(loading, row, value, &whole)) store(at, whole);
        break;
    case WANT_NUMBER:
        if (read_number(loading, value, &number)) {
            memcpy(at, &number, sizeof number);
        }
        break;
    case WANT_WORD:
        whole = talk__word_index(loading, row->words, value);
        if (whole != NO_INDEX) store(at, whole);
        break;
    case WANT_REFERENCE: store(at, read_reference(loading, row, value)); break;
    default: assert(false); break; /* not a text */
    }
}

void talk__schema_read_value(struct loading *loading,
                             const struct schema_row *row, struct tree *value,
                             void *out)
{
    void *at = (char *)out + row->offset;
    if (!fits(row->want, value->kind)) {
        complain_kind(loading, row->want, value);
    } else if (value->kind == TREE_TEXT && !talk__is_text(loading, value)) {
        return; /* it was empty */
    } else if (row->want == WANT_MAP || row->want == WANT_MAP_OR_MAPS ||
               (row->want == WANT_TEXT && row->read)) {
        row->read(loading, value, out);
    } else if (row->want < WANT_TEXTS && row->want != WANT_REFERENCES) {
        read_text(loading, row, value, at);
    } else {
        read_list(loading, row, value, out, at);
    }
}

/* ---- The whole map ---- */

static void complain_key(struct loading *loading, const struct schema *schema,
                         const struct tree *key)
{
    const char *names[ROWS_MAX];
    for (size_t i = 0; i < schema->count; i++) names[i] = schema->rows[i].key;
    TALK__COMPLAIN(loading, key->place, "unknown key '%.80s'%s", key->text,
                   talk__advise(loading, key, names, schema->count));
}

static void complain_lack(struct loading *loading, const struct schema *schema,
                          const struct tree *map, const char *key)
{
    if (!map->key) {
        TALK__COMPLAIN(loading, map->place, "a %s lacks '%s'", schema->noun,
                       key);
    } else if (strcmp(schema->noun, "") == 0) {
        TALK__COMPLAIN(loading, map->key->place, "'%.80s' lacks '%s'",
                       map->key->text, key);
    } else {
        TALK__COMPLAIN(loading, map->key->place, "%s '%.80s' lacks '%s'",
                       schema->noun, map->key->text, key);
    }
}

void talk__schema_read(struct loading *loading, const struct schema *schema,
                       struct tree *map, void *out)
{
    struct tree *values[ROWS_MAX] = {NULL};
    assert(schema->count <= ROWS_MAX);
    if (!talk__is_map(loading, map)) return;
    for (struct tree *value = map->first; value; value = value->next) {
        size_t i = 0;
        while (i < schema->count &&
               strcmp(schema->rows[i].key, value->key->text) != 0) {
            i++;
        }
        if (i < schema->count) {
            values[i] = value;
        } else {
            complain_key(loading, schema, value->key);
        }
    }
    for (size_t i = 0; i < schema->count; i++) {
        const struct schema_row *row = &schema->rows[i];
        if (values[i]) {
            talk__schema_read_value(loading, row, values[i], out);
        } else if (row->required) {
            complain_lack(loading, schema, map, row->key);
        }
    }
}
