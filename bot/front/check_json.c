/* check_json.c - a pack's problems as JSON.
 * In: a report.  Out: one object. */
#include "posix.h"

#include "check_json.h"

#include <string.h>

json_t *check_json_text(const char *string)
{
    return json_door_text(string, strlen(string));
}

static json_t *problem_json(const struct check_problem *problem)
{
    const struct check_rule *rule = problem->rule;
    json_t *json = json_object();
    bool fine = json_door_put(json, "rule", check_json_text(rule->name)) &&
                json_door_put(json, "level",
                              check_json_text(check_level_name(rule))) &&
                json_door_put(json, "what", check_json_text(problem->what)) &&
                json_door_put(json, "why", check_json_text(rule->why)) &&
                json_door_put(json, "mend", check_json_text(rule->mend)) &&
                json_door_put(json, "excused", json_boolean(problem->excused));
    if (fine && problem->place.source) {
        fine =
            json_door_put(json, "file",
                          check_json_text(problem->place.source)) &&
            json_door_put(json, "line", json_integer(problem->place.line)) &&
            json_door_put(json, "column", json_integer(problem->place.column));
    }
    if (fine) return json;
    json_decref(json);
    return NULL;
}

json_t *check_problems_json(const struct check_report *report)
{
    json_t *json = json_object(), *problems = json_array();
    bool fine = json_door_put(json, "problems", problems);
    for (size_t i = 0; fine && i < report->problem_count; i++) {
        fine = json_array_append_new(problems,
                                     problem_json(&report->problems[i])) == 0;
    }
    fine = fine &&
           json_door_put(json, "errors",
                         json_integer((json_int_t)report->errors)) &&
           json_door_put(json, "warnings",
                         json_integer((json_int_t)report->warnings)) &&
           json_door_put(json, "excused",
                         json_integer((json_int_t)report->excused));
    if (fine) return json;
    json_decref(json);
    return NULL;
}

bool check_json_end(json_t *json, bool fine, FILE *out)
{
    fine = fine &&
           json_dumpf(json, out, JSON_INDENT(1) | JSON_REAL_PRECISION(4)) == 0;
    putc('\n', out);
    json_decref(json);
    return fflush(out) == 0 && fine;
}

static json_t *rate_json(const struct check_rate *rate)
{
    return json_pack("{s:s, s:I, s:I}", "name", rate->name, "held",
                     (json_int_t)rate->held, "tried", (json_int_t)rate->tried);
}

bool check_write_json(const struct check_report *report, FILE *out)
{
    json_t *json = check_problems_json(report), *rates = json_array();
    bool fine = json_door_put(json, "survival", rates);
    for (size_t i = 0; fine && i < report->rate_count; i++) {
        fine = json_array_append_new(rates, rate_json(&report->rates[i])) == 0;
    }
    fine = fine &&
           json_door_put(json, "grade",
                         json_pack("{s:f, s:f}", "mean", report->grade_mean,
                                   "most", report->grade_most));
    return check_json_end(json, fine, out);
}
