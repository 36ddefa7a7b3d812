/* bicycles.h - talks with the bicycle shop of tests/packs/gathering, line by
 * line. */
#ifndef TALK_TESTS_BICYCLES_H
#define TALK_TESTS_BICYCLES_H

#include "backtalk.h"

struct talk {
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    const talk_turn *turn;
    uint64_t now; /* what the host's clock says */
};

/* Set-up and tear-down of a test: *state is a struct talk. */
int open_shop(void **state);
int close_shop(void **state);
#define TALK(test) cmocka_unit_test_setup_teardown(test, open_shop, close_shop)

/* The names of the responses that came, with blanks between. */
const char *say(struct talk *talk, const char *text);
const char *words(const struct talk *talk, size_t message);

#define SAY(text, responses) assert_string_equal(say(talk, text), responses)
#define WORDS(message, text) assert_string_equal(words(talk, message), text)

#endif
