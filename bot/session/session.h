/* session.h - what one conversation remembers.
 *
 * At rest a session is one packed blob of names and small numbers (a few
 * hundred bytes). A turn unpacks it into a recall, whose names have become
 * indices of the pack; the commit packs the next recall and swaps it in. */
#ifndef TALK_SESSION_SESSION_H
#define TALK_SESSION_SESSION_H

#include "pack.h"

struct talk_session {
    struct memory memory;
    unsigned char *blob;
    size_t length, capacity;
    struct kept_block *kept; /* kept.c's; NULL: no message had an id */
};

/* A finding that was told. */
struct known {
    const char *name; /* as saved; the pack may not have it any more */
    uint32_t finding; /* or NO_INDEX */
    enum polarity polarity;
    bool counts;   /* its tier holds: present, or past that counts, … */
    bool doubted;  /* counts, but was taken back, which is to be confirmed */
    uint32_t turn; /* when it was told last */
};

struct filled {
    const char *name;
    uint32_t slot;      /* or NO_INDEX */
    const char *value;  /* the user's words */
    const char *normal; /* "" when there is no normal form */
    uint32_t turn;      /* when it was told */
};

/* A question of a form. */
struct question {
    const char *name; /* of a slot or a finding; "" for none */
    uint32_t index;   /* or NO_INDEX */
    bool of_finding;
};

struct asked {
    struct question question;
    uint32_t times;
    bool settled; /* answered or skipped: not asked again */
};

/* A wording that was said, so that the next one is another. */
struct said {
    const char *name;
    uint32_t response; /* or NO_INDEX */
    uint32_t wording;
    uint32_t turn;
};

/* A variable. With a pack, those of the pack stand first, in its order,
 * whether they were set or not. */
struct held {
    const char *name;
    uint32_t variable; /* or NO_INDEX */
    bool set;          /* else the value is that of its start */
    const char *value; /* NULL: none */
    uint32_t until;    /* the last turn that it holds in; 0: for ever */
};

enum screening {
    SCREENING_NOT_YET,
    SCREENING_OPEN,  /* the question stands */
    SCREENING_CLEAR, /* answered: nothing speaks against technique */
    SCREENING_DOUBT  /* answered: unclear, so technique stays away */
};

enum { SCREENING_COUNT = SCREENING_DOUBT + 1, SAID_MAX = 12 };

struct recall {
    uint32_t turns;
    uint32_t replied; /* the turn of the last reply; while one is made, that
                         before it. Not kept: it is turns */
    uint64_t at;      /* the host's clock at the last turn */
    talk_tier tier;
    enum screening screening;
    uint32_t screened;  /* times that the screening question was put */
    uint32_t fallbacks; /* in a row */
    const char *pending_name, *topic_name;
    uint32_t pending; /* topic that waits for the screening, or NO_INDEX */
    uint32_t topic;   /* the last main topic, or NO_INDEX */
    struct known *known;
    uint32_t known_count;
    struct filled *filled;
    uint32_t filled_count;
    struct said said[SAID_MAX]; /* oldest first */
    uint32_t said_count;
    const char *form_name;
    uint32_t form;                 /* that gathers, or NO_INDEX */
    bool form_over;                /* it was done or cancelled */
    struct question open;          /* that waits for an answer */
    struct asked asked[STEPS_MAX]; /* oldest first */
    uint32_t asked_count;
    struct held *held;
    uint32_t held_count;
};

/* A recall as a new conversation has it. */
void talk__recall_init(struct recall *recall);

/* What the session remembers, in terms of the pack; without a pack (NULL)
 * in names alone. All of it is the arena's. TALK_NOMEM. */
talk_status talk__session_recall(const struct talk_session *session,
                                 const struct pack *pack, struct arena *arena,
                                 struct recall *out);
/* Makes it what the session remembers; the recall must not borrow from the
 * session. On TALK_NOMEM nothing changed. */
talk_status talk__session_commit(struct talk_session *session,
                                 const struct recall *recall);

/* The value of a variable that was set and still holds, or NULL; borrowed from
 * the session. */
const char *talk__session_value(const struct talk_session *session,
                                const char *name);

/* ---- kept.c: messages that had an id ---- */

struct kept {
    const char *id, *answer; /* "": it is kept no longer */
};
/* The next one from the newest to the oldest, borrowed from the session; *at
 * starts as 0. false: there is none. */
bool talk__kept_next(const struct talk_session *session, size_t *at,
                     struct kept *out);
/* Wiped, for they repeat what was told; the ids stay known. */
void talk__kept_forget_answers(struct talk_session *session);
void talk__kept_forget(struct talk_session *session);
/* TALK_NOMEM: nothing was changed. */
talk_status talk__kept_copy(const struct talk_session *from,
                            struct talk_session *to);
/* Bytes on the heap. */
size_t talk__kept_size(const struct talk_session *session);

/* ---- held.c: variables ---- */

/* Room for those of the pack and `more`, each with its start. false: no
 * memory. */
bool talk__held_init(struct recall *recall, const struct pack *pack,
                     uint32_t more, struct arena *arena);
/* A value that was set before: of the pack or of another. */
void talk__held_add(struct recall *recall, struct held held);
/* Makes the array the recall's own. false: no memory. */
bool talk__held_copy(struct recall *recall, struct arena *arena);
/* Takes all that `from` holds; after a new start only what the pack keeps. */
void talk__held_keep(struct recall *recall, const struct pack *pack,
                     const struct recall *from, bool restart);
/* Sets it from now on; NULL: back to its start. */
void talk__held_set(struct recall *recall, const struct pack *pack,
                    uint32_t variable, const char *value);
/* The value as it is remembered, a copy; NULL: the variable may not have it,
 * or no memory, which the arena remembers. */
const char *talk__held_normal(const struct pack *pack, uint32_t variable,
                              const char *value, struct arena *arena);
/* NULL: it has none. */
const char *talk__held_value(const struct recall *recall, uint32_t variable);

/* ---- recall.c: questions ---- */

/* The response was in the last reply. */
bool talk__recall_said(const struct recall *recall, uint32_t response);
/* The finding's entry, or NULL. */
struct known *talk__recall_known(const struct recall *recall,
                                 uint32_t finding);
bool talk__recall_has_slot(const struct recall *recall, uint32_t slot);
/* The last message told of something that another has and that counts not. */
bool talk__recall_of_another(const struct recall *recall);
/* Whether the finding counts now. */
bool talk__recall_counts(const struct recall *recall, uint32_t finding);
/* Whether the conditions hold; NULL holds. */
bool talk__when_holds(const struct when *when, const struct recall *recall);

#endif
