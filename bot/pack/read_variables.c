/* read_variables.c - named values: which there are, what conditions ask of
 * them, what responses do to them.
 * In: `variables`; `is`, `at_least` and `at_most` of conditions; `set`, `add`
 * and `clear` of responses.  Out: those of the pack.
 * Ignores who sets a value when. */
#include <math.h>
#include <string.h>

#include "schema.h"

enum { LASTS_MAX = 1000 };

const char *talk__variable_value(const struct variable *variable,
                                 const char *value, char number[NUMBER_SIZE])
{
    /* Beyond it a number has no text of its own. */
    const double most = 1e15;
    double read;
    if (variable->number) {
        if (!talk__number_read(value, &read) || fabs(read) >= most) {
            return NULL;
        }
        (void)talk__number_write(read, number);
        return number;
    }
    bool allowed = variable->value_count == 0;
    for (uint32_t i = 0; i < variable->value_count && !allowed; i++) {
        allowed = strcmp(variable->values[i], value) == 0;
    }
    return allowed && strlen(value) <= VARIABLE_BYTES_MAX ? value : NULL;
}

/* ---- Which there are ---- */

static void complain_value(struct loading *loading,
                           const struct variable *variable,
                           const struct tree *text)
{
    if (variable->number) {
        TALK__COMPLAIN(loading, text->place,
                       "variable '%s' is a number below 10^15, not '%.80s'",
                       variable->name, text->text);
    } else if (text->length > VARIABLE_BYTES_MAX) {
        TALK__COMPLAIN(loading, text->place,
                       "a value has at most %d bytes, this one %u",
                       VARIABLE_BYTES_MAX, text->length);
    } else {
        TALK__COMPLAIN(loading, text->place,
                       "variable '%s' is never '%.80s'%s", variable->name,
                       text->text,
                       talk__advise(loading, text, variable->values,
                                    variable->value_count));
    }
}

/* The value in its normal form, kept; NULL: it is none (reported). */
static const char *keep_value(struct loading *loading,
                              const struct variable *variable,
                              const struct tree *text)
{
    char number[NUMBER_SIZE];
    if (!talk__is_text(loading, text)) return NULL;
    const char *value = talk__variable_value(variable, text->text, number);
    if (!value) {
        complain_value(loading, variable, text);
        return NULL;
    }
    return talk__arena_text(&loading->pack->arena, value, strlen(value));
}

static void read_values(struct loading *loading, struct tree *list, void *out)
{
    struct variable *variable = out;
    if (variable->number) {
        TALK__COMPLAIN(loading, list->key->place,
                       "'values' is only for variables of type text");
        return;
    }
    const char **values =
        talk__keep_array(loading, talk__tree_count(list), sizeof *values);
    uint32_t count = 0;
    if (!values) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        const char *value = keep_value(loading, variable, item);
        if (value) values[count++] = value;
    }
    variable->values = values;
    variable->value_count = count;
}

static void read_start(struct loading *loading, struct tree *text, void *out)
{
    struct variable *variable = out;
    variable->start = keep_value(loading, variable, text);
}

static const char *const type_names[] = {"text", "number"};
static const struct words type_words = {"type", type_names, 2};

static void read_type(struct loading *loading, struct tree *text, void *out)
{
    struct variable *variable = out;
    variable->number = talk__word_index(loading, &type_words, text) == 1;
}

/* In the order of need: type, values, start. */
#define INTO(member) .offset = offsetof(struct variable, member)
static const struct schema_row rows[] = {
    {"type", WANT_TEXT, .read = read_type},
    {"values", WANT_TEXTS, .read = read_values},
    {"start", WANT_TEXT, .read = read_start},
    {"lasts", WANT_WHOLE, INTO(lasts), .min = 1, .max = LASTS_MAX},
    {"keep", WANT_FLAG, INTO(keep)},
};
#undef INTO
static const struct schema schema = TALK__SCHEMA("variable", rows);

void talk__read_variables(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_VARIABLES];
    struct pack *pack = loading->pack;
    pack->variables =
        talk__keep_array(loading, section->count, sizeof *pack->variables);
    if (!pack->variables) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct variable *variable = &pack->variables[i];
        variable->place = entry->key->place;
        variable->name = talk__section_keep(loading, SECTION_VARIABLES, i,
                                            &pack->variable_names);
        if (!variable->name) return;
        talk__schema_read(loading, &schema, entry, variable);
        pack->variable_count++;
    }
}

/* The variable that a key names; NULL: none (reported). */
static const struct variable *named(struct loading *loading,
                                    const struct tree *key, uint32_t *index)
{
    *index = talk__refer(loading, SECTION_VARIABLES, key);
    return *index == NO_INDEX ? NULL : &loading->pack->variables[*index];
}

/* The same, of one that is a number. */
static const struct variable *
named_number(struct loading *loading, const struct tree *key, uint32_t *index)
{
    const struct variable *variable = named(loading, key, index);
    if (!variable || variable->number) return variable;
    TALK__COMPLAIN(loading, key->place, "variable '%s' is no number",
                   variable->name);
    return NULL;
}

/* ---- What conditions ask ---- */

/* Room for one test more for each key of the map. NULL: no memory. */
static struct variable_test *
more_tests(struct loading *loading, struct when *when, const struct tree *map)
{
    struct variable_test *tests = talk__keep_array(
        loading, when->test_count + talk__tree_count(map), sizeof *tests);
    if (tests && when->test_count) {
        memcpy(tests, when->tests, when->test_count * sizeof *tests);
    }
    if (tests) when->tests = tests;
    return tests;
}

static void read_is_values(struct loading *loading, struct tree *list,
                           void *out)
{
    struct when *when = out;
    struct variable_test test = {.least = -INFINITY, .most = INFINITY};
    const struct variable *variable =
        named(loading, list->key, &test.variable);
    if (!variable) return;
    test.values =
        talk__keep_array(loading, talk__tree_count(list), sizeof *test.values);
    if (!test.values) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        const char *value = keep_value(loading, variable, item);
        if (value) test.values[test.value_count++] = value;
    }
    when->tests[when->test_count++] = test;
}

void talk__read_is(struct loading *loading, struct tree *map, void *out)
{
    static const struct schema_row row = {.want = WANT_TEXT_OR_TEXTS,
                                          .read = read_is_values};
    if (!more_tests(loading, out, map)) return;
    for (struct tree *value = map->first; value; value = value->next) {
        talk__schema_read_value(loading, &row, value, out);
    }
}

/* The number of a variable's key; false: it makes no sense (reported). */
static bool read_bound(struct loading *loading, struct tree *value,
                       uint32_t *variable, double *number)
{
    static const struct schema_row row = {.want = WANT_NUMBER, .offset = 0};
    *number = NAN;
    if (!named_number(loading, value->key, variable)) return false;
    talk__schema_read_value(loading, &row, value, number);
    return !isnan(*number);
}

static void read_bounds(struct loading *loading, struct tree *map,
                        struct when *when, bool least)
{
    if (!more_tests(loading, when, map)) return;
    for (struct tree *value = map->first; value; value = value->next) {
        struct variable_test test = {.least = -INFINITY, .most = INFINITY};
        double *bound = least ? &test.least : &test.most;
        if (read_bound(loading, value, &test.variable, bound)) {
            when->tests[when->test_count++] = test;
        }
    }
}

void talk__read_at_least(struct loading *loading, struct tree *map, void *out)
{
    read_bounds(loading, map, out, true);
}

void talk__read_at_most(struct loading *loading, struct tree *map, void *out)
{
    read_bounds(loading, map, out, false);
}

/* ---- What responses do ---- */

/* Room for an effect more for each item. NULL: no memory. */
static struct effect *more_effects(struct loading *loading,
                                   struct response *response,
                                   const struct tree *items)
{
    struct effect *effects = talk__keep_array(
        loading, response->effect_count + talk__tree_count(items),
        sizeof *effects);
    if (effects && response->effect_count) {
        memcpy(effects, response->effects,
               response->effect_count * sizeof *effects);
    }
    if (effects) response->effects = effects;
    return effects;
}

void talk__read_set(struct loading *loading, struct tree *map, void *out)
{
    struct response *response = out;
    if (!more_effects(loading, response, map)) return;
    for (const struct tree *text = map->first; text; text = text->next) {
        struct effect effect = {.kind = EFFECT_SET};
        const struct variable *variable =
            named(loading, text->key, &effect.variable);
        if (variable) effect.value = keep_value(loading, variable, text);
        if (effect.value) response->effects[response->effect_count++] = effect;
    }
}

void talk__read_add(struct loading *loading, struct tree *map, void *out)
{
    struct response *response = out;
    if (!more_effects(loading, response, map)) return;
    for (struct tree *value = map->first; value; value = value->next) {
        struct effect effect = {.kind = EFFECT_ADD};
        if (read_bound(loading, value, &effect.variable, &effect.number)) {
            response->effects[response->effect_count++] = effect;
        }
    }
}

void talk__read_clear(struct loading *loading, struct tree *list, void *out)
{
    struct response *response = out;
    if (!more_effects(loading, response, list)) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        struct effect effect = {.kind = EFFECT_CLEAR};
        if (named(loading, item, &effect.variable)) {
            response->effects[response->effect_count++] = effect;
        }
    }
}
