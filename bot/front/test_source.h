/* test_source.h - a text file as lines with places. */
#ifndef FRONT_TEST_SOURCE_H
#define FRONT_TEST_SOURCE_H

#include "test_script.h"

struct source {
    const char *path; /* borrowed */
    char *text;       /* the arena's; lines are ended in place */
    char *end;
    char *at; /* the next line */
    uint32_t line;
};

/* One line without blanks around it and with a NUL byte behind. */
struct source_line {
    char *text;
    size_t length;
    uint32_t line, column; /* of its first character that is not blank */
};

/* false: it cannot be read or is no text; why stands in *problem. */
bool source_open(struct source *source, const char *path, struct arena *arena,
                 struct problem *problem);
/* false: there is no further line. */
bool source_next(struct source *source, struct source_line *line);

/* Characters in so many bytes of UTF-8. */
uint32_t source_characters(const char *text, size_t length);
/* Blank or tab, or what else an editor leaves at an end of line. */
bool source_is_blank(char byte);

#endif
