/* mutate_out.h - what is told of the changes of a pack. */
#ifndef FRONT_MUTATE_OUT_H
#define FRONT_MUTATE_OUT_H

#include "check_out.h"
#include "mutate_try.h"

/* A change, and who noticed it. */
struct tried {
    const struct mutant *mutant;
    enum notice notice;
    const char *where; /* the example or transcript; "" */
};

struct score {
    struct check_report report; /* problems: what nothing noticed; rates: of
                                   each kind of change */
    size_t *possible;           /* by kind, as in talk__mutate_rule */
    size_t by[NOTICE_COUNT];
    struct tried *tries;
    size_t tried;
    size_t all; /* that are possible */
    double wanted;
    uint32_t seed;
};

/* Percent of those tried and not excused; 100 of none. */
double score_percent(const struct score *score);
bool score_suffices(const struct score *score);

void score_print(const struct score *score, const struct screen *screen,
                 bool all);
/* false: no memory, or the file failed. */
bool score_write_json(const struct score *score, FILE *out);

#endif
