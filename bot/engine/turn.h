/* turn.h - what a turn, a bot and a worker are inside. */
#ifndef TALK_ENGINE_TURN_H
#define TALK_ENGINE_TURN_H

#include "decide.h"
#include "reply.h"
#include "understand.h"

enum { MESSAGES_MAX = ACTS_MAX, ACTIONS_MAX = MESSAGES_MAX * REQUESTS_MAX };

/* A wording that led to another response. */
struct way {
    uint32_t response, wording;
    const struct way *before; /* NULL: nothing */
};

struct spoken {
    uint32_t response;
    struct worded worded;
    const char *why;
    uint32_t blocked;      /* response that the gate held back, or NO_INDEX */
    const struct way *way; /* that led to the response; NULL: straight */
};

struct talk_turn {
    const struct pack *pack;
    const char *text; /* the message, copied */
    size_t length;
    const char *readable; /* the same as valid UTF-8 */
    size_t readable_length;
    struct recall last;
    struct heard heard;
    struct decision decision;
    struct spoken messages[MESSAGES_MAX];
    size_t message_count;
    talk_action actions[ACTIONS_MAX];
    size_t action_count;
    bool technique;
};

struct talk_bot {
    struct memory memory;
    talk_options options;
    struct pack *pack;
};

struct talk_worker {
    const talk_bot *bot;
    uint32_t seed; /* for the choice among wordings */
    struct memory memory;
    struct arena arena;
    struct matcher *matcher;
    struct talk_turn turn;
};

/* As talk_bot_load; change may be NULL. */
talk_status talk__bot_load(const char *folder, const talk_options *options,
                           const struct pack_change *change, talk_bot **bot,
                           talk_error *err);

const char *talk__polarity_name(enum polarity polarity);
const char *talk__screening_name(enum screening screening);

/* Of a saved session. */
enum { SAVED_VERSION = 1 };

/* text[at] is a blank: does a sentence or a line end before it? */
bool talk__ends_sentence(const char *text, size_t at);

/* What deciding sees of what was heard. TALK_NOMEM. */
talk_status talk__tell(const struct heard *heard, struct arena *arena,
                       struct told *told);

/* What comes after understanding: the worker's turn has what was remembered
 * and what was heard; told is the stage's view of that. Fills in the rest of
 * the turn. */
talk_status talk__respond(struct talk_worker *worker, const struct told *told);

/* The order of the stages. Reads the session, does not write it. */
talk_status talk__pipeline(struct talk_worker *worker,
                           const struct talk_session *session,
                           const char *text, size_t length, talk_error *err);

#endif
