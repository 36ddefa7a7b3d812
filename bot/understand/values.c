/* values.c - slot values out of what was said.
 * In: hits of slot patterns.  Out: for each slot the first value, in the
 * user's words and in a normal form.  Ignores which question is open. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "understand.h"
#include "unicode.h"

/* Rows: a number, its word. */
static const struct {
    const char *word;
    int number;
} number_words[] = {
    {"zero", 0},  {"one", 1},  {"two", 2},  {"three", 3},
    {"four", 4},  {"five", 5}, {"six", 6},  {"seven", 7},
    {"eight", 8}, {"nine", 9}, {"ten", 10},
};

/* The number that the text begins with, in digits or as a word; or NaN. */
static double number_of(const char *text, size_t length)
{
    double number = 0, scale = 0;
    size_t at = 0;
    for (; at < length && at < 9; at++) {
        if (text[at] >= '0' && text[at] <= '9') {
            number = number * 10 + (text[at] - '0');
            scale *= 10;
        } else if (text[at] == '.' && scale == 0 && at > 0) {
            scale = 1;
        } else {
            break;
        }
    }
    if (at > 0) return scale > 1 ? number / scale : number;
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++) {
        size_t size = strlen(number_words[i].word);
        if (length >= size && memcmp(text, number_words[i].word, size) == 0) {
            return number_words[i].number;
        }
    }
    return (double)NAN;
}

/* "" when the value has no normal form; NULL: not a value of this slot. */
static const char *normal_of(const struct slot *slot,
                             const struct pattern *pattern, const char *text,
                             size_t length, struct arena *arena)
{
    char digits[32];
    switch (slot->type) {
    case SLOT_CHOICE: return slot->choices[pattern->detail];
    case SLOT_SCALE: {
        double number = number_of(text, length);
        if (isnan(number) || number < slot->min || number > slot->max) {
            return NULL;
        }
        int size = snprintf(digits, sizeof digits, "%g", number);
        return talk__arena_text(arena, digits, (size_t)size);
    }
    case SLOT_TIME:
    case SLOT_TEXT: return "";
    }
    return "";
}

static struct heard_value *value_of_slot(const struct heard *heard,
                                         uint32_t slot)
{
    for (size_t i = 0; i < heard->value_count; i++) {
        if (heard->values[i].slot == slot) return &heard->values[i];
    }
    return NULL;
}

talk_status talk__values(const struct pack *pack, const char *text,
                         struct arena *arena, struct heard *heard)
{
    heard->values =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *heard->values);
    if (!heard->values) return TALK_NOMEM;
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_SLOT) continue;
        bool part = hit->value_end > hit->value_start;
        uint32_t start = part ? hit->value_start : hit->start;
        uint32_t end = part ? hit->value_end : hit->end;
        const char *normal =
            normal_of(&pack->slots[pattern->owner], pattern,
                      heard->folded.text + start, end - start, arena);
        if (arena->failed) return TALK_NOMEM;
        /* Of several the last: "3, no, 8 out of 10". */
        if (!normal) continue;
        size_t from, to;
        talk__folded_origin(&heard->folded, start, end, &from, &to);
        size_t length;
        const char *words =
            talk__unicode_repair(arena, text + from, to - from, &length);
        struct heard_value *value = value_of_slot(heard, pattern->owner);
        if (!value) value = &heard->values[heard->value_count++];
        *value = (struct heard_value){
            pattern->owner, start, end,
            words ? talk__arena_text(arena, words, length) : NULL, normal};
        if (!value->value) return TALK_NOMEM;
    }
    return TALK_OK;
}
