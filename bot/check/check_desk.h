/* check_desk.h - what the checks share while they run. */
#ifndef TALK_CHECK_CHECK_DESK_H
#define TALK_CHECK_CHECK_DESK_H

#include "check.h"
#include "turn.h"

/* The rules: number, name, level, why, what to do. */
#define CHECK_RULES(ROW)                                                      \
    ROW(NO_EXAMPLE, "no-example", CHECK_ERROR,                                \
        "A finding that no example tells in some polarity was never tried "   \
        "in it.",                                                             \
        "Write a sentence that tells it so, as people do.")                   \
    ROW(FEW_EXAMPLES, "few-examples", CHECK_ERROR,                            \
        "Fewer than five examples and two counter-examples say too little "   \
        "about what a topic is, and where it ends.",                          \
        "Add sentences to 'examples', and near misses to 'not'.")             \
    ROW(MISSED, "example-missed", CHECK_ERROR,                                \
        "The pack promises to understand its examples.",                      \
        "Widen the patterns, or lower the priority of what got in the way; "  \
        "/why in the chat shows what was understood.")                        \
    ROW(MISTAKEN, "counter-example", CHECK_ERROR,                             \
        "The pack promises not to take this for what it is not.",             \
        "Narrow the pattern that matches it.")                                \
    ROW(RENDER, "bad-rendering", CHECK_ERROR,                                 \
        "What is put into a hole must make a sentence with the words round "  \
        "it, whatever it is.",                                                \
        "Write the wording so that every label and value fits, or give it "   \
        "a 'when'.")                                                          \
    ROW(TIER_WORDS, "tier-words", CHECK_ERROR,                                \
        "Whoever reads only this must know whom to turn to.",                 \
        "Put one of the words of the tier's 'names' into the wording.")       \
    ROW(FORBIDDEN, "forbidden-words", CHECK_ERROR,                            \
        "The pack forbids these words in what it says for this tier.",        \
        "Word it otherwise.")                                                 \
    ROW(TECHNIQUE, "unmarked-technique", CHECK_ERROR,                         \
        "What gives instructions must pass the gate, and only what is "       \
        "marked does.",                                                       \
        "Give the response 'technique: true', or word it otherwise.")         \
    ROW(REASSURES, "unmarked-reassurance", CHECK_ERROR,                       \
        "What calms must stay away where there is a warning sign, and only "  \
        "what is marked does.",                                               \
        "Give the wording 'reassures: true', or word it otherwise.")          \
    ROW(LONG, "too-long", CHECK_WARNING,                                      \
        "Long answers are not read, least of all in a hurry.",                \
        "Say less, or raise 'check: length'.")                                \
    ROW(HARD, "hard-to-read", CHECK_WARNING,                                  \
        "People in pain or worry read worse than they otherwise do.",         \
        "Shorter sentences and shorter words, or raise 'check: grade'.")      \
    ROW(MISSPELT_REPLY, "misspelt-reply", CHECK_WARNING,                      \
        "A word that is in no list of the pack may be a slip.",               \
        "Mend it, or add it to the list of words that are left alone.")       \
    ROW(NO_WORD, "no-required-word", CHECK_WARNING,                           \
        "A pattern that needs no word is tried for every message, which is "  \
        "slow; and it may match anything.",                                   \
        "Write it so that a word must be there, such as 'numb' and not "      \
        "only \\w+.")                                                         \
    ROW(UNREACHED, "pattern-unreached", CHECK_WARNING,                        \
        "No example matches this pattern: nobody knows whether it works.",    \
        "Add the sentence that it was written for to the examples, or take "  \
        "it away.")                                                           \
    ROW(UNREACHED_WAY, "alternative-unreached", CHECK_WARNING,                \
        "No example goes through these alternatives.",                        \
        "Add a sentence that does, or take them away.")                       \
    ROW(IDLE_MACRO, "macro-unused", CHECK_WARNING,                            \
        "What nothing uses misleads who reads it.",                           \
        "Use it, or take it away.")                                           \
    ROW(MISSPELT, "misspelt-pattern", CHECK_WARNING,                          \
        "The pack itself uses another word far more often, and this one is "  \
        "read as that: the pattern may wait for a word that never comes.",    \
        "Mend the slip, or add the word to the lists of English.")            \
    ROW(SHADOWED, "shadowed", CHECK_WARNING,                                  \
        "Wherever this pattern matches, another topic claims the words.",     \
        "Raise the priority of its topic, narrow the other's pattern, or "    \
        "take it away.")                                                      \
    ROW(OVERLAP, "overlap", CHECK_WARNING,                                    \
        "Two topics of the same priority match the same words as well as "    \
        "each other: which one is answered hangs on its name.",               \
        "Give one of them the higher priority, or the longer pattern.")       \
    ROW(BACKTRACKS, "backtracks", CHECK_ERROR,                                \
        "What this pattern needs grows faster than the message: the engine "  \
        "gives up on it, and a warning sign may be missed.",                  \
        "Let two repeats next to each other not match the same words; put a " \
        "word between them, or one repeat in their place.")                   \
    ROW(MANY_STEPS, "many-steps", CHECK_WARNING,                              \
        "A message can be written on which the engine gives up on this "      \
        "pattern; then it errs to caution.",                                  \
        "Bound the repeat, such as {0,5} in the place of *, or begin with a " \
        "rarer word.")                                                        \
    ROW(BROAD, "over-broad", CHECK_WARNING,                                   \
        "It matches ordinary English that has nothing to do with it, or "     \
        "what people ask of many other topics.",                              \
        "Add words that must be there, or a look ahead that must not.")       \
    ROW(LOW_SURVIVAL, "low-survival", CHECK_ERROR,                            \
        "Too many symptoms are lost, or stay what they were, when people "    \
        "say "                                                                \
        "them a little otherwise.",                                           \
        "Look at 'change-broke', and widen patterns, cues or spellings.")     \
    ROW(BROKE, "change-broke", CHECK_WARNING,                                 \
        "Said a little otherwise, this example is no longer understood.",     \
        "Widen the pattern, or bound a cue that reaches too far.")            \
    ROW(UNREACHABLE_TOPIC, "unreachable-topic", CHECK_ERROR,                  \
        "No message can ever be understood as this topic.",                   \
        "Mend the condition that blocks it, or take it away.")                \
    ROW(UNREACHABLE_RESPONSE, "unreachable-response", CHECK_ERROR,            \
        "No conversation can ever come to say this.",                         \
        "Let something name it, or take it away.")                            \
    ROW(UNREACHABLE_WORDING, "unreachable-wording", CHECK_ERROR,              \
        "Its condition cannot hold wherever its response is said.",           \
        "Mend the condition that blocks it, or take it away.")                \
    ROW(UNREACHABLE_WHEN, "unreachable-when", CHECK_ERROR,                    \
        "This condition of a form or hook can never hold.",                   \
        "Mend the condition that blocks it, or take it away.")                \
    ROW(BAD_EXCUSE, "bad-excuse", CHECK_ERROR,                                \
        "A comment 'check-ok' names a rule and gives a reason.",              \
        "Write '# check-ok RULE: reason'; backtalk(1) lists the rules.")      \
    ROW(IDLE_EXCUSE, "idle-excuse", CHECK_WARNING,                            \
        "What it excused is mended, or stands elsewhere.",                    \
        "Take the comment away, or put it right above the line.")

enum check_rule_id {
#define NUMBER(id, name, level, why, mend) RULE_##id,
    CHECK_RULES(NUMBER)
#undef NUMBER
        RULE_COUNT
};

struct check_desk {
    const talk_bot *bot;
    const struct pack *pack;
    const struct check_options *options;
    struct check_report *report;
    talk_worker *worker;
    talk_session *session;
    struct arena scratch; /* until all checks are done */
    struct arena turns;   /* until the next thing is said */
    talk_error *err;
    bool *reached;             /* per pattern: some example matches it */
    bool *ways;                /* per alternative of the pack: likewise */
    struct values *values;     /* per slot: what filled it in examples */
    struct witness *witnesses; /* per pattern */
    struct spread *spreads;    /* per pattern */
    struct rival **rivals;     /* per topic: those that it lost to in a tie */
};

/* What examples showed of a pattern. */
struct witness {
    const char *text; /* folded: the first match; NULL: there was none */
    size_t length;
    bool chosen;      /* of a topic: it was, by this pattern or another */
    uint32_t lost_to; /* of a topic: the first that it lost to, or NO_INDEX */
    const struct example *example; /* in which it lost */
};

/* Where a pattern of a topic or a finding matches in topics' examples. */
struct spread {
    uint32_t owns;   /* examples of what it belongs to */
    uint32_t others; /* examples of other topics */
    uint32_t topics; /* that these belong to */
    uint32_t last;   /* of them */
    const struct example *first;
};

/* Two topics that matched the same words equally well. */
struct rival {
    struct rival *next;
    uint32_t winner;
    size_t count; /* examples */
    const struct example *first;
};

enum { VALUES_MAX = 24 }; /* of a slot; more would say nothing new */

struct values {
    const char *items[VALUES_MAX];
    size_t count;
};

/* Notes a problem. */
void talk__desk_tell(struct check_desk *desk, enum check_rule_id rule,
                     struct place place, const char *format, ...)
    TALK__FORMAT(4, 5);
/* Something that is said to the desk's session as it stands. NULL: it could
 * not be; err says why. Borrowed until the next one. */
const talk_turn *talk__desk_say(struct check_desk *desk, const char *text,
                                size_t length);
/* The name of what a pattern belongs to, for people. */
const char *talk__desk_owner(const struct pack *pack,
                             const struct pattern *pattern);
/* False once there was no memory. */
bool talk__desk_is_fine(const struct check_desk *desk);

/* ---- The checks; each returns false when it could not be done ---- */

bool talk__check_examples(struct check_desk *desk);
bool talk__check_patterns(struct check_desk *desk); /* behind examples */
bool talk__check_slips(struct check_desk *desk);
bool talk__check_backtracking(struct check_desk *desk);
bool talk__check_english(struct check_desk *desk);
bool talk__check_changes(struct check_desk *desk);
bool talk__check_wordings(struct check_desk *desk);
bool talk__check_reach(struct check_desk *desk);
bool talk__check_excuses(struct check_desk *desk); /* the last one */

#endif
