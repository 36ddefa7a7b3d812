/* excuse.c - problems that are to stay, and why.
 * In: the comments of a pack, "# check-ok RULE: reason" in a line of their own
 * above the line that a problem is in.  Out: those problems, marked; comments
 * that name no rule, give no reason, or excuse nothing.
 * YAML's comments never reach who reads a pack: the files are read again. */
#include <string.h>

#include "check_desk.h"
#include "folder.h"

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

static const struct check_rule *rule_of(const char *name, size_t length)
{
    for (size_t i = 0; i < talk__check_rule_count(); i++) {
        const struct check_rule *rule = talk__check_rule(i);
        if (strlen(rule->name) == length &&
            memcmp(rule->name, name, length) == 0) {
            return rule;
        }
    }
    return NULL;
}

static bool excuse(struct check_report *report, const struct check_rule *rule,
                   const char *source, uint32_t line)
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

static void judge(struct check_desk *desk, const struct pack_file *file,
                  struct line rest, size_t behind)
{
    struct place place = {
        talk__arena_text(&desk->report->arena, file->path, strlen(file->path)),
        rest.number, 1};
    const char *colon = memchr(rest.text, ':', rest.length);
    size_t length = colon ? (size_t)(colon - rest.text) : rest.length;
    const struct check_rule *rule = rule_of(rest.text, length);
    if (!rule) {
        talk__desk_tell(desk, RULE_BAD_EXCUSE, place, "no rule '%.*s'",
                        (int)length, rest.text);
        return;
    }
    struct line reason = {.length = rest.length - length};
    reason.text = rest.text + length;
    if (colon) reason.text++, reason.length--;
    skip_blanks(&reason);
    if (reason.length == 0) {
        talk__desk_tell(desk, RULE_BAD_EXCUSE, place,
                        "no reason is given for '%s'", rule->name);
        return;
    }
    uint32_t line = line_behind(file, behind, rest.number);
    if (!excuse(desk->report, rule, file->path, line)) {
        talk__desk_tell(desk, RULE_IDLE_EXCUSE, place,
                        "'%s' finds nothing in line %u", rule->name, line);
    }
}

bool talk__check_excuses(struct check_desk *desk)
{
    const talk_options *options = &desk->bot->options;
    struct pack_limits limits = {options->pack_file_max, options->pack_max,
                                 false};
    struct problems problems;
    struct pack_files files;
    talk__problems_init(&problems, &desk->scratch);
    if (!talk__folder_read(desk->options->folder, &limits, &desk->scratch,
                           &problems, &files)) {
        return false;
    }
    for (size_t i = 0; i < files.count; i++) {
        const struct pack_file *file = &files.items[i];
        struct line line = {.number = 0};
        struct line rest;
        size_t at = 0;
        while (!file->unread && next_line(file, &at, &line)) {
            if (reads_excuse(line, &rest)) judge(desk, file, rest, at);
        }
    }
    return true;
}
