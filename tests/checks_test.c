/* checks_test.c - every rule of `backtalk check`: a pack that trips it, and
 * what is told; and one that comes near and does not.
 * In: tests/checks/NAME.yaml, put into the pack of kettles as
 * intents/NAME.yaml, or in the place of the file that its first line names
 * ("# instead of PATH").  Out: the problems must be those of
 * tests/checks/NAME.want, line by line; those of the pack itself: none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "disk.h"

#define CASES_FOLDER "tests/checks"
#define KETTLES      "tests/packs/checked"

/* More than there will ever be; their names are shorter than this. */
enum { CASES_MAX = 200, NAME_SIZE = 64, PATH_SIZE = 256 };

/* The problems, one a line; the caller frees it. */
static char *lines_of(const struct check_report *report)
{
    char *lines = NULL;
    size_t length;
    FILE *out = open_memstream(&lines, &length);
    assert_non_null(out);
    for (size_t i = 0; i < report->problem_count; i++) {
        const struct check_problem *problem = &report->problems[i];
        const struct place *place = &problem->place;
        (void)fprintf(out, "%s:%u:%u: %s: %s [%s]\n",
                      place->source ? place->source : "PACK", place->line,
                      place->column,
                      problem->excused                      ? "excused"
                      : problem->rule->level == CHECK_ERROR ? "error"
                                                            : "warning",
                      problem->what, problem->rule->name);
    }
    assert_int_equal(fclose(out), 0);
    return lines;
}

static char *check_folder(const char *folder)
{
    struct check_options options = {.folder = folder};
    struct check_report report;
    talk_options pack_options;
    talk_bot *bot;
    talk_error err;
    talk_options_init(&pack_options, sizeof pack_options);
    pack_options.alternatives = true;
    pack_options.examples = true;
    if (talk_bot_load(folder, &pack_options, &bot, &err) != TALK_OK) {
        fail_msg("%s:%u:%u: %s", err.source, err.line, err.column,
                 err.message);
    }
    assert_int_equal(talk__check(bot, &options, &report, &err), TALK_OK);
    char *lines = lines_of(&report);
    talk__check_clear(&report);
    talk_bot_free(bot);
    return lines;
}

static char *read_case(const char *name, const char *ending, size_t *length)
{
    char file[PATH_SIZE];
    (void)snprintf(file, sizeof file, CASES_FOLDER "/%s.%s", name, ending);
    return read_whole_file(file, length);
}

/* Where the case stands in a pack. */
static char *place_of(const char *folder, const char *name, const char *bytes)
{
    static const char mark[] = "# instead of ";
    char file[PATH_SIZE];
    if (strncmp(bytes, mark, strlen(mark)) == 0) {
        const char *start = bytes + strlen(mark);
        (void)snprintf(file, sizeof file, "%.*s", (int)strcspn(start, "\r\n"),
                       start);
    } else {
        (void)snprintf(file, sizeof file, "intents/%s.yaml", name);
    }
    return path_of(folder, file);
}

static void tells(void **state)
{
    const char *name = *state;
    size_t length, want_length;
    char *bytes = read_case(name, "yaml", &length);
    char *want = read_case(name, "want", &want_length);
    char *folder = temporary_folder();
    copy_folder(KETTLES, folder);
    char *path = place_of(folder, name, bytes);
    write_whole_file(path, bytes, length);
    char *got = check_folder(folder);
    if (strcmp(got, want) != 0) {
        fail_msg("%s\ngot:\n%swanted:\n%s", name, got, want);
    }
    remove_folder(folder);
    free(got);
    free(path);
    free(folder);
    free(want);
    free(bytes);
}

static void the_pack_itself_has_no_problem(void **state)
{
    (void)state;
    char *got = check_folder(KETTLES);
    assert_string_equal(got, "");
    free(got);
}

/* Each rule stands in brackets in some .want. */
static bool is_told(const char *rule, char names[][NAME_SIZE], size_t count)
{
    char mark[NAME_SIZE + 8];
    (void)snprintf(mark, sizeof mark, "[%s]\n", rule);
    for (size_t i = 0; i < count; i++) {
        size_t length;
        char *want = read_case(names[i], "want", &length);
        bool found = strstr(want, mark) != NULL;
        free(want);
        if (found) return true;
    }
    return false;
}

static char case_names[CASES_MAX][NAME_SIZE];
static size_t case_count;

static void every_rule_has_a_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < talk__check_rule_count(); i++) {
        const char *rule = talk__check_rule(i)->name;
        if (!is_told(rule, case_names, case_count)) {
            fail_msg("no case in " CASES_FOLDER " trips '%s'", rule);
        }
    }
}

static int compare(const void *left, const void *right)
{
    return strcmp(left, right);
}

int main(void)
{
    static struct CMUnitTest tests[CASES_MAX + 2];
    DIR *listing = opendir(CASES_FOLDER);
    const struct dirent *entry;
    size_t count = 0;
    while (listing && case_count < CASES_MAX && (entry = readdir(listing))) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".yaml") != 0) continue;
        (void)snprintf(case_names[case_count++], NAME_SIZE, "%.*s",
                       (int)(dot - entry->d_name), entry->d_name);
    }
    if (listing) (void)closedir(listing);
    qsort(case_names, case_count, NAME_SIZE, compare);
    tests[count++] =
        (struct CMUnitTest)cmocka_unit_test(the_pack_itself_has_no_problem);
    tests[count++] =
        (struct CMUnitTest)cmocka_unit_test(every_rule_has_a_case);
    for (size_t i = 0; i < case_count; i++) {
        tests[count++] = (struct CMUnitTest){case_names[i], tells, NULL, NULL,
                                             case_names[i]};
    }
    return _cmocka_run_group_tests("checks", tests, count, NULL, NULL) != 0;
}
