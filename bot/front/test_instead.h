/* test_instead.h - the expectation that would have held. */
#ifndef FRONT_TEST_INSTEAD_H
#define FRONT_TEST_INSTEAD_H

#include "test_script.h"

/* In place of an assertion that failed; expects are all of the turn. The
 * caller frees it; NULL: no memory. */
char *instead_of_assertion(const talk_turn *turn, const struct expect *expects,
                           size_t count, const struct expect *failed);
/* In place of a text that another message came for; NULL for a message that
 * nothing expects. Wildcards between words that still come are kept. */
char *instead_of_text(const struct expect *failed,
                      const talk_message *message);

#endif
