/* check_starving_test.c - the check of a pack when memory ends: the 1st, 2nd,
 * 3rd … allocation is refused, alone or with all that follow, until none is.
 * Nothing may leak, and what was refused is told or got over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "disk.h"
#include "graph.h"
#include "page.h"
#include "starving.h"

#define KETTLES "tests/packs/checked"

struct place_to_check {
    char *folder;
    struct starving starving;
    talk_bot *bot;
};

/* With problems of several kinds. */
static const char *const cases[] = {"patterns", "rivals", "slips", "changes"};

static int open_pack(void **state)
{
    struct place_to_check *place = calloc(1, sizeof *place);
    assert_non_null(place);
    place->folder = temporary_folder();
    copy_folder(KETTLES, place->folder);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char from[64], to[64];
        (void)snprintf(from, sizeof from, "tests/checks/%s.yaml", cases[i]);
        (void)snprintf(to, sizeof to, "intents/%s.yaml", cases[i]);
        size_t length;
        char *bytes = read_whole_file(from, &length);
        char *path = path_of(place->folder, to);
        write_whole_file(path, bytes, length);
        free(path);
        free(bytes);
    }
    talk_options options;
    talk_error err;
    talk_options_init(&options, sizeof options);
    options.alternatives = true;
    options.examples = true;
    options.alloc_fn = starving_alloc;
    options.alloc_payload = &place->starving;
    place->starving.fail_at = NEVER;
    if (talk_bot_load(place->folder, &options, &place->bot, &err) != TALK_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
    *state = place;
    return 0;
}

static int close_pack(void **state)
{
    struct place_to_check *place = *state;
    place->starving.fail_at = NEVER;
    talk_bot_free(place->bot);
    assert_int_equal(place->starving.blocks, 0);
    remove_folder(place->folder);
    free(place->folder);
    free(place);
    return 0;
}

static bool ignore(void *payload, const char *text, size_t length)
{
    *(size_t *)payload += length + (text == NULL);
    return true;
}

/* Returns how often it was refused. */
static size_t check_starving(struct place_to_check *place, size_t nth,
                             bool for_good)
{
    struct starving *starving = &place->starving;
    struct check_options options = {.folder = place->folder};
    struct check_report report;
    talk_error err = {0};
    size_t blocks = starving->blocks, bytes = starving->bytes, length = 0;
    starving->fail_at = starving->asked + nth;
    starving->for_good = for_good;
    starving->refused = 0;
    talk_status status = talk__check(place->bot, &options, &report, &err);
    size_t refused = starving->refused;
    starving->fail_at = NEVER;
    if (status == TALK_OK) {
        assert_true(refused == 0 || !for_good);
        assert_true(report.problem_count > 10);
        assert_int_equal(
            talk__page_write(place->bot, &report, NULL, ignore, &length, &err),
            TALK_OK);
        assert_int_equal(talk__graph_write(place->bot, ignore, &length, &err),
                         TALK_OK);
        assert_true(length > 10000);
    } else {
        assert_true(refused > 0);
        assert_int_equal(status, TALK_NOMEM);
        assert_int_equal(err.status, TALK_NOMEM);
    }
    talk__check_clear(&report);
    assert_int_equal(starving->blocks, blocks);
    assert_int_equal(starving->bytes, bytes);
    return refused;
}

static void a_pack_is_checked(void **state)
{
    for (size_t n = 0; check_starving(*state, n, true) > 0; n++) continue;
    for (size_t n = 0; check_starving(*state, n, false) > 0; n++) continue;
}

/* ---- Who reads the page or the graph leaves ---- */

static bool read_some(void *payload, const char *text, size_t length)
{
    size_t *left = payload;
    if (!text || *left < length) return false;
    *left -= length;
    return true;
}

static void what_is_not_written_is_told(void **state)
{
    struct place_to_check *place = *state;
    struct check_options options = {.folder = place->folder};
    struct check_report report;
    talk_error err = {0};
    assert_int_equal(talk__check(place->bot, &options, &report, &err),
                     TALK_OK);
    for (size_t room = 0; room < 20000; room += 997) {
        size_t left = room;
        assert_int_equal(talk__page_write(place->bot, &report, NULL, read_some,
                                          &left, &err),
                         TALK_IO);
        left = room / 8;
        assert_int_equal(talk__graph_write(place->bot, read_some, &left, NULL),
                         TALK_IO);
    }
    talk__check_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pack_is_checked, open_pack,
                                        close_pack),
        cmocka_unit_test_setup_teardown(what_is_not_written_is_told, open_pack,
                                        close_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
