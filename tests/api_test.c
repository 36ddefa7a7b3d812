/* api_test.c - the library as a host sees it: the public header only, linked
 * to the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

/* ---- Names and defaults ---- */

static void statuses_have_names(void **state)
{
    (void)state;
    for (int i = TALK_OK; i <= TALK_STATE; i++) {
        const char *name = talk_status_name((talk_status)i);
        assert_true(strlen(name) > 0);
        for (int j = TALK_OK; j < i; j++) {
            assert_string_not_equal(name, talk_status_name((talk_status)j));
        }
    }
    assert_string_equal(talk_status_name((talk_status)99), "unknown status");
}

static void tiers_have_names(void **state)
{
    (void)state;
    assert_string_equal(talk_tier_name(TALK_TIER_NONE), "none");
    assert_string_equal(talk_tier_name(TALK_TIER_EMERGENCY), "emergency");
    assert_string_equal(talk_tier_name((talk_tier)99), "");
    assert_string_equal(talk_version(), TALK_VERSION);
}

static void options_have_defaults(void **state)
{
    (void)state;
    talk_options options;
    talk_options_init(&options, sizeof options);
    assert_int_equal(options.size, sizeof options);
    assert_int_equal(options.message_max, 65536);
    assert_int_equal(options.pack_file_max, 4 * 1024 * 1024);
    assert_int_equal(options.pack_max, 64 * 1024 * 1024);
    assert_int_equal(options.match_limit, 2000);
    assert_int_equal(options.turn_work_max, 20 * 1024);
    assert_int_equal(options.seed, 0);
    assert_true(!options.alloc_fn && !options.report_fn && !options.clock_fn);
}

/* Of another version: a host that is older, and one that is newer. */
static void options_of_another_size(void **state)
{
    (void)state;
    struct {
        talk_options known;
        char later[16];
    } newer;
    talk_options older;
    talk_bot *bot;
    memset(&newer, 'x', sizeof newer);
    talk_options_init(&newer.known, sizeof newer);
    assert_int_equal(newer.known.size, sizeof newer.known);
    assert_memory_equal(newer.later, (char[16]){0}, sizeof newer.later);
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &newer.known, &bot, NULL),
                     TALK_OK);
    talk_bot_free(bot);

    size_t size = offsetof(talk_options, pack_max);
    memset(&older, 'x', sizeof older);
    talk_options_init(&older, size);
    assert_int_equal(older.size, size);
    assert_int_equal(older.pack_file_max, 4 * 1024 * 1024);
    assert_int_equal(((unsigned char *)&older)[sizeof older - 1], 'x');
    assert_int_equal(talk_bot_load(MINIMAL_PACK, &older, &bot, NULL), TALK_OK);
    talk_bot_free(bot);
    for (size_t wrong = 0; wrong < sizeof(size_t) * 2; wrong++) {
        talk_options_init(&older, wrong);
        if (wrong >= sizeof(size_t)) assert_int_equal(older.size, 0);
        older.size = wrong;
        assert_int_equal(talk_bot_load(MINIMAL_PACK, &older, &bot, NULL),
                         TALK_ARGUMENT);
    }
}

/* ---- What a bot holds ---- */

static bool holds(const talk_bot *bot, talk_kind kind, const char *name)
{
    for (size_t i = 0; i < talk_bot_count(bot, kind); i++) {
        if (strcmp(talk_bot_name(bot, kind, i), name) == 0) return true;
    }
    return false;
}

static void a_bot_tells_what_it_holds(void **state)
{
    const talk_bot *bot = ((struct host *)*state)->bot;
    assert_string_equal(talk_bot_pack_name(bot), "plants");
    assert_string_equal(talk_bot_title(bot), "The plant bot");
    assert_string_equal(talk_bot_opening(bot), "I know house plants. Ask me.");
    assert_true(holds(bot, TALK_TOPICS, "watering"));
    assert_true(holds(bot, TALK_FINDINGS, "mould"));
    assert_true(holds(bot, TALK_RESPONSES, "rise_eaten"));
    assert_true(holds(bot, TALK_SLOTS, "window"));
    assert_false(holds(bot, TALK_SLOTS, "watering"));
    assert_string_equal(talk_bot_sources(bot, "watering"), "P1 P2");
    assert_string_equal(talk_bot_sources(bot, "greeting"), "");
    assert_null(talk_bot_sources(bot, "waterin"));
    assert_string_equal(talk_bot_source_name(bot, "P1"),
                        "A book on house plants");
    assert_null(talk_bot_source_name(bot, "P9"));
}

static void examples_have_a_place(void **state)
{
    const talk_bot *bot = ((struct host *)*state)->bot;
    size_t topics = 0, findings = 0, counters = 0;
    for (size_t i = 0; i < talk_bot_example_count(bot); i++) {
        talk_example example = talk_bot_example(bot, i);
        assert_int_equal(strlen(example.text), example.length);
        assert_true(holds(bot, example.kind, example.name));
        assert_true(strncmp(example.source, "intents/", 8) == 0);
        assert_true(example.line > 0 && example.column > 0);
        counters += example.counter;
        if (example.kind == TALK_TOPICS) {
            assert_null(example.polarity);
            topics++;
        } else {
            assert_non_null(example.polarity);
            findings++;
        }
    }
    assert_true(topics > 0 && findings > 0 && counters > 0);
}

/* ---- Turns ---- */

static void a_turn_tells_what_came_of_a_message(void **state)
{
    const struct host *host = *state;
    static const char text[] = "the soil is MOULDY, 7 out of 10";
    const talk_turn *turn = host_say(host, text);
    assert_int_equal(talk_turn_tier(turn), TALK_TIER_PROFESSIONAL);
    assert_string_equal(talk_turn_topic(turn), "when_to_ask");
    assert_false(talk_turn_technique(turn));
    assert_false(talk_turn_fallback(turn));
    assert_true(talk_turn_message_count(turn) > 0);
    talk_message message = talk_turn_message(turn, 0);
    assert_string_equal(message.response, "rise_professional");
    assert_string_equal(message.text, "With mould, ask a gardener.");
    assert_int_equal(message.length, strlen(message.text));
    assert_int_equal(message.wording, 0);
    assert_int_equal(talk_turn_finding_count(turn), 1);
    talk_finding finding = talk_turn_finding(turn, 0);
    assert_string_equal(finding.name, "mould");
    assert_string_equal(finding.polarity, "present");
    assert_int_equal(finding.tier, TALK_TIER_PROFESSIONAL);
    assert_memory_equal(text + finding.start, "MOULDY", 6);
    assert_int_equal(finding.end - finding.start, 6);
    assert_int_equal(talk_turn_slot_count(turn), 1);
    talk_slot slot = talk_turn_slot(turn, 0);
    assert_string_equal(slot.name, "severity");
    assert_string_equal(slot.value, "7");
    assert_string_equal(slot.normal, "7");
    assert_true(slot.number > 6.9 && slot.number < 7.1);
}

static void technique_is_marked(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "how do I repot it?");
    assert_false(talk_turn_technique(turn));
    assert_false(talk_turn_message(turn, 0).technique);
    turn = host_say(host, "no");
    assert_true(talk_turn_technique(turn));
    assert_true(talk_turn_message(turn, 0).technique);
    assert_string_equal(talk_turn_topic(turn), "repotting");
}

static void a_slot_without_number_has_none(void **state)
{
    const struct host *host = *state;
    talk_slot slot = talk_turn_slot(host_say(host, "yellow since Monday"), 0);
    assert_string_equal(slot.name, "onset");
    assert_string_equal(slot.value, "Monday");
    assert_string_equal(slot.normal, "");
    assert_true(isnan(slot.number));
}

static void a_turn_tells_what_was_gathered_before(void **state)
{
    const struct host *host = *state;
    host_say(host, "since monday");
    const talk_turn *turn =
        host_say(host, "7 out of 10, the soil is mouldy, and it has a rash");
    talk_session_reset(host->session);
    assert_int_equal(talk_turn_slot_count(turn), 2);
    assert_string_equal(talk_turn_slot(turn, 0).name, "onset");
    assert_string_equal(talk_turn_slot(turn, 0).value, "monday");
    assert_string_equal(talk_turn_slot(turn, 1).name, "severity");
    assert_string_equal(talk_turn_slot(turn, 1).value, "7");
}

static void a_turn_outlives_the_message(void **state)
{
    const struct host *host = *state;
    char text[] = "the soil is mouldy";
    const talk_turn *turn = host_say(host, text);
    char *before = turn_why(turn);
    memset(text, '?', sizeof text - 1);
    char *after = turn_why(turn);
    assert_string_equal(after, before);
    free(after);
    free(before);
}

static uint64_t tick(void *payload)
{
    return ++*(uint64_t *)payload;
}

static void the_clock_is_asked_once_a_turn(void **state)
{
    (void)state;
    uint64_t ticks = 0;
    struct host host;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.clock_fn = tick;
    options.clock_payload = &ticks;
    host_open(&host, MINIMAL_PACK, &options);
    assert_int_equal(ticks, 0);
    host_say(&host, "hello");
    host_say(&host, "");
    assert_int_equal(ticks, 2);
    host_close(&host);
}

/* ---- The same again ---- */

static const char *const dialogue[] = {
    "hello",
    "how do I repot it?",
    "no",
    "and when?",
    "leaves yellow since monday, 3/10",
    "when should i water it?",
    "the soil is mouldy, too",
    "how do i repot it",
    "good evening",
    "hi",
    "xyzzy",
    "start over",
};

/* All that a dialogue came to. */
static char *told(const struct host *host, talk_worker *other)
{
    struct written all = {.pieces_max = SIZE_MAX};
    for (size_t i = 0; i < sizeof dialogue / sizeof *dialogue; i++) {
        struct host speaker = *host;
        if (other && i % 2) speaker.worker = other;
        const talk_turn *turn = host_say(&speaker, dialogue[i]);
        for (size_t j = 0; j < talk_turn_message_count(turn); j++) {
            talk_message message = talk_turn_message(turn, j);
            assert_int_equal(message.text[message.length], '\0');
            (void)write_down(&all, message.text, message.length);
        }
        (void)talk_turn_explain(turn, write_down, &all, NULL);
        (void)talk_session_state(host->session, write_down, &all, NULL);
    }
    return all.text;
}

static char *told_with_seed(uint32_t seed)
{
    struct host host;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.seed = seed;
    host_open(&host, MINIMAL_PACK, &options);
    char *text = told(&host, NULL);
    host_close(&host);
    return text;
}

static void the_same_is_told_again(void **state)
{
    const struct host *host = *state;
    char *first = told(host, NULL);
    talk_session_reset(host->session);
    char *second = told(host, NULL);
    char *third = told_with_seed(0);
    assert_string_equal(second, first);
    assert_string_equal(third, first);
    free(third);
    free(second);
    free(first);
}

static void a_seed_changes_the_words(void **state)
{
    (void)state;
    char *plain = told_with_seed(0);
    bool differs = false;
    for (uint32_t seed = 1; seed < 20 && !differs; seed++) {
        char *other = told_with_seed(seed);
        differs = strcmp(other, plain) != 0;
        free(other);
    }
    assert_true(differs);
    free(plain);
}

static void a_worker_may_have_a_seed_of_its_own(void **state)
{
    const struct host *host = *state;
    for (uint32_t seed = 0; seed < 5; seed++) {
        char *loaded = told_with_seed(seed);
        talk_worker_seed(host->worker, seed);
        talk_session_reset(host->session);
        char *said = told(host, NULL);
        assert_string_equal(said, loaded);
        free(said);
        free(loaded);
    }
    talk_worker_seed(host->worker, 0);
    talk_worker_seed(NULL, 7);
}

static void any_worker_will_do(void **state)
{
    const struct host *host = *state;
    struct host other = *host;
    assert_int_equal(talk_worker_new(host->bot, &other.worker, NULL), TALK_OK);
    assert_int_equal(talk_session_new(host->bot, &other.session, NULL),
                     TALK_OK);
    char *alone = told(host, NULL);
    char *in_turns = told(&other, host->worker);
    assert_string_equal(in_turns, alone);
    free(in_turns);
    free(alone);
    talk_session_free(other.session);
    talk_worker_free(other.worker);
}

/* ---- Sessions ---- */

/* What the new pack does not know is kept by name, and counts for nothing. */
static void a_session_moves_to_another_pack(void **state)
{
    const struct host *host = *state;
    struct host other;
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, "intents/findings/findings.yaml");
    static const char text[] = "findings:\n  frost: {tier: avoid, label: "
                               "frost, patterns: [frozen]}\n";
    write_whole_file(path, text, sizeof text - 1);
    char *words = path_of(folder, "responses/topics/care.yaml");
    size_t length;
    char *bytes = read_whole_file(words, &length);
    char *use = strstr(bytes, "finding: [yellow_leaves]");
    assert_non_null(use);
    memcpy(use, "finding: [frost]        ", 24);
    write_whole_file(words, bytes, length);
    host_open(&other, folder, NULL);

    host_say(host, "the soil is mouldy since monday");
    struct host moved = other;
    moved.session = host->session;
    const talk_turn *turn = host_say(&moved, "hello");
    assert_int_equal(talk_turn_tier(turn), TALK_TIER_NONE);
    assert_string_equal(talk_turn_slot(turn, 0).value, "monday");
    turn = host_say(&moved, "it is frozen");
    assert_int_equal(talk_turn_tier(turn), TALK_TIER_AVOID);
    turn = host_say(host, "hello");
    assert_int_equal(talk_turn_tier(turn), TALK_TIER_PROFESSIONAL);

    host_close(&other);
    remove_folder(folder);
    free(bytes);
    free(words);
    free(path);
    free(folder);
}

static void reset_is_as_new(void **state)
{
    const struct host *host = *state;
    char *fresh = host_state(host);
    host_say(host, "my cat ate a lily since monday");
    char *later = host_state(host);
    assert_string_not_equal(later, fresh);
    free(later);
    talk_session_reset(host->session);
    later = host_state(host);
    assert_string_equal(later, fresh);
    free(later);
    free(fresh);
    assert_int_equal(talk_turn_tier(host_say(host, "hello")), TALK_TIER_NONE);
}

static void an_idle_session_is_small(void **state)
{
    const struct host *host = *state;
    size_t empty = talk_session_size(host->session);
    host_say(host, "the soil is mouldy since monday, 7 out of 10");
    host_say(host, "when should i water it?");
    assert_true(talk_session_size(host->session) > empty);
    assert_true(talk_session_size(host->session) < 1024);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_have_names),
        cmocka_unit_test(tiers_have_names),
        cmocka_unit_test(options_have_defaults),
        cmocka_unit_test(options_of_another_size),
        WITH_HOST(a_bot_tells_what_it_holds),
        WITH_HOST(examples_have_a_place),
        WITH_HOST(a_turn_tells_what_came_of_a_message),
        WITH_HOST(technique_is_marked),
        WITH_HOST(a_slot_without_number_has_none),
        WITH_HOST(a_turn_outlives_the_message),
        WITH_HOST(a_turn_tells_what_was_gathered_before),
        WITH_HOST(the_same_is_told_again),
        cmocka_unit_test(a_seed_changes_the_words),
        WITH_HOST(a_worker_may_have_a_seed_of_its_own),
        WITH_HOST(any_worker_will_do),
        WITH_HOST(a_session_moves_to_another_pack),
        cmocka_unit_test(the_clock_is_asked_once_a_turn),
        WITH_HOST(reset_is_as_new),
        WITH_HOST(an_idle_session_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
