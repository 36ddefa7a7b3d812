/* check_sarif.c - a pack's problems as SARIF 2.1.0, which code hosts draw at
 * the lines of a change.
 * In: a report.  Out: one run, with the rules that something was found by. */
#include "posix.h"

#include "check_out.h"

#include "json_door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static json_t *text(const char *string)
{
    return json_door_text(string, strlen(string));
}

/* {"text": …} */
static json_t *message(const char *string)
{
    return json_pack("{s:o}", "text", text(string));
}

static json_t *rules_json(struct check_rules table)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < table.count; i++) {
        const struct check_rule *rule = table.at(i);
        json_t *json = json_pack(
            "{s:s, s:o, s:o, s:{s:s}}", "id", rule->name, "shortDescription",
            message(rule->why), "help", message(rule->mend),
            "defaultConfiguration", "level", check_level_name(rule));
        if (json_array_append_new(rules, json) != 0) {
            json_decref(rules);
            return NULL;
        }
    }
    return rules;
}

/* SARIF wants a place relative to a base, and lines from 1. */
static json_t *place_json(const struct place *place)
{
    json_int_t line = place->line ? place->line : 1;
    json_int_t column = place->column ? place->column : 1;
    return json_pack("[{s:{s:{s:s, s:s}, s:{s:I, s:I}}}]", "physicalLocation",
                     "artifactLocation", "uri",
                     place->source ? place->source : "intents", "uriBaseId",
                     "PACK", "region", "startLine", line, "startColumn",
                     column);
}

static json_t *result_json(const struct check_problem *problem)
{
    json_t *json = json_pack(
        "{s:s, s:s, s:o, s:o}", "ruleId", problem->rule->name, "level",
        check_level_name(problem->rule), "message", message(problem->what),
        "locations", place_json(&problem->place));
    if (json && problem->excused &&
        !json_door_put(json, "suppressions",
                       json_pack("[{s:s}]", "kind", "inSource"))) {
        json_decref(json);
        return NULL;
    }
    return json;
}

/* As a file URI; what is not a plain letter is escaped. */
static json_t *base_uri(const char *pack)
{
    char *folder = realpath(pack, NULL);
    char *uri = NULL;
    size_t length;
    FILE *out = folder ? open_memstream(&uri, &length) : NULL;
    if (out) {
        fputs("file://", out);
        for (const char *at = folder; *at; at++) {
            unsigned char c = (unsigned char)*at;
            bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || strchr("/-._~", c);
            fprintf(out, plain ? "%c" : "%%%02X", c);
        }
        putc('/', out);
    }
    json_t *json = out && fclose(out) == 0 ? text(uri) : NULL;
    free(uri);
    free(folder);
    return json;
}

static bool write_all(const struct check_report *report,
                      struct check_rules rules, const char *pack, FILE *out)
{
    json_t *results = json_array();
    bool fine = results != NULL;
    for (size_t i = 0; fine && i < report->problem_count; i++) {
        fine = json_array_append_new(results,
                                     result_json(&report->problems[i])) == 0;
    }
    json_t *json = json_pack(
        "{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:{s:{s:o}}, s:s, s:o}]}",
        "$schema", "https://json.schemastore.org/sarif-2.1.0.json", "version",
        "2.1.0", "runs", "tool", "driver", "name", "backtalk check", "version",
        talk_version(), "rules", rules_json(rules), "originalUriBaseIds",
        "PACK", "uri", base_uri(pack), "columnKind", "unicodeCodePoints",
        "results", results);
    fine = fine && json && json_dumpf(json, out, JSON_INDENT(1)) == 0;
    putc('\n', out);
    json_decref(json);
    return fflush(out) == 0 && fine;
}

bool check_write_sarif(const struct check_report *report,
                       struct check_rules rules, const char *pack,
                       const char *path)
{
    FILE *file = fopen(path, "w");
    bool fine = file && write_all(report, rules, pack, file);
    if (file && fclose(file) != 0) fine = false;
    if (fine) return true;
    fprintf(stderr, "backtalk: cannot write %s: %s\n", path, strerror(errno));
    return false;
}
