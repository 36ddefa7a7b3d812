/* quantity.c - numbers and times out of words.
 * In: folded text, the pack's words for numbers and times.  Out: a number, or
 * days before now.  Words that the pack does not name are passed over; what
 * the number is good for is the slot's business.
 *
 * A date without a year is the last one that there was. Of a range ("2 to 3
 * weeks", "6 or 7") the higher end counts: that is the careful one. */
#include "quantity.h"

#include <math.h>
#include <string.h>

#include "ascii.h"

enum {
    YEAR_MIN = 1000, /* a smaller number is none of a year */
    TENS_MIN = 20,   /* "twenty one" is 21; "ten one" is not 11 */
    TENS_MAX = 90,
    HUNDRED = 100,
    DIGITS_MAX = 9, /* longer ones mean nothing here */
    SECONDS_A_DAY = 24 * 60 * 60
};

/* ---- Words ---- */

struct reader {
    const struct pack *pack;
    const char *at, *end;
};

enum token { TOKEN_END, TOKEN_UNKNOWN, TOKEN_DIGITS, TOKEN_WORD };

static bool is_letter(char c)
{
    return talk__is_small(c) || talk__is_beyond_ascii(c) || c == '\'';
}

/* "7", "2.5"; the digits of "2wks" end at the letters. */
static enum token read_digits(struct reader *r, struct value_word *out)
{
    double number = 0, scale = 1;
    const char *start = r->at;
    while (r->at < r->end && talk__is_digit(*r->at)) {
        number = number * 10 + (*r->at++ - '0');
    }
    if (r->at - start > DIGITS_MAX) return TOKEN_UNKNOWN;
    if (r->end - r->at > 1 && *r->at == '.' && talk__is_digit(r->at[1])) {
        for (r->at++; r->at < r->end && talk__is_digit(*r->at); r->at++) {
            scale /= 10;
            number += scale * (*r->at - '0');
        }
    }
    *out = (struct value_word){VALUE_NUMBER, number};
    return TOKEN_DIGITS;
}

static const char *word_end(const char *at, const char *end)
{
    while (at < end && (is_letter(*at) || talk__is_digit(*at))) at++;
    return at;
}

/* The longest phrase that the pack knows: "last week", else one word. */
static enum token read_word(struct reader *r, struct value_word *out)
{
    const char *start = r->at, *stop = word_end(r->at, r->end);
    enum token token = TOKEN_UNKNOWN;
    r->at = stop;
    for (uint32_t words = 1; words <= r->pack->value_phrase_max; words++) {
        uint32_t index = talk__table_get(&r->pack->value_names, start,
                                         (size_t)(stop - start));
        if (index != TABLE_NONE) {
            *out = r->pack->value_words[index];
            token = TOKEN_WORD;
            r->at = stop;
        }
        if (stop == r->end || *stop != ' ') break;
        stop = word_end(stop + 1, r->end);
    }
    return token;
}

static enum token read_token(struct reader *r, struct value_word *out)
{
    while (r->at < r->end && !is_letter(*r->at) && !talk__is_digit(*r->at))
        r->at++;
    if (r->at == r->end) return TOKEN_END;
    return talk__is_digit(*r->at) ? read_digits(r, out) : read_word(r, out);
}

/* ---- Numbers ---- */

/* A number that grows: "twenty" "one", "two and a" "half". */
struct sum {
    double number; /* NaN: none yet */
    bool open;     /* the last word was a number, too */
};

static void sum_add(struct sum *sum, double number, bool in_words)
{
    bool joins = in_words && sum->open;
    double before = sum->number;
    if (isnan(before)) {
        sum->number = number;
    } else if (number < 1) {
        sum->number += number;
    } else if (joins && number < 10 && before >= TENS_MIN &&
               before <= TENS_MAX && fmod(before, 10) == 0) {
        sum->number += number;
    } else if (joins && number == HUNDRED && before < 10) {
        sum->number *= HUNDRED;
    } else if (number > before) {
        sum->number = number;
    }
    sum->open = true;
}

double talk__quantity_number(const struct pack *pack, const char *text,
                             size_t length)
{
    struct reader reader = {pack, text, text + length};
    struct sum sum = {.number = (double)NAN};
    struct value_word word;
    enum token token;
    while ((token = read_token(&reader, &word)) != TOKEN_END) {
        if (token == TOKEN_UNKNOWN || word.kind != VALUE_NUMBER) {
            sum.open = false;
        } else {
            sum_add(&sum, word.number, token == TOKEN_WORD);
        }
    }
    return sum.number;
}

/* ---- The calendar: days since 1970-01-01, proleptic Gregorian ---- */

struct date {
    int64_t year, month, day; /* from 1 */
};

/* Both after Hinnant, "chrono-compatible low-level date algorithms". */
static int64_t days_of(struct date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12; /* from March */
    int64_t of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

static struct date date_of(int64_t days)
{
    days += 719468;
    int64_t era = days / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct date date = {year + era * 400, month < 10 ? month + 3 : month - 9,
                        of_year - (153 * month + 2) / 5 + 1};
    if (date.month <= 2) date.year++;
    return date;
}

/* ---- Times ---- */

/* What a text says of a time; NaN for what it does not say. */
struct said_time {
    struct sum sum; /* a number that still waits for its unit */
    double units;   /* days: "2 weeks 3 days" */
    double unit;    /* the last unit, in days */
    double moment;  /* days ago */
    double weekday, month, day, year;
};

static void take_unit(struct said_time *said, double unit)
{
    double number = isnan(said->sum.number) ? 1 : said->sum.number;
    double days = number * unit;
    if (isnan(said->units)) {
        said->units = days;
    } else if (unit != said->unit) {
        said->units += days;
    } else if (days > said->units) {
        said->units = days; /* "one week or two weeks" */
    }
    said->unit = unit;
    said->sum = (struct sum){.number = (double)NAN};
}

/* A number that no unit follows: of a year, of a day, or of the unit before,
 * "a year and a half", "a week or two". */
static void settle_number(struct said_time *said)
{
    double number = said->sum.number;
    if (isnan(number)) return;
    if (number >= YEAR_MIN) {
        said->year = number;
    } else if (!isnan(said->unit) && number < 1) {
        said->units += number * said->unit;
    } else if (!isnan(said->unit)) {
        said->units = fmax(said->units, number * said->unit);
    } else {
        said->day = number;
    }
    said->sum = (struct sum){.number = (double)NAN};
}

static void take_word(struct said_time *said, struct value_word word,
                      bool in_words)
{
    if (word.kind != VALUE_NUMBER && word.kind != VALUE_UNIT) {
        settle_number(said);
    }
    switch (word.kind) {
    case VALUE_NUMBER:
        /* "march 3 2024" */
        if (word.number >= YEAR_MIN) settle_number(said);
        sum_add(&said->sum, word.number, in_words);
        break;
    case VALUE_UNIT: take_unit(said, word.number); break;
    case VALUE_WEEKDAY: said->weekday = word.number; break;
    case VALUE_MONTH: said->month = word.number; break;
    case VALUE_MOMENT: said->moment = word.number; break;
    }
}

/* The last such day before today; with "last week" one of the week before. */
static double weekday_ago(const struct said_time *said, int64_t today)
{
    /* 1970-01-01 was a Thursday, the fourth day of the week. */
    double weekday = (double)((today + 3) % 7 + 1);
    double days = fmod(weekday - said->weekday + 7, 7);
    if (days == 0) days = 7;
    if (!isnan(said->moment) && said->moment >= 7 && days < said->moment) {
        days += 7;
    }
    return days;
}

static double date_ago(const struct said_time *said, int64_t today)
{
    struct date now = date_of(today);
    bool has_day = said->day >= 1 && said->day <= 31; /* false for NaN */
    struct date then = {
        .year = isnan(said->year) ? now.year : (int64_t)said->year,
        .month = isnan(said->month) ? 1 : (int64_t)said->month,
        .day = has_day && !isnan(said->month) ? (int64_t)said->day : 1};
    int64_t days = days_of(then);
    if (days > today && isnan(said->year)) {
        then.year--;
        days = days_of(then);
    }
    return (double)(today - days);
}

double talk__quantity_days(const struct pack *pack, const char *text,
                           size_t length, uint64_t now)
{
    struct reader reader = {pack, text, text + length};
    const double none = (double)NAN;
    struct said_time said = {.sum = {.number = none},
                             .units = none,
                             .unit = none,
                             .moment = none,
                             .weekday = none,
                             .month = none,
                             .day = none,
                             .year = none};
    struct value_word word;
    enum token token;
    while ((token = read_token(&reader, &word)) != TOKEN_END) {
        if (token == TOKEN_UNKNOWN) {
            said.sum.open = false;
        } else {
            take_word(&said, word, token == TOKEN_WORD);
        }
    }
    settle_number(&said);
    if (!isnan(said.units)) return said.units;
    if (isnan(said.weekday) && !isnan(said.moment)) return said.moment;
    if (now == 0) return none;
    int64_t today = (int64_t)(now / SECONDS_A_DAY);
    if (!isnan(said.weekday)) return weekday_ago(&said, today);
    if (!isnan(said.month) || !isnan(said.year)) return date_ago(&said, today);
    return none;
}
