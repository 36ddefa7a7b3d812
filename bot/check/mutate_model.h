/* mutate_model.h - what those who change a pack share.
 * All of them walk over everything that they could change, in the same order
 * every time, and offer each change; one that is taken is made at once. */
#ifndef TALK_CHECK_MUTATE_MODEL_H
#define TALK_CHECK_MUTATE_MODEL_H

#include "load.h"
#include "mutate.h"

/* The kinds: number, name, may change what is decided, why it matters that it
 * is noticed, what to do. */
#define MUTATE_RULES(ROW)                                                    \
    ROW(PATTERN, "drop-pattern", false,                                      \
        "Nobody would see it if this pattern broke.",                        \
        "Write an example that only this pattern finds, or take it away.")   \
    ROW(ALTERNATIVE, "drop-alternative", false,                              \
        "Nobody would see it if this part of a pattern broke.",              \
        "Write an example that says it so, or a counter-example if it "      \
        "stands in (?!...); or take it away.")                               \
    ROW(MACRO, "drop-macro-item", false,                                     \
        "Nobody would see it if this were no longer understood.",            \
        "Write an example that says it so, or take it away.")                \
    ROW(SPELLING, "drop-spelling", false,                                    \
        "Nobody would see it if this were no longer read as it should be.",  \
        "Write an example with this word in it, or take it away.")           \
    ROW(VALUE, "drop-value", false,                                          \
        "Nobody would see it if this were no longer read as a value.",       \
        "Write a transcript in which it fills a slot, or take it away.")     \
    ROW(CUE, "drop-cue", false,                                              \
        "Nobody would see it if a symptom were no longer turned by this.",   \
        "Write an example, in the polarity of the cue, that needs it.")      \
    ROW(TURN_CUE, "turn-cue", false,                                         \
        "Nobody would see it if this cue said something else.",              \
        "Write an example, in the polarity of the cue, that needs it.")      \
    ROW(SCOPE, "drop-scope", false,                                          \
        "Nobody would see it if these cues reached less far, or farther.",   \
        "Write an example at the border of their scope.")                    \
    ROW(TIER, "swap-tier", true,                                             \
        "Nobody would see it if this were taken for more or less grave.",    \
        "Write a transcript in which it is told, with its TIER.")            \
    ROW(RAISE, "drop-raise", true,                                           \
        "Nobody would see it if this raised no tier any more.",              \
        "Write a transcript in which it does, with its TIER.")               \
    ROW(WHEN, "drop-when", true,                                             \
        "Nobody would see it if this were said or asked at any time.",       \
        "Write a transcript in which the condition does not hold.")          \
    ROW(CONDITION, "drop-condition", true,                                   \
        "Nobody would see it if a part of this condition were missing.",     \
        "Write a transcript in which only this part decides.")               \
    ROW(SETTING, "drop-setting", true,                                       \
        "Nobody would see it if this were not set.",                         \
        "Write a transcript, or an example, in which it matters.")           \
    ROW(RESPONSE, "swap-response", true,                                     \
        "Nobody would see it if these were said in each other's place.",     \
        "Write a transcript with the RESPONSE that must come in one of "     \
        "them.")                                                             \
    ROW(TECHNIQUE, "drop-technique", true,                                   \
        "Nobody would see it if this passed the gate unasked.",              \
        "Write a transcript in which it comes, with TECHNIQUE yes.")         \
    ROW(REASSURES, "drop-reassures", true,                                   \
        "Nobody would see it if this calmed where it must not.",             \
        "Write a transcript in which it would be said at a higher tier, or " \
        "name its words in 'reassuring_words'.")                             \
    ROW(NUMBER, "drop-number", true,                                         \
        "Nobody would see it if this did not say whom to call or see.",      \
        "Give the tier its 'names', or write a transcript that wants them.") \
    ROW(QUESTION, "drop-question", true,                                     \
        "Nobody would see it if this were no longer asked.",                 \
        "Write a transcript in which it is asked.")                          \
    ROW(SCREENING, "drop-screening", false,                                  \
        "Nobody would see it if this were missing in the screening.",        \
        "Write a transcript that wants it in the question.")                 \
    ROW(FALLBACK, "drop-fallback", true,                                     \
        "Nobody would see it if this step of the ladder were missing.",      \
        "Write a transcript in which nothing is understood so often.")

enum mutate_rule {
#define NUMBER(id, name, of_care, why, mend) MUTATE_##id,
    MUTATE_RULES(NUMBER)
#undef NUMBER
        MUTATE_COUNT
};

struct mutation {
    struct loading *loading;
    struct mutants *found; /* gets all changes; NULL: one is made */
    size_t wanted;         /* that one; MUTANT_NONE: none */
    size_t next;           /* its number, when one more is offered */
    struct arena arena;    /* until the next pattern */
};

/* The change was made, and nothing more is to be looked for. */
bool talk__mutation_is_over(const struct mutation *mutation);

/* True: the change is to be made now. */
bool talk__mutation_offer(struct mutation *mutation, enum mutate_rule rule,
                          struct place place, const char *format, ...)
    TALK__FORMAT(4, 5);

/* ---- Changing trees ---- */

/* Takes what stands in a list or map out of it. */
void talk__tree_drop(struct tree *from, const struct tree *what);
/* Takes an item out of a list of the map; the last one with its key. */
void talk__tree_drop_item(struct tree *map, struct tree *list,
                          const struct tree *item);
/* length bytes of text, copied. */
void talk__tree_set(struct mutation *mutation, struct tree *text,
                    const char *bytes, size_t length);

/* ---- Those who change, each a part of the sections ---- */

/* mutate_patterns.c: of a pattern of "topic", "it". */
void talk__mutate_alternatives(struct mutation *mutation, struct tree *text,
                               const char *noun, const char *name);

void talk__mutate_patterns(struct mutation *mutation);
void talk__mutate_words(struct mutation *mutation);
void talk__mutate_cues(struct mutation *mutation);
void talk__mutate_conditions(struct mutation *mutation);
void talk__mutate_settings(struct mutation *mutation);
void talk__mutate_responses(struct mutation *mutation);

#endif
