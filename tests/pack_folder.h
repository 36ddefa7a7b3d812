/* pack_folder.h - what reading a pack comes to, for tests. */
#ifndef TALK_TESTS_PACK_FOLDER_H
#define TALK_TESTS_PACK_FOLDER_H

#include "disk.h"
#include "pack.h"

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
