/* folder.c - the files of a pack: found, put in order, read.
 * In: a folder.  Out: the bytes of every *.yaml below intents/ and responses/.
 * Ignores names that begin with a dot, and what the files say. */
#define _POSIX_C_SOURCE 200809L
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders inside each other; the shipped pack has two. */
enum { FOLDERS_DEEP_MAX = 16 };

/* Files of a pack; the shipped one has about sixty. */
enum { FILES_MAX = 10000 };

/* Bytes of the way to a file, the pack's own folder included. */
enum { PATH_BYTES_MAX = 4096 };

static const char *const tops[] = {"intents", "responses"};

/* A folder that is being listed: to see links that lead back to it. */
struct visit {
    dev_t device;
    ino_t inode;
};

struct walk {
    const struct pack_limits *limits;
    struct arena *arena;
    struct problems *problems;
    struct pack_files *files;
    size_t capacity;
    struct visit visits[FOLDERS_DEEP_MAX];
    size_t depth;
    size_t bytes_left; /* of all files */
    char path[PATH_BYTES_MAX];
    size_t pack_length; /* of the pack's folder and a slash in path */
    bool too_many;      /* files */
    bool too_big;       /* the files so far, all together */
};

/* ---- Telling ---- */

/* Where: the path below the pack, kept for good. */
static struct place place_of(struct walk *w)
{
    const char *below = w->path + w->pack_length;
    return (struct place){talk__arena_text(w->arena, below, strlen(below)), 0,
                          0};
}

#define COMPLAIN(w, status, ...) \
    talk__problems_add((w)->problems, status, place_of(w), __VA_ARGS__)

/* strerror is not for threads. */
static const char *reason_of(int error)
{
    static const struct {
        int error;
        const char *words;
    } reasons[] = {
        {EACCES, "no permission"},
        {EPERM, "no permission"},
        {ENOENT, "it is not there"},
        {ELOOP, "a link that leads to itself"},
        {ENOTDIR, "it is not a folder"},
        {EMFILE, "too many files are open"},
        {ENFILE, "too many files are open"},
        {EIO, "the disk failed"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].error == error) return reasons[i].words;
    }
    return "the system refused";
}

/* ---- Paths ---- */

/* Puts "/name" behind the path; false when it becomes too long (reported). */
static bool path_enter(struct walk *w, const char *name, size_t *length)
{
    *length = strlen(w->path);
    size_t more = strlen(name);
    if (*length + 1 + more >= sizeof w->path) {
        COMPLAIN(w, TALK_IO, "the way to '%.80s' in it is too long", name);
        return false;
    }
    w->path[*length] = '/';
    memcpy(w->path + *length + 1, name, more + 1);
    return true;
}

static void path_leave(struct walk *w, size_t length)
{
    w->path[length] = '\0';
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), cut = strlen(ending);
    return length > cut && strcmp(name + length - cut, ending) == 0;
}

/* ---- Listing ---- */

static void add_file(struct walk *w)
{
    void *items = w->files->items;
    if (w->files->count == FILES_MAX) {
        if (!w->too_many) COMPLAIN(w, TALK_IO, "the pack has too many files");
        w->too_many = true;
        return;
    }
    if (!talk__arena_room(w->arena, &items, w->files->count, &w->capacity,
                          sizeof *w->files->items)) {
        return; /* the arena remembers */
    }
    w->files->items = items;
    struct place place = place_of(w);
    if (!place.source) return;
    w->files->items[w->files->count++] =
        (struct pack_file){.path = place.source};
}

/* False when the folder is inside itself, by way of a link, or too deep. */
static bool may_enter(struct walk *w, const struct stat *about)
{
    for (size_t i = 0; i < w->depth; i++) {
        if (w->visits[i].device == about->st_dev &&
            w->visits[i].inode == about->st_ino) {
            COMPLAIN(w, TALK_IO,
                     "a link that leads back to a folder above it; remove it");
            return false;
        }
    }
    if (w->depth == FOLDERS_DEEP_MAX) {
        COMPLAIN(w, TALK_IO, "more than %d folders inside each other",
                 FOLDERS_DEEP_MAX);
        return false;
    }
    return true;
}

static void list_folder(struct walk *w, const struct stat *about);

static void list_name(struct walk *w, const char *name)
{
    size_t length;
    struct stat about;
    if (name[0] == '.' || !path_enter(w, name, &length)) return;
    if (stat(w->path, &about) != 0) {
        /* A broken link to what would not be read anyway is no matter. */
        if (ends_in(name, ".yaml")) {
            COMPLAIN(w, TALK_IO, "cannot read it: %s", reason_of(errno));
        }
    } else if (S_ISDIR(about.st_mode)) {
        list_folder(w, &about);
    } else if (ends_in(name, ".yaml")) {
        add_file(w);
    } else if (ends_in(name, ".yml") || ends_in(name, ".YAML")) {
        COMPLAIN(w, TALK_RULE, "only *.yaml is read; rename it");
    }
    path_leave(w, length);
}

static void list_folder(struct walk *w, const struct stat *about)
{
    if (!may_enter(w, about)) return;
    DIR *listing = opendir(w->path);
    if (!listing) {
        COMPLAIN(w, TALK_IO, "cannot list the folder: %s", reason_of(errno));
        return;
    }
    w->visits[w->depth++] = (struct visit){about->st_dev, about->st_ino};
    const struct dirent *entry;
    while (!w->too_many && !w->arena->failed &&
           (entry = readdir(listing)) != NULL) {
        list_name(w, entry->d_name);
    }
    w->depth--;
    (void)closedir(listing);
}

/* False when there is no such folder below the pack. */
static bool list_top(struct walk *w, const char *name)
{
    size_t length;
    struct stat about;
    if (!path_enter(w, name, &length)) return false;
    bool found = stat(w->path, &about) == 0 && S_ISDIR(about.st_mode);
    if (found) list_folder(w, &about);
    path_leave(w, length);
    return found;
}

static int compare(const void *left, const void *right)
{
    const struct pack_file *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* ---- Reading ---- */

/* Reads up to file->length bytes. Fewer: the file has shrunk, which is fine;
 * its end is where it ends now. */
static bool read_bytes(int handle, char *bytes, struct pack_file *file)
{
    size_t done = 0;
    while (done < file->length) {
        ssize_t got = read(handle, bytes + done, file->length - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        done += (size_t)got;
    }
    file->bytes = bytes;
    file->length = done;
    return true;
}

static void read_open(struct walk *w, int handle, struct pack_file *file)
{
    struct stat about;
    if (fstat(handle, &about) != 0 || !S_ISREG(about.st_mode)) {
        COMPLAIN(w, TALK_IO, "it is not a plain file");
        return;
    }
    uintmax_t size = (uintmax_t)about.st_size;
    if (size > w->limits->file_max) {
        COMPLAIN(w, TALK_IO,
                 "the file has %ju bytes, more than the %zu that one may "
                 "have; split it",
                 size, w->limits->file_max);
        return;
    }
    if (size > w->bytes_left) {
        COMPLAIN(w, TALK_IO,
                 "here the pack has more than the %zu bytes that it may have",
                 w->limits->pack_max);
        w->too_big = true; /* the files behind it are not told one by one */
        return;
    }
    file->length = (size_t)size;
    char *bytes = talk__arena_take(w->arena, file->length + 1);
    if (!bytes) return;
    if (!read_bytes(handle, bytes, file)) {
        COMPLAIN(w, TALK_IO, "cannot read it: %s", reason_of(errno));
        return;
    }
    w->bytes_left -= file->length;
    file->unread = false;
}

/* Tells at the place `named`, if there is one, that there is no such file. */
static void read_file(struct walk *w, struct pack_file *file,
                      const struct place *named)
{
    size_t length;
    file->unread = true;
    if (w->too_big || !path_enter(w, file->path, &length)) return;
    /* Not to hang on a pipe that bears the name of a file. */
    int handle = open(w->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (handle >= 0) {
        read_open(w, handle, file);
        (void)close(handle);
    } else if (named) {
        talk__problems_add(w->problems, TALK_IO, *named,
                           "cannot read '%.80s': %s", file->path,
                           reason_of(errno));
    } else {
        COMPLAIN(w, TALK_IO, "cannot read it: %s", reason_of(errno));
    }
    path_leave(w, length);
}

/* ---- The whole folder ---- */

static void list_pack(struct walk *w)
{
    struct place pack = {w->path, 0, 0};
    struct stat about;
    if (stat(w->path, &about) != 0) {
        talk__problems_add(w->problems, TALK_IO, pack,
                           "%s; a pack has intents/ and responses/",
                           errno == ENOENT ? "no such folder"
                                           : reason_of(errno));
        return;
    }
    if (!S_ISDIR(about.st_mode)) {
        talk__problems_add(w->problems, TALK_IO, pack,
                           "not a folder; a pack is a folder with intents/ "
                           "and responses/");
        return;
    }
    size_t missing = 0;
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        if (list_top(w, tops[i])) continue;
        talk__problems_add(w->problems, TALK_IO, pack,
                           "no folder %s/ in it; a pack has intents/ and "
                           "responses/",
                           tops[i]);
        missing++;
    }
    if (missing == 0 && w->files->count == 0) {
        talk__problems_add(w->problems, TALK_IO, pack,
                           "no *.yaml file below intents/ and responses/");
    }
}

bool talk__folder_read(const char *folder, const struct pack_limits *limits,
                       struct arena *arena, struct problems *problems,
                       struct pack_files *out)
{
    *out = (struct pack_files){0};
    struct walk *w = talk__arena_take(arena, sizeof *w);
    if (!w) return false;
    *w = (struct walk){.limits = limits,
                       .arena = arena,
                       .problems = problems,
                       .files = out,
                       .bytes_left = limits->pack_max};
    size_t length = strlen(folder);
    if (length + 1 >= sizeof w->path) {
        talk__problems_add(problems, TALK_IO, (struct place){0},
                           "the way to the pack is too long");
        return true;
    }
    memcpy(w->path, folder, length + 1);
    w->pack_length = length + 1;
    list_pack(w);
    if (out->count) {
        qsort(out->items, out->count, sizeof *out->items, compare);
    }
    for (size_t i = 0; i < out->count && !arena->failed; i++) {
        read_file(w, &out->items[i], NULL);
    }
    return !arena->failed;
}

/* "../x", "/x" and "a//x" lead out of the pack, or may do. */
static bool is_below(const char *path)
{
    while (*path) {
        size_t length = strcspn(path, "/");
        if (length == 0 || *path == '.') return false;
        path += length;
        if (*path == '/' && *++path == '\0') return false;
    }
    return true;
}

bool talk__folder_read_one(const char *folder, const char *path,
                           struct place named,
                           const struct pack_limits *limits,
                           struct arena *arena, struct problems *problems,
                           struct pack_file *out)
{
    *out = (struct pack_file){.path = path, .unread = true};
    if (!is_below(path)) {
        talk__problems_add(problems, TALK_RULE, named,
                           "'%.80s' is no path below the pack's folder", path);
        return false;
    }
    struct walk *w = talk__arena_take(arena, sizeof *w);
    if (!w) return false;
    *w = (struct walk){.limits = limits,
                       .arena = arena,
                       .problems = problems,
                       .bytes_left = limits->file_max};
    w->pack_length = strlen(folder) + 1;
    memcpy(w->path, folder, w->pack_length);
    read_file(w, out, &named);
    return !out->unread;
}
