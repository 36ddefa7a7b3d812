/* measure.h - time and memory, for the benches. What fails ends the program.
 */
#ifndef TALK_TESTS_MEASURE_H
#define TALK_TESTS_MEASURE_H

#include "backtalk.h"
#include "starving.h"

/* Nanoseconds by the clock: quick to ask, for what is short. */
double now_ns(void);
/* Nanoseconds of this thread: what others do meanwhile does not count. */
double busy_ns(void);

/* Sorts the values. share 0.5: the median; 1: the largest. */
double value_at(double *values, size_t count, double share);

/* Options whose allocator counts. */
talk_options counting_options(struct starving *counter);

/* Ends the program with the error, unless status is TALK_OK. */
void must(talk_status status, const talk_error *err);

talk_bot *load(const char *pack, const talk_options *options);

/* The lines of a text file, each a message. */
struct messages {
    char **lines;
    size_t count;
    char *bytes;
};
struct messages read_messages(const char *path);
void messages_clear(struct messages *messages);

#endif
