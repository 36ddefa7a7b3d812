/* pack_folder.h - packs on disk, for tests: made, changed, read, removed.
 * All functions end the program when the disk does not do what it should. */
#ifndef TALK_TESTS_PACK_FOLDER_H
#define TALK_TESTS_PACK_FOLDER_H

#include "pack.h"

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

/* What a reading of a pack came to: the problems, one a line, the folder's
 * own name replaced by PACK. */
struct outcome {
    const char *folder;
    talk_status status;
    talk_error first;
    size_t told; /* calls of the report */
    char *lines; /* free with outcome_clear */
    size_t length;
};
/* limits NULL: the defaults; memory NULL: malloc. The pack is the caller's,
 * unless out is NULL. */
struct outcome read_pack(const char *folder, const struct memory *memory,
                         const struct pack_limits *limits, struct pack **out);
void outcome_clear(struct outcome *outcome);

#endif
