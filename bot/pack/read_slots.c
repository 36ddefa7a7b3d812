/* read_slots.c - what is gathered from the user.
 * In: `slots`.  Out: the slots of the pack and the patterns that fill them.
 * Ignores when a slot is asked for. */
#include <string.h>

#include "schema.h"

/* Of a scale that does not say otherwise: "7 out of 10". */
enum { SCALE_MIN = 0, SCALE_MAX = 10 };

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
    wish(loading, out, 0, list);
}

static void read_when_asked(struct loading *loading, struct tree *list,
                            void *out)
{
    const struct reading *reading = out;
    talk__patterns_wish(loading,
                        (struct pattern_wish){.kind = PATTERN_SLOT,
                                              .owner = reading->index,
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
    if (!slot->choices) return;
    for (struct tree *value = map->first; value; value = value->next) {
        slot->choices[slot->choice_count++] =
            talk__keep_text(loading, value->key);
        talk__schema_read_value(loading, &choice_row, value, reading);
    }
}

/* ---- The slot ---- */

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
    {"label", WANT_TEXT, false, INTO(label)},
    {"patterns", WANT_TEXTS, .read = read_patterns},
    {"when_asked", WANT_TEXTS, .read = read_when_asked},
    {"choices", WANT_MAP, .read = read_choices},
};
static const struct schema schema = TALK__SCHEMA("slot", rows);

/* Keys that only one type has. */
static const struct {
    const char *key;
    enum slot_type type;
} typed_keys[] = {
    {"min", SLOT_SCALE},
    {"max", SLOT_SCALE},
    {"choices", SLOT_CHOICE},
};

static void check(struct loading *loading, const struct tree *entry,
                  const struct slot *slot)
{
    if (entry->kind != TREE_MAP || !talk__tree_get(entry, "type")) return;
    for (size_t i = 0; i < sizeof typed_keys / sizeof *typed_keys; i++) {
        const struct tree *value = talk__tree_get(entry, typed_keys[i].key);
        if (!value || slot->type == typed_keys[i].type) continue;
        TALK__COMPLAIN(loading, value->key->place,
                       "'%s' is only for slots of type %s", typed_keys[i].key,
                       type_names[typed_keys[i].type]);
    }
    if (slot->type == SLOT_SCALE && slot->min >= slot->max) {
        TALK__COMPLAIN(loading, entry->key->place,
                       "slot '%s': 'min' must be below 'max'",
                       entry->key->text);
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
        reading.slot.max = SCALE_MAX;
        reading.slot.place = entry->key->place;
        reading.slot.name =
            talk__section_keep(loading, SECTION_SLOTS, i, &pack->slot_names);
        talk__schema_read(loading, &schema, entry, &reading);
        check(loading, entry, &reading.slot);
        pack->slots[pack->slot_count++] = reading.slot;
    }
}
