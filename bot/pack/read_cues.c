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
    ROW(skip, ANSWER_SKIP)

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

/* The cues of one role in one file. */
struct reading {
    enum cue_role role;
    uint32_t reach;
};

static void add_group(struct loading *loading, const struct reading *reading,
                      enum cue_direction direction, const struct tree *list)
{
    struct pack *pack = loading->pack;
    uint32_t owner = pack->cue_count++;
    pack->cues[owner] =
        (struct cue_group){reading->role, direction, reading->reach};
    talk__patterns_wish(
        loading, (struct pattern_wish){.kind = PATTERN_CUE, .owner = owner},
        list);
}

/* Rows: key, the direction. */
#define SCOPES(ROW)             \
    ROW(forward, CUE_FORWARD)   \
    ROW(backward, CUE_BACKWARD) \
    ROW(both, CUE_BOTH)

#define READER(key, direction)                                         \
    static void read_##key(struct loading *loading, struct tree *list, \
                           void *out)                                  \
    {                                                                  \
        add_group(loading, out, direction, list);                      \
    }
SCOPES(READER)
#undef READER

static const struct schema_row scope_rows[] = {
    {"reach", WANT_WHOLE, .offset = offsetof(struct reading, reach), .min = 1,
     .max = REACH_MAX},
#define ROW(key, direction) {#key, WANT_TEXTS, .read = read_##key},
    SCOPES(ROW)
#undef ROW
};
static const struct schema scope_schema = TALK__SCHEMA("", scope_rows);

static void read_role(struct loading *loading, enum cue_role role,
                      struct tree *value)
{
    struct reading reading = {role, REACH_DEFAULT};
    if (value->kind == TREE_LIST) {
        reading.reach = 0; /* it stands for itself */
        add_group(loading, &reading, CUE_BOTH, value);
    } else {
        talk__schema_read(loading, &scope_schema, value, &reading);
    }
}

/* Rows: key, what it wants, the role. */
#define ROLES(ROW)                                \
    ROW(absent, WANT_MAP, CUE_ABSENT)             \
    ROW(past, WANT_MAP, CUE_PAST)                 \
    ROW(hypothetical, WANT_MAP, CUE_HYPOTHETICAL) \
    ROW(other_person, WANT_MAP, CUE_OTHER_PERSON) \
    ROW(present, WANT_MAP, CUE_PRESENT)           \
    ROW(pseudo, WANT_TEXTS, CUE_PSEUDO)           \
    ROW(ends, WANT_TEXTS, CUE_END)                \
    ROW(joins, WANT_TEXTS, CUE_JOIN)              \
    ROW(for_other, WANT_TEXTS, CUE_FOR_OTHER)

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

void talk__read_cues(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_CUES];
    struct pack *pack = loading->pack;
    pack->cues =
        talk__keep_array(loading, section->count * CUE_ROLE_COUNT * DIRECTIONS,
                         sizeof *pack->cues);
    if (!pack->cues) return;
    for (size_t i = 0; i < section->count; i++) {
        talk__schema_read(loading, &role_schema, section->entries[i],
                          &(char){0});
    }
}
