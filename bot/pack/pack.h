/* pack.h - what a loaded pack is. Immutable once loaded; every pointer lives
 * in the pack's arena, every cross-reference is an index. */
#ifndef TALK_PACK_PACK_H
#define TALK_PACK_PACK_H

#include "memory.h"
#include "regex.h"
#include "saying.h"
#include "table.h"

/* ---- Patterns ---- */

enum pattern_kind {
    PATTERN_FINDING,
    PATTERN_CUE,
    PATTERN_ANSWER,
    PATTERN_SLOT,
    PATTERN_TOPIC
};

/* Of the first two choices of a slot the one that was not told. */
#define CHOICE_OTHER (UINT32_MAX - 1)

struct pattern {
    /* What a match needs, close together. */
    enum pattern_kind kind;
    uint32_t owner;  /* index of the finding, cue group, answer, slot, topic */
    uint32_t detail; /* of a slot: index of the choice, CHOICE_OTHER or
                        NO_INDEX;
                        of a topic: enum topic_fit;
                        of a finding: enum finding_says */
    /* The index's; see index.h. */
    uint32_t leading; /* set of the words that it begins with, or NO_INDEX */
    bool at_start;    /* matches only where the message begins */
    bool when_asked;  /* of a slot: counts only while its question is open */
    bool conditional; /* of a topic that counts only when something holds */
    bool literal;     /* words and nothing else: they are all it matches */
    bool jit;         /* machine code at once */
    bool plain, slow; /* as keys.h has them */
    uint32_t whole_length; /* with its macros written out */
    struct regex *regex;   /* NULL: compiled by whoever needs it */
    const char *folded;    /* the text, folded; NULL: it has a fault */
    uint32_t folded_length;
    const char *text; /* as the author wrote it */
    struct place place;
    /* Only when they were asked for; see alternatives.h. */
    uint32_t first_alternative, alternative_count; /* of the pack's */
    const char *marked;                            /* NULL: it has none */
    uint32_t marked_length;
};

/* A part of a pattern between two |, where it begins or ends, or both. */
struct alternative {
    uint32_t pattern;
    uint32_t inside; /* the alternative that it is a part of, or NO_INDEX */
    const char *text;
};

/* ---- When ---- */

struct index_list {
    uint32_t *items;
    uint32_t count;
};

/* The slot is filled with one of some choices. */
struct value_test {
    uint32_t slot;
    const char **choices;
    uint32_t choice_count;
};

/* A variable has one of some values, or a number between two. */
struct variable_test {
    uint32_t variable;
    const char **values; /* none: any */
    uint32_t value_count;
    double least, most;
};

/* Conditions; an empty one holds always. */
struct when {
    uint32_t tiers;             /* bit (1 << tier) for each allowed; 0: any */
    struct index_list findings; /* all present */
    struct index_list no_findings; /* none present */
    struct index_list slots;       /* all filled */
    struct index_list no_slots;    /* all empty */
    struct index_list after;       /* topics: the last main one is among */
    struct index_list said;        /* responses: the last reply had one */
    struct value_test *values;     /* all hold */
    uint32_t value_count;
    struct index_list variables;    /* all have a value */
    struct index_list no_variables; /* none has */
    struct variable_test *tests;    /* all hold */
    uint32_t test_count;
    int screened; /* -1 any, 0 no, 1 yes */
};

/* ---- Understanding ---- */

enum polarity {
    POLARITY_PRESENT,
    POLARITY_ABSENT,
    POLARITY_PAST,
    POLARITY_HYPOTHETICAL,
    POLARITY_OTHER_PERSON,
    POLARITY_COUNT
};

struct example {
    const char *text;
    uint32_t length;
    bool of_finding;
    uint32_t owner; /* topic or finding */
    enum polarity polarity;
    bool counter;
    struct place place;
};

/* What a pattern of a finding says. */
enum finding_says {
    SAYS_FOUND,
    SAYS_NORMAL /* it is not there: "i pee fine" */
};

/* What the engine does besides answering. Where it has nothing to do it on,
 * the topic's own response is said. */
/* How well a pattern of a topic fits what it matches. */
enum topic_fit {
    FIT_CLOSE,
    FIT_LOOSE /* a guess: counts only when nothing was asked more clearly */
};

enum { GUESSES = 2 }; /* questions that are proposed at once */

enum topic_act {
    TOPIC_ANSWERS,
    TOPIC_RESTARTS,    /* the conversation starts over */
    TOPIC_EXPLAINS,    /* the topic of the finding that decides is answered */
    TOPIC_JUSTIFIES,   /* says why the open question is asked */
    TOPIC_GOES_BACK,   /* asks the question before this one again */
    TOPIC_CANCELS,     /* no more questions */
    TOPIC_SUMS_UP,     /* what was told so far */
    TOPIC_TAKES_BACK,  /* what was told last does not hold */
    TOPIC_BRINGS_BACK, /* what was past, or of somebody else, is here */
    TOPIC_ENDS,        /* the symptom that was told last is past */
    TOPIC_DISOWNS,     /* what was told last is another person's */
    TOPIC_REPEATS,     /* what was said last, once more */
    TOPIC_GOES_ON      /* the last topic, in other words */
};

enum { PRIORITY_DEFAULT = 5 }; /* of topics and hooks */

struct topic {
    const char *name;
    struct place place;
    uint32_t priority; /* 0 to 9 */
    bool alone;        /* counts only when nothing else was asked */
    const char *ask;   /* how a user may ask it: proposed; or NULL */
    bool general;      /* a finding with a topic of its own goes before it */
    enum topic_act act;
    uint32_t redirect; /* the topic that it is answered as, or NO_INDEX */
    uint32_t response; /* always there */
    struct when *when; /* NULL: always */
};

struct raise {
    struct index_list with; /* findings, any of which present */
    talk_tier tier;
};

struct finding {
    const char *name;
    struct place place;
    talk_tier tier;
    const char *label;
    uint32_t about;   /* topic, or NO_INDEX: the policy's topic for symptoms */
    uint32_t rise;    /* response, or NO_INDEX: the tier's */
    uint32_t stand;   /* response in place of all answers, or NO_INDEX */
    bool past_counts; /* its tier holds although it is past */
    bool past_stays;  /* once is always: a past is told as present */
    bool supposed_stays; /* so is what is only supposed */
    struct raise *raises;
    uint32_t raise_count;
    const char *ask, *again, *because; /* a question about it, or NULL */
    struct quick_replies answers;      /* to that question */
};

/* A value from which on a finding is there: pain of 7 is severe. */
struct threshold {
    uint32_t finding;
    double from;            /* of a time, in days */
    struct index_list with; /* only while one of these counts; empty: ever */
};

enum slot_type { SLOT_TEXT, SLOT_SCALE, SLOT_TIME, SLOT_CHOICE };

struct slot {
    const char *name;
    struct place place;
    enum slot_type type;
    double min, max;                   /* of a scale; of a time, in days */
    const char *label;                 /* or NULL */
    const char *ask, *again, *because; /* its question, or NULL */
    struct quick_replies answers;      /* to that question */
    const char **choices;              /* of a scale: its levels */
    uint32_t choice_count;
    struct threshold *threshold; /* or NULL */
    uint32_t lasts; /* turns behind that which told it, or NO_INDEX */
};

/* Words that numbers and times are made of. */
enum value_kind {
    VALUE_NUMBER,  /* "seven": 7 */
    VALUE_UNIT,    /* "weeks": 7, in days */
    VALUE_WEEKDAY, /* "monday": 1 */
    VALUE_MONTH,   /* "march": 3 */
    VALUE_MOMENT   /* "yesterday": 1, in days ago */
};

struct value_word {
    enum value_kind kind;
    double number;
};

enum answer {
    ANSWER_YES,
    ANSWER_NO,
    ANSWER_UNSURE,
    ANSWER_SKIP,
    ANSWER_SURELY, /* a yes without "a little": confirms that an alarm is off
                    */
    ANSWER_COUNT
};

enum cue_role {
    /* Those that govern findings, before CUE_PSEUDO. */
    CUE_ABSENT,
    CUE_PAST,
    CUE_HYPOTHETICAL,
    CUE_OTHER_PERSON,
    CUE_PRESENT, /* "still": takes a past away */
    CUE_CONFIRM, /* "scratch that": takes anything else away */
    CUE_PSEUDO,
    CUE_END,       /* "but": ends every scope */
    CUE_CLAUSE,    /* "and my": a new clause */
    CUE_JOIN,      /* "or": a list goes on over commas */
    CUE_STOP,      /* ends the scope of the cues that name it */
    CUE_FOR_OTHER, /* help is asked for another person */
    CUE_FOR_THEM,  /* the same, when somebody was spoken of before */
    CUE_IDIOM,     /* "fell off the wagon": no finding */
    CUE_ROLE_COUNT
};

enum cue_direction { CUE_FORWARD, CUE_BACKWARD, CUE_BOTH };

/* What does not end a scope; each allows what stands before it, too. */
enum cue_over {
    OVER_LISTS, /* commas, where a list goes on */
    OVER_COMMAS,
    OVER_CLAUSES,
    OVER_SENTENCES
};

struct cue_group {
    enum cue_role role;
    enum cue_direction direction;
    uint32_t reach; /* words that it governs */
    enum cue_over over;
    uint32_t stop; /* group that ends its scopes, or NO_INDEX */
    /* Undoes an absence that it governs: "it is not that"; a confirm, what
     * is denied behind it: "a fever. scratch that, no fever". */
    bool doubles;
    bool all; /* backwards, governs not only the nearest finding */
    /* Supposes somebody who is nobody in particular: "if a man faints". */
    bool anyone;
};

/* ---- Policy ---- */

enum { FALLBACKS_MAX = 8, TIER_COUNT = TALK_TIER_EMERGENCY + 1 };

struct texts {
    const char **items;
    uint32_t count;
};

struct tier_policy { /* responses; for TALK_TIER_NONE all NO_INDEX */
    uint32_t rise, stand, refuse;
    struct texts names; /* what is said for it holds one of these words */
};

struct policy {
    struct place place;
    struct tier_policy tiers[TIER_COUNT];
    uint32_t screening_ask, screening_again, screening_which,
        screening_unsure;  /* responses */
    uint32_t symptoms;     /* topic; its response answers plain symptoms */
    uint32_t hypothetical; /* topic */
    uint32_t noted;        /* response */
    uint32_t unasked;      /* response to an answer that was not asked for */
    uint32_t others;       /* response to what is only said of another */
    uint32_t fallbacks[FALLBACKS_MAX];
    uint32_t fallback_count;
    uint32_t unread, empty; /* responses */
    /* Responses, or NO_INDEX. */
    uint32_t told, taken_back, changed, confirm, kept;
    /* Words, or NULL. */
    const char *told_absent, *told_past, *told_between, *told_screened;
    double stale_hours; /* symptoms are forgotten then; 0: never */
    /* Words that give a wording away, for those who check the pack: only
     * technique and only what reassures may hold one. */
    struct texts technique_words, reassuring_words;
};

/* ---- What those who check the pack are to hold it to ---- */

struct check_wishes {
    double grade;    /* of reading, at most; 0: any */
    uint32_t length; /* characters of a wording, at most; 0: any */
    /* Percent of changed examples: still present, or no longer so. */
    double kept, turned;
    double noticed;                     /* percent of changed packs; 0: any */
    struct texts forbidden[TIER_COUNT]; /* in what is said for a tier */
};

/* A macro as its author wrote it; only when alternatives are told apart. */
struct written_macro {
    const char *name;
    struct place place;
    const char **items;
    struct place *places; /* of the items */
    uint32_t count;
    bool idle; /* no pattern uses it */
};

/* ---- Gathering ---- */

/* A question of a form: fills a slot, or settles a finding by yes or no. */
struct step {
    bool of_finding;
    uint32_t index;    /* of the slot or the finding */
    struct when *when; /* NULL: always */
};

enum { STEPS_MAX = 24 }; /* of a form */

struct form {
    const char *name;
    struct place place;
    struct index_list starts; /* topics after which it opens */
    struct when *when;        /* asks only while this holds; NULL: always */
    struct step *steps;
    uint32_t step_count;
    /* Responses. */
    uint32_t ask, again, because, skipped, done;
    uint32_t unclear; /* in place of again, or NO_INDEX */
};

/* ---- The pack ---- */

/* Folded, with the macros in it written out. */
struct macro_text {
    const char *text;
    uint32_t length;
};

struct pack {
    struct arena arena;
    struct memory memory;

    const char *name, *title, *opening;

    /* Words replaced when text is folded: table from the word to an index
     * into replacements. Keys are folded. */
    struct table replaced;
    const char **replacements;
    uint32_t replacement_count;
    struct speller *speller; /* NULL: words are taken as they are written */

    struct pattern *patterns;
    uint32_t pattern_count;
    bool alternatives_told;
    struct alternative *alternatives; /* by pattern */
    uint32_t alternative_count;
    struct table macro_names; /* of those that patterns use, to indices */
    struct macro_text *macros;
    struct topic *topics;
    uint32_t topic_count;
    struct finding *findings;
    uint32_t finding_count;
    struct slot *slots;
    uint32_t slot_count;
    struct value_word *value_words;
    uint32_t value_word_count;
    uint32_t value_phrase_max; /* words of the longest: "last week" has 2 */
    struct cue_group *cues;
    uint32_t cue_count;
    struct response *responses;
    uint32_t response_count;
    struct source *sources;
    uint32_t source_count;
    struct example *examples;
    uint32_t example_count;
    struct policy policy;
    struct form *forms;
    uint32_t form_count;
    struct variable *variables;
    uint32_t variable_count;
    struct action *actions;
    uint32_t action_count;
    struct pack_list *lists;
    uint32_t list_count;
    struct hook *hooks; /* in the order in which they are tried */
    uint32_t hook_count;
    /* Words that change with the speaker, such as "my": table from the words
     * to an index into swaps. */
    struct table swapped;
    const char **swaps;
    uint32_t swap_words_max; /* words of the longest */
    struct check_wishes wishes;
    struct written_macro *written_macros;
    uint32_t written_macro_count;

    /* Names to indices. */
    struct table topic_names, finding_names, slot_names, response_names,
        source_names, form_names, value_names, variable_names, action_names,
        list_names;

    /* The index; see index.h. */
    struct pack_index *index;
    struct guess_index *guesses; /* see guess.h */
};

struct loading;

/* What somebody who tries the pack makes of it: its trees are changed before
 * anything is made of them. */
struct pack_change {
    void (*change_fn)(void *payload, struct loading *loading);
    void *payload;
};

struct pack_limits {
    size_t file_max;                  /* bytes of one file */
    size_t pack_max;                  /* bytes of all files */
    bool alternatives;                /* of patterns are told apart */
    bool examples;                    /* that stand apart are read */
    const struct pack_change *change; /* NULL: the pack stays as it is */
};

/* Tells of one problem after another; counts them. */
struct report {
    talk_report_fn report_fn; /* may be NULL */
    void *payload;
    talk_error *first; /* may be NULL; gets the first problem */
    size_t count;
    bool nomem;
};
void talk__report(struct report *report, talk_status status,
                  struct place place, const char *format, ...)
    TALK__FORMAT(4, 5);

/* Reads the folder and everything in it; reports every problem. *out is the
 * caller's when TALK_OK is returned, else NULL. */
talk_status talk__pack_read(const char *folder, const struct memory *memory,
                            const struct pack_limits *limits,
                            struct report *report, struct pack **out);
void talk__pack_free(struct pack *pack);

/* Is the response one of those that put a question of the form, or of any
 * form? */
bool talk__form_asks(const struct form *form, uint32_t response);
bool talk__forms_ask(const struct pack *pack, uint32_t response);
/* Is it one of those that put the screening question? */
bool talk__policy_screens(const struct policy *policy, uint32_t response);

/* The folded text with its macros written out: whole_length bytes. */
void talk__pattern_write(const struct pack *pack,
                         const struct pattern *pattern, char *out);
/* Compiles that, perhaps for texts of ASCII only. TALK_RULE: see fault;
 * TALK_NOMEM. */
talk_status talk__pattern_compile(const struct pack *pack,
                                  const struct pattern *pattern, bool ascii,
                                  const struct memory *memory,
                                  struct regex **out,
                                  struct regex_fault *fault);

#endif
