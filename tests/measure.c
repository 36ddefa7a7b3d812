/* measure.c - time and memory, for the benches. */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "disk.h"

static double read_clock(clockid_t clock)
{
    struct timespec time;
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

double now_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double busy_ns(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left == right ? 0 : left < right ? -1 : 1;
}

double value_at(double *values, size_t count, double share)
{
    if (count == 0) return 0;
    qsort(values, count, sizeof *values, compare);
    return values[(size_t)((double)(count - 1) * share)];
}

talk_options counting_options(struct starving *counter)
{
    talk_options options;
    talk_options_init(&options, sizeof options);
    *counter = (struct starving){.fail_at = NEVER};
    options.alloc_fn = starving_alloc;
    options.alloc_payload = counter;
    return options;
}

void must(talk_status status, const talk_error *err)
{
    if (status == TALK_OK) return;
    (void)fprintf(stderr, "%s:%u: %s\n", err->source, (unsigned)err->line,
                  err->message);
    exit(1);
}

talk_bot *load(const char *pack, const talk_options *options)
{
    talk_bot *bot;
    talk_error err;
    must(talk_bot_load(pack, options, &bot, &err), &err);
    return bot;
}

struct messages read_messages(const char *path)
{
    struct messages messages = {0};
    size_t length;
    messages.bytes = read_whole_file(path, &length);
    messages.lines = take((length + 1) * sizeof *messages.lines);
    for (char *line = strtok(messages.bytes, "\n"); line;
         line = strtok(NULL, "\n")) {
        messages.lines[messages.count++] = line;
    }
    return messages;
}

void messages_clear(struct messages *messages)
{
    free(messages->lines);
    free(messages->bytes);
}
