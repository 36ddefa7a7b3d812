/* alternatives_test.c - which alternatives of a pattern a match went through,
 * as talk_turn_explain tells it when the option alternatives is set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "starving.h"

/* ---- A pack with one more pattern ---- */

enum { PACK_FILE_MAX = 2048 };

static char *pack_with(const char *pattern)
{
    char file[PACK_FILE_MAX];
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, "intents/topics/more.yaml");
    int size = snprintf(file, sizeof file,
                        "macros: {tool: [spade, rake]}\n"
                        "topics: {more: {answer: light, priority: 9, "
                        "patterns: ['%s']}}\n",
                        pattern);
    write_whole_file(path, file, (size_t)size);
    free(path);
    return folder;
}

static void open_pack(struct host *host, const char *folder)
{
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alternatives = true;
    host_open(host, folder, &options);
}

/* ---- Which it was ---- */

static bool is_more(const talk_rule *rule)
{
    return rule->kind == TALK_RULE_ALTERNATIVE &&
           strcmp(rule->name, "more") == 0;
}

/* The alternatives of the topic `more`, with | between, and a * behind those
 * of `taken`. */
static void list(const struct host *host, const bool *taken, char *out,
                 size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < talk_bot_rule_count(host->bot); i++) {
        talk_rule rule = talk_bot_rule(host->bot, i);
        if (!is_more(&rule)) continue;
        int more = snprintf(out + length, size - length, "%s%s%s",
                            length ? " | " : "", rule.text,
                            taken[rule.number] ? "*" : "");
        length += (size_t)more;
        assert_true(length < size);
    }
}

/* "alternatives": [1, 3] of the turn's topic pattern, read by hand. */
static void read_taken(const char *why, bool *taken)
{
    const char *at = strstr(why, "\"patterns\"");
    assert_non_null(at);
    at = strstr(at, "\"kind\":\"topic\"");
    if (!at) return;
    at = strchr(strstr(at, "\"alternatives\""), '[') + 1;
    while (*at != ']') {
        char *end;
        taken[strtoul(at, &end, 10)] = true;
        at = *end == ',' ? end + 1 : end;
    }
}

enum { TAKEN_MAX = 32, LIST_MAX = 512 };

static const struct row {
    const char *what, *pattern, *message, *wanted;
} rows[] = {
    {"none", "dig it", "dig it", ""},
    {"of the whole pattern", "dig it|rake it|hoe", "rake it",
     "dig it | rake it* | hoe"},
    {"of a group", "dig (?:it|him) up", "dig him up", "it | him*"},
    {"one inside the other", "(?:dig (?:it|him)|hoe)", "dig him",
     "dig (?:it|him)* | it | him* | hoe"},
    {"what was tried in vain is not told", "(?:dig it now|dig it)", "dig it",
     "dig it now | dig it*"},
    {"of a repeat, all rounds", "dig(?: (?:it|him|her)){1,3}", "dig it her",
     "it* | him | her*"},
    {"one that is empty", "dig(?: it|)", "dig", " it | *"},
    {"not of a macro", "dig {tool}|hoe {tool}", "hoe rake",
     "dig {tool} | hoe {tool}*"},
    {"not inside what must not follow", "dig(?! (?:it|him)) (?:her|us)",
     "dig us", "her | us*"},
    {"inside what must follow", "dig(?= (?:it|him)) \\w+", "dig him",
     "it | him*"},
    {"not of a class", "dig [a|b](?:x|y)", "dig ay", "x | y*"},
    {"a bar that is one", "dig(?:,|:|\\|) (?:it|him)", "dig, it",
     ",* | : | \\| | it* | him"},
    {"behind a reset", "(?:dig|hoe) \\K(?:it|him)", "hoe him",
     "dig | hoe* | it | him*"},
    {"of named groups and with options", "(?<who>dig|hoe) (?s:it|him)",
     "hoe it", "dig | hoe* | it* | him"},
    {"behind a comment", "dig (?#a|b)(?:it|him)", "dig it", "it* | him"},
    {"nothing of what shares numbers", "dig (?|it|him)", "dig it", ""},
    {"nothing where there are conditions", "(?:dig|hoe) (?(?=it)it|him)",
     "dig it", ""},
    {"beyond ASCII", "d\xc3\xadg (?:it|him)", "d\xc3\xadg him", "it | him*"},
};

static void alternatives_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct host host;
        char got[LIST_MAX];
        bool taken[TAKEN_MAX] = {false};
        char *folder = pack_with(rows[i].pattern);
        open_pack(&host, folder);
        const talk_turn *turn = host_say(&host, rows[i].message);
        assert_string_equal(talk_turn_topic(turn), "more");
        char *why = turn_why(turn);
        read_taken(why, taken);
        list(&host, taken, got, sizeof got);
        if (strcmp(got, rows[i].wanted) != 0) {
            fail_msg("%s: '%s' and '%s': got '%s', wanted '%s'", rows[i].what,
                     rows[i].pattern, rows[i].message, got, rows[i].wanted);
        }
        free(why);
        host_close(&host);
        remove_folder(folder);
        free(folder);
    }
}

static void nothing_is_told_unless_asked_for(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < talk_bot_rule_count(host->bot); i++) {
        if (talk_bot_rule(host->bot, i).kind == TALK_RULE_ALTERNATIVE) {
            fail_msg("rule %zu is an alternative", i);
        }
    }
    char *why = turn_why(host_say(host, "how much water does it need?"));
    assert_null(strstr(why, "\"patterns\""));
    free(why);
}

/* What a message used: kinds of patterns in the order of explain. */
static const struct used {
    const char *before, *message, *kinds;
} used[] = {
    {NULL, "my fern has no mould", "cue finding"},
    {NULL, "what is the weather like", ""},
    {"how do i repot my cactus", "no", "answer"},
};

static void a_turn_names_the_patterns_it_rests_on(void **state)
{
    struct host host;
    (void)state;
    open_pack(&host, MINIMAL_PACK);
    for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
        char got[LIST_MAX] = "";
        talk_session_reset(host.session);
        if (used[i].before) (void)host_say(&host, used[i].before);
        char *why = turn_why(host_say(&host, used[i].message));
        for (const char *at = strstr(why, "\"kind\":\""); at;
             at = strstr(at, "\"kind\":\"")) {
            at += strlen("\"kind\":\"");
            size_t length = strlen(got);
            (void)snprintf(got + length, sizeof got - length, "%s%.*s",
                           length ? " " : "", (int)strcspn(at, "\""), at);
        }
        if (strcmp(got, used[i].kinds) != 0) {
            fail_msg("'%s': got '%s', wanted '%s'", used[i].message, got,
                     used[i].kinds);
        }
        free(why);
    }
    host_close(&host);
}

/* With the n-th allocation failing, until all goes well. */
static talk_status say_starving(const char *folder, struct starving *starving)
{
    static const char message[] = "dig him up";
    talk_options options;
    talk_bot *bot;
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    const talk_turn *turn;
    talk_options_init(&options, sizeof options);
    options.alternatives = true;
    options.alloc_fn = starving_alloc;
    options.alloc_payload = starving;
    talk_status status = talk_bot_load(folder, &options, &bot, NULL);
    if (status == TALK_OK) status = talk_worker_new(bot, &worker, NULL);
    if (status == TALK_OK) status = talk_session_new(bot, &session, NULL);
    if (status == TALK_OK) {
        status = talk_say(worker, session, message, sizeof message - 1, &turn,
                          NULL);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    talk_bot_free(bot);
    return status;
}

static void running_out_of_memory_is_told(void **state)
{
    char *folder = pack_with("dig (?:it|him) up");
    struct starving starving = {.fail_at = 0};
    (void)state;
    for (size_t n = 0;; n++) {
        starving = (struct starving){.fail_at = n};
        talk_status status = say_starving(folder, &starving);
        assert_int_equal(starving.blocks, 0);
        if (status == TALK_OK && starving.refused == 0) break;
        if (status != TALK_OK) assert_int_equal(status, TALK_NOMEM);
    }
    assert_true(starving.asked > 50);
    remove_folder(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alternatives_are_told_apart),
        WITH_HOST(nothing_is_told_unless_asked_for),
        cmocka_unit_test(a_turn_names_the_patterns_it_rests_on),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests_name("alternatives", tests, NULL, NULL) != 0;
}
