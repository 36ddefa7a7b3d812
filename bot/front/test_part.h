/* test_part.h - a transcript file while it is read. */
#ifndef FRONT_TEST_PART_H
#define FRONT_TEST_PART_H

#include "test_library.h"
#include "test_source.h"
#include "test_words.h"

#include <sys/types.h>

struct parser {
    struct script *script;
    struct library library;
    size_t includes;
};

/* A file on the way down from the transcript. */
struct part {
    const struct part *above; /* NULL: the transcript itself */
    struct parser *parser;
    struct script *script;
    const char *path;
    dev_t device;
    ino_t inode;
    size_t depth;

    enum section section;
    struct spot heading; /* of the section */
    char *said;          /* lines of #me, joined by newlines */
    size_t said_length, said_capacity, blank_lines;
    struct spot said_spot;
    bool says;                   /* #me has a line of text */
    const struct list *say_list; /* #me is one of these */
    int64_t seconds;
    size_t first_expect;        /* of #bot */
    const char **include_names; /* of the section */
    struct spot *include_spots;
    size_t include_count, name_capacity, spot_capacity;
};

struct spot part_spot(const struct part *part, const struct source_line *line);
/* "// why": two slashes and a blank, or alone. */
bool part_is_comment(const struct source_line *line);
/* To be read when the section ends. */
void part_note_include(struct part *part, struct spot spot, const char *name);

/* A line of the section that is no comment, no heading and not empty. */
void part_read_line(struct part *part, struct source_line *line);

#endif
