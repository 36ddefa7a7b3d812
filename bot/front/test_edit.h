/* test_edit.h - lines of a file changed in place, or shown as a diff. */
#ifndef FRONT_TEST_EDIT_H
#define FRONT_TEST_EDIT_H

#include "memory.h"
#include "screen.h"

/* What a line of the new text is to the old one. */
enum edit_mark { EDIT_KEPT, EDIT_REMOVED, EDIT_ADDED };

struct edit_line {
    const char *text; /* with its end, such as "\r\n" */
    size_t length;
    enum edit_mark mark;
};

struct edit_page {
    struct arena arena;
    const char *path;
    char *old;
    size_t old_length, at; /* what was taken of it */
    struct edit_line *lines;
    size_t count, capacity;
};

/* false: it cannot be read; errno says why. Clear it in either case. */
bool edit_open(struct edit_page *page, const char *path);
void edit_clear(struct edit_page *page);

/* The next old line, not yet in the page; false: there is none. */
bool edit_take(struct edit_page *page, struct edit_line *line);
void edit_put(struct edit_page *page, struct edit_line line);
/* Puts a new line with the blanks and the line end of the old one. */
void edit_put_text(struct edit_page *page, const struct edit_line *like,
                   const char *text);

/* As `diff -u` has it. */
void edit_show(const struct edit_page *page, const struct screen *screen);
/* In place, all or nothing; false: errno says why. */
bool edit_write(const struct edit_page *page);

#endif
