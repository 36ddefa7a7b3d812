/* proof_out.c - what breaks a rule of the proof, gathered: as JSON.
 * In: faults, one by one; the sums of the proof.  Out: one object. */
#include "posix.h"

#include "proof_out.h"

#include "check_json.h"

#include <string.h>

void proof_report_init(struct proof_report *report)
{
    const struct memory memory = talk__memory_from(NULL);
    *report = (struct proof_report){0};
    talk__arena_init(&report->check.arena, &memory, 0);
}

void proof_report_clear(struct proof_report *report)
{
    talk__check_clear(&report->check);
    *report = (struct proof_report){0};
}

static const struct check_rule *rule_of(const char *name)
{
    size_t i = 0;
    while (strcmp(talk__proof_rule(i)->name, name) != 0) i++;
    return talk__proof_rule(i);
}

void proof_report_add(struct proof_report *report, const proof_fault *fault)
{
    struct check_report *check = &report->check;
    struct arena *arena = &check->arena;
    void *problems = check->problems, *shown = report->shown;
    if (!talk__arena_room(arena, &problems, check->problem_count,
                          &check->capacity, sizeof *check->problems) ||
        !talk__arena_room(arena, &shown, check->problem_count,
                          &report->capacity, sizeof *report->shown)) {
        return; /* the arena remembers */
    }
    check->problems = problems;
    report->shown = shown;
    size_t at = check->problem_count;
    bool placed = *fault->source != '\0';
    check->problems[at] = (struct check_problem){
        .rule = rule_of(fault->rule),
        .place = {placed ? talk__arena_text(arena, fault->source,
                                            strlen(fault->source))
                         : NULL,
                  fault->line, fault->column},
        .what = talk__arena_text(arena, fault->what, strlen(fault->what))};
    report->shown[at] = (struct shown){
        talk__arena_text(arena, fault->transcript, strlen(fault->transcript)),
        fault->replayed};
    check->problem_count++;
    check->errors++;
}

/* The rules, and whether each holds. */
static json_t *rules_json(const struct check_report *check)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < talk__proof_rule_count(); i++) {
        const struct check_rule *rule = talk__proof_rule(i);
        bool holds = true;
        for (size_t n = 0; n < check->problem_count; n++) {
            if (check->problems[n].rule == rule) holds = false;
        }
        json_t *json = json_pack("{s:s, s:s, s:b}", "rule", rule->name, "why",
                                 rule->why, "holds", (int)holds);
        if (json_array_append_new(rules, json) != 0) {
            json_decref(rules);
            return NULL;
        }
    }
    return rules;
}

bool proof_write_json(const struct proof_report *report,
                      const proof_result *result, double seconds, FILE *out)
{
    const struct check_report *check = &report->check;
    json_t *json = check->arena.failed ? NULL : check_problems_json(check);
    const json_t *problems = json_object_get(json, "problems");
    bool fine = json && json_door_put(json, "rules", rules_json(check));
    for (size_t i = 0; fine && i < check->problem_count; i++) {
        json_t *problem = json_array_get(problems, i);
        fine = json_door_put(problem, "transcript",
                             check_json_text(report->shown[i].transcript)) &&
               json_door_put(problem, "replayed",
                             json_boolean(report->shown[i].replayed));
    }
    fine = fine &&
           json_door_put(json, "states",
                         json_integer((json_int_t)result->states)) &&
           json_door_put(json, "transitions",
                         json_integer((json_int_t)result->transitions)) &&
           json_door_put(json, "depth",
                         json_integer((json_int_t)result->depth)) &&
           json_door_put(json, "complete", json_boolean(result->complete)) &&
           json_door_put(json, "seconds", json_real(seconds));
    return check_json_end(json, fine, out);
}
