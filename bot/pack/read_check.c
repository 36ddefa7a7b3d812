/* read_check.c - what a pack wants to be held to by those who check it.
 * In: `check`, joined from all files.  Out: the pack's wishes.
 * Ignores whether they are met: nothing that is said depends on them. */
#include "schema.h"

static void read_forbidden_words(struct loading *loading, struct tree *list,
                                 void *out)
{
    talk__read_texts(loading, list, out);
}

static const struct schema_row forbidden_row = {.want = WANT_TEXTS,
                                                .read = read_forbidden_words};

/* A list of words for each of some tiers. */
static void read_forbidden(struct loading *loading, struct tree *map,
                           void *out)
{
    struct check_wishes *wishes = out;
    for (struct tree *value = map->first; value; value = value->next) {
        uint32_t tier =
            talk__word_index(loading, &talk__tier_words, value->key);
        if (tier == NO_INDEX) continue;
        talk__schema_read_value(loading, &forbidden_row, value,
                                &wishes->forbidden[tier]);
    }
}

#define INTO(member) .offset = offsetof(struct check_wishes, member)
static const struct schema_row survival_rows[] = {
    {"kept", WANT_NUMBER, false, INTO(kept)},
    {"turned", WANT_NUMBER, false, INTO(turned)},
};
#undef INTO
static const struct schema survival_schema = TALK__SCHEMA("", survival_rows);

static void read_survival(struct loading *loading, struct tree *map, void *out)
{
    talk__schema_read(loading, &survival_schema, map, out);
}

enum { LENGTH_MAX = 16 * 1024 }; /* characters */

#define INTO(member) .offset = offsetof(struct check_wishes, member)
static const struct schema_row rows[] = {
    {"grade", WANT_NUMBER, false, INTO(grade)},
    {"length", WANT_WHOLE, false, INTO(length), .min = 1, .max = LENGTH_MAX},
    {"survival", WANT_MAP, .read = read_survival},
    {"noticed", WANT_NUMBER, false, INTO(noticed)},
    {"forbidden", WANT_MAP, .read = read_forbidden},
};
#undef INTO
static const struct schema schema = TALK__SCHEMA("", rows);

void talk__read_check(struct loading *loading)
{
    struct tree *map = talk__section_join(loading, SECTION_CHECK);
    if (map) talk__schema_read(loading, &schema, map, &loading->pack->wishes);
}
