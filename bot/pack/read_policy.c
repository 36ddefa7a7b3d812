/* read_policy.c - what the pack is called, and what is said when.
 * In: `pack` and `policy`, each joined from all files.  Out: the pack's names
 * and its policy, in which nothing may be missing.
 * Ignores what the engine makes of it. */
#include <string.h>

#include "schema.h"

/* ---- Pack ---- */

/* It is read when all patterns are known. */
static void note_english(struct loading *loading, struct tree *map, void *out)
{
    (void)out;
    loading->english = map;
}

#define INTO(member) .offset = offsetof(struct pack, member)
static const struct schema_row pack_rows[] = {
    {"name", WANT_TEXT, true, INTO(name)},
    {"title", WANT_TEXT, true, INTO(title)},
    {"opening", WANT_TEXT, true, INTO(opening)},
    {"english", WANT_MAP, .read = note_english},
};
#undef INTO
static const struct schema pack_schema = TALK__SCHEMA("", pack_rows);

/* NULL when no file has it (reported, unless one could not be read). */
static struct tree *join(struct loading *loading, enum section_id id,
                         const char *key)
{
    struct tree *map = talk__section_join(loading, id);
    if (!map && !loading->incomplete) {
        TALK__COMPLAIN(loading, (struct place){loading->folder, 0, 0},
                       "the pack lacks '%s:'; write it into a file below "
                       "responses/",
                       key);
    }
    return map;
}

void talk__read_pack(struct loading *loading)
{
    struct tree *map = join(loading, SECTION_PACK, "pack");
    if (map) talk__schema_read(loading, &pack_schema, map, loading->pack);
}

/* ---- Policy ---- */

void talk__read_texts(struct loading *loading, const struct tree *list,
                      struct texts *out)
{
    size_t count = talk__tree_count(list);
    *out = (struct texts){talk__keep_array(loading, count, sizeof *out->items),
                          0};
    if (!out->items) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        if (!talk__is_lower_case(loading, item)) continue;
        out->items[out->count++] = talk__keep_text(loading, item);
    }
}

/* A response of the policy: always there, never technique. */
#define RESPONSE(key, into)                                            \
    {                                                                  \
        key, WANT_REFERENCE, true, into, .section = SECTION_RESPONSES, \
                                         .no_technique = true          \
    }
/* Likewise, where something must be said: beyond it there is nothing. */
#define SURE(key, into, filled)                                            \
    {                                                                      \
        key, WANT_REFERENCE, true, into, .section = SECTION_RESPONSES,     \
                                         .no_technique = true,             \
                                         .always = true, .holes = (filled) \
    }
static void read_names(struct loading *loading, struct tree *list, void *out)
{
    struct tier_policy *tier = out;
    talk__read_texts(loading, list, &tier->names);
}

/* Likewise, where another is said when there is none. */
#define MAYBE(key, into)                                                \
    {                                                                   \
        key, WANT_REFERENCE, false, into, .section = SECTION_RESPONSES, \
                                          .no_technique = true          \
    }
/* A tier has a finding that decides. */
#define LABELS (1u << HOLE_LABEL | 1u << HOLE_LABELS)

#define INTO(member) .offset = offsetof(struct tier_policy, member)
static const struct schema_row tier_rows[] = {
    SURE("rise", INTO(rise), LABELS),
    SURE("stand", INTO(stand), LABELS),
    SURE("refuse", INTO(refuse), LABELS),
    {"names", WANT_TEXTS, .read = read_names},
};
#undef INTO
static const struct schema tier_schema = TALK__SCHEMA("tier", tier_rows);

/* Rows: key, its tier. TALK_TIER_NONE asks for nothing. */
#define TIERS(ROW)                            \
    ROW(emergency, TALK_TIER_EMERGENCY)       \
    ROW(urgent, TALK_TIER_URGENT)             \
    ROW(professional, TALK_TIER_PROFESSIONAL) \
    ROW(avoid, TALK_TIER_AVOID)

#define READER(key, tier)                                                    \
    static void read_##key(struct loading *loading, struct tree *map,        \
                           void *out)                                        \
    {                                                                        \
        struct policy *policy = out;                                         \
        talk__schema_read(loading, &tier_schema, map, &policy->tiers[tier]); \
    }
TIERS(READER)
#undef READER

static const struct schema_row tiers_rows[] = {
#define ROW(key, tier) {#key, WANT_MAP, true, .read = read_##key},
    TIERS(ROW)
#undef ROW
};
static const struct schema tiers_schema = TALK__SCHEMA("", tiers_rows);

static void read_tiers(struct loading *loading, struct tree *map, void *out)
{
    talk__schema_read(loading, &tiers_schema, map, out);
}

#define INTO(member) .offset = offsetof(struct policy, member)
static const struct schema_row screening_rows[] = {
    SURE("ask", INTO(screening_ask), 0),
    SURE("again", INTO(screening_again), 0),
    SURE("which", INTO(screening_which), 0),
    SURE("unsure", INTO(screening_unsure), 0),
};
static const struct schema screening_schema = TALK__SCHEMA("", screening_rows);

static void read_screening(struct loading *loading, struct tree *map,
                           void *out)
{
    talk__schema_read(loading, &screening_schema, map, out);
}

/* The ladder: each step is a reference. */
static void read_fallback(struct loading *loading, struct tree *list,
                          void *out)
{
    static const struct schema_row step_row = SURE("fallback", .offset = 0, 0);
    struct policy *policy = out;
    size_t count = talk__tree_count(list);
    if (count < 1 || count > FALLBACKS_MAX) {
        TALK__COMPLAIN(loading, list->place,
                       "'fallback' wants 1 to %d responses, not %zu",
                       FALLBACKS_MAX, count);
        return;
    }
    for (struct tree *item = list->first; item; item = item->next) {
        talk__schema_read_value(loading, &step_row, item,
                                &policy->fallbacks[policy->fallback_count++]);
    }
}

/* What was told: summed up, taken back. */
static const struct schema_row told_rows[] = {
    RESPONSE("sum", INTO(told)),
    RESPONSE("taken_back", INTO(taken_back)),
    MAYBE("changed", INTO(changed)),
    RESPONSE("confirm", INTO(confirm)),
    RESPONSE("kept", INTO(kept)),
    {"absent", WANT_TEXT, true, INTO(told_absent)},
    {"past", WANT_TEXT, true, INTO(told_past)},
    {"between", WANT_TEXT, true, INTO(told_between)},
    {"screened", WANT_TEXT, true, INTO(told_screened)},
};
static const struct schema told_schema = TALK__SCHEMA("", told_rows);

static void read_told(struct loading *loading, struct tree *map, void *out)
{
    talk__schema_read(loading, &told_schema, map, out);
}

static void read_technique_words(struct loading *loading, struct tree *list,
                                 void *out)
{
    struct policy *policy = out;
    talk__read_texts(loading, list, &policy->technique_words);
}

static void read_reassuring_words(struct loading *loading, struct tree *list,
                                  void *out)
{
    struct policy *policy = out;
    talk__read_texts(loading, list, &policy->reassuring_words);
}

static const struct schema_row policy_rows[] = {
    {"tiers", WANT_MAP, true, .read = read_tiers},
    {"screening", WANT_MAP, true, .read = read_screening},
    {"symptoms", WANT_REFERENCE, true, INTO(symptoms),
     .section = SECTION_TOPICS},
    {"hypothetical", WANT_REFERENCE, true, INTO(hypothetical),
     .section = SECTION_TOPICS},
    SURE("noted", INTO(noted), 0),
    MAYBE("unasked", INTO(unasked)),
    MAYBE("others", INTO(others)),
    {"fallback", WANT_TEXTS, true, .read = read_fallback},
    SURE("unread", INTO(unread), 0),
    SURE("empty", INTO(empty), 0),
    {"told", WANT_MAP, .read = read_told},
    {"stale_hours", WANT_NUMBER,
     .offset = offsetof(struct policy, stale_hours)},
    {"technique_words", WANT_TEXTS, .read = read_technique_words},
    {"reassuring_words", WANT_TEXTS, .read = read_reassuring_words},
};
#undef INTO
static const struct schema policy_schema = TALK__SCHEMA("", policy_rows);

/* The answers of the policy's topics are said unasked, too. */
static void check_topic(struct loading *loading, const struct tree *map,
                        const char *key, uint32_t topic)
{
    const struct pack *pack = loading->pack;
    if (topic == NO_INDEX) return;
    uint32_t response = pack->topics[topic].response;
    if (response == NO_INDEX || !pack->responses[response].technique) return;
    TALK__COMPLAIN(loading, talk__tree_get(map, key)->place,
                   "a policy response may not be technique, as '%s' is, which "
                   "answers topic '%s'",
                   pack->responses[response].name, pack->topics[topic].name);
}

static struct policy empty_policy(void)
{
    struct policy policy = {.symptoms = NO_INDEX,
                            .hypothetical = NO_INDEX,
                            .unasked = NO_INDEX,
                            .others = NO_INDEX,
                            .told = NO_INDEX,
                            .taken_back = NO_INDEX,
                            .changed = NO_INDEX,
                            .confirm = NO_INDEX,
                            .kept = NO_INDEX};
    for (size_t i = 0; i < TIER_COUNT; i++) {
        policy.tiers[i] = (struct tier_policy){
            .rise = NO_INDEX, .stand = NO_INDEX, .refuse = NO_INDEX};
    }
    return policy;
}

void talk__read_policy(struct loading *loading)
{
    struct policy *policy = &loading->pack->policy;
    *policy = empty_policy();
    struct tree *map = join(loading, SECTION_POLICY, "policy");
    if (!map) return;
    policy->place = map->key->place;
    talk__schema_read(loading, &policy_schema, map, policy);
    check_topic(loading, map, "symptoms", policy->symptoms);
    check_topic(loading, map, "hypothetical", policy->hypothetical);
}
