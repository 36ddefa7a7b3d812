/* test_watch.c - backtalk test --watch.
 * In: the pack's folder and the paths.  Out: a run for every change.  Looks
 * at the files' times and sizes every so often: that works on any file system
 * and sees what editors do with temporary files. */
#include "posix.h"

#include "test_watch.h"

#include "exits.h"
#include "pack_open.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum {
    LOOK_MS = 150, /* between two looks */
    FOLDERS_DEEP_MAX = 32,
    PATH_MAX_BYTES = 4096
};

#if defined(__APPLE__)
#define st_mtim st_mtimespec
#endif

/* All that was seen of the files in one number: FNV-1a, 64 bits. */
static uint64_t add_number(uint64_t hash, uint64_t number)
{
    return (hash ^ number) * UINT64_C(1099511628211);
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), cut = strlen(ending);
    return length > cut && strcmp(name + length - cut, ending) == 0;
}

static uint64_t hash_file(const char *path, const struct stat *about)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *path; path++) hash = add_number(hash, (unsigned char)*path);
    hash = add_number(hash, (uint64_t)about->st_size);
    hash = add_number(hash, (uint64_t)about->st_ino);
    hash = add_number(hash, (uint64_t)about->st_mtim.tv_sec);
    return add_number(hash, (uint64_t)about->st_mtim.tv_nsec);
}

/* The order in which a folder lists its names is left to it: sums of hashes
 * do not depend on it. */
static uint64_t look(const char *path, size_t depth)
{
    char below[PATH_MAX_BYTES];
    struct stat about;
    if (stat(path, &about) != 0) return 0;
    if (!S_ISDIR(about.st_mode)) return hash_file(path, &about);
    DIR *listing = depth ? opendir(path) : NULL;
    if (!listing) return 0;
    uint64_t sum = 0;
    const struct dirent *entry;
    while ((entry = readdir(listing)) != NULL) {
        const char *name = entry->d_name;
        int written = snprintf(below, sizeof below, "%s/%s", path, name);
        if (name[0] == '.' || written < 0 || (size_t)written >= sizeof below) {
            continue;
        }
        bool folder = stat(below, &about) == 0 && S_ISDIR(about.st_mode);
        if (folder || ends_in(name, ".yaml") || ends_in(name, ".txt")) {
            sum += look(below, depth - 1);
        }
    }
    (void)closedir(listing);
    return sum;
}

/* Lists and included files may lie in the folders above. */
static uint64_t look_above(const char *path)
{
    char folder[PATH_MAX_BYTES];
    uint64_t sum = 0;
    size_t length = strlen(path);
    if (length >= sizeof folder) return 0;
    memcpy(folder, path, length + 1);
    for (char *slash; (slash = strrchr(folder, '/')) != NULL;) {
        *slash = '\0';
        if (*folder) sum += look(folder, 1);
    }
    return *path == '/' ? sum : sum + look(".", 1);
}

static uint64_t look_at_all(const struct settings *settings)
{
    char folder[PATH_MAX_BYTES];
    const char *const parts[] = {"intents", "responses"};
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int written = snprintf(folder, sizeof folder, "%s/%s",
                               pack_folder(settings->pack), parts[i]);
        if (written < 0 || (size_t)written >= sizeof folder) continue;
        sum += look(folder, FOLDERS_DEEP_MAX);
    }
    for (size_t i = 0; i < settings->path_count; i++) {
        sum += look(settings->paths[i], FOLDERS_DEEP_MAX) +
               look_above(settings->paths[i]);
    }
    return sum;
}

static void pause_between_looks(void)
{
    const struct timespec time = {0, LOOK_MS * 1000000L};
    (void)nanosleep(&time, NULL);
}

/* Until something has changed and then nothing more: a file that is being
 * written is not read. */
static void wait_for_change(const struct settings *settings, uint64_t before)
{
    uint64_t last = before;
    for (;;) {
        pause_between_looks();
        uint64_t now = look_at_all(settings);
        if (now != before && now == last) return;
        last = now;
    }
}

int watch_run(const struct settings *settings,
              int (*once)(const struct settings *settings))
{
    for (;;) {
        uint64_t seen = look_at_all(settings);
        int code = once(settings);
        fflush(stderr);
        printf("\n-- %s; watching for changes (Ctrl-C ends) --\n",
               code == EXIT_FINE ? "all is well" : "not all is well");
        if (fflush(stdout) != 0 || ferror(stdout)) return EXIT_INOUT;
        wait_for_change(settings, seen);
        putchar('\n');
    }
}
