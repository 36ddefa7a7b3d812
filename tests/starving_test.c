/* starving_test.c - memory that ends: the 1st, 2nd, 3rd … allocation is
 * refused, alone or with all that follow, until none is. Nothing may leak, and
 * a turn that fails must leave the session as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "starving.h"

/* ---- Two allocators: the library's, and jansson's, which is global ---- */

static struct starving json_starving = {.fail_at = NEVER};

static void *json_take(size_t size)
{
    size_t *block =
        starving_alloc(&json_starving, NULL, 0, size + 2 * sizeof(size_t));
    if (!block) return NULL;
    block[0] = size;
    return block + 2;
}

static void json_give(void *block)
{
    if (!block) return;
    size_t *start = (size_t *)block - 2;
    (void)starving_alloc(&json_starving, start, *start + 2 * sizeof(size_t),
                         0);
}

static int watch_json(void **state)
{
    (void)state;
    json_set_alloc_funcs(json_take, json_give);
    return 0;
}

static void refuse_from(struct starving *starving, size_t nth, bool for_good)
{
    starving->fail_at = starving->asked + nth;
    starving->for_good = for_good;
    starving->refused = 0;
}

static void refuse_nothing(struct starving *starving)
{
    starving->fail_at = NEVER;
}

static talk_options options_of(struct starving *starving)
{
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alloc_fn = starving_alloc;
    options.alloc_payload = starving;
    return options;
}

/* A refusal of all that follows must be told. One alone may be got over. */
static void check_status(talk_status status, const struct starving *starving,
                         const talk_error *err)
{
    if (status == TALK_OK) {
        assert_true(starving->refused == 0 || !starving->for_good);
        return;
    }
    assert_true(starving->refused > 0);
    assert_int_equal(status, TALK_NOMEM);
    assert_int_equal(err->status, TALK_NOMEM);
}

/* The minimal pack with rules of every other kind beside it. The caller
 * removes the folder and frees its name. */
static char *many_rules(void)
{
    static const char *const rules[] = {
        "tests/packs/variables", "tests/packs/wordings",
        "tests/packs/redirects", "tests/packs/hooks", "tests/packs/actions"};
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        copy_folder(rules[i], folder);
    }
    return folder;
}

/* ---- Loading ---- */

static void load_starving(const char *pack, bool for_good)
{
    struct starving starving = {.fail_at = NEVER};
    talk_options options = options_of(&starving);
    size_t refused = 1;
    for (size_t n = 0; refused; n++) {
        talk_error err = {0};
        talk_bot *bot;
        refuse_from(&starving, n, for_good);
        talk_status status = talk_bot_load(pack, &options, &bot, &err);
        refused = starving.refused;
        check_status(status, &starving, &err);
        assert_true((status == TALK_OK) == (bot != NULL));
        talk_bot_free(bot);
        assert_int_equal(starving.blocks, 0);
        assert_int_equal(starving.bytes, 0);
    }
}

static void a_pack_is_loaded(void **state)
{
    load_starving(*state, true);
    load_starving(*state, false);
}

static void a_pack_of_many_rules_is_loaded(void **state)
{
    (void)state;
    char *folder = many_rules();
    load_starving(folder, true);
    load_starving(folder, false);
    remove_folder(folder);
    free(folder);
}

static void workers_and_sessions_are_made(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    talk_options options = options_of(&starving);
    talk_bot *bot;
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &options, &bot, NULL),
                     TALK_OK);
    size_t blocks = starving.blocks, bytes = starving.bytes, refused = 1;
    for (size_t n = 0; refused; n++) {
        talk_worker *worker = NULL;
        talk_session *session = NULL;
        talk_error err = {0};
        refuse_from(&starving, n, n % 2);
        talk_status status = talk_worker_new(bot, &worker, &err);
        check_status(status, &starving, &err);
        assert_true((status == TALK_OK) == (worker != NULL));
        if (status == TALK_OK) {
            status = talk_session_new(bot, &session, &err);
            check_status(status, &starving, &err);
            assert_true((status == TALK_OK) == (session != NULL));
        }
        refused = starving.refused;
        talk_session_free(session);
        talk_worker_free(worker);
        assert_int_equal(starving.blocks, blocks);
        assert_int_equal(starving.bytes, bytes);
    }
    refuse_nothing(&starving);
    talk_bot_free(bot);
}

/* ---- Talking ---- */

enum { LINES = 6, LONG_SIZE = 20000 };
static const char *const plants[LINES] = {
    "hello",
    "the leaves are yellow since monday, 3 out of 10",
    "how do I repot it?",
    "no, but the soil is mouldy and I have a rash",
    "actually no rash",
    "when should I water it, and how much light does it need?",
};
/* What the other rules are there for. */
static const char *const many[LINES] = {
    "i am ann, remind me", "I want you to love my plant", "a joke, and lamps",
    "which one, a quiz",   "stupid bot, which tree",      "start over",
};
static const char *const *dialogue = plants;

/* The line at `index`; behind the last one stands a long message. */
static const char *line(size_t index)
{
    static char text[LONG_SIZE + 1];
    if (index < LINES) return dialogue[index];
    static const char part[] = "My leaves are yellow. ";
    for (size_t i = 0; i < LONG_SIZE; i++) {
        text[i] = part[i % (sizeof part - 1)];
    }
    return text;
}

struct pair {
    struct host host;
    struct starving *starving;
};

/* A conversation that has come to the line at `index`, with a cold worker. */
static void come_to(struct pair *pair, const talk_bot *bot, size_t index)
{
    struct host *host = &pair->host;
    assert_int_equal(talk_worker_new(bot, &host->worker, NULL), TALK_OK);
    assert_int_equal(talk_session_new(bot, &host->session, NULL), TALK_OK);
    for (size_t i = 0; i < index; i++) host_say(host, line(i));
    talk_worker_free(host->worker);
    assert_int_equal(talk_worker_new(bot, &host->worker, NULL), TALK_OK);
}

static void leave(struct pair *pair)
{
    talk_session_free(pair->host.session);
    talk_worker_free(pair->host.worker);
}

/* Says the line while the nth allocation is refused; again, when that failed;
 * returns the reasons of the turn, which the caller frees. */
static char *say_starving(struct pair *pair, const char *text, size_t nth,
                          bool for_good)
{
    struct host *host = &pair->host;
    talk_error err = {0};
    const talk_turn *turn;
    char *before = host_state(host);
    refuse_from(pair->starving, nth, for_good);
    talk_status status =
        talk_say(host->worker, host->session, text, strlen(text), &turn, &err);
    refuse_nothing(pair->starving);
    check_status(status, pair->starving, &err);
    if (status != TALK_OK) {
        assert_null(turn);
        char *after = host_state(host);
        assert_string_equal(after, before);
        free(after);
        turn = host_say(host, text);
    }
    free(before);
    return turn_why(turn);
}

static void talk_starving(const char *pack, bool for_good)
{
    struct starving starving = {.fail_at = NEVER};
    talk_options options = options_of(&starving);
    talk_bot *bot;
    assert_int_equal(talk_bot_load(pack, &options, &bot, NULL), TALK_OK);
    size_t blocks = starving.blocks, bytes = starving.bytes;
    for (size_t i = 0; i <= LINES; i++) {
        char *wanted = NULL;
        size_t refused = 1;
        for (size_t n = NEVER; refused || n == 0; n++) {
            struct pair pair = {.starving = &starving};
            come_to(&pair, bot, i);
            /* The first time nothing is refused: so it should be. */
            char *got = say_starving(&pair, line(i), n == NEVER ? 100000 : n,
                                     for_good);
            refused = n == NEVER ? 1 : starving.refused;
            if (wanted) {
                assert_string_equal(got, wanted);
                free(got);
            } else {
                wanted = got;
            }
            leave(&pair);
            assert_int_equal(starving.blocks, blocks);
            assert_int_equal(starving.bytes, bytes);
        }
        free(wanted);
    }
    talk_bot_free(bot);
    assert_int_equal(starving.blocks, 0);
}

static void a_message_is_said(void **state)
{
    (void)state;
    talk_starving(MINIMAL_PACK, true);
    talk_starving(MINIMAL_PACK, false);
}

static void a_message_for_many_rules_is_said(void **state)
{
    (void)state;
    char *folder = many_rules();
    dialogue = many;
    talk_starving(folder, true);
    talk_starving(folder, false);
    dialogue = plants;
    remove_folder(folder);
    free(folder);
}

static void a_warm_worker_needs_nothing(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    talk_options options = options_of(&starving);
    struct host host;
    host_open(&host, MINIMAL_PACK, &options);
    for (int round = 0; round < 3; round++) {
        talk_session_reset(host.session);
        if (round == 2) refuse_from(&starving, 0, true);
        for (size_t i = 0; i <= LINES; i++) host_say(&host, line(i));
    }
    assert_int_equal(starving.refused, 0);
    refuse_nothing(&starving);
    host_close(&host);
}

/* ---- Writing and reading ---- */

typedef talk_status (*write_out)(const struct host *host,
                                 const talk_turn *turn, struct written *out,
                                 talk_error *err);

static talk_status write_why(const struct host *host, const talk_turn *turn,
                             struct written *out, talk_error *err)
{
    (void)host;
    return talk_turn_explain(turn, write_down, out, err);
}

static talk_status write_state(const struct host *host, const talk_turn *turn,
                               struct written *out, talk_error *err)
{
    (void)turn;
    return talk_session_state(host->session, write_down, out, err);
}

static talk_status write_saved(const struct host *host, const talk_turn *turn,
                               struct written *out, talk_error *err)
{
    (void)turn;
    return talk_session_save(host->session, write_down, out, err);
}

static const write_out writers[] = {write_why, write_state, write_saved};

static void what_is_kept_starves(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    talk_options options = options_of(&starving);
    struct host host;
    host_open(&host, MINIMAL_PACK, &options);
    assert_int_equal(talk_session_keep(host.session, "a", "b", NULL), TALK_OK);
    size_t blocks = starving.blocks, bytes = starving.bytes, refused = 1;
    for (size_t n = 0; refused; n++) {
        talk_error err = {0};
        refuse_from(&starving, n, true);
        talk_status status = talk_session_keep(host.session, "c", "d", &err);
        refused = starving.refused;
        refuse_nothing(&starving);
        check_status(status, &starving, &err);
        assert_string_equal(talk_session_kept(host.session, "a"), "b");
        if (status == TALK_OK) break;
        assert_null(talk_session_kept(host.session, "c"));
        assert_int_equal(starving.blocks, blocks);
        assert_int_equal(starving.bytes, bytes);
    }
    assert_string_equal(talk_session_kept(host.session, "c"), "d");
    host_close(&host);
}

/* Each of the two allocators in turn. */
static void what_is_written_starves(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    struct starving *both[] = {&starving, &json_starving};
    talk_options options = options_of(&starving);
    struct host host;
    host_open(&host, MINIMAL_PACK, &options);
    const talk_turn *turn = NULL;
    for (size_t i = 0; i < LINES; i++) turn = host_say(&host, line(i));
    for (size_t i = 0; i < 2 * sizeof writers / sizeof *writers; i++) {
        struct starving *hungry = both[i % 2];
        size_t blocks = hungry->blocks, bytes = hungry->bytes, refused = 1;
        for (size_t n = 0; refused; n++) {
            struct written out = {.pieces_max = SIZE_MAX};
            talk_error err = {0};
            refuse_from(hungry, n, true);
            talk_status status = writers[i / 2](&host, turn, &out, &err);
            refused = hungry->refused;
            refuse_nothing(hungry);
            check_status(status, hungry, &err);
            assert_int_equal(hungry->blocks, blocks);
            assert_int_equal(hungry->bytes, bytes);
            free(out.text);
        }
    }
    host_close(&host);
}

static void what_is_read_starves(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    struct starving *both[] = {&starving, &json_starving};
    talk_options options = options_of(&starving);
    struct host host;
    host_open(&host, MINIMAL_PACK, &options);
    for (size_t i = 0; i < LINES; i++) host_say(&host, line(i));
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(
            talk_session_keep(host.session, line(i), line(i), NULL), TALK_OK);
    }
    struct written saved = {.pieces_max = SIZE_MAX};
    assert_int_equal(talk_session_save(host.session, write_down, &saved, NULL),
                     TALK_OK);
    for (size_t i = 0; i < 2; i++) {
        size_t blocks = both[i]->blocks, bytes = both[i]->bytes, refused = 1;
        for (size_t n = 0; refused; n++) {
            talk_session *session;
            talk_error err = {0};
            refuse_from(both[i], n, true);
            talk_status status = talk_session_load(
                host.bot, saved.text, saved.length, &session, &err);
            refused = both[i]->refused;
            refuse_nothing(both[i]);
            /* Jansson may take a lack of memory for broken JSON. */
            if (i == 0 || status != TALK_STATE) {
                check_status(status, both[i], &err);
            }
            assert_true((status == TALK_OK) == (session != NULL));
            talk_session_free(session);
            assert_int_equal(both[i]->blocks, blocks);
            assert_int_equal(both[i]->bytes, bytes);
        }
    }
    free(saved.text);
    host_close(&host);
}

int main(void)
{
    static char minimal[] = MINIMAL_PACK,
                gathering[] = "tests/packs/gathering";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_pack_is_loaded, minimal),
        cmocka_unit_test_prestate(a_pack_is_loaded, gathering),
        cmocka_unit_test(a_pack_of_many_rules_is_loaded),
        cmocka_unit_test(workers_and_sessions_are_made),
        cmocka_unit_test(a_message_is_said),
        cmocka_unit_test(a_message_for_many_rules_is_said),
        cmocka_unit_test(a_warm_worker_needs_nothing),
        cmocka_unit_test(what_is_kept_starves),
        cmocka_unit_test(what_is_written_starves),
        cmocka_unit_test(what_is_read_starves),
    };
    return cmocka_run_group_tests(tests, watch_json, NULL) != 0;
}
