/* desk.h - what the checks share while they run. */
#ifndef TALK_CHECK_DESK_H
#define TALK_CHECK_DESK_H

#include "check.h"
#include "turn.h"

/* The rules: number, name, level, why, what to do. */
#define CHECK_RULES(ROW)                                                     \
    ROW(NO_EXAMPLE, "no-example", CHECK_ERROR,                               \
        "A finding that no example tells in some polarity was never tried "  \
        "in it.",                                                            \
        "Write a sentence that tells it so, as people do.")                  \
    ROW(FEW_EXAMPLES, "few-examples", CHECK_ERROR,                           \
        "Fewer than five examples and two counter-examples say too little "  \
        "about what a topic is, and where it ends.",                         \
        "Add sentences to 'examples', and near misses to 'not'.")            \
    ROW(MISSED, "example-missed", CHECK_ERROR,                               \
        "The pack promises to understand its examples.",                     \
        "Widen the patterns, or lower the priority of what got in the way; " \
        "/why in the chat shows what was understood.")                       \
    ROW(MISTAKEN, "counter-example", CHECK_ERROR,                            \
        "The pack promises not to take this for what it is not.",            \
        "Narrow the pattern that matches it.")

enum check_rule_id {
#define NUMBER(id, name, level, why, mend) RULE_##id,
    CHECK_RULES(NUMBER)
#undef NUMBER
        RULE_COUNT
};

struct desk {
    const talk_bot *bot;
    const struct pack *pack;
    const struct check_options *options;
    struct check_report *report;
    talk_worker *worker;
    talk_session *session;
    struct arena scratch; /* until all checks are done */
    talk_error *err;
    bool *reached; /* per pattern: some example matches it */
    bool *ways;    /* per alternative of the pack: likewise */
};

/* Notes a problem. */
void talk__desk_tell(struct desk *desk, enum check_rule_id rule,
                     struct place place, const char *format, ...)
    TALK__FORMAT(4, 5);
/* Something that is said to the desk's session as it stands. NULL: it could
 * not be; err says why. Borrowed until the next one. */
const talk_turn *talk__desk_say(struct desk *desk, const char *text,
                                size_t length);
/* False once there was no memory. */
bool talk__desk_is_fine(const struct desk *desk);

/* ---- The checks; each returns false when it could not be done ---- */

bool talk__check_examples(struct desk *desk);

#endif
