/* markup.h - a page or a drawing that is written piece by piece, in which
 * nothing of a pack can be taken for markup. */
#ifndef TALK_CHECK_MARKUP_H
#define TALK_CHECK_MARKUP_H

#include "fail.h"

struct markup {
    talk_write_fn write;
    void *payload;
    bool failed; /* write said no; nothing is written any more */
};

/* The format is markup and is written as it stands; what is put into it is
 * escaped. It knows %s, %.*s, %u, %zu, %.1f, %g and %%. */
void talk__markup(struct markup *out, const char *format, ...)
    TALK__FORMAT(2, 3);

#endif
