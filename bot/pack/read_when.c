/* read_when.c - conditions: when a topic or a wording counts.
 * In: the map under `when`.  Out: a struct when.  Ignores what it is for. */
#include "schema.h"

static void read_tiers(struct loading *loading, struct tree *list, void *out)
{
    struct when *when = out;
    for (const struct tree *item = list->first; item; item = item->next) {
        uint32_t tier = talk__word_index(loading, &talk__tier_words, item);
        if (tier != NO_INDEX) when->tiers |= 1u << tier;
    }
}

static void read_choices(struct loading *loading, struct tree *list,
                         struct value_test *test)
{
    const struct slot *slot = &loading->pack->slots[test->slot];
    struct words choices = {"choice", slot->choices, slot->choice_count};
    test->choices = talk__keep_array(loading, talk__tree_count(list),
                                     sizeof *test->choices);
    if (!test->choices) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        uint32_t choice = talk__word_index(loading, &choices, item);
        if (choice == NO_INDEX) continue;
        test->choices[test->choice_count++] = slot->choices[choice];
    }
}

static void read_value(struct loading *loading, struct tree *value, void *out)
{
    struct when *when = out;
    uint32_t index = talk__refer(loading, SECTION_SLOTS, value->key);
    if (index == NO_INDEX) return;
    const struct slot *slot = &loading->pack->slots[index];
    if (slot->type != SLOT_CHOICE) {
        TALK__COMPLAIN(loading, value->place,
                       "slot '%s' has no choices to compare with", slot->name);
        return;
    }
    struct value_test *test = &when->values[when->value_count++];
    test->slot = index;
    read_choices(loading, value, test);
}

static const struct schema_row value_row = {.want = WANT_TEXT_OR_TEXTS,
                                            .read = read_value};

static void read_values(struct loading *loading, struct tree *map, void *out)
{
    struct when *when = out;
    when->values =
        talk__keep_array(loading, talk__tree_count(map), sizeof *when->values);
    if (!when->values) return;
    for (struct tree *value = map->first; value; value = value->next) {
        talk__schema_read_value(loading, &value_row, value, when);
    }
}

/* As numbers; -1 means that nobody asks. */
static const char *const screened_names[] = {"false", "true"};
static const struct words screened_words = {"answer", screened_names, 2};

#define NAMES(member) WANT_REFERENCES, .offset = offsetof(struct when, member)
static const struct schema_row rows[] = {
    {"tier", WANT_TEXTS, .read = read_tiers},
    {"finding", NAMES(findings), .section = SECTION_FINDINGS},
    {"no_finding", NAMES(no_findings), .section = SECTION_FINDINGS},
    {"slot", NAMES(slots), .section = SECTION_SLOTS},
    {"no_slot", NAMES(no_slots), .section = SECTION_SLOTS},
    {"value", WANT_MAP, .read = read_values},
    {"after", NAMES(after), .section = SECTION_TOPICS},
    {"said", NAMES(said), .section = SECTION_RESPONSES},
    {"variable", NAMES(variables), .section = SECTION_VARIABLES},
    {"no_variable", NAMES(no_variables), .section = SECTION_VARIABLES},
    {"is", WANT_MAP, .read = talk__read_is},
    {"at_least", WANT_MAP, .read = talk__read_at_least},
    {"at_most", WANT_MAP, .read = talk__read_at_most},
    {"screened", WANT_WORD, .offset = offsetof(struct when, screened),
     .words = &screened_words},
};
static const struct schema schema = TALK__SCHEMA("", rows);

struct when *talk__read_when(struct loading *loading, struct tree *map)
{
    struct when *when = talk__arena_take(&loading->pack->arena, sizeof *when);
    if (!when) return NULL;
    when->screened = -1;
    talk__schema_read(loading, &schema, map, when);
    return when;
}
