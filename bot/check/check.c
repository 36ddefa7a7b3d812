/* check.c - all checks of a pack, in order, and what they found.
 * In: a bot.  Out: problems, sorted by rule and place. */
#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check_desk.h"
#include "sort.h"

enum { WHAT_MAX = 1024 }; /* bytes of what a problem says */

static const struct check_rule rules[RULE_COUNT] = {
#define ENTRY(id, name, level, why, mend) {name, level, why, mend},
    CHECK_RULES(ENTRY)
#undef ENTRY
};

size_t talk__check_rule_count(void)
{
    return RULE_COUNT;
}

const struct check_rule *talk__check_rule(size_t index)
{
    return &rules[index];
}

/* ---- What the checks use ---- */

void talk__desk_tell(struct check_desk *desk, enum check_rule_id rule,
                     struct place place, const char *format, ...)
{
    char what[WHAT_MAX];
    struct check_report *report = desk->report;
    va_list args;
    va_start(args, format);
    int size = vsnprintf(what, sizeof what, format, args);
    va_end(args);
    size_t length = size < WHAT_MAX ? (size_t)size : WHAT_MAX - 1;
    const char *copy = talk__arena_text(&report->arena, what, length);
    void *problems = report->problems;
    if (!copy ||
        !talk__arena_room(&report->arena, &problems, report->problem_count,
                          &report->capacity, sizeof *report->problems)) {
        return; /* the arena remembers */
    }
    report->problems = problems;
    report->problems[report->problem_count++] =
        (struct check_problem){&rules[rule], place, copy, false};
}

const talk_turn *talk__desk_say(struct check_desk *desk, const char *text,
                                size_t length)
{
    const talk_turn *turn;
    (void)talk_say(desk->worker, desk->session, text, length, &turn,
                   desk->err);
    return turn;
}

bool talk__desk_is_fine(const struct check_desk *desk)
{
    return !desk->scratch.failed && !desk->turns.failed &&
           !desk->report->arena.failed;
}

const char *talk__desk_owner(const struct pack *pack,
                             const struct pattern *pattern)
{
    switch (pattern->kind) {
    case PATTERN_FINDING: return pack->findings[pattern->owner].name;
    case PATTERN_TOPIC: return pack->topics[pattern->owner].name;
    case PATTERN_SLOT: return pack->slots[pattern->owner].name;
    case PATTERN_ANSWER: return "an answer";
    case PATTERN_CUE: return "a cue";
    default: return "a pattern";
    }
}

/* ---- The order of the checks ---- */

static const struct stage {
    const char *name;
    bool (*run)(struct check_desk *desk);
    bool silent; /* says nothing to the pack */
} stages[] = {
    {"examples", talk__check_examples, false},
    {"patterns", talk__check_patterns, false},
    {"spelling", talk__check_slips, false},
    {"backtracking", talk__check_backtracking, false},
    {"ordinary English", talk__check_english, false},
    {"changed examples", talk__check_changes, false},
    {"wordings", talk__check_wordings, true},
    {"reachability", talk__check_reach, true},
    {"excuses", talk__check_excuses, false},
};

static bool open_desk(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    talk__arena_init(&desk->scratch, &desk->bot->memory, 0);
    talk__arena_init(&desk->turns, &desk->bot->memory, 0);
    struct check_report *report = desk->report;
    desk->reached = talk__arena_array(&report->arena, pack->pattern_count + 1u,
                                      sizeof *desk->reached);
    desk->ways = talk__arena_array(
        &report->arena, pack->alternative_count + 1u, sizeof *desk->ways);
    report->reached = desk->reached;
    report->ways = desk->ways;
    desk->values = talk__arena_array(&desk->scratch, pack->slot_count + 1u,
                                     sizeof *desk->values);
    desk->witnesses = talk__arena_array(
        &desk->scratch, pack->pattern_count + 1u, sizeof *desk->witnesses);
    desk->spreads = talk__arena_array(&desk->scratch, pack->pattern_count + 1u,
                                      sizeof *desk->spreads);
    desk->rivals = talk__arena_array(&desk->scratch, pack->topic_count + 1u,
                                     sizeof *desk->rivals);
    return desk->reached && desk->ways && desk->values && desk->witnesses &&
           desk->spreads && desk->rivals &&
           talk_worker_new(desk->bot, &desk->worker, desk->err) == TALK_OK &&
           talk_session_new(desk->bot, &desk->session, desk->err) == TALK_OK;
}

static void close_desk(struct check_desk *desk)
{
    talk_session_free(desk->session);
    talk_worker_free(desk->worker);
    talk__arena_clear(&desk->scratch);
    talk__arena_clear(&desk->turns);
}

/* strcmp for places, of which some have no source. */
static int compare_places(const struct place *a, const struct place *b)
{
    if (!a->source || !b->source) return !b->source - !a->source;
    int order = strcmp(a->source, b->source);
    if (order == 0) order = (a->line > b->line) - (a->line < b->line);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

static int compare(const void *a, const void *b)
{
    const struct check_problem *left = a, *right = b;
    if (left->rule != right->rule) return left->rule < right->rule ? -1 : 1;
    int order = compare_places(&left->place, &right->place);
    return order ? order : strcmp(left->what, right->what);
}

static void sum_up(struct check_report *report)
{
    if (report->problem_count > 1) {
        talk__sort(report->problems, report->problem_count,
                   sizeof *report->problems, compare);
    }
    for (size_t i = 0; i < report->problem_count; i++) {
        const struct check_problem *problem = &report->problems[i];
        if (problem->excused) {
            report->excused++;
        } else if (problem->rule->level == CHECK_ERROR) {
            report->errors++;
        } else {
            report->warnings++;
        }
    }
}

talk_status talk__check(const talk_bot *bot,
                        const struct check_options *options,
                        struct check_report *report, talk_error *err)
{
    talk_error own;
    if (!err) err = &own;
    *err = (talk_error){.status = TALK_NOMEM};
    *report = (struct check_report){0};
    talk__arena_init(&report->arena, &bot->memory, 0);
    struct check_desk desk = {.bot = bot,
                              .pack = bot->pack,
                              .options = options,
                              .report = report,
                              .err = err};
    bool fine = open_desk(&desk);
    for (size_t i = 0; fine && i < sizeof stages / sizeof *stages; i++) {
        if (options->silent && !stages[i].silent) continue;
        if (options->progress_fn) {
            options->progress_fn(options->payload, stages[i].name);
        }
        fine = stages[i].run(&desk) && talk__desk_is_fine(&desk);
    }
    if (!fine && !talk__desk_is_fine(&desk)) (void)talk__fail_nomem(err);
    close_desk(&desk);
    if (!fine) return err->status;
    sum_up(report);
    return TALK_OK;
}

void talk__check_clear(struct check_report *report)
{
    talk__arena_clear(&report->arena);
    *report = (struct check_report){0};
}
