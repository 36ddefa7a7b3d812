/* read_findings.c - symptoms and whatever else a message may tell.
 * In: `findings`, and in `normal` how people say that they have none.  Out:
 * the findings of the pack, their patterns and examples.
 * Ignores what follows from a finding. */
#include "schema.h"

/* A finding while it is read. */
struct reading {
    struct finding finding;
    uint32_t index;
    uint32_t past, supposed;
    enum finding_says says; /* of what `patterns` and `examples` hold */
};

/* ---- Raises ---- */

static const struct schema_row raise_rows[] = {
    {"with", WANT_REFERENCES, true, .offset = offsetof(struct raise, with),
     .section = SECTION_FINDINGS},
    {"tier", WANT_WORD, true, .offset = offsetof(struct raise, tier),
     .words = &talk__tier_words},
};
static const struct schema raise_schema = TALK__SCHEMA("raise", raise_rows);

static void read_raises(struct loading *loading, struct tree *list, void *out)
{
    struct finding *finding = &((struct reading *)out)->finding;
    size_t count = talk__tree_count(list);
    finding->raises =
        talk__keep_array(loading, count, sizeof *finding->raises);
    if (!finding->raises) return;
    for (struct tree *item = list->first; item; item = item->next) {
        talk__schema_read(loading, &raise_schema, item,
                          &finding->raises[finding->raise_count++]);
    }
}

/* ---- Patterns and examples ---- */

static void read_patterns(struct loading *loading, struct tree *list,
                          void *out)
{
    const struct reading *reading = out;
    if (!list->first) {
        TALK__COMPLAIN(loading, list->place,
                       "no pattern: the finding can never be found");
    }
    talk__patterns_wish(loading,
                        (struct pattern_wish){.kind = PATTERN_FINDING,
                                              .owner = reading->index,
                                              .detail = reading->says},
                        list);
}

static void read_polar(struct loading *loading, enum polarity polarity,
                       struct tree *list, const void *out)
{
    const struct reading *reading = out;
    struct example like = {
        .of_finding = true, .owner = reading->index, .polarity = polarity};
    talk__examples_add(loading, like, list);
}

/* Rows: key, its polarity. */
#define POLARITIES(ROW)                      \
    ROW(present, POLARITY_PRESENT)           \
    ROW(absent, POLARITY_ABSENT)             \
    ROW(past, POLARITY_PAST)                 \
    ROW(hypothetical, POLARITY_HYPOTHETICAL) \
    ROW(other_person, POLARITY_OTHER_PERSON)

#define READER(key, polarity)                                          \
    static void read_##key(struct loading *loading, struct tree *list, \
                           void *out)                                  \
    {                                                                  \
        read_polar(loading, polarity, list, out);                      \
    }
POLARITIES(READER)
#undef READER

static const struct schema_row example_rows[] = {
#define ROW(key, polarity) {#key, WANT_TEXTS, .read = read_##key},
    POLARITIES(ROW)
#undef ROW
};
static const struct schema example_schema = TALK__SCHEMA("", example_rows);

static void read_examples(struct loading *loading, struct tree *map, void *out)
{
    talk__schema_read(loading, &example_schema, map, out);
}

static void read_not(struct loading *loading, struct tree *list, void *out)
{
    const struct reading *reading = out;
    struct example like = {
        .of_finding = true, .owner = reading->index, .counter = true};
    talk__examples_add(loading, like, list);
}

/* ---- Its normal state ---- */

static const struct schema_row normal_rows[] = {
    {"patterns", WANT_TEXTS, true, .read = read_patterns},
    {"examples", WANT_MAP, .read = read_examples},
    {"not", WANT_TEXTS, .read = read_not},
};
static const struct schema normal_schema =
    TALK__SCHEMA("normal state", normal_rows);

void talk__read_normal(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_NORMAL];
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct reading reading = {.says = SAYS_NORMAL};
        reading.index = talk__refer(loading, SECTION_FINDINGS, entry->key);
        if (reading.index == NO_INDEX) continue;
        talk__schema_read(loading, &normal_schema, entry, &reading);
    }
}

/* ---- Examples that stand apart ---- */

static const struct schema_row apart_rows[] = {
#define ROW(key, polarity) {#key, WANT_TEXTS, .read = read_##key},
    POLARITIES(ROW)
#undef ROW
        {"not", WANT_TEXTS, .read = read_not},
};
static const struct schema apart_schema = TALK__SCHEMA("", apart_rows);

/* Several files may give examples of the same finding. */
void talk__read_apart(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_EXAMPLES];
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i]->first;
        for (; entry; entry = entry->next) {
            struct reading reading = {0};
            reading.index = talk__refer(loading, SECTION_FINDINGS, entry->key);
            if (reading.index == NO_INDEX) continue;
            talk__schema_read(loading, &apart_schema, entry, &reading);
        }
    }
}

/* ---- The finding ---- */

static void read_answers(struct loading *loading, struct tree *list, void *out)
{
    struct reading *reading = out;
    talk__quick_replies_keep(loading, list, &reading->finding.answers);
}

enum { PAST_COUNTS, PAST_STAYS };
static const char *const past_names[] = {"counts", "stays"};
static const struct words past_words = {"rule", past_names, 2};
static const struct words supposed_words = {"rule", &past_names[PAST_STAYS],
                                            1};

#define INTO(member) .offset = offsetof(struct reading, finding.member)
static const struct schema_row rows[] = {
    {"tier", WANT_WORD, true, INTO(tier), .words = &talk__tier_words},
    {"label", WANT_TEXT, true, INTO(label)},
    {"about", WANT_REFERENCE, false, INTO(about), .section = SECTION_TOPICS},
    {"rise", WANT_REFERENCE, false, INTO(rise), .section = SECTION_RESPONSES,
     .no_technique = true},
    {"stand", WANT_REFERENCE, false, INTO(stand), .section = SECTION_RESPONSES,
     .no_technique = true},
    {"past", WANT_WORD, false, .offset = offsetof(struct reading, past),
     .words = &past_words},
    {"supposed", WANT_WORD, .offset = offsetof(struct reading, supposed),
     .words = &supposed_words},
    {"raise", WANT_LIST, .read = read_raises},
    {"ask", WANT_TEXT, false, INTO(ask)},
    {"again", WANT_TEXT, false, INTO(again)},
    {"because", WANT_TEXT, false, INTO(because)},
    {"answers", WANT_TEXTS, .read = read_answers},
    {"patterns", WANT_TEXTS, true, .read = read_patterns},
    {"examples", WANT_MAP, .read = read_examples},
    {"not", WANT_TEXTS, .read = read_not},
};
static const struct schema schema = TALK__SCHEMA("finding", rows);

void talk__read_findings(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_FINDINGS];
    struct pack *pack = loading->pack;
    pack->findings =
        talk__keep_array(loading, section->count, sizeof *pack->findings);
    if (!pack->findings) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct reading reading = {
            .index = (uint32_t)i, .past = NO_INDEX, .supposed = NO_INDEX};
        reading.finding.about = NO_INDEX;
        reading.finding.rise = NO_INDEX;
        reading.finding.stand = NO_INDEX;
        reading.finding.place = entry->key->place;
        reading.finding.name = talk__section_keep(loading, SECTION_FINDINGS, i,
                                                  &pack->finding_names);
        talk__schema_read(loading, &schema, entry, &reading);
        reading.finding.past_counts = reading.past == PAST_COUNTS;
        reading.finding.past_stays = reading.past == PAST_STAYS;
        reading.finding.supposed_stays = reading.supposed != NO_INDEX;
        pack->findings[pack->finding_count++] = reading.finding;
    }
}
