/* conversations.h - the sessions of a server by name, and why each of them
 * got its last reply. */
#ifndef FRONT_CONVERSATIONS_H
#define FRONT_CONVERSATIONS_H

#include "json_door.h"

/* Enough for a server, few enough (about 1 KiB each) for its memory. */
enum { CONVERSATIONS_MAX = 100000 };

/* Explanations that are kept, a few KiB each: the newest. */
enum { EXPLANATIONS_MAX = 1024 };

enum { CONVERSATION_NAME_MAX_BYTES = 256 };

struct conversation {
    char *name; /* owned */
    talk_session *session;
    size_t place; /* in the list of all */
    size_t kept;  /* its explanation is explanations[kept - 1]; 0: none */
};

struct explanation {
    struct conversation *of; /* NULL: this place is free */
    char *text;
    size_t length;
};

struct conversations {
    const talk_bot *bot;         /* borrowed */
    json_t *by_name;             /* name -> place in the list */
    struct conversation **items; /* each on the heap: its address is its own */
    size_t count;
    size_t capacity;
    struct explanation explanations[EXPLANATIONS_MAX];
    size_t next_explanation; /* the oldest, which goes first */
};

/* false: no memory. Clear it in either case. */
bool conversations_init(struct conversations *all, const talk_bot *bot);
void conversations_clear(struct conversations *all);

/* NULL: there is none of that name. */
struct conversation *conversations_find(const struct conversations *all,
                                        const char *name);
/* Finds it or begins it. TALK_LIMIT: there are too many. */
talk_status conversations_get(struct conversations *all, const char *name,
                              struct conversation **out);
void conversations_forget(struct conversations *all,
                          struct conversation *gone);

/* Keeps the text, which is taken over; NULL drops what was kept. */
void conversations_keep(struct conversations *all, struct conversation *of,
                        char *text, size_t length);

#endif
