/* state_files.c - one private file for each conversation.
 * In: names and texts.  Out: files in a folder that only the user can read,
 * each of them replaced as a whole.  Knows nothing of what stands in them. */
#include "posix.h"

#include "state_files.h"

#include "state_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct state_files {
    int folder; /* open */
    int lock;   /* -1: none is held */
};

enum {
    /* Names of files have at most 255 bytes nearly everywhere; longer names
     * are told apart by a number at the end. */
    NAME_BYTES_MAX = 200,
    FILE_NAME_SIZE = NAME_BYTES_MAX + 32,
    ASIDE_NAME_SIZE = FILE_NAME_SIZE + sizeof ".broken",
    /* Sessions are a few KiB; what is larger is none of ours. */
    FILE_BYTES_MAX = 16 * 1024 * 1024
};

static const char ending[] = ".json";

/* ---- Names ---- */

/* FNV-1a. */
static uint64_t number_of(const char *text)
{
    uint64_t number = 0xcbf29ce484222325u;
    for (; *text; text++) {
        number = (number ^ (unsigned char)*text) * 0x100000001b3u;
    }
    return number;
}

/* "anna@example.org.json"; what is not plain becomes "%2f". A JID of the
 * greatest length has 3071 bytes, so that a long one is cut. */
static void file_name(const char *name, char out[FILE_NAME_SIZE])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789@-_.";
    size_t length = 0;
    const char *at = name;
    for (; *at && length + 3 <= NAME_BYTES_MAX; at++) {
        bool hidden = at == name && *at == '.';
        if (strchr(plain, *at) && !hidden) {
            out[length++] = *at;
        } else {
            (void)snprintf(out + length, 4, "%%%02x", (unsigned char)*at);
            length += 3;
        }
    }
    char *end = out + length;
    size_t size = FILE_NAME_SIZE - length;
    if (*at) {
        (void)snprintf(end, size, "%%~%016llx%s",
                       (unsigned long long)number_of(name), ending);
    } else {
        (void)snprintf(end, size, "%s", ending);
    }
}

static void aside_name(const char *path, char out[ASIDE_NAME_SIZE])
{
    (void)snprintf(out, ASIDE_NAME_SIZE, "%s.broken", path);
}

static bool is_state_file(const char *name)
{
    size_t length = strlen(name), tail = sizeof ending - 1;
    return length > tail && strcmp(name + length - tail, ending) == 0 &&
           *name != '.';
}

/* ---- The folder ---- */

/* stderr says what is wrong with the folder; returns false. */
static bool complain(const char *folder)
{
    fprintf(stderr, "backtalk-xmpp: %s: %s\n", folder, strerror(errno));
    return false;
}

static bool open_folder(struct state_files *files, const char *path)
{
    struct stat about;
    char *folder = strdup(path);
    bool made = folder && state_folder_make(folder) == 0;
    free(folder);
    if (!made) return complain(path);
    files->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (files->folder < 0 || fstat(files->folder, &about) != 0) {
        return complain(path);
    }
    if (about.st_uid != geteuid() || (about.st_mode & 077)) {
        fprintf(stderr,
                "backtalk-xmpp: %s: others can look into this folder; it "
                "should be yours, with mode 0700\n",
                path);
        return false;
    }
    return true;
}

static bool lock_folder(struct state_files *files, const char *path)
{
    files->lock = openat(files->folder, ".lock",
                         O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (files->lock < 0) return complain(path);
    if (flock(files->lock, LOCK_EX | LOCK_NB) == 0) return true;
    fprintf(stderr,
            "backtalk-xmpp: %s: another bridge keeps its conversations here; "
            "--state names another folder\n",
            path);
    return false;
}

struct state_files *state_files_new(const char *folder, bool shared)
{
    struct state_files *files = malloc(sizeof *files);
    if (!files) {
        fputs("backtalk-xmpp: no memory\n", stderr);
        return NULL;
    }
    *files = (struct state_files){.folder = -1, .lock = -1};
    if (open_folder(files, folder) && (shared || lock_folder(files, folder))) {
        return files;
    }
    state_files_free(files);
    return NULL;
}

void state_files_free(struct state_files *files)
{
    if (!files) return;
    if (files->lock >= 0) close(files->lock);
    if (files->folder >= 0) close(files->folder);
    free(files);
}

/* ---- One file ---- */

static bool read_all(int file, char *text, size_t length)
{
    while (length) {
        ssize_t got = read(file, text, length);
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) errno = EIO; /* it shrinks while it is read */
        if (got <= 0) return false;
        text += got;
        length -= (size_t)got;
    }
    return true;
}

static enum state_found read_file(int folder, const char *name, char **text,
                                  size_t *length)
{
    struct stat about;
    *text = NULL;
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) return errno == ENOENT ? STATE_NONE : STATE_FAILED;
    if (fstat(file, &about) == 0) {
        if (!S_ISREG(about.st_mode) || about.st_size > FILE_BYTES_MAX) {
            errno = EINVAL;
        } else {
            *length = (size_t)about.st_size;
            *text = malloc(*length + 1);
        }
    }
    if (*text && !read_all(file, *text, *length)) {
        free(*text);
        *text = NULL;
    }
    int problem = errno;
    close(file);
    errno = problem;
    if (!*text) return STATE_FAILED;
    (*text)[*length] = '\0';
    return STATE_FOUND;
}

enum state_found state_files_read(const struct state_files *files,
                                  const char *name, char **text,
                                  size_t *length)
{
    char path[FILE_NAME_SIZE];
    file_name(name, path);
    return read_file(files->folder, path, text, length);
}

static bool write_all(int file, const char *text, size_t length)
{
    while (length) {
        ssize_t put = write(file, text, length);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        text += put;
        length -= (size_t)put;
    }
    return true;
}

bool state_files_write(const struct state_files *files, const char *name,
                       const char *text, size_t length, bool lasting)
{
    static const char fresh[] = ".new";
    char path[FILE_NAME_SIZE];
    file_name(name, path);
    int file =
        openat(files->folder, fresh,
               O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
    if (file < 0) return false;
    bool fine = write_all(file, text, length) && (!lasting || !fsync(file));
    int problem = errno;
    if (close(file) != 0 && fine) {
        problem = errno;
        fine = false;
    }
    if (fine && renameat(files->folder, fresh, files->folder, path) != 0) {
        problem = errno;
        fine = false;
    }
    if (!fine) {
        (void)unlinkat(files->folder, fresh, 0);
        errno = problem;
        return false;
    }
    return !lasting || fsync(files->folder) == 0;
}

bool state_files_remove(const struct state_files *files, const char *name)
{
    char path[FILE_NAME_SIZE];
    char aside[ASIDE_NAME_SIZE];
    file_name(name, path);
    aside_name(path, aside);
    if (unlinkat(files->folder, aside, 0) != 0 && errno != ENOENT) {
        return false;
    }
    if (unlinkat(files->folder, path, 0) != 0 && errno != ENOENT) {
        return false;
    }
    return fsync(files->folder) == 0;
}

void state_files_set_aside(const struct state_files *files, const char *name)
{
    char path[FILE_NAME_SIZE], aside[ASIDE_NAME_SIZE];
    file_name(name, path);
    aside_name(path, aside);
    (void)renameat(files->folder, path, files->folder, aside);
}

/* ---- All of them ---- */

/* A stream of its own: closing it must not close the folder. NULL: errno. */
static DIR *list(const struct state_files *files)
{
    int folder = openat(files->folder, ".", O_RDONLY | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (!entries && folder >= 0) close(folder);
    return entries;
}

size_t state_files_expire(const struct state_files *files, int64_t before)
{
    size_t gone = 0;
    struct dirent *entry;
    DIR *entries = list(files);
    while (entries && (entry = readdir(entries))) {
        struct stat about;
        if (!is_state_file(entry->d_name) ||
            fstatat(files->folder, entry->d_name, &about, 0) != 0 ||
            about.st_mtime >= before) {
            continue;
        }
        gone += unlinkat(files->folder, entry->d_name, 0) == 0;
    }
    if (entries) closedir(entries);
    return gone;
}

void state_files_each(const struct state_files *files, state_files_fn each,
                      void *payload)
{
    struct dirent *entry;
    DIR *entries = list(files);
    while (entries && (entry = readdir(entries))) {
        char *text;
        size_t length;
        if (is_state_file(entry->d_name) &&
            read_file(files->folder, entry->d_name, &text, &length) ==
                STATE_FOUND) {
            each(payload, text, length);
            free(text);
        }
    }
    if (entries) closedir(entries);
}
