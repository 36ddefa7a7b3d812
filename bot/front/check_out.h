/* check_out.h - what is told of a pack's problems: text, JSON, SARIF. */
#ifndef FRONT_CHECK_OUT_H
#define FRONT_CHECK_OUT_H

#include "check.h"
#include "screen.h"

/* "error" */
const char *check_level_name(const struct check_rule *rule);

/* all: every problem, and not only the first few of a rule. */
void check_print_problems(const struct check_report *report,
                          const struct screen *screen, bool all);
void check_print(const struct check_report *report,
                 const struct screen *screen, bool all);

/* false: no memory, or the file failed. */
bool check_write_json(const struct check_report *report, FILE *out);

/* A table of rules, such as that of talk__check_rule. */
struct check_rules {
    size_t count;
    const struct check_rule *(*at)(size_t index);
};
/* Writes FILE of --sarif: SARIF 2.1.0; places are below pack. false: it
 * cannot be written, and stderr says why. */
bool check_write_sarif(const struct check_report *report,
                       struct check_rules rules, const char *pack,
                       const char *path);

#endif
