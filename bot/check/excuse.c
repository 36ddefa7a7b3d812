/* excuse.c - problems that are to stay, and why.
 * In: the comments of a pack, "# check-ok RULE: reason" in a line of their own
 * above the line that a problem is in.  Out: those problems, marked; comments
 * that name no rule, give no reason, or excuse nothing.
 * YAML's comments never reach who reads a pack: the files are read again. */
#include <string.h>

#include "check_desk.h"
#include "folder.h"
#include "mutate.h"

static const char mark[] = "check-ok";

/* A line of a file. */
struct line {
    const char *text;
    size_t length;
    uint32_t number;
};

static bool next_line(const struct pack_file *file, size_t *at,
                      struct line *line)
{
    if (*at >= file->length) return false;
    const char *start = file->bytes + *at;
    const char *end = memchr(start, '\n', file->length - *at);
    line->text = start;
    line->length = end ? (size_t)(end - start) : file->length - *at;
    line->number++;
    *at += line->length + 1;
    if (line->length && start[line->length - 1] == '\r') line->length--;
    return true;
}

static void skip_blanks(struct line *line)
{
    while (line->length && (*line->text == ' ' || *line->text == '\t')) {
        line->text++;
        line->length--;
    }
}

/* Where the rule of a comment begins; false: it is no excuse. */
static bool reads_excuse(struct line line, struct line *rest)
{
    skip_blanks(&line);
    if (line.length == 0 || *line.text != '#') return false;
    line.text++;
    line.length--;
    skip_blanks(&line);
    if (line.length < sizeof mark - 1 ||
        memcmp(line.text, mark, sizeof mark - 1) != 0) {
        return false;
    }
    line.text += sizeof mark - 1;
    line.length -= sizeof mark - 1;
    skip_blanks(&line);
    *rest = line;
    return true;
}

/* Blank lines and comments do not count. 0: none follows. */
static uint32_t line_behind(const struct pack_file *file, size_t at,
                            uint32_t number)
{
    struct line line = {.number = number};
    while (next_line(file, &at, &line)) {
        struct line text = line;
        skip_blanks(&text);
        if (text.length && *text.text != '#') return line.number;
    }
    return 0;
}

static bool has_name(const struct check_rule *rule, struct line name)
{
    return strlen(rule->name) == name.length &&
           memcmp(rule->name, name.text, name.length) == 0;
}

/* What a comment says. */
struct excuse {
    struct line name;
    const struct check_rule *rule; /* NULL: there is none of this name */
    bool of_change; /* it is a kind of change: a matter for --mutate */
    bool reasoned;
};

static struct excuse read_excuse(struct line rest)
{
    const char *colon = memchr(rest.text, ':', rest.length);
    struct excuse what = {.name = rest};
    if (colon) what.name.length = (size_t)(colon - rest.text);
    for (size_t i = 0; i < talk__check_rule_count(); i++) {
        const struct check_rule *rule = talk__check_rule(i);
        if (has_name(rule, what.name)) what.rule = rule;
    }
    for (size_t i = 0; i < talk__mutate_rule_count(); i++) {
        const struct check_rule *rule = talk__mutate_rule(i);
        if (!has_name(rule, what.name)) continue;
        what.rule = rule;
        what.of_change = true;
    }
    size_t used = what.name.length + (colon != NULL);
    struct line reason = {rest.text + used, rest.length - used, 0};
    skip_blanks(&reason);
    what.reasoned = reason.length > 0;
    return what;
}

static bool excuse_line(struct check_report *report,
                        const struct check_rule *rule, const char *source,
                        uint32_t line)
{
    bool found = false;
    for (size_t i = 0; i < report->problem_count; i++) {
        struct check_problem *problem = &report->problems[i];
        if (problem->rule != rule || problem->place.line != line ||
            !problem->place.source ||
            strcmp(problem->place.source, source) != 0) {
            continue;
        }
        problem->excused = found = true;
    }
    return found;
}

static void judge(void *payload, const struct pack_file *file,
                  struct line rest, size_t behind)
{
    struct check_desk *desk = payload;
    struct place place = {
        talk__arena_text(&desk->report->arena, file->path, strlen(file->path)),
        rest.number, 1};
    struct excuse what = read_excuse(rest);
    if (!what.rule) {
        talk__desk_tell(desk, RULE_BAD_EXCUSE, place, "no rule '%.*s'",
                        (int)what.name.length, what.name.text);
        return;
    }
    if (!what.reasoned) {
        talk__desk_tell(desk, RULE_BAD_EXCUSE, place,
                        "no reason is given for '%s'", what.rule->name);
        return;
    }
    if (what.of_change) return; /* not all of them are tried */
    uint32_t line = line_behind(file, behind, rest.number);
    if (!excuse_line(desk->report, what.rule, file->path, line)) {
        talk__desk_tell(desk, RULE_IDLE_EXCUSE, place,
                        "'%s' finds nothing in line %u", what.rule->name,
                        line);
    }
}

typedef void (*judge_fn)(void *payload, const struct pack_file *file,
                         struct line rest, size_t behind);

/* Calls judge_it for each excuse of a pack. False: no memory. */
static bool each_excuse(const char *folder, const talk_options *options,
                        struct arena *arena, judge_fn judge_it, void *payload)
{
    struct pack_limits limits = {.file_max = options->pack_file_max,
                                 .pack_max = options->pack_max};
    struct problems problems;
    struct pack_files files;
    talk__problems_init(&problems, arena);
    if (!talk__folder_read(folder, &limits, arena, &problems, &files)) {
        return false;
    }
    for (size_t i = 0; i < files.count; i++) {
        const struct pack_file *file = &files.items[i];
        struct line line = {0}, rest;
        size_t at = 0;
        while (!file->unread && next_line(file, &at, &line)) {
            if (reads_excuse(line, &rest)) judge_it(payload, file, rest, at);
        }
    }
    return !arena->failed;
}

bool talk__check_excuses(struct check_desk *desk)
{
    return each_excuse(desk->options->folder, &desk->bot->options,
                       &desk->scratch, judge, desk);
}

/* What the check has said of bad excuses is not said again. */
static void judge_change(void *payload, const struct pack_file *file,
                         struct line rest, size_t behind)
{
    struct check_report *report = payload;
    struct excuse what = read_excuse(rest);
    if (!what.rule || !what.of_change || !what.reasoned) return;
    (void)excuse_line(report, what.rule, file->path,
                      line_behind(file, behind, rest.number));
}

bool talk__mutants_excuse(const char *folder, const talk_options *options,
                          struct check_report *report)
{
    const struct memory memory = talk__memory_from(options);
    struct arena arena;
    talk__arena_init(&arena, &memory, 0);
    bool fine = each_excuse(folder, options, &arena, judge_change, report);
    talk__arena_clear(&arena);
    return fine;
}
