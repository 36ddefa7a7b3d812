/* test_clock.c - moments and spans of time as transcripts write them.
 * In: text.  Out: seconds.  Knows no time zone: everything is UTC. */
#include "test_clock.h"

#include <stdio.h>
#include <string.h>

enum {
    MINUTE = 60,
    HOUR = 60 * MINUTE,
    DAY = 24 * HOUR,
    WEEK = 7 * DAY,
    DIGITS_MAX = 10, /* of a number, so that nothing overflows */
    YEAR_FIRST = 1970
};

static bool read_number(const char **text, size_t least, size_t most,
                        int64_t *number)
{
    size_t digits = strspn(*text, "0123456789");
    if (digits < least || digits > most) return false;
    *number = 0;
    for (; digits; digits--) *number = *number * 10 + (*(*text)++ - '0');
    return true;
}

/* Days since 1970-01-01 of a date of the Gregorian calendar; the year begins
 * in March here, so that the leap day is its last. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    if (month < 3) {
        year--;
        month += 12;
    }
    int64_t leaps = year / 4 - year / 100 + year / 400;
    return 365 * year + leaps + (153 * (month - 3) + 2) / 5 + day - 719469;
}

static bool is_date(int64_t year, int64_t month, int64_t day)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (year < YEAR_FIRST || month < 1 || month > 12 || day < 1) return false;
    return day <= lengths[month - 1] && !(month == 2 && day == 29 && !leap);
}

static bool skip(const char **text, const char *any_of)
{
    if (!**text || !strchr(any_of, **text)) return false;
    ++*text;
    return true;
}

static bool read_time(const char **text, int64_t *seconds)
{
    int64_t hour, minute, second = 0;
    if (!read_number(text, 2, 2, &hour) || !skip(text, ":") ||
        !read_number(text, 2, 2, &minute)) {
        return false;
    }
    if (skip(text, ":") && !read_number(text, 2, 2, &second)) return false;
    *seconds = hour * HOUR + minute * MINUTE + second;
    return hour < 24 && minute < 60 && second < 60;
}

bool clock_read_moment(const char *text, uint64_t *seconds)
{
    int64_t year, month, day, time = 0;
    const char *at = text;
    if (text[strspn(text, "0123456789")] == '\0') {
        int64_t number;
        if (!read_number(&at, 1, DIGITS_MAX, &number)) return false;
        *seconds = (uint64_t)number;
        return true;
    }
    if (!read_number(&at, 4, 4, &year) || !skip(&at, "-") ||
        !read_number(&at, 2, 2, &month) || !skip(&at, "-") ||
        !read_number(&at, 2, 2, &day) || !is_date(year, month, day)) {
        return false;
    }
    if (skip(&at, "T ") && !read_time(&at, &time)) return false;
    (void)skip(&at, "Z");
    *seconds = (uint64_t)(days_of(year, month, day) * DAY + time);
    return *at == '\0';
}

bool clock_read_span(const char *text, int64_t *seconds)
{
    static const struct unit {
        const char *name;
        int64_t seconds;
    } units[] = {{"second", 1},
                 {"minute", MINUTE},
                 {"hour", HOUR},
                 {"day", DAY},
                 {"week", WEEK}};
    int64_t number;
    const char *at = text;
    if (!skip(&at, "+") || !read_number(&at, 1, DIGITS_MAX, &number)) {
        return false;
    }
    (void)skip(&at, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t whole = strlen(units[i].name);
        bool letter = at[0] == units[i].name[0] && !at[1];
        bool word = strncmp(at, units[i].name, whole) == 0 &&
                    (!at[whole] || strcmp(at + whole, "s") == 0);
        if (!letter && !word) continue;
        *seconds = number * units[i].seconds;
        return true;
    }
    return false;
}

void clock_write_moment(uint64_t seconds, char *out)
{
    int64_t days = (int64_t)(seconds / DAY), rest = (int64_t)(seconds % DAY);
    int64_t year = YEAR_FIRST + days / 366, month = 1;
    while (days_of(year + 1, 1, 1) <= days) year++;
    while (month < 12 && days_of(year, month + 1, 1) <= days) month++;
    snprintf(out, CLOCK_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year,
             (int)month, (int)(days - days_of(year, month, 1) + 1),
             (int)(rest / HOUR), (int)(rest / MINUTE % 60), (int)(rest % 60));
}
