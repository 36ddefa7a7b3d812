/* test_collect.c - the transcripts below the paths of the command line.
 * In: files and folders.  Out: every *.convo.txt, in order of path.
 * Ignores names that begin with a dot, and what the files say. */
#include "posix.h"

#include "test_collect.h"

#include "test_source.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDERS_DEEP_MAX = 32, PATH_MAX_BYTES = 4096, FILES_MAX = 1000000 };

struct visit {
    dev_t device;
    ino_t inode;
};

struct walk {
    struct paths *paths;
    struct visit visits[FOLDERS_DEEP_MAX];
    size_t depth;
    bool failed;
};

static void complain(struct walk *walk, const char *path, const char *words)
{
    fprintf(stderr, "backtalk: %s: %s\n", path, words);
    walk->failed = true;
}

static bool is_transcript(const char *name)
{
    static const char ending[] = ".convo.txt";
    size_t length = strlen(name), cut = sizeof ending - 1;
    return length > cut && strcmp(name + length - cut, ending) == 0;
}

static void add(struct walk *walk, const char *path)
{
    struct paths *paths = walk->paths;
    void *items = paths->items;
    if (paths->count == FILES_MAX) {
        complain(walk, path, "too many transcripts");
        return;
    }
    if (!talk__arena_room(&paths->arena, &items, paths->count,
                          &paths->capacity, sizeof *paths->items)) {
        return;
    }
    paths->items = items;
    const char *kept = talk__arena_text(&paths->arena, path, strlen(path));
    if (kept) paths->items[paths->count++] = kept;
}

/* What a link that leads back upwards would show is being listed already. */
static bool is_inside_itself(const struct walk *walk, const struct stat *about)
{
    for (size_t i = 0; i < walk->depth; i++) {
        if (walk->visits[i].device == about->st_dev &&
            walk->visits[i].inode == about->st_ino) {
            return true;
        }
    }
    return false;
}

static void walk_folder(struct walk *walk, const char *path,
                        const struct stat *about);

static void walk_name(struct walk *walk, const char *folder, const char *name)
{
    char path[PATH_MAX_BYTES];
    struct stat about;
    bool here = strcmp(folder, ".") == 0;
    bool ended = here || folder[strlen(folder) - 1] == '/';
    if (name[0] == '.') return;
    int written = snprintf(path, sizeof path, "%s%s%s", here ? "" : folder,
                           ended ? "" : "/", name);
    if (written < 0 || (size_t)written >= sizeof path) {
        complain(walk, folder, "the way to a file in it is too long");
    } else if (stat(path, &about) != 0) {
        if (is_transcript(name)) add(walk, path); /* its reading will tell */
    } else if (S_ISDIR(about.st_mode)) {
        walk_folder(walk, path, &about);
    } else if (is_transcript(name)) {
        add(walk, path);
    }
}

static void walk_folder(struct walk *walk, const char *path,
                        const struct stat *about)
{
    if (is_inside_itself(walk, about)) return;
    if (walk->depth == FOLDERS_DEEP_MAX) {
        complain(walk, path, "more than 32 folders inside each other");
        return;
    }
    DIR *listing = opendir(path);
    if (!listing) {
        complain(walk, path, "the folder cannot be listed");
        return;
    }
    walk->visits[walk->depth++] = (struct visit){about->st_dev, about->st_ino};
    const struct dirent *entry;
    while (!walk->paths->arena.failed && walk->paths->count < FILES_MAX &&
           (entry = readdir(listing)) != NULL) {
        walk_name(walk, path, entry->d_name);
    }
    walk->depth--;
    (void)closedir(listing);
}

static void walk_given(struct walk *walk, const char *path)
{
    struct stat about;
    size_t before = walk->paths->count;
    /* "./a" is "a": one transcript, one name. */
    while (path[0] == '.' && path[1] == '/' && path[2] && path[2] != '/') {
        path += 2;
    }
    if (stat(path, &about) != 0) {
        complain(walk, path,
                 errno == ELOOP    ? "a link that leads to itself"
                 : errno == EACCES ? "no permission"
                                   : "there is no such file or folder");
    } else if (!S_ISDIR(about.st_mode)) {
        if (is_transcript(path)) {
            add(walk, path);
        } else {
            complain(walk, path,
                     "no transcript: its name does not end in .convo.txt");
        }
    } else {
        walk_folder(walk, path, &about);
        if (walk->paths->count == before && !walk->failed) {
            complain(walk, path, "no transcript (*.convo.txt) is below it");
        }
    }
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool paths_collect(struct paths *paths, const char *const *given, size_t count)
{
    struct walk walk = {.paths = paths};
    const struct memory memory = talk__memory_from(NULL);
    *paths = (struct paths){0};
    talk__arena_init(&paths->arena, &memory, 0);
    for (size_t i = 0; i < count; i++) walk_given(&walk, given[i]);
    if (paths->count) {
        qsort(paths->items, paths->count, sizeof *paths->items, compare);
    }
    size_t kept = 0;
    for (size_t i = 0; i < paths->count; i++) {
        if (kept && compare(&paths->items[i], &paths->items[kept - 1]) == 0) {
            continue;
        }
        paths->items[kept++] = paths->items[i];
    }
    paths->count = kept;
    if (paths->arena.failed) complain(&walk, "paths", "no memory");
    return !walk.failed;
}

void paths_clear(struct paths *paths)
{
    talk__arena_clear(&paths->arena);
    *paths = (struct paths){0};
}
