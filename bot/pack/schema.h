/* schema.h - reads a map by a table: which keys there may be, what each wants
 * and where it goes. The tables of read_*.c document the format. */
#ifndef TALK_PACK_SCHEMA_H
#define TALK_PACK_SCHEMA_H

#include "load.h"

enum want {
    WANT_TEXT,       /* const char * */
    WANT_FLAG,       /* bool: true or false */
    WANT_WHOLE,      /* uint32_t, from min to max */
    WANT_NUMBER,     /* double */
    WANT_WORD,       /* an enum: one of `words` */
    WANT_REFERENCE,  /* uint32_t: the index of a name in `section` */
    WANT_REFERENCES, /* struct index_list of names in `section` */
    /* What follows goes to `read`; so does a text when there is one. */
    WANT_TEXTS,         /* a list of texts */
    WANT_TEXT_OR_TEXTS, /* one text counts as a list of one */
    WANT_LIST,          /* a list of anything */
    WANT_MAP,
    WANT_MAP_OR_MAPS,
    WANT_TEXT_OR_LIST /* of anything */
};

struct words {
    const char *noun; /* "tier" */
    const char *const *names;
    size_t count;
};

struct schema_row {
    const char *key;
    enum want want;
    bool required;
    size_t offset; /* of where the value goes in what is filled */
    uint32_t min, max;
    const struct words *words;
    enum section_id section;
    bool no_technique; /* the response may not be technique */
    bool always;       /* it has a wording that fits whatever was told */
    uint32_t holes;    /* bit (1 << hole) for each that is filled there */
    void (*read)(struct loading *loading, struct tree *value, void *out);
};

struct schema {
    const char *noun; /* "topic"; "" when the key itself says what it is */
    const struct schema_row *rows;
    size_t count;
};

#define TALK__SCHEMA(noun, rows)                  \
    {                                             \
        noun, rows, sizeof(rows) / sizeof *(rows) \
    }

/* Fills `out`, row by row; what is not given stays as it is. */
void talk__schema_read(struct loading *loading, const struct schema *schema,
                       struct tree *map, void *out);

/* One value, as if the row's key stood before it. */
void talk__schema_read_value(struct loading *loading,
                             const struct schema_row *row, struct tree *value,
                             void *out);

/* The value of a key, or NULL. */
struct tree *talk__tree_get(const struct tree *map, const char *key);
/* Complains when the value is not a text (or has none), not a map … */
bool talk__is_text(struct loading *loading, const struct tree *value);
bool talk__is_map(struct loading *loading, const struct tree *value);
/* False when it holds a capital (reported). */
bool talk__is_lower_case(struct loading *loading, const struct tree *text);
/* The number of the word that a text is; NO_INDEX: none (reported). */
uint32_t talk__word_index(struct loading *loading, const struct words *words,
                          const struct tree *text);
size_t talk__tree_count(const struct tree *list);

/* "; did you mean 'x'?", or else a list of what there is. In the scratch. */
const char *talk__advise(struct loading *loading, const struct tree *typed,
                         const char *const *names, size_t count);

/* none, avoid … in the order of talk_tier. */
extern const struct words talk__tier_words;

#endif
