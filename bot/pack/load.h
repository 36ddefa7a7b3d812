/* load.h - one run of loading: what the readers of a pack share.
 * First the names of all files are gathered (sections.c), then the readers
 * (read_*.c) fill in the pack, so that a name may be used before it stands. */
#ifndef TALK_PACK_LOAD_H
#define TALK_PACK_LOAD_H

#include "folder.h"
#include "index.h"
#include "pack.h"
#include "yaml_tree.h"

/* What a pack may define. The order is that of the table in sections.c. */
enum section_id {
    SECTION_PACK,
    SECTION_POLICY,
    SECTION_MACROS,
    SECTION_REPLACED, /* contractions and spellings */
    SECTION_ANSWERS,
    SECTION_CUES,
    SECTION_VALUES,
    SECTION_SOURCES,
    SECTION_SLOTS,
    SECTION_TOPICS,
    SECTION_FINDINGS,
    SECTION_NORMAL,
    SECTION_EXAMPLES,
    SECTION_RESPONSES,
    SECTION_FORMS,
    SECTION_VARIABLES,
    SECTION_ACTIONS,
    SECTION_LISTS,
    SECTION_PERSONS,
    SECTION_HOOKS,
    SECTION_CHECK,
    SECTION_COUNT
};

/* What all files say about one thing. The index of an entry is the index of
 * the topic, finding … in the pack. */
struct section {
    struct tree **entries; /* values; the name is their key */
    size_t count, capacity;
    struct table names; /* name -> index */
};

/* A list of patterns, to be compiled when everything is read. */
struct pattern_wish {
    enum pattern_kind kind;
    uint32_t owner, detail; /* as in struct pattern */
    bool when_asked;        /* likewise */
    const struct tree *text;
};

struct macros;

struct loading {
    struct pack *pack;
    struct arena scratch; /* files, trees and problems: gone after loading */
    struct problems problems;
    const char *folder;
    const struct pack_limits *limits;
    struct tree *english; /* of the pack; NULL: it has none */
    bool nomem; /* PCRE2 or libyaml had none; arenas know by themselves */
    size_t nodes_left; /* texts, lists and maps that may still be read */
    bool incomplete;   /* a file was not read: names of it may be missing */
    struct section sections[SECTION_COUNT];
    struct macros *macros;
    struct pattern_wish *wishes;
    size_t wish_count, wish_capacity;
    struct alternative *alternatives; /* copied likewise */
    size_t alternative_count, alternative_capacity;
    struct example *examples; /* copied into the pack at the end */
    size_t example_count, example_capacity;
    size_t value_word_capacity;
};

#define TALK__COMPLAIN(loading, place, ...) \
    talk__problems_add(&(loading)->problems, TALK_RULE, place, __VA_ARGS__)

/* True when there was no memory for something; then nothing counts. */
bool talk__loading_failed(const struct loading *loading);
/* Copies for the pack. NULL: no memory. */
const char *talk__keep_text(struct loading *loading, const struct tree *text);
/* Room for count things in the pack; NULL when count is 0, too. */
void *talk__keep_array(struct loading *loading, size_t count, size_t size);

/* ---- sections.c ---- */

/* Gathers what one file defines. */
void talk__sections_gather(struct loading *loading, struct tree *root);
/* The maps of a section, such as `policy`, of all files, as one. NULL when no
 * file has it. */
struct tree *talk__section_join(struct loading *loading, enum section_id id);
/* Copies the name of an entry for the pack and puts it into a table of the
 * pack. NULL: no memory. */
const char *talk__section_keep(struct loading *loading, enum section_id id,
                               size_t index, struct table *names);
/* Adds an entry that no file has, such as a macro made of values. */
void talk__section_add(struct loading *loading, enum section_id id,
                       struct tree *value);
/* The index of what a text names; NO_INDEX when there is none (reported). */
uint32_t talk__refer(struct loading *loading, enum section_id id,
                     const struct tree *text);

/* ---- The readers, in the order in which they must be called ---- */

void talk__read_values(struct loading *loading);
void talk__read_macros(struct loading *loading);
void talk__read_replaced(struct loading *loading);
void talk__read_sources(struct loading *loading);
void talk__read_slots(struct loading *loading);
void talk__read_responses(struct loading *loading);
void talk__read_topics(struct loading *loading);
void talk__read_findings(struct loading *loading);
void talk__read_normal(struct loading *loading);
void talk__read_apart(struct loading *loading); /* examples of findings */
void talk__read_answers(struct loading *loading);
void talk__read_cues(struct loading *loading);
void talk__read_pack(struct loading *loading);
void talk__read_policy(struct loading *loading);
void talk__read_forms(struct loading *loading);
void talk__read_variables(struct loading *loading);
void talk__read_actions(struct loading *loading);
void talk__read_lists(struct loading *loading);
void talk__read_persons(struct loading *loading);
void talk__read_hooks(struct loading *loading);
void talk__read_check(struct loading *loading);
void talk__read_english(struct loading *loading); /* the index is built */

/* ---- Shared by readers ---- */

/* read_policy.c: words that are looked for in wordings, in lower case. */
void talk__read_texts(struct loading *loading, const struct tree *list,
                      struct texts *out);
/* read_when.c. NULL: no memory. */
struct when *talk__read_when(struct loading *loading, struct tree *map);
/* read_variables.c: variables that conditions ask for, and what a response
 * does to them. `out` is a struct when, a struct response. */
void talk__read_is(struct loading *loading, struct tree *map, void *out);
void talk__read_at_least(struct loading *loading, struct tree *map, void *out);
void talk__read_at_most(struct loading *loading, struct tree *map, void *out);
void talk__read_set(struct loading *loading, struct tree *map, void *out);
void talk__read_add(struct loading *loading, struct tree *map, void *out);
void talk__read_clear(struct loading *loading, struct tree *list, void *out);
/* read_actions.c: the actions that a response asks for. */
void talk__read_requests(struct loading *loading, struct tree *map,
                         struct response *response);
/* wording.c: cuts a text with {holes} into pieces. */
void talk__wording_cut(struct loading *loading, const struct tree *text,
                       struct wording *wording);
/* patterns.c */
void talk__patterns_wish(struct loading *loading, struct pattern_wish wish,
                         const struct tree *list);
/* Compiles all that were wished for, and builds the index. */
void talk__patterns_compile(struct loading *loading);
/* loading.c: `like` gives all but text and place. */
void talk__examples_add(struct loading *loading, struct example like,
                        const struct tree *list);
void talk__examples_keep(struct loading *loading);
/* loading.c */
void talk__quick_replies_keep(struct loading *loading, const struct tree *list,
                              struct quick_replies *out);

#endif
