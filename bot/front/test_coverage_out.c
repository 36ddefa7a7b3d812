/* test_coverage_out.c - what is told of coverage: a table, JSON, a tracefile
 * of lcov.
 * In: counts.  Out: text. */
#include "posix.h"

#include "test_coverage.h"

#include "json_door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const coverage_names[COVER_KINDS] = {
    [COVER_TOPICS] = "topics",
    [COVER_TOPIC_PATTERNS] = "topic patterns",
    [COVER_FINDINGS] = "findings by polarity",
    [COVER_FINDING_PATTERNS] = "finding patterns",
    [COVER_CUES] = "cues",
    [COVER_ANSWERS] = "answers",
    [COVER_SLOTS] = "slot values",
    [COVER_ALTERNATIVES] = "alternatives",
    [COVER_RESPONSES] = "responses",
    [COVER_WORDINGS] = "wordings",
    [COVER_POLICY] = "policy branches",
    [COVER_TIERS] = "tiers",
};

/* Kinds of so few things that what is missing is named in the table. */
static bool is_named(enum coverage_kind kind)
{
    return !coverage_is_pattern(kind) && kind != COVER_WORDINGS;
}

/* ---- Table ------------------------------------------------------------- */

enum { NAMES_COLUMN = 22, MISSING_MAX = 40 };

static void print_sum(FILE *out, const char *name, struct coverage_sum sum)
{
    fprintf(out, "%-*s %6zu of %6zu %6.1f %%\n", NAMES_COLUMN, name, sum.hit,
            sum.total, coverage_percent(sum));
}

static void print_missing(const struct coverage *coverage,
                          enum coverage_kind kind, const struct screen *screen)
{
    char *text = NULL;
    size_t length, count = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) return;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct cover *item = &coverage->items[i];
        if (item->kind != kind || item->count) continue;
        if (count++ >= MISSING_MAX) continue;
        fprintf(stream, "%s%s%s%s", count > 1 ? ", " : "", item->name,
                *item->detail ? " " : "", item->detail);
    }
    if (count > MISSING_MAX) {
        fprintf(stream, " and %zu more", count - MISSING_MAX);
    }
    if (fclose(stream) == 0 && count) {
        screen_print(screen, STYLE_PLAIN, "    not: ", text, length);
    }
    free(text);
}

void coverage_print(const struct coverage *coverage,
                    const struct screen *screen)
{
    fprintf(screen->out, "\n%-*s %s\n", NAMES_COLUMN, "coverage",
            "   hit     total");
    for (int kind = 0; kind < COVER_KINDS; kind++) {
        enum coverage_kind one = (enum coverage_kind)kind;
        print_sum(screen->out, coverage_names[kind],
                  coverage_sum(coverage, one));
        if (is_named(one)) print_missing(coverage, one, screen);
    }
    print_sum(screen->out, "all but patterns", coverage_all(coverage));
    if (coverage->unknown) {
        fprintf(screen->out, "%zu turns are not counted: no memory\n",
                coverage->unknown);
    }
}

/* ---- JSON -------------------------------------------------------------- */

static json_t *text(const char *string)
{
    return json_door_text(string, strlen(string));
}

static json_t *sum_json(struct coverage_sum sum)
{
    return json_pack("{s:I, s:I, s:f}", "hit", (json_int_t)sum.hit, "total",
                     (json_int_t)sum.total, "percent", coverage_percent(sum));
}

static json_t *item_json(const struct cover *item)
{
    json_t *json = json_object();
    bool fine =
        json_door_put(json, "name", text(item->name)) &&
        (!*item->detail ||
         json_door_put(json, "detail", text(item->detail))) &&
        json_door_put(json, "count", json_integer((json_int_t)item->count));
    if (fine && *item->source) {
        fine = json_door_put(json, "file", text(item->source)) &&
               json_door_put(json, "line", json_integer(item->line)) &&
               json_door_put(json, "column", json_integer(item->column)) &&
               (item->kind != COVER_ALTERNATIVES ||
                json_door_put(json, "number", json_integer(item->number)));
    }
    if (fine) return json;
    json_decref(json);
    return NULL;
}

/* {"topics":{"hit":…,"total":…,"percent":…,"items":[…]},…,"all":{…}} */
static bool write_json(const struct coverage *coverage, FILE *out)
{
    json_t *json = json_object();
    bool fine = json != NULL;
    for (int kind = 0; fine && kind < COVER_KINDS; kind++) {
        json_t *row =
            sum_json(coverage_sum(coverage, (enum coverage_kind)kind));
        json_t *items = json_array();
        fine = json_door_put(row, "items", items) &&
               json_door_put(json, coverage_names[kind], row);
        for (size_t i = 0; fine && i < coverage->count; i++) {
            if (coverage->items[i].kind != (enum coverage_kind)kind) continue;
            fine = json_array_append_new(items,
                                         item_json(&coverage->items[i])) == 0;
        }
    }
    fine =
        fine && json_door_put(json, "all", sum_json(coverage_all(coverage)));
    fine = fine &&
           json_dumpf(json, out, JSON_INDENT(1) | JSON_REAL_PRECISION(4)) == 0;
    putc('\n', out);
    json_decref(json);
    return fine;
}

/* ---- lcov -------------------------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
    const struct cover *left = *(const struct cover *const *)a;
    const struct cover *right = *(const struct cover *const *)b;
    int order = strcmp(left->source, right->source);
    return order ? order
                 : (left->line > right->line) - (left->line < right->line);
}

struct tally {
    size_t found, hit;
};

static void count(struct tally *tally, size_t hits)
{
    tally->found++;
    tally->hit += hits > 0;
}

/* The alternatives of a line are its branches, those of a pattern a block. */
static void write_branch(const struct cover *item, size_t line_hits, FILE *out)
{
    fprintf(out, "BRDA:%lu,%lu,%lu,", (unsigned long)item->line,
            (unsigned long)item->column, (unsigned long)item->number);
    if (line_hits) {
        fprintf(out, "%zu\n", item->count);
    } else {
        fputs("-\n", out);
    }
}

/* Rules of one line are one line: it was exercised as often as all of them.
 * Returns the first rule of the next line. */
static size_t write_line(const struct cover *const *items, size_t rest,
                         struct tally *lines, struct tally *branches,
                         FILE *out)
{
    size_t end = 0, sum = 0;
    while (end < rest && items[end]->line == items[0]->line &&
           strcmp(items[end]->source, items[0]->source) == 0) {
        if (items[end]->kind != COVER_ALTERNATIVES) sum += items[end]->count;
        end++;
    }
    fprintf(out, "DA:%lu,%zu\n", (unsigned long)items[0]->line, sum);
    count(lines, sum);
    for (size_t i = 0; i < end; i++) {
        if (items[i]->kind != COVER_ALTERNATIVES) continue;
        write_branch(items[i], sum, out);
        count(branches, items[i]->count);
    }
    return end;
}

/* Returns the first rule of the next file. */
static size_t write_file(const struct cover *const *items, size_t rest,
                         const char *pack, FILE *out)
{
    struct tally lines = {0}, branches = {0};
    size_t i = 0;
    const char *source = items[0]->source;
    fprintf(out, "TN:\nSF:%s/%s\n", pack, source);
    while (i < rest && strcmp(items[i]->source, source) == 0) {
        i += write_line(items + i, rest - i, &lines, &branches, out);
    }
    fprintf(out, "BRF:%zu\nBRH:%zu\nLF:%zu\nLH:%zu\nend_of_record\n",
            branches.found, branches.hit, lines.found, lines.hit);
    return i;
}

/* genhtml looks for the files from wherever it is run. */
static bool write_lcov(const struct coverage *coverage, const char *pack,
                       FILE *out)
{
    const struct cover **items = calloc(coverage->count + 1, sizeof(void *));
    char *folder = realpath(pack, NULL);
    size_t count = 0;
    bool fine = items && folder;
    for (size_t i = 0; fine && i < coverage->count; i++) {
        if (*coverage->items[i].source) items[count++] = &coverage->items[i];
    }
    if (fine) qsort(items, count, sizeof(void *), compare_lines);
    for (size_t i = 0; fine && i < count;) {
        i += write_file(items + i, count - i, folder, out);
    }
    free(items);
    free(folder);
    return fine;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), cut = strlen(ending);
    return length >= cut && strcmp(name + length - cut, ending) == 0;
}

bool coverage_write(const struct coverage *coverage, const char *path,
                    const char *pack)
{
    bool lcov = ends_in(path, ".info") || ends_in(path, ".lcov");
    FILE *file = fopen(path, "w");
    if (!file) return false;
    errno = ENOMEM;
    bool fine =
        lcov ? write_lcov(coverage, pack, file) : write_json(coverage, file);
    if (fine) errno = 0;
    fine = fflush(file) == 0 && !ferror(file) && fine;
    return fclose(file) == 0 && fine;
}
