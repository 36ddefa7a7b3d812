/* test_clock.h - moments and spans of time as transcripts write them. */
#ifndef FRONT_TEST_CLOCK_H
#define FRONT_TEST_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* "2026-01-31", "2026-01-31T09:30", "2026-01-31 09:30:15Z", "1767268800":
 * seconds since 1970, in UTC. */
bool clock_read_moment(const char *text, uint64_t *seconds);
/* "+90s", "+2h", "+3 days". */
bool clock_read_span(const char *text, int64_t *seconds);
/* As the first of these; out has room for CLOCK_TEXT_MAX bytes. */
enum { CLOCK_TEXT_MAX = 32 };
void clock_write_moment(uint64_t seconds, char *out);

#endif
