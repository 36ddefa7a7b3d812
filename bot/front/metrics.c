/* metrics.c - what a server counts, in the text format of Prometheus.
 * In: turns, answers.  Out: counters and a histogram as text. */
#include "posix.h"

#include "metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Upper ends of the buckets, in µs; behind the last there is no end. */
static const uint32_t bounds[LATENCY_BUCKETS - 1] = {
    10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 250000};

/* What the server answers with; the last place is for all others. */
static const unsigned statuses[STATUSES_COUNTED - 1] = {
    200, 204, 400, 401, 403, 404, 405, 408, 413, 429, 500, 503};

void metrics_add(atomic_uint_fast64_t *counter, uint64_t more)
{
    atomic_fetch_add_explicit(counter, more, memory_order_relaxed);
}

static uint64_t value(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_turn(struct metrics *metrics, const struct turn_counted *turn)
{
    size_t bucket = 0;
    while (bucket < LATENCY_BUCKETS - 1 &&
           turn->nanoseconds > (uint64_t)bounds[bucket] * 1000) {
        bucket++;
    }
    metrics_add(&metrics->turns[turn->tier], 1);
    metrics_add(&metrics->latency[bucket], 1);
    metrics_add(&metrics->nanoseconds, turn->nanoseconds);
    if (turn->fallback) metrics_add(&metrics->fallbacks, 1);
    if (turn->technique) metrics_add(&metrics->techniques, 1);
}

void metrics_answer(struct metrics *metrics, unsigned status)
{
    size_t place = 0;
    while (place < STATUSES_COUNTED - 1 && statuses[place] != status) place++;
    metrics_add(&metrics->answers[place], 1);
}

/* ---- Text ---- */

static void head(FILE *out, const char *name, const char *type,
                 const char *help)
{
    fprintf(out, "# HELP backtalk_%s %s\n# TYPE backtalk_%s %s\n", name, help,
            name, type);
}

static void one(FILE *out, const char *name, const char *type,
                const char *help, uint64_t number)
{
    head(out, name, type, help);
    fprintf(out, "backtalk_%s %" PRIu64 "\n", name, number);
}

static void write_turns(FILE *out, const struct metrics *metrics)
{
    head(out, "turns_total", "counter",
         "Messages answered, by the tier of the conversation after them.");
    for (int tier = 0; tier < TIER_NAMES; tier++) {
        fprintf(out, "backtalk_turns_total{tier=\"%s\"} %" PRIu64 "\n",
                talk_tier_name((talk_tier)tier), value(&metrics->turns[tier]));
    }
    one(out, "repeats_total", "counter",
        "Messages that came before, by their ids; they are no turns.",
        value(&metrics->repeats));
    one(out, "fallbacks_total", "counter",
        "Messages in which nothing was understood.",
        value(&metrics->fallbacks));
    one(out, "techniques_total", "counter", "Answers that hold technique.",
        value(&metrics->techniques));
}

static void write_latency(FILE *out, const struct metrics *metrics)
{
    uint64_t sum = value(&metrics->nanoseconds), below = 0;
    head(out, "turn_seconds", "histogram", "Time that a turn takes.");
    for (size_t i = 0; i < LATENCY_BUCKETS; i++) {
        below += value(&metrics->latency[i]);
        fputs("backtalk_turn_seconds_bucket{le=\"", out);
        if (i < LATENCY_BUCKETS - 1) {
            fprintf(out, "%" PRIu32 ".%06" PRIu32, bounds[i] / 1000000,
                    bounds[i] % 1000000);
        } else {
            fputs("+Inf", out);
        }
        fprintf(out, "\"} %" PRIu64 "\n", below);
    }
    fprintf(out, "backtalk_turn_seconds_sum %" PRIu64 ".%09" PRIu64 "\n",
            sum / 1000000000, sum % 1000000000);
    fprintf(out, "backtalk_turn_seconds_count %" PRIu64 "\n", below);
}

static void write_answers(FILE *out, const struct metrics *metrics)
{
    head(out, "http_answers_total", "counter", "Answers by status.");
    for (size_t i = 0; i < STATUSES_COUNTED; i++) {
        uint64_t count = value(&metrics->answers[i]);
        unsigned status = i < STATUSES_COUNTED - 1 ? statuses[i] : 0;
        if (count == 0) continue;
        fprintf(out,
                "backtalk_http_answers_total{status=\"%u\"} %" PRIu64 "\n",
                status, count);
    }
}

static void write_all(FILE *out, const struct metrics *metrics,
                      size_t sessions)
{
    write_turns(out, metrics);
    write_latency(out, metrics);
    one(out, "sessions", "gauge", "Conversations that are kept.", sessions);
    one(out, "sessions_expired_total", "counter",
        "Conversations forgotten after a time without a word.",
        value(&metrics->expired));
    one(out, "sessions_forgotten_total", "counter",
        "Conversations forgotten because a caller wanted it.",
        value(&metrics->forgotten));
    write_answers(out, metrics);
    head(out, "reloads_total", "counter", "Packs that were to be reloaded.");
    fprintf(out, "backtalk_reloads_total{result=\"ok\"} %" PRIu64 "\n",
            value(&metrics->reloads));
    fprintf(out, "backtalk_reloads_total{result=\"failed\"} %" PRIu64 "\n",
            value(&metrics->reloads_failed));
    head(out, "build_info", "gauge", "The version.");
    fprintf(out, "backtalk_build_info{version=\"%s\"} 1\n", talk_version());
}

char *metrics_text(struct metrics *metrics, size_t sessions, size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);
    if (!out) return NULL;
    write_all(out, metrics, sessions);
    if (fclose(out) == 0) return text;
    free(text);
    return NULL;
}
