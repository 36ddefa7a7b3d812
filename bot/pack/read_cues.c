/* read_cues.c - short answers, and the words that turn what stands by them.
 * In: `answers` and `cues`, which may stand in several files and add up.
 * Out: their patterns, and the groups of cues.  Ignores what a cue does. */
#include <string.h>

#include "schema.h"

/* Words that a cue governs where the pack does not say. Six covers "don't
 * have any of those tingling feelings". */
enum { REACH_DEFAULT = 6, REACH_MAX = 40 };

enum { DIRECTIONS = CUE_BOTH + 1 };

/* ---- Answers ---- */

static void wish_answer(struct loading *loading, enum answer answer,
                        const struct tree *list)
{
    talk__patterns_wish(
        loading,
        (struct pattern_wish){.kind = PATTERN_ANSWER, .owner = answer}, list);
}

/* Rows: key, the answer. */
#define ANSWERS(ROW)           \
    ROW(yes, ANSWER_YES)       \
    ROW(no, ANSWER_NO)         \
    ROW(unsure, ANSWER_UNSURE) \
    ROW(skip, ANSWER_SKIP)     \
    ROW(surely, ANSWER_SURELY)

#define READER(key, answer)                                            \
    static void read_##key(struct loading *loading, struct tree *list, \
                           void *out)                                  \
    {                                                                  \
        (void)out;                                                     \
        wish_answer(loading, answer, list);                            \
    }
ANSWERS(READER)
#undef READER

static const struct schema_row answer_rows[] = {
#define ROW(key, answer) {#key, WANT_TEXTS, .read = read_##key},
    ANSWERS(ROW)
#undef ROW
};
static const struct schema answer_schema = TALK__SCHEMA("", answer_rows);

void talk__read_answers(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_ANSWERS];
    for (size_t i = 0; i < section->count; i++) {
        talk__schema_read(loading, &answer_schema, section->entries[i],
                          &(char){0});
    }
}

/* ---- Cues ---- */

static const char *const over_names[] = {"lists", "commas", "clauses",
                                         "sentences"};
static const struct words over_words = {
    "border", over_names, sizeof over_names / sizeof *over_names};

static uint32_t add_group(struct loading *loading, struct cue_group group,
                          const struct tree *list)
{
    struct pack *pack = loading->pack;
    uint32_t owner = pack->cue_count++;
    pack->cues[owner] = group;
    talk__patterns_wish(
        loading, (struct pattern_wish){.kind = PATTERN_CUE, .owner = owner},
        list);
    return owner;
}

static void read_stop(struct loading *loading, struct tree *list, void *out)
{
    struct cue_group *like = out;
    like->stop = add_group(
        loading, (struct cue_group){.role = CUE_STOP, .stop = NO_INDEX}, list);
}

/* Rows: key, the direction. */
#define SCOPES(ROW)             \
    ROW(forward, CUE_FORWARD)   \
    ROW(backward, CUE_BACKWARD) \
    ROW(both, CUE_BOTH)

#define READER(key, towards)                                           \
    static void read_##key(struct loading *loading, struct tree *list, \
                           void *out)                                  \
    {                                                                  \
        struct cue_group group = *(struct cue_group *)out;             \
        group.direction = towards;                                     \
        add_group(loading, group, list);                               \
    }
SCOPES(READER)
#undef READER

/* What all cues of a map share stands before the cues. */
static const struct schema_row scope_rows[] = {
    {"reach", WANT_WHOLE, .offset = offsetof(struct cue_group, reach),
     .min = 1, .max = REACH_MAX},
    {"over", WANT_WORD, .offset = offsetof(struct cue_group, over),
     .words = &over_words},
    {"doubles", WANT_FLAG, .offset = offsetof(struct cue_group, doubles)},
    {"all", WANT_FLAG, .offset = offsetof(struct cue_group, all)},
    {"anyone", WANT_FLAG, .offset = offsetof(struct cue_group, anyone)},
    {"stop", WANT_TEXTS, .read = read_stop},
#define ROW(key, direction) {#key, WANT_TEXTS, .read = read_##key},
    SCOPES(ROW)
#undef ROW
};
static const struct schema scope_schema = TALK__SCHEMA("", scope_rows);

static void read_scope(struct loading *loading, enum cue_role role,
                       struct tree *map)
{
    struct cue_group like = {
        .role = role, .reach = REACH_DEFAULT, .stop = NO_INDEX};
    talk__schema_read(loading, &scope_schema, map, &like);
}

static void read_role(struct loading *loading, enum cue_role role,
                      struct tree *value)
{
    if (role >= CUE_PSEUDO) {
        struct cue_group group = {
            .role = role, .direction = CUE_BOTH, .stop = NO_INDEX};
        add_group(loading, group, value);
    } else if (value->kind == TREE_MAP) {
        read_scope(loading, role, value);
    } else {
        for (struct tree *map = value->first; map; map = map->next) {
            read_scope(loading, role, map);
        }
    }
}

/* Rows: key, what it wants, the role. */
#define ROLES(ROW)                                        \
    ROW(absent, WANT_MAP_OR_MAPS, CUE_ABSENT)             \
    ROW(past, WANT_MAP_OR_MAPS, CUE_PAST)                 \
    ROW(hypothetical, WANT_MAP_OR_MAPS, CUE_HYPOTHETICAL) \
    ROW(other_person, WANT_MAP_OR_MAPS, CUE_OTHER_PERSON) \
    ROW(present, WANT_MAP_OR_MAPS, CUE_PRESENT)           \
    ROW(confirm, WANT_MAP_OR_MAPS, CUE_CONFIRM)           \
    ROW(pseudo, WANT_TEXTS, CUE_PSEUDO)                   \
    ROW(ends, WANT_TEXTS, CUE_END)                        \
    ROW(clauses, WANT_TEXTS, CUE_CLAUSE)                  \
    ROW(joins, WANT_TEXTS, CUE_JOIN)                      \
    ROW(for_other, WANT_TEXTS, CUE_FOR_OTHER)             \
    ROW(for_them, WANT_TEXTS, CUE_FOR_THEM)               \
    ROW(idioms, WANT_TEXTS, CUE_IDIOM)

#define READER(key, want, role)                                         \
    static void read_##key(struct loading *loading, struct tree *value, \
                           void *out)                                   \
    {                                                                   \
        (void)out;                                                      \
        read_role(loading, role, value);                                \
    }
ROLES(READER)
#undef READER

static const struct schema_row role_rows[] = {
#define ROW(key, want, role) {#key, want, .read = read_##key},
    ROLES(ROW)
#undef ROW
};
static const struct schema role_schema = TALK__SCHEMA("", role_rows);

/* Groups that one role of one file can make at most. */
static size_t groups_of(const struct tree *value)
{
    size_t maps = 1;
    if (value->kind == TREE_LIST && value->first &&
        value->first->kind != TREE_TEXT) {
        maps = talk__tree_count(value);
    }
    return maps * (DIRECTIONS + 1); /* and one for its stop */
}

void talk__read_cues(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_CUES];
    struct pack *pack = loading->pack;
    size_t groups = 0;
    for (size_t i = 0; i < section->count; i++) {
        const struct tree *file = section->entries[i];
        for (const struct tree *role = file->first; role; role = role->next) {
            groups += groups_of(role);
        }
    }
    pack->cues = talk__keep_array(loading, groups, sizeof *pack->cues);
    if (!pack->cues) return;
    for (size_t i = 0; i < section->count; i++) {
        talk__schema_read(loading, &role_schema, section->entries[i],
                          &(char){0});
    }
}
