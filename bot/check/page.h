/* page.h - one page about a pack: what it knows, what it gathers, every
 * symptom with its tier, what was tried and proved, what is wrong. The
 * program sees this header. */
#ifndef TALK_CHECK_PAGE_H
#define TALK_CHECK_PAGE_H

#include "check.h"

/* A rule of safety that some conversation breaks. */
struct page_fault {
    char *rule, *what, *transcript;
    struct page_fault *next;
};

struct page_proof {
    const char *text;          /* what was proved, as the proof tells it */
    struct page_fault *faults; /* NULL: there are none */
};

/* Writes HTML that needs no other file. The bot must be the one that the
 * report is of; proof NULL: there was none. TALK_IO: write said no. */
talk_status talk__page_write(const talk_bot *bot,
                             const struct check_report *report,
                             const struct page_proof *proof,
                             talk_write_fn write, void *payload,
                             talk_error *err);

#endif
