/* quicken_test.c - what many turns call for becomes machine code; that must be
 * no matter to what is said, even where PCRE2's limits are hit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backtalk.h"
#include "host.h"
#include "regex.h"

/* ---- One regex ---- */

enum { LIMIT_MAX = 200 };

/* What was seen over all limits. */
struct seen {
    size_t interpreter_only; /* came to an end */
    size_t machine_only;
    size_t neither, both;
};

static struct regex *regex_of(const struct memory *memory, const char *pattern)
{
    struct regex *regex;
    struct regex_fault fault;
    talk_status status = talk__regex_new(memory, pattern, strlen(pattern),
                                         REGEX_ANCHORED, &regex, &fault);
    if (status != TALK_OK) fail_msg("%s: %s", pattern, fault.message);
    return regex;
}

static enum regex_result find(struct regex_space *space,
                              const struct regex *regex, const char *text,
                              size_t *end)
{
    const struct subject subject = {text, strlen(text), false};
    size_t start;
    *end = 0;
    return talk__regex_find(space, regex, &subject, 0, &start, end);
}

static void try_limit(const struct memory *memory, const char *pattern,
                      const char *text, uint32_t limit, struct seen *seen)
{
    struct regex_limits limits = {limit, false};
    struct regex_fault fault;
    struct regex_space *space;
    struct regex *slow = regex_of(memory, pattern), *machine;
    struct regex *quick = regex_of(memory, pattern);
    size_t ends[2];
    bool made;
    assert_int_equal(talk__regex_space_new(memory, &limits, &space), TALK_OK);
    assert_int_equal(talk__regex_new(memory, pattern, strlen(pattern),
                                     REGEX_ANCHORED | REGEX_JIT, &machine,
                                     &fault),
                     TALK_OK);
    assert_int_equal(talk__regex_quicken(quick, &made), TALK_OK);
    if (!made) skip(); /* no machine code here */
    assert_int_equal(talk__regex_quicken(quick, &made), TALK_OK);
    assert_false(made);
    bool interpreted = find(space, slow, text, &ends[0]) != REGEX_GAVE_UP;
    bool ran = find(space, machine, text, &ends[1]) != REGEX_GAVE_UP;
    seen->both += interpreted && ran;
    seen->neither += !interpreted && !ran;
    seen->interpreter_only += interpreted && !ran;
    seen->machine_only += !interpreted && ran;
    /* As a worker does it: insists where the regex gave up. */
    enum regex_result first = find(space, slow, text, &ends[0]);
    if (first == REGEX_GAVE_UP) {
        assert_int_equal(talk__regex_quicken(slow, &made), TALK_OK);
        assert_true(made);
        first = find(space, slow, text, &ends[0]);
    }
    assert_int_equal(first, find(space, quick, text, &ends[1]));
    assert_int_equal(first == REGEX_GAVE_UP, !interpreted && !ran);
    assert_int_equal(ends[0], ends[1]);
    talk__regex_space_free(memory, space);
    talk__regex_free(memory, slow);
    talk__regex_free(memory, quick);
    talk__regex_free(memory, machine);
}

static void limits_are_hit_alike(void **state)
{
    static const struct {
        const char *pattern, *text;
    } cases[] = {
        {"a( [\\w']+){0,9} b( [\\w']+){0,9} c",
         "a x b x b x b x b x b x b x b x b x d"},
        {"(a|b|c|d|e|f|g|h|ab|cd|ef|gh)+ x", "abcdefghabcdefghabcdefgh y"},
        {"(a?b?c?d?){6} e", "abcdabcdabcdabcdabcd f"},
        {"(a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q){20}", "qqqqqqqqqqqqqqqqqqqqq"},
        {"((((((((((a)))))))))){12} b", "aaaaaaaaaaaa c"},
    };
    const struct memory memory = talk__memory_from(NULL);
    struct seen seen = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (uint32_t limit = 1; limit <= LIMIT_MAX; limit++) {
            try_limit(&memory, cases[i].pattern, cases[i].text, limit, &seen);
        }
    }
    (void)printf("limits: %zu for neither, %zu for both, %zu for machine code "
                 "only, %zu for the interpreter only\n",
                 seen.neither, seen.both, seen.machine_only,
                 seen.interpreter_only);
    assert_true(seen.neither > 0 && seen.both > 0);
    assert_true(seen.machine_only > 0 && seen.interpreter_only > 0);
}

/* ---- Workers ---- */

enum { TURNS_MANY = 12, LINES_MAX = 200 };

struct stage {
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
};

static void must(talk_status status, const talk_error *err)
{
    if (status != TALK_OK) fail_msg("%s", err->message);
}

/* What a turn comes to, and why. The caller frees it. */
static char *say(const struct stage *stage, talk_worker *worker,
                 const char *text)
{
    const talk_turn *turn;
    talk_error err;
    talk_session_reset(stage->session);
    must(talk_say(worker, stage->session, text, strlen(text), &turn, &err),
         &err);
    return turn_why(turn);
}

static void workers_agree(const struct stage *stage, const char *text)
{
    talk_worker *fresh;
    talk_error err;
    must(talk_worker_new(stage->bot, &fresh, &err), &err);
    char *wanted = say(stage, fresh, text);
    for (int i = 0; i < TURNS_MANY; i++) {
        char *got = say(stage, stage->worker, text);
        assert_string_equal(got, wanted);
        free(got);
    }
    free(wanted);
    talk_worker_free(fresh);
}

static void agree_on_all(uint32_t match_limit, char *const *lines,
                         size_t count)
{
    struct stage stage;
    talk_options options;
    talk_error err;
    talk_options_init(&options, sizeof options);
    options.match_limit = match_limit;
    must(talk_bot_load(".", &options, &stage.bot, &err), &err);
    must(talk_worker_new(stage.bot, &stage.worker, &err), &err);
    must(talk_session_new(stage.bot, &stage.session, &err), &err);
    for (size_t i = 0; i < count; i++) workers_agree(&stage, lines[i]);
    talk_session_free(stage.session);
    talk_worker_free(stage.worker);
    talk_bot_free(stage.bot);
}

/* One that has heard all of it many times, and new ones. */
static void old_and_new_workers_agree(void **state)
{
    static const uint32_t limits[] = {2000, 60, 20, 6};
    size_t length, count = 0;
    char *bytes = read_whole_file("tests/bench_messages.txt", &length);
    char *lines[LINES_MAX];
    (void)state;
    for (char *line = strtok(bytes, "\n"); line && count < LINES_MAX;
         line = strtok(NULL, "\n")) {
        lines[count++] = line;
    }
    assert_true(count > 50);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        agree_on_all(limits[i], lines, count);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_hit_alike),
        cmocka_unit_test(old_and_new_workers_agree),
    };
    return cmocka_run_group_tests_name("quicken", tests, NULL, NULL) != 0;
}
