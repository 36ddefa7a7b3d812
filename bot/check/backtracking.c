/* backtracking.c - patterns on which the engine can be made to give up.
 * In: what examples matched, blown up to the length of a window: a word of it
 * again and again, and all but its end.  Out: patterns that hit the engine's
 * limit on that, with how what they need grows.
 * No clock is read: what is counted are the steps of PCRE2's interpreter. */
#include <stdio.h>
#include <string.h>

#include "check_desk.h"

enum {
    PUMPED_MAX = 1000, /* bytes: about a window of the matcher's */
    STEPS_MOST = 4 * 1000 * 1000
};

struct pump {
    struct check_desk *desk;
    struct regex_space *space;
    const struct pattern *pattern;
    const struct regex *regex;
    char text[PUMPED_MAX + 1];
};

/* Fills the text with `begin` once and `unit` for the rest. */
static size_t blow_up(struct pump *pump, const char *begin,
                      size_t begin_length, const char *unit,
                      size_t unit_length, size_t size)
{
    size_t length = begin_length < size ? begin_length : size;
    memcpy(pump->text, begin, length);
    while (length + unit_length <= size) {
        memcpy(pump->text + length, unit, unit_length);
        length += unit_length;
    }
    while (length && pump->text[length - 1] == ' ') length--;
    pump->text[length] = '\0';
    return length;
}

static uint32_t steps_of(struct pump *pump, size_t length)
{
    const struct subject subject = {pump->text, length, false};
    return talk__regex_steps(pump->space, pump->regex, &subject, STEPS_MOST);
}

static bool gives_up(struct pump *pump, size_t length)
{
    const struct subject subject = {pump->text, length, false};
    size_t start, end;
    return talk__regex_find(pump->space, pump->regex, &subject, 0, &start,
                            &end) == REGEX_GAVE_UP;
}

/* For twice the text more than three times the steps. */
static bool grows_fast(const uint32_t steps[3])
{
    return steps[0] == STEPS_MOST || steps[1] == STEPS_MOST ||
           steps[2] == STEPS_MOST || steps[1] / 3 > steps[0] ||
           steps[2] / 3 > steps[1];
}

/* True: it gave up, and that was told. */
static bool try_pump(struct pump *pump, const char *begin, size_t begin_length,
                     const char *unit, size_t unit_length)
{
    uint32_t steps[3];
    if (unit_length == 0 || begin_length + unit_length > PUMPED_MAX / 4) {
        return false;
    }
    size_t length =
        blow_up(pump, begin, begin_length, unit, unit_length, PUMPED_MAX);
    if (!gives_up(pump, length)) return false;
    for (size_t i = 0; i < 3; i++) {
        length = blow_up(pump, begin, begin_length, unit, unit_length,
                         (size_t)PUMPED_MAX >> (2 - i));
        steps[i] = steps_of(pump, length);
    }
    talk__desk_tell(pump->desk,
                    grows_fast(steps) ? RULE_BACKTRACKS : RULE_MANY_STEPS,
                    pump->pattern->place,
                    "'%.60s' needs %u, %u, %s%u steps for %d, %d, %d bytes of "
                    "'%.*s' and then '%.*s' again and again",
                    pump->pattern->text, steps[0], steps[1],
                    steps[2] == STEPS_MOST ? "more than " : "", steps[2],
                    PUMPED_MAX / 4, PUMPED_MAX / 2, PUMPED_MAX,
                    (int)begin_length, begin, (int)unit_length, unit);
    return true;
}

/* The begin of the last word, or 0. */
static size_t last_word(const struct witness *witness)
{
    size_t at = witness->length;
    while (at > 0 && witness->text[at - 1] != ' ') at--;
    return at;
}

static void try_all(struct pump *pump, const struct witness *witness)
{
    const char *text = witness->text;
    const char *blank = memchr(text, ' ', witness->length);
    size_t last = last_word(witness);
    /* The first word, and then any word; all but the last one, repeated; one
     * word of it after the other, repeated behind the first. */
    size_t first = blank ? (size_t)(blank - text) + 1 : 0;
    if (first && try_pump(pump, text, first, "a ", 2)) return;
    if (last && try_pump(pump, "", 0, text, last)) return;
    if (first && first < last) {
        const char *next = memchr(text + first, ' ', last - first);
        size_t length = next ? (size_t)(next - text) + 1 - first : 0;
        if (try_pump(pump, text, first, text + first, length)) return;
    }
    (void)try_pump(pump, "", 0, "a ", 2);
}

static bool try_pattern(struct pump *pump, uint32_t index)
{
    const struct pack *pack = pump->desk->pack;
    const struct witness *witness = &pump->desk->witnesses[index];
    struct regex *own = NULL;
    struct regex_fault fault;
    pump->pattern = &pack->patterns[index];
    if (!witness->text) return true;
    if (!pump->pattern->regex &&
        talk__pattern_compile(pack, pump->pattern, true, &pack->memory, &own,
                              &fault) == TALK_NOMEM) {
        return false;
    }
    pump->regex = pump->pattern->regex ? pump->pattern->regex : own;
    if (pump->regex) try_all(pump, witness);
    talk__regex_free(&pack->memory, own);
    return true;
}

bool talk__check_backtracking(struct check_desk *desk)
{
    const struct memory *memory = &desk->bot->memory;
    struct regex_limits limits = {desk->bot->options.match_limit, true};
    struct pump pump = {.desk = desk};
    if (talk__regex_space_new(memory, &limits, &pump.space) != TALK_OK) {
        (void)talk__fail_nomem(desk->err);
        return false;
    }
    bool fine = true;
    for (uint32_t i = 0; fine && i < desk->pack->pattern_count; i++) {
        fine = try_pattern(&pump, i);
    }
    talk__regex_space_free(memory, pump.space);
    if (!fine) (void)talk__fail_nomem(desk->err);
    return fine;
}
