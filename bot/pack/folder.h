/* folder.h - the files of a pack: found, put in order, read. */
#ifndef TALK_PACK_FOLDER_H
#define TALK_PACK_FOLDER_H

#include "problems.h"

struct pack_file {
    const char *path; /* below the pack: "intents/topics/what.yaml" */
    const char *bytes;
    size_t length;
    uint32_t line; /* so many stand before the first byte */
    bool unread;   /* it was reported */
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

/* Reads one file by its path below the pack, which stands at a place of a
 * file of it. False when it could not be read (reported). */
bool talk__folder_read_one(const char *folder, const char *path,
                           struct place named,
                           const struct pack_limits *limits,
                           struct arena *arena, struct problems *problems,
                           struct pack_file *out);

#endif
