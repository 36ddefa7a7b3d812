/* aside_test.c - examples of findings behind a line '---': read on request,
 * never taken for rules, and no matter to how messages are understood. What
 * may not stand there is in tests/bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "pack_folder.h"

static const struct pack_limits without = {.file_max = 1 << 20,
                                           .pack_max = 1 << 26};
static const struct pack_limits with = {
    .file_max = 1 << 20, .pack_max = 1 << 26, .examples = true};

/* Reads the minimal pack with one more file, of these bytes. */
static struct outcome read_with(const char *bytes,
                                const struct pack_limits *limits,
                                struct pack **pack)
{
    char *folder = temporary_folder();
    char *file = path_of(folder, "intents/zz.yaml");
    copy_folder(MINIMAL_PACK, folder);
    write_whole_file(file, bytes, strlen(bytes));
    struct outcome outcome = read_pack(folder, NULL, limits, pack);
    remove_folder(folder);
    free(file);
    free(folder);
    return outcome;
}

static struct pack *read_fine(const char *bytes,
                              const struct pack_limits *limits)
{
    struct pack *pack;
    struct outcome outcome = read_with(bytes, limits, &pack);
    if (!pack) fail_msg("%s", outcome.lines);
    outcome_clear(&outcome);
    return pack;
}

/* The last examples of the pack: those of the one more file. */
static const struct example *last_of(const struct pack *pack, size_t count)
{
    assert_true(pack->example_count >= count);
    return pack->examples + pack->example_count - count;
}

static const char apart[] = "spellings: {fronds: leaves}\n"
                            "--- # read by tools\n"
                            "# A comment.\n"
                            "\n"
                            "examples:\n"
                            "  yellow_leaves:\n"
                            "    present: [all gone yellow now]\n"
                            "    absent: ['nothing yellow on it']\n"
                            "    not: [yellow pages]\n";

static void they_are_read_on_request(void **state)
{
    (void)state;
    struct pack *few = read_fine(apart, &without);
    struct pack *all = read_fine(apart, &with);
    assert_int_equal(all->example_count, few->example_count + 3);
    const struct example *last = last_of(all, 3);
    assert_string_equal(last[0].text, "all gone yellow now");
    assert_string_equal(last[0].place.source, "intents/zz.yaml");
    assert_int_equal(last[0].place.line, 7);
    assert_int_equal(last[0].place.column, 15);
    assert_int_equal(last[1].polarity, POLARITY_ABSENT);
    assert_true(last[2].counter);
    for (int i = 0; i < 3; i++) {
        assert_true(last[i].of_finding);
        assert_string_equal(all->findings[last[i].owner].name,
                            "yellow_leaves");
    }
    /* The rules of the file count in both. */
    assert_int_equal(few->replacement_count, all->replacement_count);
    talk__pack_free(few);
    talk__pack_free(all);
}

/* Whatever the ends of lines are, and where the rules begin. */
static void rules_are_found_before_them(void **state)
{
    static const char *const files[] = {
        "# Rules.\n---\nspellings: {fronds: leaves}\n---\nexamples:\n"
        "  yellow_leaves: {present: [all gone yellow now]}\n",
        "\xEF\xBB\xBF---\r\nspellings: {fronds: "
        "leaves}\r\n---\r\nexamples:\r\n"
        "  yellow_leaves: {present: [all gone yellow now]}\r\n",
        "spellings: {fronds: leaves} # --- none\n---\t\nexamples:\n"
        "  yellow_leaves:\n    present:\n      - all gone yellow now",
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct pack *few = read_fine(files[i], &without);
        struct pack *all = read_fine(files[i], &with);
        assert_int_equal(all->example_count, few->example_count + 1);
        assert_string_equal(last_of(all, 1)->text, "all gone yellow now");
        talk__pack_free(few);
        talk__pack_free(all);
    }
}

/* Where the rules are, examples are read in any case. */
static void among_rules_they_always_count(void **state)
{
    (void)state;
    struct pack *pack = read_fine("examples:\n  yellow_leaves:\n"
                                  "    present: [all gone yellow now]\n",
                                  &without);
    assert_string_equal(last_of(pack, 1)->text, "all gone yellow now");
    talk__pack_free(pack);
}

/* A mistake in an example troubles nobody but those who read it. */
static void mistakes_in_them_are_for_tools(void **state)
{
    static const char broken[] = "spellings: {fronds: leaves}\n---\n"
                                 "examples:\n  yelow_leaves: {present: ['x}\n";
    struct pack *pack;
    (void)state;
    talk__pack_free(read_fine(broken, &without));
    struct outcome outcome = read_with(broken, &with, &pack);
    assert_null(pack);
    assert_non_null(strstr(outcome.lines, "intents/zz.yaml:4:28: the quote"));
    outcome_clear(&outcome);
}

/* But rules there would be missed by nobody until it is too late. */
static void rules_among_them_are_told(void **state)
{
    struct pack *pack;
    (void)state;
    struct outcome outcome =
        read_with("spellings: {fronds: leaves}\n---\nexamples: {}\n"
                  "findings:\n  rot: {tier: urgent}\n",
                  &without, &pack);
    assert_null(pack);
    assert_non_null(strstr(outcome.lines, "intents/zz.yaml:4:1: 'findings:'"));
    outcome_clear(&outcome);
}

/* What tools see is what people talk to. */
static void the_index_does_not_know_of_them(void **state)
{
    struct pack *few, *all;
    (void)state;
    struct outcome one = read_pack(".", NULL, &without, &few);
    struct outcome other = read_pack(".", NULL, &with, &all);
    assert_non_null(few);
    assert_non_null(all);
    assert_true(few->example_count > 0);
    assert_true(all->example_count > 2 * few->example_count);
    assert_int_equal(few->pattern_count, all->pattern_count);
    assert_int_equal(few->index->key_count, all->index->key_count);
    for (uint32_t i = 0; i < few->pattern_count; i++) {
        assert_int_equal(few->patterns[i].leading, all->patterns[i].leading);
        assert_int_equal(few->patterns[i].jit, all->patterns[i].jit);
    }
    outcome_clear(&one);
    outcome_clear(&other);
    talk__pack_free(few);
    talk__pack_free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_read_on_request),
        cmocka_unit_test(rules_are_found_before_them),
        cmocka_unit_test(among_rules_they_always_count),
        cmocka_unit_test(mistakes_in_them_are_for_tools),
        cmocka_unit_test(rules_among_them_are_told),
        cmocka_unit_test(the_index_does_not_know_of_them),
    };
    return cmocka_run_group_tests_name("aside", tests, NULL, NULL) != 0;
}
