/* folder.h - the files of a pack: found, put in order, read. */
#ifndef TALK_PACK_FOLDER_H
#define TALK_PACK_FOLDER_H

#include "problems.h"

struct pack_file {
    const char *path; /* below the pack: "intents/topics/what.yaml" */
    const char *bytes;
    size_t length;
    bool unread; /* it was reported */
};

struct pack_files {
    struct pack_file *items;
    size_t count;
};

/* Reads every *.yaml below intents/ and responses/, in order of path. What
 * cannot be read is reported. All is in the arena. false: no memory. */
bool talk__folder_read(const char *folder, const struct pack_limits *limits,
                       struct arena *arena, struct problems *problems,
                       struct pack_files *out);

#endif
