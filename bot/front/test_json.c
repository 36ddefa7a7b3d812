/* test_json.c - the report as one JSON object.
 * In: verdicts, in order.  Out: {"files":[…],"totals":{…}}, one file a line,
 * each written as soon as it is known. */
#include "posix.h"

#include "test_report.h"

#include "json_door.h"

#include <stdlib.h>
#include <string.h>

static json_t *text(const char *string)
{
    return json_door_text(string, strlen(string));
}

static json_t *number(size_t value)
{
    return json_integer((json_int_t)value);
}

static void put_spot(json_t *object, struct spot spot)
{
    json_door_put(object, "file", text(spot.path));
    json_door_put(object, "line", number(spot.line));
    json_door_put(object, "column", number(spot.column));
}

static const char *const kind_names[] = {
    [FAILED_DIFFERENT] = "different",   [FAILED_MISSING] = "missing",
    [FAILED_UNEXPECTED] = "unexpected", [FAILED_FORBIDDEN] = "forbidden",
    [FAILED_ASSERTION] = "assertion",   [FAILED_REFUSED] = "refused",
};

static json_t *fault_json(const struct verdict *verdict,
                          const struct fault *fault)
{
    struct said said =
        script_said(&verdict->script, fault->run, fault->exchange);
    json_t *json = json_object(), *failures = json_array();
    json_door_put(json, "said", json_door_text(said.text, said.length));
    for (size_t i = 0; i < fault->count; i++) {
        const struct failure *failure = &fault->failures[i];
        json_t *item = json_object();
        json_door_put(item, "kind", text(kind_names[failure->kind]));
        put_spot(item, failure->spot);
        json_door_put(item, "expected", text(failure->expected));
        json_door_put(item, "got", text(failure->got));
        (void)json_array_append_new(failures, item);
    }
    json_door_put(json, "failures", failures);
    json_door_put(json, "why", text(fault->why));
    return json;
}

static json_t *run_json(const struct report *report,
                        const struct verdict *verdict, size_t run)
{
    char name[REPORT_NAME_MAX];
    json_t *json = json_object(), *turns = json_array();
    json_door_put(json, "name",
                  text(report_name(report, verdict, run, name, sizeof name)));
    json_door_put(json, "passed", json_boolean(!verdict->run_failed[run]));
    for (size_t i = 0; i < verdict->fault_count; i++) {
        const struct fault *fault = &verdict->faults[i];
        if (fault->run != run) continue;
        (void)json_array_append_new(turns, fault_json(verdict, fault));
    }
    json_door_put(json, "faults", turns);
    return json;
}

static void put_file(struct report *report, const struct verdict *verdict)
{
    const struct script *script = &verdict->script;
    json_t *json = json_object(), *list = json_array();
    json_door_put(json, "file", text(script->path));
    json_door_put(json, "title", text(script->title));
    json_door_put(json, "status",
                  text(verdict->broken         ? "error"
                       : verdict->failed_count ? "failed"
                                               : "passed"));
    for (size_t i = 0; verdict->broken && i < script->problem_count; i++) {
        json_t *item = json_object();
        put_spot(item, script->problems[i].spot);
        json_door_put(item, "message", text(script->problems[i].message));
        (void)json_array_append_new(list, item);
    }
    for (size_t run = 0; !verdict->broken && run < script->run_count; run++) {
        (void)json_array_append_new(list, run_json(report, verdict, run));
    }
    json_door_put(json, verdict->broken ? "problems" : "dialogues", list);
    char *line = json_door_line(json);
    fprintf(report->screen.out, "%s%s",
            report->count++ ? ",\n" : "{\"files\":[\n", line ? line : "null");
    free(line);
    json_decref(json);
}

static void put_end(struct report *report, const struct totals *totals)
{
    fprintf(report->screen.out,
            "%s],\n\"totals\":{\"files\":%zu,\"passed\":%zu,\"failed\":%zu,"
            "\"errors\":%zu,\"turns\":%zu}}\n",
            report->count ? "\n" : "{\"files\":[", totals->files,
            totals->passed, totals->failed, totals->broken, totals->turns);
}

const struct report_kind report_json = {put_file, put_end};
