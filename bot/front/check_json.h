/* check_json.h - what all JSON of `backtalk check` has in common. */
#ifndef FRONT_CHECK_JSON_H
#define FRONT_CHECK_JSON_H

#include "check_out.h"
#include "json_door.h"

json_t *check_json_text(const char *string);
/* {"problems": [...], "errors": n, "warnings": n, "excused": n}. NULL: no
 * memory, as for the rest. */
json_t *check_problems_json(const struct check_report *report);
/* Writes it, if all is fine so far, and gives it back. */
bool check_json_end(json_t *json, bool fine, FILE *out);

#endif
