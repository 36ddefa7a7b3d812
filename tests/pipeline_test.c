/* pipeline_test.c - the door: what leaves the engine, whatever was decided.
 * In: the minimal pack with rules that ask for trouble. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "turn.h"

/* Put beside the minimal pack. */
static const char more[] =
    "topics:\n"
    "  again: {does: repeat, answer: watering, patterns: [say it again]}\n"
    "  silent: {patterns: [hush]}\n"
    "  hot: {patterns: [too hot]}\n"
    "  twin: {answer: watering, patterns: [drought]}\n"
    "findings:\n"
    "  sunburn: {tier: avoid, label: sunburn, about: hot, patterns: [burnt]}\n"
    "responses:\n"
    "  silent: {sources: none, why: test,\n"
    "           say: [{text: x, when: {slot: [window]}}]}\n"
    "  hot: {sources: [P1], technique: true, say: Lift it out of the sun.}\n";

static int open_trouble(void **state)
{
    struct host *host = take(sizeof *host);
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, "intents/more.yaml");
    write_whole_file(path, more, sizeof more - 1);
    host_open(host, folder, NULL);
    remove_folder(folder);
    free(path);
    free(folder);
    *state = host;
    return 0;
}

struct line {
    const char *said, *responses;
    bool technique;
};

enum { LINES_MAX = 6 };

struct dialogue {
    const char *what;
    struct line lines[LINES_MAX];
};

static const struct dialogue dialogues[] = {
    {"technique is repeated while the gate is open",
     {{"how do i repot it", "screening_ask", false},
      {"no", "repotting", true},
      {"say it again", "repotting", true}}},
    {"but not when a flag comes with the wish",
     {{"how do i repot it", "screening_ask", false},
      {"no", "repotting", true},
      {"say it again, the soil is mouldy",
       "rise_professional refuse_professional", false}}},
    {"nor when it comes later",
     {{"how do i repot it", "screening_ask", false},
      {"no", "repotting", true},
      {"the soil is mouldy", "rise_professional", false},
      {"say it again", "rise_professional", false},
      {"how do i repot it", "refuse_professional", false}}},
    /* The rules say technique where a finding is spoken of. */
    {"a finding does not open the gate",
     {{"it is burnt", "rise_avoid refuse_avoid", false},
      {"too hot", "refuse_avoid", false},
      {"not burnt", "noted", false},
      {"too hot", "screening_ask", false},
      {"no", "hot", true}}},
    {"a finding that might come neither",
     {{"what if it is burnt", "screening_unsure", false}}},
    {"what reassures gives way to the tier",
     {{"how much light does it need", "light", false},
      {"the soil is mouldy", "rise_professional", false},
      {"how much light does it need", "stand_professional", false}}},
    {"who finds no words falls back",
     {{"hush", "fallback_2", false},
      {"the soil is mouldy", "rise_professional", false},
      {"hush", "stand_professional", false},
      {"its window faces north, hush", "silent", false}}},
    {"nothing is said twice in a turn",
     {{"when should i water it in a drought", "watering", false},
      {"the soil is mouldy", "rise_professional", false},
      {"hush, and how much light does it need", "stand_professional", false}}},
};

static void converse(void **state)
{
    const struct dialogue *dialogue = *state;
    void *opened;
    (void)open_trouble(&opened);
    const struct host *host = opened;
    for (size_t i = 0; i < LINES_MAX && dialogue->lines[i].said; i++) {
        const struct line *line = &dialogue->lines[i];
        const talk_turn *turn = host_say(host, line->said);
        char *got = turn_responses(turn);
        if (strcmp(got, line->responses) != 0 ||
            talk_turn_technique(turn) != line->technique) {
            fail_msg("'%s':\n   got %s, technique %d\nwanted %s", line->said,
                     got, talk_turn_technique(turn), line->responses);
        }
        free(got);
    }
    (void)close_minimal(&opened);
}

static void what_was_held_back_is_told(void **state)
{
    const struct host *host = *state;
    host_say(host, "it is burnt");
    const talk_turn *turn = host_say(host, "how much light does it need");
    assert_int_equal(turn->messages[0].blocked, NO_INDEX);
    host_say(host, "the soil is mouldy");
    turn = host_say(host, "how much light does it need");
    assert_string_equal(turn->pack->responses[turn->messages[0].blocked].name,
                        "light");
    char *why = turn_why(turn);
    assert_non_null(strstr(why, "\"blocked\":\"light\""));
    free(why);
}

/* The work of a turn is spent before all of a long message is searched. */
static void what_was_not_searched_for_flags_is_doubt(void **state)
{
    (void)state;
    enum { LENGTH = 30000, WORK_KIB = 16 };
    struct host host;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.turn_work_max = WORK_KIB;
    host_open(&host, MINIMAL_PACK, &options);
    /* The words of a flag, never in its order. */
    static const char part[] = "a leaf b c d e f ate g h i j k. ";
    char *text = take(LENGTH);
    for (size_t i = 0; i < LENGTH; i++) text[i] = part[i % (sizeof part - 1)];
    const talk_turn *turn = host_say_bytes(&host, text, LENGTH);
    assert_true(turn->heard.flags_unread);
    assert_string_equal(talk_turn_message(turn, 0).response, "unread");
    char *why = turn_why(turn);
    assert_non_null(strstr(why, "a limit was met while looking for findings"));
    free(why);
    turn = host_say(&host, "how do i repot it");
    assert_string_equal(talk_turn_message(turn, 0).response,
                        "screening_unsure");
    turn = host_say(&host, "no");
    assert_false(talk_turn_technique(turn));
    free(text);
    host_close(&host);
}

int main(void)
{
    enum { COUNT = sizeof dialogues / sizeof *dialogues };
    enum { OTHERS = 2 };
    struct CMUnitTest tests[OTHERS + COUNT] = {
        cmocka_unit_test(what_was_not_searched_for_flags_is_doubt),
        cmocka_unit_test_setup_teardown(what_was_held_back_is_told,
                                        open_trouble, close_minimal)};
    for (size_t i = 0; i < COUNT; i++) {
        tests[OTHERS + i] =
            (struct CMUnitTest){dialogues[i].what, converse, NULL, NULL,
                                (void *)(uintptr_t)&dialogues[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
