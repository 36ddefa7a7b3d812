/* test_library.h - what transcripts share: *.pconvo.txt to be included, and
 * lists of utterances. They are looked for in the folder of the file that
 * names them, then in the folder above, and so on. */
#ifndef FRONT_TEST_LIBRARY_H
#define FRONT_TEST_LIBRARY_H

#include "test_script.h"

enum library_kind { LIBRARY_PART, LIBRARY_LIST };

/* The path of the file that has this title, or this name before its ending;
 * NULL: none, or two of them in one folder, and the script has the problem.
 * Borrowed from the script's arena. */
const char *library_find(struct script *script, enum library_kind kind,
                         struct spot spot, const char *name);

/* What a transcript has looked for already. */
struct library_entry {
    const char *from, *name; /* the file that names it */
    const struct list *list; /* NULL: there was a problem */
};
struct library {
    struct library_entry *entries;
    size_t count, capacity;
};

/* NULL: there is a problem. */
const struct list *library_list(struct library *library, struct script *script,
                                struct spot spot, const char *name);

#endif
