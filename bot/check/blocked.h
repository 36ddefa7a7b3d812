/* blocked.h - conditions that can never hold. */
#ifndef TALK_CHECK_BLOCKED_H
#define TALK_CHECK_BLOCKED_H

#include "check_desk.h"

/* Where something can be said at all. */
struct where {
    unsigned tiers; /* bit (1 << tier) */
    bool screened;  /* only then */
    /* Per response: the tiers at which it is said; NULL: any, everywhere. */
    const unsigned *said;
};

/* Tiers that some finding can demand, and none. */
unsigned talk__tiers_there_are(const struct pack *pack);
unsigned talk__tiers_of(const struct finding *finding);
bool talk__has_pattern(const struct pack *pack, enum pattern_kind kind,
                       uint32_t owner);

/* Why the condition can never hold there, into out; false: it can. All parts
 * of a condition must hold, and but for the tier they do not hang on each
 * other: so it is enough to look at them one by one, and at the tiers. */
bool talk__is_blocked(const struct pack *pack, const struct when *when,
                      struct where where, char *out, size_t size);

#endif
