/* api_errors_test.c - what the public functions refuse, and how: wrong
 * arguments, packs that do not load, messages too long, no memory. Linked to
 * the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "starving.h"

/* ---- Arguments that break the rules ---- */

static void null_where_a_status_tells(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "hello");
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.size++;
    struct written out = {0};
    talk_status got[] = {
        talk_bot_load(NULL, NULL, &bot, NULL),
        talk_bot_load(MINIMAL_PACK, NULL, NULL, NULL),
        talk_bot_load(MINIMAL_PACK, &options, &bot, NULL),
        talk_worker_new(NULL, &worker, NULL),
        talk_worker_new(host->bot, NULL, NULL),
        talk_session_new(NULL, &session, NULL),
        talk_session_new(host->bot, NULL, NULL),
        talk_turn_explain(NULL, write_down, &out, NULL),
        talk_turn_explain(turn, NULL, NULL, NULL),
        talk_session_state(NULL, write_down, &out, NULL),
        talk_session_state(host->session, NULL, NULL, NULL),
        talk_say(NULL, host->session, "x", 1, &turn, NULL),
        talk_say(host->worker, NULL, "x", 1, &turn, NULL),
        talk_say(host->worker, host->session, NULL, 1, &turn, NULL),
        talk_say(host->worker, host->session, "x", 1, NULL, NULL),
    };
    for (size_t i = 0; i < sizeof got / sizeof *got; i++) {
        if (got[i] != TALK_ARGUMENT) fail_msg("call %zu: %d", i, (int)got[i]);
    }
    assert_null(bot);
    assert_null(worker);
    assert_null(session);
    assert_null(turn);
    assert_int_equal(
        talk_say(host->worker, host->session, NULL, 0, &turn, NULL), TALK_OK);
}

static void the_error_says_which_argument(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn;
    talk_error err = {.line = 7, .source = "old"};
    assert_int_equal(talk_say(host->worker, NULL, "x", 1, &turn, &err),
                     TALK_ARGUMENT);
    assert_int_equal(err.status, TALK_ARGUMENT);
    assert_int_equal(err.line, 0);
    assert_string_equal(err.source, "");
    assert_non_null(strstr(err.message, "talk_say"));

    talk_bot *bot;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.message_max = SIZE_MAX;
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &options, &bot, &err),
                     TALK_ARGUMENT);
    assert_non_null(strstr(err.message, "message_max"));
}

static void null_where_nothing_tells(void **state)
{
    (void)state;
    talk_options_init(NULL, 0);
    talk_bot_free(NULL);
    talk_worker_free(NULL);
    talk_session_free(NULL);
    talk_session_reset(NULL);
    assert_int_equal(talk_session_size(NULL), 0);
    assert_int_equal(talk_bot_count(NULL, TALK_TOPICS), 0);
    assert_string_equal(talk_bot_name(NULL, TALK_TOPICS, 0), "");
    assert_string_equal(talk_bot_pack_name(NULL), "");
    assert_string_equal(talk_bot_title(NULL), "");
    assert_string_equal(talk_bot_opening(NULL), "");
    assert_null(talk_bot_sources(NULL, "watering"));
    assert_null(talk_bot_source_name(NULL, "P1"));
    assert_int_equal(talk_bot_example_count(NULL), 0);
    assert_null(talk_bot_example(NULL, 0).text);
    assert_int_equal(talk_turn_message_count(NULL), 0);
    assert_null(talk_turn_message(NULL, 0).text);
    assert_int_equal(talk_turn_tier(NULL), TALK_TIER_NONE);
    assert_string_equal(talk_turn_topic(NULL), "");
    assert_false(talk_turn_technique(NULL));
    assert_false(talk_turn_fallback(NULL));
    assert_int_equal(talk_turn_finding_count(NULL), 0);
    assert_null(talk_turn_finding(NULL, 0).name);
    assert_int_equal(talk_turn_slot_count(NULL), 0);
    assert_null(talk_turn_slot(NULL, 0).name);
}

static void an_index_too_high_finds_nothing(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "the soil is mouldy since monday");
    for (int kind = TALK_TOPICS; kind <= TALK_SLOTS; kind++) {
        size_t count = talk_bot_count(host->bot, (talk_kind)kind);
        assert_true(count > 0);
        assert_string_equal(talk_bot_name(host->bot, (talk_kind)kind, count),
                            "");
    }
    assert_int_equal(talk_bot_count(host->bot, (talk_kind)99), 0);
    assert_string_equal(talk_bot_name(host->bot, (talk_kind)99, 0), "");
    assert_null(
        talk_bot_example(host->bot, talk_bot_example_count(host->bot)).text);
    assert_null(talk_turn_message(turn, talk_turn_message_count(turn)).text);
    assert_null(talk_turn_finding(turn, talk_turn_finding_count(turn)).name);
    assert_null(talk_turn_slot(turn, talk_turn_slot_count(turn)).name);
    assert_null(talk_turn_message(turn, SIZE_MAX).text);
}

/* ---- Packs that do not load ---- */

struct load_case {
    const char *what;
    const char *file, *bytes; /* put into a copy of the minimal pack */
    talk_status status;
    const char *source; /* "": of the pack as a whole */
    uint32_t line, column;
    const char *message;
};

static const struct load_case loads[] = {
    {"not YAML", "intents/bad.yaml", "topics: [\n", TALK_YAML,
     "intents/bad.yaml", 2, 1, "this is not YAML"},
    {"YAML that packs may not use", "intents/bad.yaml", "topics: &a {}\n",
     TALK_YAML, "intents/bad.yaml", 1, 9, "'&a' is an anchor"},
    {"a rule without sense", "intents/bad.yaml",
     "topics:\n  pests: {answer: nothing}\n", TALK_RULE, "intents/bad.yaml", 2,
     19, "no response 'nothing'"},
    {"an empty file", "intents/bad.yaml", "", TALK_YAML, "intents/bad.yaml", 1,
     1, "the file says nothing"},
};

static void a_pack_does_not_load(void **state)
{
    const struct load_case *c = *state;
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, c->file);
    write_whole_file(path, c->bytes, strlen(c->bytes));
    talk_error err = {0};
    talk_bot *bot;
    talk_status status = talk_bot_load(folder, NULL, &bot, &err);
    assert_null(bot);
    if (status != c->status || err.status != c->status ||
        strcmp(err.source, c->source) != 0 || err.line != c->line ||
        err.column != c->column || !strstr(err.message, c->message)) {
        fail_msg("%s: %s %s:%u:%u: %s", c->what, talk_status_name(status),
                 err.source, err.line, err.column, err.message);
    }
    remove_folder(folder);
    free(path);
    free(folder);
}

static void a_folder_is_not_there(void **state)
{
    (void)state;
    talk_error err = {0};
    talk_bot *bot;
    assert_int_equal(talk_bot_load("tests/packs/none", NULL, &bot, &err),
                     TALK_IO);
    assert_null(bot);
    assert_int_equal(err.status, TALK_IO);
    assert_string_equal(err.source, "tests/packs/none");
    assert_int_equal(err.line, 0);
    assert_non_null(strstr(err.message, "no such folder"));
    assert_int_equal(talk_bot_load("tests/packs/none", NULL, &bot, NULL),
                     TALK_IO);
}

static void a_pack_is_too_big(void **state)
{
    (void)state;
    talk_error err = {0};
    talk_bot *bot;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.pack_file_max = 100;
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &options, &bot, &err),
                     TALK_IO);
    assert_non_null(strstr(err.message, "more than the 100 that one may"));
    talk_options_init(&options, sizeof options);
    options.pack_max = 1000;
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &options, &bot, &err),
                     TALK_IO);
    assert_non_null(strstr(err.message, "more than the 1000 bytes"));
}

struct told {
    talk_error all[8];
    size_t count;
};

static void note(void *payload, const talk_error *problem)
{
    struct told *told = payload;
    if (told->count < sizeof told->all / sizeof *told->all) {
        told->all[told->count] = *problem;
    }
    told->count++;
}

static void problems_come_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *file, *bytes;
    } files[] = {
        {"responses/z.yaml", "responses: {a: {}}\n"},
        {"intents/b.yaml", "topics:\n  t: {answer: x}\n  u: {answer: y}\n"},
        {"intents/a.yaml", "topics:\n  s: {answer: light, hue: red}\n"},
    };
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = path_of(folder, files[i].file);
        write_whole_file(path, files[i].bytes, strlen(files[i].bytes));
        free(path);
    }
    struct told told = {.count = 0};
    talk_error err = {0};
    talk_bot *bot;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.report_fn = note;
    options.report_payload = &told;
    talk_status status = talk_bot_load(folder, &options, &bot, &err);
    assert_null(bot);
    assert_int_equal(told.count, 4);
    assert_int_equal(status, told.all[0].status);
    assert_string_equal(err.source, told.all[0].source);
    assert_string_equal(err.message, told.all[0].message);
    assert_int_equal(err.line, told.all[0].line);
    for (size_t i = 1; i < told.count; i++) {
        const talk_error *a = &told.all[i - 1], *b = &told.all[i];
        int files_differ = strcmp(a->source, b->source);
        if (files_differ > 0 || (files_differ == 0 && a->line > b->line)) {
            fail_msg("%s:%u before %s:%u", a->source, a->line, b->source,
                     b->line);
        }
    }
    remove_folder(folder);
    free(folder);
}

/* ---- Messages too long ---- */

static void a_message_has_a_limit(void **state)
{
    (void)state;
    struct host host;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.message_max = 20;
    host_open(&host, MINIMAL_PACK, &options);
    const talk_turn *turn = host_say(&host, "the soil is mouldy.."); /* 20 */
    assert_int_equal(talk_turn_tier(turn), TALK_TIER_PROFESSIONAL);
    char *before = host_state(&host);
    talk_error err = {0};
    assert_int_equal(talk_say(host.worker, host.session,
                              "my cat ate a lily....", 21, &turn, &err),
                     TALK_LIMIT);
    assert_null(turn);
    assert_int_equal(err.status, TALK_LIMIT);
    assert_string_equal(err.message,
                        "the message has 21 bytes; at most 20 are read");
    char *after = host_state(&host);
    assert_string_equal(after, before);
    free(after);
    free(before);
    host_close(&host);
}

/* A short word that stands for a long one, again and again. */
static void a_message_may_grow_too_long(void **state)
{
    (void)state;
    static const char more[] =
        "spellings: {q: 'what nobody would say in so few letters'}\n";
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, "intents/more.yaml");
    write_whole_file(path, more, sizeof more - 1);
    struct host host;
    host_open(&host, folder, NULL);
    enum { LENGTH = 60000 };
    char *text = take(LENGTH);
    for (size_t i = 0; i < LENGTH; i++) text[i] = i % 2 ? ' ' : 'q';
    host_say(&host, "the soil is mouldy");
    char *before = host_state(&host);
    const talk_turn *turn;
    talk_error err = {0};
    assert_int_equal(
        talk_say(host.worker, host.session, text, LENGTH, &turn, &err),
        TALK_LIMIT);
    assert_null(turn);
    assert_string_equal(err.message,
                        "the message is too long once it is folded");
    char *after = host_state(&host);
    assert_string_equal(after, before);
    free(after);
    free(before);
    free(text);
    host_close(&host);
    remove_folder(folder);
    free(path);
    free(folder);
}

/* ---- No memory ---- */

static void nothing_comes_of_no_memory(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = 0, .for_good = true};
    talk_error err = {0};
    talk_bot *bot;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alloc_fn = starving_alloc;
    options.alloc_payload = &starving;
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &options, &bot, &err),
                     TALK_NOMEM);
    assert_null(bot);
    assert_int_equal(err.status, TALK_NOMEM);
    assert_string_equal(err.message, "out of memory");

    starving.fail_at = NEVER;
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &options, &bot, &err),
                     TALK_OK);
    starving.fail_at = starving.asked;
    talk_worker *worker;
    talk_session *session;
    assert_int_equal(talk_worker_new(bot, &worker, &err), TALK_NOMEM);
    assert_null(worker);
    assert_int_equal(talk_session_new(bot, &session, NULL), TALK_NOMEM);
    assert_null(session);
    talk_bot_free(bot);
    assert_int_equal(starving.blocks, 0);
    assert_int_equal(starving.bytes, 0);
}

int main(void)
{
    enum { LOADS = sizeof loads / sizeof *loads };
    static const struct CMUnitTest others[] = {
        WITH_HOST(null_where_a_status_tells),
        WITH_HOST(the_error_says_which_argument),
        cmocka_unit_test(null_where_nothing_tells),
        WITH_HOST(an_index_too_high_finds_nothing),
        cmocka_unit_test(a_folder_is_not_there),
        cmocka_unit_test(a_pack_is_too_big),
        cmocka_unit_test(problems_come_in_order),
        cmocka_unit_test(a_message_has_a_limit),
        cmocka_unit_test(a_message_may_grow_too_long),
        cmocka_unit_test(nothing_comes_of_no_memory),
    };
    struct CMUnitTest tests[LOADS + sizeof others / sizeof *others];
    memcpy(tests + LOADS, others, sizeof others);
    for (size_t i = 0; i < LOADS; i++) {
        tests[i] =
            (struct CMUnitTest){loads[i].what, a_pack_does_not_load, NULL,
                                NULL, (void *)(uintptr_t)&loads[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
