/* choose_test.c - which topics are meant, and why the others are not.
 * In: the minimal pack with more topics, in one file or in two, in either
 * order: that must not matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"
#include "understand.h"

/* Two halves of what is put beside the minimal pack. */
static const char *const halves[] = {
    "topics:\n"
    "  high: {answer: light, priority: 8, patterns: [zig]}\n"
    "  longer: {answer: light, patterns: [bim bam]}\n"
    "  adam: {answer: light, patterns: [foo bar]}\n"
    "  alpha: {answer: light, patterns: [alpha]}\n"
    "  gamma: {answer: light, patterns: [gamma]}\n"
    "  lone: {answer: light, alone: true, priority: 9, patterns: [ping]}\n",
    "topics:\n"
    "  low: {answer: light, priority: 2, patterns: [zig zag zog]}\n"
    "  shorter: {answer: light, patterns: [bim]}\n"
    "  zora: {answer: light, patterns: [foo bar]}\n"
    "  beta: {answer: light, patterns: [beta]}\n"
    "  delta: {answer: light, priority: 6, patterns: [delta]}\n"
    "  only: {answer: light, alone: true, patterns: [pong pong]}\n"
    "  guess: {answer: light, priority: 9, patterns: [gues], loose: [quux]}\n"
    "  dark: {answer: light, when: {tier: [urgent]}, patterns: [dark]}\n"};

struct choosing {
    struct pack *pack;
    struct matcher *matcher;
    struct arena arena;
};

/* Puts them into files of these names. */
static void open_choosing(struct choosing *choosing, const char *first,
                          const char *second)
{
    const char *const names[] = {first, second};
    struct memory memory = talk__memory_from(NULL);
    struct understand_limits limits = {2000, 20 * 1024, false};
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    for (size_t i = 0; i < 2; i++) {
        char *path = path_of(folder, names[i]);
        write_whole_file(path, halves[i], strlen(halves[i]));
        free(path);
    }
    struct outcome outcome = read_pack(folder, NULL, NULL, &choosing->pack);
    if (!choosing->pack) fail_msg("%s", outcome.lines);
    outcome_clear(&outcome);
    remove_folder(folder);
    free(folder);
    talk__arena_init(&choosing->arena, &memory, 0);
    assert_int_equal(talk__matcher_new(choosing->pack, &memory, &limits,
                                       &choosing->matcher),
                     TALK_OK);
}

static void close_choosing(struct choosing *choosing)
{
    talk__matcher_free(choosing->matcher);
    talk__arena_clear(&choosing->arena);
    talk__pack_free(choosing->pack);
}

/* "chosen chosen | lost<winner lost<winner" */
static void choose(struct choosing *choosing, const char *after,
                   const char *text, char *out, size_t size)
{
    const struct pack *pack = choosing->pack;
    struct recall recall;
    struct heard heard;
    talk__recall_init(&recall);
    recall.topic = talk__table_get(&pack->topic_names, after, strlen(after));
    assert_int_equal(talk__understand(choosing->matcher, &recall, text,
                                      strlen(text), 10000, 0, &choosing->arena,
                                      &heard),
                     TALK_OK);
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < heard.topic_count && at < size; i++) {
        const struct heard_topic *topic = &heard.topics[i];
        bool lost = topic->lost_to != NO_INDEX;
        assert_true(topic->chosen == (i < heard.chosen_count));
        assert_true(topic->chosen == (topic->why == NULL));
        at +=
            (size_t)snprintf(out + at, size - at, "%s%s%s%s%s", i ? " " : "",
                             i == heard.chosen_count ? "| " : "",
                             pack->topics[topic->topic].name, lost ? "<" : "",
                             lost ? pack->topics[topic->lost_to].name : "");
    }
}

struct choice {
    const char *what, *after, *text, *wanted;
};

static const struct choice choices[] = {
    {"nothing is asked", "", "what a day", ""},
    {"one topic", "", "tell me about alpha", "alpha"},
    {"the higher priority, though it explains less", "", "zig zag zog",
     "high | low<high"},
    {"of equal ones the longer match", "", "bim bam",
     "longer | shorter<longer"},
    {"of equal ones the first name", "", "foo bar", "adam | zora<adam"},
    {"words apart are meant apart", "", "bim bam, and bim again",
     "longer shorter | shorter<longer"},
    {"the same twice is asked once", "", "alpha and alpha",
     "alpha | alpha<alpha"},
    {"several, by priority, then name", "", "beta alpha delta",
     "delta alpha beta"},
    {"three are enough", "", "gamma beta alpha delta",
     "delta alpha gamma | beta"},
    {"a greeting alone", "", "ping", "lone"},
    {"a greeting before a question", "", "ping alpha", "alpha | lone<alpha"},
    {"two greetings: one is enough", "", "ping pong pong", "lone | only<lone"},
    {"a guess, when nothing is asked", "", "a quux", "guess"},
    {"nothing is guessed where something is asked", "", "a quux of alpha",
     "alpha"},
    {"but not to a greeting", "", "ping quux", "guess | lone<guess"},
    {"said clearly it is no guess", "", "gues alpha", "guess alpha"},
    {"a follow-up needs what it follows", "", "and when", ""},
    {"and has it here", "repotting", "and when", "repotting_when"},
    {"a condition on the tier", "", "dark", ""},
};

static void try_choices(const char *first, const char *second)
{
    struct choosing choosing;
    open_choosing(&choosing, first, second);
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const struct choice *c = &choices[i];
        char got[200];
        choose(&choosing, c->after, c->text, got, sizeof got);
        if (strcmp(got, c->wanted) != 0) {
            fail_msg("%s: '%s'\n   got %s\nwanted %s", c->what, c->text, got,
                     c->wanted);
        }
    }
    close_choosing(&choosing);
}

static void topics_are_chosen(void **state)
{
    (void)state;
    try_choices("intents/a.yaml", "intents/z.yaml");
}

static void whatever_the_order_of_files(void **state)
{
    (void)state;
    try_choices("intents/z.yaml", "intents/a.yaml");
    try_choices("intents/topics/a.yaml", "intents/findings/z.yaml");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_are_chosen),
        cmocka_unit_test(whatever_the_order_of_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
