/* pack_limits_test.c - packs that are too much, and too little memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"
#include "starving.h"

/* ---- Floods ---- */

/* Reads the minimal pack with one more file. */
static struct outcome read_with(const char *text, size_t length)
{
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, "intents/more.yaml");
    write_whole_file(path, text, length);
    struct outcome outcome = read_pack(folder, NULL, NULL, NULL);
    remove_folder(folder);
    free(path);
    free(folder);
    return outcome;
}

/* `head`, then `part` again and again, with its number where it says %zu. */
static char *repeated(const char *head, const char *part, size_t count,
                      size_t *length)
{
    size_t room = strlen(head) + count * (strlen(part) + 20) + 1;
    char *text = malloc(room);
    if (!text) abort();
    *length = (size_t)snprintf(text, room, "%s", head);
    const char *number = strstr(part, "%zu");
    for (size_t i = 0; i < count; i++) {
        int before = number ? (int)(number - part) : (int)strlen(part);
        *length += (size_t)snprintf(text + *length, room - *length, "%.*s",
                                    before, part);
        if (!number) continue;
        *length += (size_t)snprintf(text + *length, room - *length, "%zu%s", i,
                                    number + 3);
    }
    return text;
}

struct flood_case {
    const char *what, *head, *part;
    size_t count;
    talk_status status;
    size_t told;
    const char *first, *last; /* parts of the first and the last line */
};

static const struct flood_case floods[] = {
    {"a hundred are told", "topics:\n", "  t%zu: {answer: watering, x: y}\n",
     100, TALK_RULE, 100, "more.yaml:2:26: unknown key 'x'",
     "more.yaml:101:27: unknown key"},
    {"the others are counted", "topics:\n",
     "  t%zu: {answer: watering, x: y}\n", 123, TALK_RULE, 101,
     "more.yaml:2:26: unknown key 'x'", ":0:0: and 23 more"},
    {"very many are counted, too", "topics:\n",
     "  t%zu: {answer: watering, x: y}\n", 5000, TALK_RULE, 101,
     "more.yaml:2:26:", ":0:0: and 4900 more"},
    {"a file full of sins is not read on", "topics:\n", "  a: &b {}\n", 500,
     TALK_YAML, 101, "more.yaml:2:6: '&b' is an anchor", "more"},
    {"brackets without end", "", "[", 90000, TALK_YAML, 1,
     "more.yaml:1:33: lists and maps stand too deep", ""},
    {"braces without end", "", "{a: ", 90000, TALK_YAML, 1,
     "more.yaml:1:129: lists and maps stand too deep", ""},
    {"too many nodes", "x: [", "a,", 1000100, TALK_YAML, 1,
     "the pack holds too many texts, lists and maps", ""},
};

static void flood(void **state)
{
    const struct flood_case *c = *state;
    size_t length;
    char *text = repeated(c->head, c->part, c->count, &length);
    struct outcome got = read_with(text, length);
    char *last = got.lines;
    for (size_t i = 1; i < got.told; i++) last = strchr(last, '\n') + 1;
    bool fits = strncmp(last, "", 1) == 0 || strstr(last, c->last);
    if (got.status != c->status || got.told != c->told ||
        !strstr(got.lines, c->first) || !fits) {
        fail_msg("%s: %s, %zu told; first and last:\n%.200s\n%.200s", c->what,
                 talk_status_name(got.status), got.told, got.lines, last);
    }
    free(text);
    outcome_clear(&got);
}

/* m0 uses m1, m1 uses m2 … */
static void macros_may_not_stand_too_deep(void **state)
{
    (void)state;
    char text[4096] =
        "topics:\n  deep: {answer: light, patterns: ['a {m0}']}\n"
        "macros:\n  m40: x\n";
    for (int i = 0; i < 40; i++) {
        size_t at = strlen(text);
        (void)snprintf(text + at, sizeof text - at, "  m%d: '{m%d}'\n", i,
                       i + 1);
    }
    struct outcome got = read_with(text, strlen(text));
    assert_string_equal(got.lines, "intents/more.yaml:36:8: more than 32 "
                                   "macros inside each other\n");
    outcome_clear(&got);
}

/* ---- No memory ---- */

/* Refuses the 1st, 2nd, 3rd … piece of memory until all are granted. */
static void read_starving(const char *folder, talk_status want)
{
    size_t refused = 1;
    for (size_t n = 0; refused; n++) {
        struct starving starving = {.fail_at = n};
        struct memory memory = {starving_alloc, &starving};
        struct pack *pack;
        struct outcome got = read_pack(folder, &memory, NULL, &pack);
        refused = starving.refused;
        if (got.status == TALK_NOMEM) {
            assert_true(refused);
            assert_null(pack);
            assert_int_equal(got.told, 0);
            assert_int_equal(got.first.status, TALK_NOMEM);
        } else {
            assert_int_equal(got.status, want);
        }
        talk__pack_free(pack);
        if (starving.blocks != 0 || starving.bytes != 0) {
            fail_msg("refusal %zu: %zu blocks, %zu bytes leaked", n,
                     starving.blocks, starving.bytes);
        }
        outcome_clear(&got);
    }
}

static void a_good_pack_starves(void **state)
{
    (void)state;
    read_starving(MINIMAL_PACK, TALK_OK);
}

static void a_bad_pack_starves(void **state)
{
    (void)state;
    static const char *const cases[] = {"macro_broken", "order_of_problems",
                                        "yaml_unclosed_list", "macro_cycle",
                                        "word_twice_folded"};
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[64];
        size_t length;
        (void)snprintf(name, sizeof name, "%s.yaml", cases[i]);
        char *from = path_of("tests/bad", name);
        char *to = path_of(folder, "intents/bad.yaml");
        char *bytes = read_whole_file(from, &length);
        write_whole_file(to, bytes, length);
        read_starving(folder,
                      strncmp(name, "yaml", 4) == 0 ? TALK_YAML : TALK_RULE);
        free(bytes);
        free(to);
        free(from);
    }
    remove_folder(folder);
    free(folder);
}

int main(void)
{
    enum { FLOODS = sizeof floods / sizeof *floods, OTHERS = 3 };
    struct CMUnitTest tests[FLOODS + OTHERS] = {
        cmocka_unit_test(macros_may_not_stand_too_deep),
        cmocka_unit_test(a_good_pack_starves),
        cmocka_unit_test(a_bad_pack_starves),
    };
    for (size_t i = 0; i < FLOODS; i++) {
        tests[OTHERS + i] = (struct CMUnitTest){
            floods[i].what, flood, NULL, NULL, (void *)(uintptr_t)&floods[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
