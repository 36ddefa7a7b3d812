/* mutate_out.c - what is told of the changes of a pack: text, JSON.
 * In: a score.  Out: what nothing noticed, by kind; how many of each kind were
 * noticed, and by whom; a sum. */
#include "posix.h"

#include "mutate_out.h"

#include "check_json.h"

double score_percent(const struct score *score)
{
    size_t noticed = score->tried - score->by[NOTICE_NOBODY];
    size_t counted = score->tried - score->report.excused;
    return counted ? 100.0 * (double)noticed / (double)counted : 100.0;
}

bool score_suffices(const struct score *score)
{
    return score_percent(score) >= score->wanted;
}

static void print_by(const struct score *score, FILE *out)
{
    fputs("noticed by ", out);
    for (size_t i = 0; i < NOTICE_NOBODY; i++) {
        fprintf(out, "%s%s %zu", i ? ", " : "", notice_name((enum notice)i),
                score->by[i]);
    }
    putc('\n', out);
}

void score_print(const struct score *score, const struct screen *screen,
                 bool all)
{
    const struct check_report *report = &score->report;
    check_print_problems(report, screen, all);
    fputs("changes that something noticed\n", screen->out);
    for (size_t i = 0; i < report->rate_count; i++) {
        const struct check_rate *rate = &report->rates[i];
        if (score->possible[i] == 0) continue;
        fprintf(screen->out, "  %-18s %6zu of %6zu tried, %6zu possible\n",
                rate->name, rate->held, rate->tried, score->possible[i]);
    }
    print_by(score, screen->out);
    if (report->excused) {
        fprintf(screen->out, "%zu unnoticed, but excused\n", report->excused);
    }
    fprintf(screen->out, "%.1f %% of %zu changes, of %zu possible (seed %lu)",
            score_percent(score), score->tried, score->all,
            (unsigned long)score->seed);
    if (!score_suffices(score)) {
        fprintf(screen->out, "; the pack wants %g %%", score->wanted);
    }
    putc('\n', screen->out);
}

static json_t *kinds_json(const struct score *score)
{
    json_t *kinds = json_array();
    for (size_t i = 0; i < score->report.rate_count; i++) {
        const struct check_rate *rate = &score->report.rates[i];
        json_t *kind =
            json_pack("{s:s, s:I, s:I, s:I}", "rule", rate->name, "noticed",
                      (json_int_t)rate->held, "tried", (json_int_t)rate->tried,
                      "possible", (json_int_t)score->possible[i]);
        if (json_array_append_new(kinds, kind) != 0) {
            json_decref(kinds);
            return NULL;
        }
    }
    return kinds;
}

static json_t *tried_json(const struct tried *tried)
{
    const struct mutant *mutant = tried->mutant;
    json_t *json = json_object();
    bool fine =
        json_door_put(json, "rule", check_json_text(mutant->rule->name)) &&
        json_door_put(json, "file", check_json_text(mutant->place.source)) &&
        json_door_put(json, "line", json_integer(mutant->place.line)) &&
        json_door_put(json, "column", json_integer(mutant->place.column)) &&
        json_door_put(json, "what", check_json_text(mutant->what)) &&
        json_door_put(json, "by", check_json_text(notice_name(tried->notice)));
    if (fine && *tried->where) {
        fine = json_door_put(json, "where", check_json_text(tried->where));
    }
    if (fine) return json;
    json_decref(json);
    return NULL;
}

static json_t *tries_json(const struct score *score)
{
    json_t *tries = json_array();
    for (size_t i = 0; i < score->tried; i++) {
        if (json_array_append_new(tries, tried_json(&score->tries[i])) != 0) {
            json_decref(tries);
            return NULL;
        }
    }
    return tries;
}

bool score_write_json(const struct score *score, FILE *out)
{
    json_t *json = check_problems_json(&score->report);
    json_t *by = json_object();
    bool fine = json_door_put(json, "kinds", kinds_json(score)) &&
                json_door_put(json, "changes", tries_json(score)) &&
                json_door_put(json, "by", by);
    for (size_t i = 0; fine && i < NOTICE_COUNT; i++) {
        fine = json_door_put(by, notice_name((enum notice)i),
                             json_integer((json_int_t)score->by[i]));
    }
    fine =
        fine &&
        json_door_put(json, "tried", json_integer((json_int_t)score->tried)) &&
        json_door_put(json, "possible",
                      json_integer((json_int_t)score->all)) &&
        json_door_put(json, "seed", json_integer(score->seed)) &&
        json_door_put(json, "percent", json_real(score_percent(score))) &&
        json_door_put(json, "wanted", json_real(score->wanted));
    return check_json_end(json, fine, out);
}
