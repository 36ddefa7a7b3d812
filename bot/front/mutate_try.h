/* mutate_try.h - one changed pack, and who notices. */
#ifndef FRONT_MUTATE_TRY_H
#define FRONT_MUTATE_TRY_H

#include "mutate.h"
#include "test_collect.h"

#include <stdbool.h>

/* Who notices: from the cheapest to the dearest. */
enum notice {
    NOTICE_LOADING,
    NOTICE_RULES,
    NOTICE_EXAMPLES,
    NOTICE_TRANSCRIPTS,
    NOTICE_PROOF,
    NOTICE_NOBODY,
    NOTICE_COUNT
};
const char *notice_name(enum notice notice);

/* What all threads try with. */
struct trials {
    const char *folder;        /* of the pack */
    const struct paths *paths; /* of transcripts; there may be none */
    bool proves;
    uint32_t findings;   /* for the proof */
    size_t errors;       /* that the pack has as it is */
    const talk_bot *bot; /* the pack as it is */
};

/* What one thread tries with: the transcripts, read. */
struct tester;
/* NULL: no memory, or a transcript cannot be read; stderr says so. */
struct tester *tester_new(const struct trials *trials);
void tester_free(struct tester *tester);

struct outcome {
    enum notice notice;
    char where[512]; /* the example or transcript; "" when there is none */
    bool failed;     /* it could not be tried; stderr says why */
};
/* number: of a change, or MUTANT_NONE. proves: by the proof, too, if all do.
 */
struct outcome tester_try(struct tester *tester, size_t number,
                          const char *near, bool proves);

#endif
