/* read_slots.c - what is gathered from the user.
 * In: `slots`.  Out: the slots of the pack and the patterns that fill them.
 * Ignores when a slot is asked for. */
#include <math.h>
#include <string.h>

#include "number.h"
#include "schema.h"

/* Of a scale that does not say otherwise: "7 out of 10". */
enum { SCALE_MIN = 0, SCALE_MAX = 10 };

enum { LASTS_MAX = 1000 };

/* A slot while it is read. */
struct reading {
    struct slot slot;
    uint32_t index;
};

static void wish(struct loading *loading, const struct reading *reading,
                 uint32_t choice, const struct tree *list)
{
    talk__patterns_wish(loading,
                        (struct pattern_wish){.kind = PATTERN_SLOT,
                                              .owner = reading->index,
                                              .detail = choice},
                        list);
}

static void read_patterns(struct loading *loading, struct tree *list,
                          void *out)
{
    wish(loading, out, NO_INDEX, list);
}

static void read_when_asked(struct loading *loading, struct tree *list,
                            void *out)
{
    const struct reading *reading = out;
    talk__patterns_wish(loading,
                        (struct pattern_wish){.kind = PATTERN_SLOT,
                                              .owner = reading->index,
                                              .detail = NO_INDEX,
                                              .when_asked = true},
                        list);
}

/* ---- Choices: each has patterns of its own ---- */

/* The choice whose patterns are read is the newest. */
static void read_choice(struct loading *loading, struct tree *list, void *out)
{
    const struct reading *reading = out;
    wish(loading, reading, reading->slot.choice_count - 1, list);
}

static const struct schema_row choice_row = {.want = WANT_TEXTS,
                                             .read = read_choice};

static void read_choices(struct loading *loading, struct tree *map, void *out)
{
    struct reading *reading = out;
    struct slot *slot = &reading->slot;
    size_t count = talk__tree_count(map);
    slot->choices = talk__keep_array(loading, count, sizeof *slot->choices);
    slot->choice_count = 0;
    if (!slot->choices) return;
    for (struct tree *value = map->first; value; value = value->next) {
        slot->choices[slot->choice_count++] =
            talk__keep_text(loading, value->key);
        talk__schema_read_value(loading, &choice_row, value, reading);
    }
}

static void read_other(struct loading *loading, struct tree *list, void *out)
{
    const struct reading *reading = out;
    wish(loading, reading, CHOICE_OTHER, list);
}

/* ---- Levels: words for points of a scale, "mild" for 2 ---- */

static void read_levels(struct loading *loading, struct tree *map, void *out)
{
    for (const struct tree *value = map->first; value; value = value->next) {
        double number;
        if (talk__number_read(value->key->text, &number)) continue;
        TALK__COMPLAIN(loading, value->key->place,
                       "a level is a number and its patterns, such as "
                       "2: [mild]; '%.80s' is no number",
                       value->key->text);
    }
    read_choices(loading, map, out);
}

/* ---- The value from which on a finding is there ---- */

#define INTO(member) .offset = offsetof(struct threshold, member)
static const struct schema_row threshold_rows[] = {
    {"finding", WANT_REFERENCE, true, INTO(finding),
     .section = SECTION_FINDINGS},
    {"from", WANT_NUMBER, true, INTO(from)},
    {"with", WANT_REFERENCES, false, INTO(with), .section = SECTION_FINDINGS},
};
#undef INTO
static const struct schema threshold_schema =
    TALK__SCHEMA("threshold", threshold_rows);

static void read_threshold(struct loading *loading, struct tree *map,
                           void *out)
{
    struct reading *reading = out;
    struct threshold *threshold =
        talk__keep_array(loading, 1, sizeof *threshold);
    if (!threshold) return;
    threshold->finding = NO_INDEX;
    talk__schema_read(loading, &threshold_schema, map, threshold);
    reading->slot.threshold = threshold;
}

/* ---- The slot ---- */

static void read_answers(struct loading *loading, struct tree *list, void *out)
{
    struct reading *reading = out;
    talk__quick_replies_keep(loading, list, &reading->slot.answers);
}

static const char *const type_names[] = {
    [SLOT_TEXT] = "text",
    [SLOT_SCALE] = "scale",
    [SLOT_TIME] = "time",
    [SLOT_CHOICE] = "choice",
};
static const struct words type_words = {
    "type", type_names, sizeof type_names / sizeof *type_names};

#define INTO(member) .offset = offsetof(struct reading, slot.member)
static const struct schema_row rows[] = {
    {"type", WANT_WORD, true, INTO(type), .words = &type_words},
    {"min", WANT_NUMBER, false, INTO(min)},
    {"max", WANT_NUMBER, false, INTO(max)},
    {"ask", WANT_TEXT, false, INTO(ask)},
    {"again", WANT_TEXT, false, INTO(again)},
    {"because", WANT_TEXT, false, INTO(because)},
    {"answers", WANT_TEXTS, .read = read_answers},
    {"label", WANT_TEXT, false, INTO(label)},
    {"lasts", WANT_WHOLE, false, INTO(lasts), .max = LASTS_MAX},
    {"patterns", WANT_TEXTS, .read = read_patterns},
    {"when_asked", WANT_TEXTS, .read = read_when_asked},
    {"choices", WANT_MAP, .read = read_choices},
    {"other", WANT_TEXTS, .read = read_other},
    {"levels", WANT_MAP, .read = read_levels},
    {"threshold", WANT_MAP, .read = read_threshold},
};
static const struct schema schema = TALK__SCHEMA("slot", rows);

/* Keys that not every type has. */
static const struct {
    const char *key;
    enum slot_type types[2];
} typed_keys[] = {
    {"min", {SLOT_SCALE, SLOT_SCALE}},
    {"max", {SLOT_SCALE, SLOT_TIME}},
    {"choices", {SLOT_CHOICE, SLOT_CHOICE}},
    {"other", {SLOT_CHOICE, SLOT_CHOICE}},
    {"levels", {SLOT_SCALE, SLOT_SCALE}},
    {"threshold", {SLOT_SCALE, SLOT_TIME}},
};

static void check_keys(struct loading *loading, const struct tree *entry,
                       const struct slot *slot)
{
    for (size_t i = 0; i < sizeof typed_keys / sizeof *typed_keys; i++) {
        const struct tree *value = talk__tree_get(entry, typed_keys[i].key);
        const enum slot_type *types = typed_keys[i].types;
        if (!value || slot->type == types[0] || slot->type == types[1]) {
            continue;
        }
        bool two = types[0] != types[1];
        TALK__COMPLAIN(loading, value->key->place,
                       "'%s' is only for slots of type %s%s%s",
                       typed_keys[i].key, type_names[types[0]],
                       two ? " or " : "", two ? type_names[types[1]] : "");
    }
}

static void check_levels(struct loading *loading, const struct tree *levels,
                         const struct slot *slot)
{
    for (const struct tree *value = levels->first; value;
         value = value->next) {
        double number;
        if (!talk__number_read(value->key->text, &number)) continue;
        if (number >= slot->min && number <= slot->max) continue;
        char min[NUMBER_SIZE], max[NUMBER_SIZE];
        (void)talk__number_write(slot->min, min);
        (void)talk__number_write(slot->max, max);
        TALK__COMPLAIN(loading, value->key->place,
                       "level %s is not on the scale, which goes from %s to "
                       "%s",
                       value->key->text, min, max);
    }
}

static void check(struct loading *loading, const struct tree *entry,
                  struct slot *slot)
{
    if (entry->kind != TREE_MAP || !talk__tree_get(entry, "type")) return;
    check_keys(loading, entry, slot);
    if (isnan(slot->max)) {
        slot->max = slot->type == SLOT_SCALE ? SCALE_MAX : (double)INFINITY;
    }
    if (slot->min >= slot->max) {
        TALK__COMPLAIN(loading, entry->key->place,
                       "slot '%s': 'min' must be below 'max'",
                       entry->key->text);
    }
    const struct tree *answers = talk__tree_get(entry, "answers");
    if (answers && slot->type == SLOT_SCALE) {
        TALK__COMPLAIN(loading, answers->key->place,
                       "'answers' is not for slots of type scale: a number "
                       "would be taken for one of them and for a value");
    }
    const struct tree *levels = talk__tree_get(entry, "levels");
    if (levels && levels->kind == TREE_MAP) {
        check_levels(loading, levels, slot);
    }
    const struct tree *other = talk__tree_get(entry, "other");
    if (other && slot->type == SLOT_CHOICE && slot->choice_count < 2) {
        TALK__COMPLAIN(loading, other->key->place,
                       "'other' needs two choices, of which it is the one "
                       "that was not told");
    }
    if (slot->type == SLOT_CHOICE && !talk__tree_get(entry, "choices")) {
        TALK__COMPLAIN(loading, entry->key->place, "slot '%s' lacks 'choices'",
                       entry->key->text);
    }
}

void talk__read_slots(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_SLOTS];
    struct pack *pack = loading->pack;
    pack->slots =
        talk__keep_array(loading, section->count, sizeof *pack->slots);
    if (!pack->slots) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct reading reading = {.index = (uint32_t)i};
        reading.slot.min = SCALE_MIN;
        reading.slot.max = (double)NAN; /* not given */
        reading.slot.lasts = NO_INDEX;
        reading.slot.place = entry->key->place;
        reading.slot.name =
            talk__section_keep(loading, SECTION_SLOTS, i, &pack->slot_names);
        talk__schema_read(loading, &schema, entry, &reading);
        check(loading, entry, &reading.slot);
        pack->slots[pack->slot_count++] = reading.slot;
    }
}
