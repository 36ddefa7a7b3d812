/* disk.h - files and folders, for tests. All functions end the program when
 * the disk does not do what it should. Knows nothing of the library. */
#ifndef TALK_TESTS_DISK_H
#define TALK_TESTS_DISK_H

#include <stddef.h>

/* A pack about house plants, good and small: one of each kind of thing. */
#define MINIMAL_PACK "tests/packs/minimal"

/* A new empty folder below $TMPDIR or /tmp; the caller frees the name. */
char *temporary_folder(void);
/* With all that is in it; links are removed, not followed. */
void remove_folder(const char *path);
/* Copies plain files and folders. */
void copy_folder(const char *from, const char *to);
/* The caller frees what comes back; a NUL byte follows the last one. */
char *read_whole_file(const char *path, size_t *length);
/* Folders on the way are made. */
void write_whole_file(const char *path, const char *bytes, size_t length);
/* "folder/name"; the caller frees it. */
char *path_of(const char *folder, const char *name);

/* Never NULL. */
void *take(size_t size);
/* Tells the last error of the system and ends the program. */
void give_up(const char *what, const char *path);

#endif
