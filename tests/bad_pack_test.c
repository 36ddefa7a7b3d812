/* bad_pack_test.c - whatever an author can get wrong, and what is told.
 * In: tests/bad/NAME.yaml, put into the minimal pack as intents/NAME.yaml, or
 * in the place of the file that its first line names ("# instead of PATH").
 * Out: the problems must be those of tests/bad/NAME.want, line by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pack_folder.h"

#define BAD_FOLDER "tests/bad"

/* More than there will ever be; their names are shorter than this. */
enum { CASES_MAX = 1000, NAME_SIZE = 64 };

static char *pack_folder; /* a copy of the minimal pack */

static int copy_pack(void **state)
{
    (void)state;
    pack_folder = temporary_folder();
    copy_folder(MINIMAL_PACK, pack_folder);
    return 0;
}

static int remove_pack(void **state)
{
    (void)state;
    remove_folder(pack_folder);
    free(pack_folder);
    return 0;
}

static char *read_case(const char *name, const char *ending, size_t *length)
{
    char file[sizeof BAD_FOLDER + NAME_SIZE + 16];
    (void)snprintf(file, sizeof file, BAD_FOLDER "/%s.%s", name, ending);
    if (access(file, R_OK) != 0) fail_msg("there is no %s", file);
    return read_whole_file(file, length);
}

/* Where the case stands in the pack; *instead: in the place of another. */
static char *place_of(const char *name, const char *bytes, bool *instead)
{
    static const char mark[] = "# instead of ";
    char file[256];
    *instead = strncmp(bytes, mark, strlen(mark)) == 0;
    if (*instead) {
        const char *start = bytes + strlen(mark);
        (void)snprintf(file, sizeof file, "%.*s", (int)strcspn(start, "\r\n"),
                       start);
    } else {
        (void)snprintf(file, sizeof file, "intents/%s.yaml", name);
    }
    return path_of(pack_folder, file);
}

static void restore(const char *path, bool instead)
{
    size_t length;
    if (remove(path) != 0) fail_msg("cannot remove %s", path);
    if (!instead) return;
    char *original = path_of(MINIMAL_PACK, path + strlen(pack_folder) + 1);
    char *bytes = read_whole_file(original, &length);
    write_whole_file(path, bytes, length);
    free(bytes);
    free(original);
}

static void tells(void **state)
{
    const char *name = *state;
    size_t length, want_length;
    bool instead;
    char *bytes = read_case(name, "yaml", &length);
    char *want = read_case(name, "want", &want_length);
    char *path = place_of(name, bytes, &instead);
    write_whole_file(path, bytes, length);
    struct outcome got = read_pack(pack_folder, NULL, NULL, NULL);
    restore(path, instead);

    if (got.status == TALK_OK) fail_msg("%s: the pack was read", name);
    if (strcmp(got.lines, want) != 0) {
        fail_msg("%s\ngot:\n%swanted:\n%s", name, got.lines, want);
    }
    assert_int_equal(got.status, got.first.status);
    outcome_clear(&got);
    free(path);
    free(want);
    free(bytes);
}

static int compare(const void *left, const void *right)
{
    return strcmp(left, right);
}

int main(void)
{
    static char names[CASES_MAX][NAME_SIZE];
    static struct CMUnitTest tests[CASES_MAX];
    size_t count = 0;
    DIR *listing = opendir(BAD_FOLDER);
    const struct dirent *entry;
    while (listing && count < CASES_MAX && (entry = readdir(listing))) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".yaml") != 0) continue;
        (void)snprintf(names[count++], NAME_SIZE, "%.*s",
                       (int)(dot - entry->d_name), entry->d_name);
    }
    if (!listing || count == 0) {
        (void)fprintf(stderr, "no cases in " BAD_FOLDER "\n");
        return 1;
    }
    (void)closedir(listing);
    qsort(names, count, sizeof *names, compare);
    for (size_t i = 0; i < count; i++) {
        tests[i] = (struct CMUnitTest){names[i], tells, NULL, NULL, names[i]};
    }
    return _cmocka_run_group_tests("bad_pack", tests, count, copy_pack,
                                   remove_pack) != 0;
}
