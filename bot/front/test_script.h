/* test_script.h - a transcript as it was read: what is said, what is expected,
 * and where each of it stands. */
#ifndef FRONT_TEST_SCRIPT_H
#define FRONT_TEST_SCRIPT_H

#include "backtalk.h"
#include "memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in a file; lines and columns (characters) count from 1. */
struct spot {
    const char *path;
    uint32_t line, column;
};

/* A *.utterances.txt: ways to say one thing, one a line. */
struct list_item {
    const char *text;
    uint32_t line;
};
struct list {
    const char *name; /* UTT_… */
    const char *path;
    struct list_item *items;
    size_t count;
};

enum expect_kind {
    EXPECT_TEXT,     /* args[0], with wildcards */
    EXPECT_LIST,     /* one of list */
    EXPECT_ONE_OF,   /* one of choices */
    EXPECT_WORDLESS, /* a #bot section that names no text */
    EXPECT_TIER,
    EXPECT_TOPIC,
    EXPECT_RESPONSE,
    EXPECT_FINDING,
    EXPECT_SLOT,
    EXPECT_TECHNIQUE,
    EXPECT_BECAUSE,
    EXPECT_MESSAGES
};

enum { EXPECT_ARGS_MAX = 2 };

/* One line of a #bot section. */
struct expect {
    enum expect_kind kind;
    bool negated, optional;
    struct spot spot;
    const char *written; /* the line as it stands, without blanks around it */
    const char *args[EXPECT_ARGS_MAX]; /* NULL: not given */
    const struct list *list;
    const char **choices;
    size_t choice_count;
};

/* A message of the user, and the #bot sections behind it. */
struct exchange {
    struct spot spot; /* of the message */
    const char *said;
    size_t length;
    const struct list *list; /* one of these is said instead; or NULL */
    int64_t seconds;         /* that pass before it */
    size_t first_expect, expect_count;
    uint32_t last_line; /* of the sections, when all stand in spot.path */
};

/* SET slot value, under #begin. */
struct preset {
    struct spot spot;
    const char *name, *value;
    bool variable; /* else a slot; known when the names were checked */
};

struct problem {
    struct spot spot;
    const char *message;
};

struct script {
    struct arena arena; /* owns all text */
    const char *path;
    const char *title; /* "" when it is missing */
    struct exchange *exchanges;
    size_t exchange_count, exchange_capacity;
    struct expect *expects;
    size_t expect_count, expect_capacity;
    struct preset *presets;
    size_t preset_count, preset_capacity;
    struct problem *problems; /* in order of reading */
    size_t problem_count, problem_capacity;
    uint64_t clock; /* seconds since 1970, at the first message */
    uint32_t seed;
    bool has_seed;
    size_t run_count; /* one for each way through the lists */
};

void script_init(struct script *script, const char *path);
void script_clear(struct script *script);

/* Adds to the arrays; NULL: no memory, which the arena remembers. */
struct exchange *script_add_exchange(struct script *script);
struct expect *script_add_expect(struct script *script);
struct preset *script_add_preset(struct script *script);
/* Behind PROBLEMS_MAX of them nothing more is told. */
void script_complain(struct script *script, struct spot spot,
                     const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;
enum { PROBLEMS_MAX = 100 };
bool script_is_hopeless(const struct script *script);

/* Topics, findings, responses and slots that the pack does not have. */
void script_check_names(struct script *script, const talk_bot *bot);

/* What is said in this run: a list's item, or the message itself. */
struct said {
    const char *text;
    size_t length;
};
struct said script_said(const struct script *script, size_t run, size_t index);
/* "UTT_A 2, UTT_B 1": which items of its lists a run says; "" without any. At
 * most size bytes with the NUL byte; out is returned. */
const char *script_run_name(const struct script *script, size_t run, char *out,
                            size_t size);

/* When nothing else is said: Thursday, 1 January 2026, noon UTC. */
#define SCRIPT_CLOCK_USUAL UINT64_C(1767268800)

#endif
