/* test_report.h - what a run of transcripts tells, in four ways. */
#ifndef FRONT_TEST_REPORT_H
#define FRONT_TEST_REPORT_H

#include "screen.h"
#include "test_verdict.h"

struct totals {
    size_t files, passed, failed, broken; /* dialogues, but files and broken */
    size_t turns;
};

struct report {
    const struct report_kind *kind;
    struct screen screen; /* where it goes */
    bool quiet;
    bool brief; /* the failures are told elsewhere */
    uint32_t seed;
    bool many_seeds; /* --repeat: names say which seed */
    /* What is held back until the end. */
    FILE *later;
    char *later_text;
    size_t later_length;
    size_t count; /* of what was told so far */
};

struct report_kind {
    void (*file)(struct report *report, const struct verdict *verdict);
    void (*end)(struct report *report, const struct totals *totals);
};

extern const struct report_kind report_human, report_tap, report_json,
    report_junit;

/* false: no memory. */
bool report_init(struct report *report, const struct report_kind *kind,
                 FILE *out, enum color_choice color);
void report_clear(struct report *report);

/* ---- What they share --------------------------------------------------- */

/* The title, which items of its lists are said, and the seed. */
const char *report_name(const struct report *report,
                        const struct verdict *verdict, size_t run, char *out,
                        size_t size);
enum { REPORT_NAME_MAX = 512 };

/* All that is known of the faults of a run, for people. */
void report_faults(const struct screen *screen, const struct verdict *verdict,
                   size_t run);
void report_problems(const struct screen *screen,
                     const struct verdict *verdict);

/* Writes the text held back. */
void report_later(struct report *report);

#endif
