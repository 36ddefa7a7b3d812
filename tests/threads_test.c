/* threads_test.c - threads that share a bot, each with a worker and a session
 * of its own, say what one alone says. Run under the thread sanitizer, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

enum { THREADS = 4, DIALOGUES = 60, MESSAGES = 6 };

/* One thread's work. cmocka's assertions must not leave a thread: what went
 * wrong is told at its end. */
struct shift {
    const talk_bot *bot;
    size_t first; /* the dialogue that it begins with */
    struct written told[DIALOGUES];
    bool failed;
};

static void tell(struct written *out, const talk_turn *turn)
{
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        talk_message message = talk_turn_message(turn, i);
        (void)write_down(out, message.text, message.length);
    }
    (void)talk_turn_explain(turn, write_down, out, NULL);
}

/* Dialogue d: examples of the pack, spread over it. */
static void hold_dialogue(struct shift *shift, talk_worker *worker,
                          talk_session *session, size_t d)
{
    size_t count = talk_bot_example_count(shift->bot);
    shift->told[d].pieces_max = SIZE_MAX;
    talk_session_reset(session);
    for (size_t m = 0; m < MESSAGES; m++) {
        talk_example said =
            talk_bot_example(shift->bot, (d * 7919 + m * 104729) % count);
        const talk_turn *turn;
        if (talk_say(worker, session, said.text, said.length, &turn, NULL) !=
            TALK_OK) {
            shift->failed = true;
            return;
        }
        tell(&shift->told[d], turn);
    }
}

static void *work(void *payload)
{
    struct shift *shift = payload;
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    if (talk_worker_new(shift->bot, &worker, NULL) != TALK_OK ||
        talk_session_new(shift->bot, &session, NULL) != TALK_OK) {
        shift->failed = true;
    }
    for (size_t i = 0; i < DIALOGUES && !shift->failed; i++) {
        hold_dialogue(shift, worker, session, (shift->first + i) % DIALOGUES);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    return NULL;
}

/* Loads another pack meanwhile: two bots have nothing in common. */
static void *load(void *payload)
{
    bool *failed = payload;
    talk_bot *bot;
    *failed = talk_bot_load(MINIMAL_PACK, NULL, &bot, NULL) != TALK_OK;
    talk_bot_free(bot);
    return NULL;
}

static void shift_clear(struct shift *shift)
{
    for (size_t i = 0; i < DIALOGUES; i++) free(shift->told[i].text);
}

static void all_say_what_one_says(void **state)
{
    (void)state;
    static struct shift alone, shifts[THREADS];
    pthread_t threads[THREADS], loader;
    talk_bot *bot;
    bool load_failed = true;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.examples = true;
    assert_int_equal(talk_bot_load(".", &options, &bot, NULL), TALK_OK);
    for (size_t i = 0; i < THREADS; i++) {
        shifts[i].bot = bot;
        shifts[i].first = i * DIALOGUES / THREADS;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &shifts[i]),
                         0);
    }
    assert_int_equal(pthread_create(&loader, NULL, load, &load_failed), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(pthread_join(loader, NULL), 0);
    assert_false(load_failed);

    alone.bot = bot;
    (void)work(&alone);
    assert_false(alone.failed);
    for (size_t i = 0; i < THREADS; i++) {
        assert_false(shifts[i].failed);
        for (size_t d = 0; d < DIALOGUES; d++) {
            assert_string_equal(shifts[i].told[d].text, alone.told[d].text);
        }
        shift_clear(&shifts[i]);
    }
    shift_clear(&alone);
    talk_bot_free(bot);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_say_what_one_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
