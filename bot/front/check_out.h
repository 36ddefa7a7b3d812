/* check_out.h - what is told of a pack's problems: text, JSON, SARIF. */
#ifndef FRONT_CHECK_OUT_H
#define FRONT_CHECK_OUT_H

#include "check.h"
#include "screen.h"

/* all: every problem, and not only the first few of a rule. */
void check_print(const struct check_report *report,
                 const struct screen *screen, bool all);

/* false: no memory, or the file failed. */
bool check_write_json(const struct check_report *report, FILE *out);
/* SARIF 2.1.0; places are below pack. */
bool check_write_sarif(const struct check_report *report, const char *pack,
                       FILE *out);

#endif
