/* understand.h - words to intents, findings with polarity, slot values. */
#ifndef TALK_UNDERSTAND_UNDERSTAND_H
#define TALK_UNDERSTAND_UNDERSTAND_H

#include "heard.h"

/* Scratch for matching, for one thread. */
struct matcher;

struct understand_limits {
    uint32_t match_limit;   /* PCRE2's */
    uint32_t turn_work_max; /* KiB tried against patterns */
    bool interpret;         /* as in regex.h */
};

talk_status talk__matcher_new(const struct pack *pack,
                              const struct memory *memory,
                              const struct understand_limits *limits,
                              struct matcher **out);
void talk__matcher_free(struct matcher *matcher);
const struct pack *talk__matcher_pack(const struct matcher *matcher);
/* Whether alternatives are told apart, where the pack can: it takes time. */
void talk__matcher_trace(struct matcher *matcher, bool on);

/* Every place where a pattern matches. Takes heard->folded, fills in hits
 * and the two "unread". TALK_NOMEM. */
talk_status talk__match(struct matcher *matcher, const struct recall *recall,
                        struct arena *arena, struct heard *heard);

/* Findings with their polarity, out of hits. */
talk_status talk__context(const struct pack *pack, struct arena *arena,
                          struct heard *heard);
/* Only their polarity: heard->findings are there already. */
talk_status talk__context_judge(const struct pack *pack, struct arena *arena,
                                struct heard *heard);
/* Which topics were meant, out of hits. */
talk_status talk__choose(const struct pack *pack, const struct recall *recall,
                         struct arena *arena, struct heard *heard);
/* Slot values, out of hits. `text` is the user's message, `now` the host's
 * clock. */
talk_status talk__values(const struct pack *pack, const struct recall *recall,
                         const char *text, uint64_t now, struct arena *arena,
                         struct heard *heard);
/* The hit that makes all of the message a value, that which was asked for
 * before others; or NULL. */
const struct hit *talk__values_whole(const struct pack *pack,
                                     const struct heard *heard);

/* What may have been meant, out of words. */
talk_status talk__guess(const struct pack *pack, struct arena *arena,
                        struct heard *heard);

/* All of it, in order. The folded text may be at most ceiling bytes long. */
talk_status talk__understand(struct matcher *matcher,
                             const struct recall *recall, const char *text,
                             size_t length, size_t ceiling, uint64_t now,
                             struct arena *arena, struct heard *out);

#endif
