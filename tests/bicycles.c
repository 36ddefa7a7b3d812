/* bicycles.c - talks with the bicycle shop, line by line.
 * In: tests/packs/gathering, messages.  Out: names of responses, words. */
#include "bicycles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint64_t tell_time(void *payload)
{
    return *(const uint64_t *)payload;
}

int open_shop(void **state)
{
    static struct talk talk;
    talk_options options;
    talk_options_init(&options, sizeof options);
    talk.now = 1000000;
    options.clock_fn = tell_time;
    options.clock_payload = &talk.now;
    assert_int_equal(
        talk_bot_load("tests/packs/gathering", &options, &talk.bot, NULL),
        TALK_OK);
    assert_int_equal(talk_worker_new(talk.bot, &talk.worker, NULL), TALK_OK);
    assert_int_equal(talk_session_new(talk.bot, &talk.session, NULL), TALK_OK);
    *state = &talk;
    return 0;
}

int close_shop(void **state)
{
    struct talk *talk = *state;
    talk_session_free(talk->session);
    talk_worker_free(talk->worker);
    talk_bot_free(talk->bot);
    return 0;
}

const char *say(struct talk *talk, const char *text)
{
    static char names[512];
    assert_int_equal(talk_say(talk->worker, talk->session, text, strlen(text),
                              &talk->turn, NULL),
                     TALK_OK);
    names[0] = '\0';
    for (size_t i = 0; i < talk_turn_message_count(talk->turn); i++) {
        size_t at = strlen(names);
        (void)snprintf(names + at, sizeof names - at, "%s%s", at ? " " : "",
                       talk_turn_message(talk->turn, i).response);
    }
    return names;
}

const char *words(const struct talk *talk, size_t message)
{
    assert_true(message < talk_turn_message_count(talk->turn));
    return talk_turn_message(talk->turn, message).text;
}
