/* values.c - slot values out of what was said.
 * In: hits of slot patterns, the host's clock.  Out: for each slot one value,
 * in the user's words and in a normal form.
 *
 * Of several values the last one counts: "3, no, 8 out of 10". The normal
 * form of a time is a duration of ISO 8601, "P14D" or "PT3H". */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number.h"
#include "quantity.h"
#include "understand.h"
#include "unicode.h"

/* Bytes of a value in the user's words; what is longer is no value. */
enum { VALUE_MAX = 200 };

static const char *normal_of_scale(const struct slot *slot, double number,
                                   struct arena *arena)
{
    char digits[NUMBER_SIZE];
    if (isnan(number) || number < slot->min || number > slot->max) return NULL;
    size_t size = talk__number_write(number, digits);
    return talk__arena_text(arena, digits, size);
}

static const char *normal_of_time(const struct slot *slot, double days,
                                  struct arena *arena)
{
    char digits[64];
    if (isnan(days)) return ""; /* "since i was a child" */
    if (days < 0 || days > slot->max) return NULL;
    bool hours = days > 0 && days < 1;
    int size = snprintf(digits, sizeof digits, hours ? "PT%.0fH" : "P%.0fD",
                        hours ? ceil(days * 24) : floor(days + 0.5));
    return talk__arena_text(arena, digits, (size_t)size);
}

/* Of the first two choices the one that was not told: "my other arm". NULL:
 * neither was. */
static const char *other_choice(const struct slot *slot, uint32_t index,
                                const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        const struct filled *filled = &recall->filled[i];
        if (filled->slot != index) continue;
        if (strcmp(filled->normal, slot->choices[0]) == 0) {
            return slot->choices[1];
        }
        if (strcmp(filled->normal, slot->choices[1]) == 0) {
            return slot->choices[0];
        }
    }
    return NULL;
}

/* "" when the value has no normal form; NULL: not a value of this slot. */
static const char *normal_of(const struct pack *pack,
                             const struct recall *recall,
                             const struct pattern *pattern, const char *text,
                             size_t length, uint64_t now, struct arena *arena)
{
    const struct slot *slot = &pack->slots[pattern->owner];
    if (pattern->detail == CHOICE_OTHER) {
        return other_choice(slot, pattern->owner, recall);
    }
    if (pattern->detail != NO_INDEX) return slot->choices[pattern->detail];
    switch (slot->type) {
    case SLOT_SCALE:
        return normal_of_scale(slot, talk__quantity_number(pack, text, length),
                               arena);
    case SLOT_TIME:
        return normal_of_time(
            slot, talk__quantity_days(pack, text, length, now), arena);
    case SLOT_CHOICE:
    case SLOT_TEXT: break;
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

/* A value inside the one before says less ("since two weeks ago"), and a
 * level says less than a number ("8 out of 10, really bad"). */
static bool says_less(const struct pack *pack, const struct hit *hit,
                      const struct heard_value *before)
{
    const struct pattern *pattern = &pack->patterns[hit->pattern];
    const struct slot *slot = &pack->slots[pattern->owner];
    bool level = slot->type == SLOT_SCALE && pattern->detail != NO_INDEX;
    return hit->start < before->hit_end || (level && !before->level);
}

static bool is_all(const struct heard *heard, uint32_t start, uint32_t end)
{
    size_t length = heard->folded.length;
    /* Behind the words there may be one mark. */
    return start == 0 && end + 1 >= length;
}

const struct hit *talk__values_whole(const struct pack *pack,
                                     const struct heard *heard)
{
    const struct hit *any = NULL;
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        if (hit->start > 0) break;
        const struct pattern *pattern = &pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_SLOT ||
            !pack->slots[pattern->owner].label ||
            !is_all(heard, hit->start, hit->end)) {
            continue;
        }
        if (pattern->when_asked) return hit;
        if (!any) any = hit;
    }
    return any;
}

static void drop(struct heard *heard, size_t index)
{
    heard->value_count--;
    for (size_t i = index; i < heard->value_count; i++) {
        heard->values[i] = heard->values[i + 1];
    }
}

/* A text that is the answer takes whatever is said; but "between the blades"
 * is no answer to "what sets it off?": it says where. */
static bool is_of_another(const struct pack *pack, const struct heard *heard,
                          const struct heard_value *answer)
{
    if (pack->slots[answer->slot].type != SLOT_TEXT) return false;
    for (size_t i = 0; i < heard->chosen_count; i++) {
        /* "summary please" */
        const struct heard_topic *topic = &heard->topics[i];
        if (topic->start < answer->end && topic->end > answer->start) {
            return true;
        }
    }
    for (size_t i = 0; i < heard->value_count; i++) {
        const struct heard_value *value = &heard->values[i];
        const struct slot *slot = &pack->slots[value->slot];
        if (slot->label && slot->type != SLOT_TEXT &&
            is_all(heard, value->hit_start, value->hit_end)) {
            return true;
        }
    }
    return false;
}

/* Where all of the message answers the open question, it says nothing else:
 * "walking" to "what sets it off?" is no word on what helps, and "in the
 * middle" to "which side?" none on how strong it is. What has no label is
 * nobody's answer. */
static void settle_rivals(const struct pack *pack, const struct recall *recall,
                          struct heard *heard)
{
    if (recall->open.of_finding || recall->open.index == NO_INDEX) return;
    uint32_t asked = recall->open.index;
    struct heard_value *answer = value_of_slot(heard, asked);
    if (!answer || !is_all(heard, answer->hit_start, answer->hit_end)) return;
    if (is_of_another(pack, heard, answer)) {
        drop(heard, (size_t)(answer - heard->values));
        return;
    }
    for (size_t i = heard->value_count; i-- > 0;) {
        const struct heard_value *value = &heard->values[i];
        const struct slot *slot = &pack->slots[value->slot];
        if (value->slot == asked || !slot->label) continue;
        if (slot->type == SLOT_TEXT ||
            is_all(heard, value->hit_start, value->hit_end)) {
            drop(heard, i);
        }
    }
}

talk_status talk__values(const struct pack *pack, const struct recall *recall,
                         const char *text, uint64_t now, struct arena *arena,
                         struct heard *heard)
{
    heard->values =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *heard->values);
    if (!heard->values) return TALK_NOMEM;
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_SLOT) continue;
        struct heard_value *value = value_of_slot(heard, pattern->owner);
        if (value && says_less(pack, hit, value)) continue;
        bool part = hit->value_end > hit->value_start;
        uint32_t start = part ? hit->value_start : hit->start;
        uint32_t end = part ? hit->value_end : hit->end;
        const char *normal =
            normal_of(pack, recall, pattern, heard->folded.text + start,
                      end - start, now, arena);
        if (arena->failed) return TALK_NOMEM;
        if (!normal) continue; /* "11 out of 10" */
        size_t from, to, length;
        talk__folded_origin(&heard->folded, start, end, &from, &to);
        if (to - from > VALUE_MAX) continue;
        const char *words =
            talk__unicode_repair(arena, text + from, to - from, &length);
        if (!value) value = &heard->values[heard->value_count++];
        *value = (struct heard_value){
            .slot = pattern->owner,
            .start = start,
            .end = end,
            .hit_start = hit->start,
            .hit_end = hit->end,
            .level = pattern->detail != NO_INDEX,
            .value = pattern->detail == CHOICE_OTHER ? normal
                     : words ? talk__arena_text(arena, words, length)
                             : NULL,
            .normal = normal};
        if (!value->value) return TALK_NOMEM;
    }
    settle_rivals(pack, recall, heard);
    return TALK_OK;
}
