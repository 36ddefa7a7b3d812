/* disk.c - files and folders, for tests.
 * In: paths and bytes.  Out: what is on the disk. */
#include "disk.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void give_up(const char *what, const char *path)
{
    perror(path);
    (void)fprintf(stderr, "disk: cannot %s %s\n", what, path);
    exit(1);
}

void *take(size_t size)
{
    void *block = malloc(size);
    if (!block) give_up("allocate for", "a test");
    return block;
}

char *path_of(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = take(size);
    (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

char *temporary_folder(void)
{
    const char *top = getenv("TMPDIR");
    char *path = path_of(top && *top ? top : "/tmp", "backtalk-XXXXXX");
    if (!mkdtemp(path)) give_up("make", path);
    return path;
}

static int remove_one(const char *path, const struct stat *about, int type,
                      struct FTW *where)
{
    (void)about, (void)type, (void)where;
    return remove(path);
}

void remove_folder(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0) {
        give_up("remove", path);
    }
}

char *read_whole_file(const char *path, size_t *length)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &about) != 0) give_up("read", path);
    *length = (size_t)about.st_size;
    char *bytes = take(*length + 1);
    if (fread(bytes, 1, *length, file) != *length) give_up("read", path);
    bytes[*length] = '\0';
    (void)fclose(file);
    return bytes;
}

static void make_folders(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        (void)mkdir(path, 0777); /* it may be there */
        *slash = '/';
    }
}

void write_whole_file(const char *path, const char *bytes, size_t length)
{
    char *way = path_of(path, "");
    way[strlen(path)] = '\0';
    make_folders(way);
    free(way);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length) {
        give_up("write", path);
    }
    if (fclose(file) != 0) give_up("write", path);
}

void copy_folder(const char *from, const char *to)
{
    DIR *listing = opendir(from);
    if (!listing) give_up("list", from);
    (void)mkdir(to, 0777);
    const struct dirent *entry;
    while ((entry = readdir(listing)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        char *source = path_of(from, entry->d_name);
        char *target = path_of(to, entry->d_name);
        struct stat about;
        if (stat(source, &about) != 0) give_up("find", source);
        if (S_ISDIR(about.st_mode)) {
            copy_folder(source, target);
        } else {
            size_t length;
            char *bytes = read_whole_file(source, &length);
            write_whole_file(target, bytes, length);
            free(bytes);
        }
        free(source);
        free(target);
    }
    (void)closedir(listing);
}
