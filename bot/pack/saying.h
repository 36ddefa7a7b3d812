/* saying.h - what a pack says, as a part of pack.h: variables, wordings,
 * responses, actions and hooks. */
#ifndef TALK_PACK_SAYING_H
#define TALK_PACK_SAYING_H

#include "fail.h"
#include "number.h"

enum { NO_INDEX = UINT32_MAX };

struct when; /* a condition; see pack.h */

/* ---- Variables ---- */

/* A named value that the host or a response sets: "plan", a counter. */
struct variable {
    const char *name;
    struct place place;
    bool number;         /* else a text */
    const char *start;   /* its value until one is set, or NULL */
    const char **values; /* that it may have; none: any */
    uint32_t value_count;
    uint32_t lasts; /* turns after the one that set it; 0: for ever */
    bool keep;      /* it outlives a new start */
};

/* Bytes of a value: it goes into every session. */
enum { VARIABLE_BYTES_MAX = 256 };

/* Whether the variable may have the value; its normal form, which is the
 * value itself or a number in `number`. NULL: it may not. */
const char *talk__variable_value(const struct variable *variable,
                                 const char *value, char number[NUMBER_SIZE]);

enum effect_kind { EFFECT_SET, EFFECT_ADD, EFFECT_CLEAR };

/* What saying a response does to a variable. */
struct effect {
    enum effect_kind kind;
    uint32_t variable;
    const char *value; /* EFFECT_SET: what it becomes */
    double number;     /* EFFECT_ADD: what is added */
};

/* ---- Replying ---- */

/* What a user may well say next, in the words that a button has. */
enum { QUICK_MAX = 10 }; /* what the channels with buttons have room for */
struct quick_replies {
    const char **texts;
    uint32_t count;
};

/* A piece of a wording: plain text, or a hole. */
enum hole {
    HOLE_NONE,    /* plain text */
    HOLE_LABEL,   /* of the finding that decides */
    HOLE_LABELS,  /* of all that count */
    HOLE_ASK,     /* the question that is open */
    HOLE_BECAUSE, /* why it is asked */
    HOLE_TOLD,    /* all that was told */
    HOLE_NEWS,    /* what was told in this message */
    HOLE_GUESS,   /* a question that may have been meant */
    HOLE_OTHER_GUESS,
    HOLE_SLOT,     /* the user's words; index says which */
    HOLE_SWAP,     /* the same, "my" become "your" */
    HOLE_VARIABLE, /* its value */
    HOLE_LIST      /* one of its texts */
};

struct piece {
    enum hole hole;
    const char *text;
    uint32_t length;
    uint32_t index; /* of a slot, a variable, a list; else NO_INDEX */
};

struct wording {
    struct place place;
    struct piece *pieces;
    uint32_t piece_count;
    uint32_t weight; /* at least 1 */
    bool reassures;
    struct when *when; /* NULL: always */
    uint32_t leads;    /* the response that is said instead, or NO_INDEX */
};

/* What a host can be asked to do. */
struct action {
    const char *name;
    const char **arguments; /* names */
    uint32_t argument_count;
};

enum { REQUESTS_MAX = 4 }; /* of a response */

/* An action that a response asks for. */
struct request {
    uint32_t action;
    struct wording *arguments; /* in the order of the action's */
};

/* Texts of which one is picked: {list:name}. */
struct pack_list {
    const char *name;
    const char **items;
    uint32_t item_count; /* at least 1 */
};

struct response {
    const char *name;
    struct place place;
    bool technique;       /* so is one that leads to such */
    bool ladder;          /* the first wording that fits is said */
    const char **sources; /* ids */
    uint32_t source_count;
    const char *sources_text; /* "F09 F10"; "" when none are needed */
    struct wording *wordings;
    uint32_t wording_count; /* at least 1 */
    struct quick_replies suggest;
    struct effect *effects;
    uint32_t effect_count;
    struct request *requests;
    uint32_t request_count;
};

struct source {
    const char *id;
    const char *name;
};

/* Said before everything but an alarm while its condition holds. */
struct hook {
    const char *name;
    struct place place;
    struct when *when;
    uint32_t response;
    bool instead; /* nothing else is answered */
    uint32_t priority;
};

#endif
