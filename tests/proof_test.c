/* proof_test.c - the proof from within: that classes are what they should be,
 * what happens where memory, states or the report's paper end.
 * In: tests/packs/proof. What it finds is tested by proof_test.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "proof.h"
#include "starving.h"

#define PACK "tests/packs/proof"

static void it_stops_where_there_are_too_many_states(void **state)
{
    (void)state;
    struct host host;
    struct written written = {.pieces_max = 1000};
    proof_result result;
    host_open(&host, PACK, NULL);
    proof_options options = {
        .states = 10, .write = write_down, .payload = &written};
    assert_int_equal(talk__proof_run(host.bot, &options, &result, NULL),
                     TALK_OK);
    assert_false(result.complete);
    assert_int_equal(result.faults, 0);
    assert_non_null(strstr(written.text, "at which nobody has looked"));
    free(written.text);
    host_close(&host);
}

static void more_findings_are_more_states(void **state)
{
    (void)state;
    struct host host;
    proof_result one, two;
    host_open(&host, PACK, NULL);
    proof_options options = {.findings = 1};
    assert_int_equal(talk__proof_run(host.bot, &options, &one, NULL), TALK_OK);
    options.findings = 2;
    assert_int_equal(talk__proof_run(host.bot, &options, &two, NULL), TALK_OK);
    assert_true(one.complete && two.complete);
    assert_true(one.states < two.states);
    assert_true(one.transitions < two.transitions);
    host_close(&host);
}

static void the_same_comes_out_twice(void **state)
{
    (void)state;
    struct host host;
    struct written first = {.pieces_max = 1000}, second = first;
    proof_result result;
    host_open(&host, PACK, NULL);
    proof_options options = {
        .findings = 1, .write = write_down, .payload = &first};
    assert_int_equal(talk__proof_run(host.bot, &options, &result, NULL),
                     TALK_OK);
    options.payload = &second;
    assert_int_equal(talk__proof_run(host.bot, &options, &result, NULL),
                     TALK_OK);
    assert_string_equal(first.text, second.text);
    free(first.text);
    free(second.text);
    host_close(&host);
}

static void the_report_may_end(void **state)
{
    (void)state;
    struct host host;
    host_open(&host, PACK, NULL);
    for (size_t pieces = 0; pieces < 3; pieces++) {
        struct written written = {.pieces_max = pieces};
        proof_options options = {
            .states = 10, .write = write_down, .payload = &written};
        proof_result result;
        talk_error err;
        assert_int_equal(talk__proof_run(host.bot, &options, &result, &err),
                         TALK_IO);
        assert_string_equal(err.message, "the report could not be written");
        free(written.text);
    }
    host_close(&host);
}

static void count_fault(void *payload, const proof_fault *fault)
{
    assert_true(strlen(fault->transcript) > 0);
    ++*(size_t *)payload;
}

/* The minimal pack has no `told`, so that an alarm may just go: words have to
 * be found, too. */
static void memory_may_end(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = NEVER};
    struct host host;
    talk_options with;
    talk_options_init(&with, sizeof with);
    with.alloc_fn = starving_alloc;
    with.alloc_payload = &starving;
    host_open(&host, "tests/packs/minimal", &with);
    size_t told = 0, blocks = starving.blocks;
    proof_options options = {
        .states = 12, .fault_fn = count_fault, .payload = &told};
    talk_status status = TALK_NOMEM;
    for (size_t n = 0; status != TALK_OK; n++) {
        proof_result result;
        talk_error err;
        starving.fail_at = starving.asked + n;
        starving.refused = 0;
        status = talk__proof_run(host.bot, &options, &result, &err);
        assert_true(status == TALK_OK || status == TALK_NOMEM);
        assert_int_equal(starving.blocks, blocks);
        if (status == TALK_OK) assert_int_equal(starving.refused, 0);
    }
    assert_int_equal(told, 1);
    starving.fail_at = NEVER;
    host_close(&host);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stops_where_there_are_too_many_states),
        cmocka_unit_test(more_findings_are_more_states),
        cmocka_unit_test(the_same_comes_out_twice),
        cmocka_unit_test(the_report_may_end),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
