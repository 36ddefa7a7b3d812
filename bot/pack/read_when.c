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
    {"after", NAMES(after), .section = SECTION_TOPICS},
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
