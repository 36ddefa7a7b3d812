/* choose.c - which topics were meant.
 * In: hits of topics.  Out: topics by rank: the chosen ones, then those that
 * lost, each with the reason.  Of findings only: was a flag told.
 *
 * What stands in a question goes before what is only told. Then rank is
 * priority, then how much of the message the match explains, then
 * name; so the order of files never matters. Two topics cannot be meant by
 * the same words: the lower one loses. A topic that counts alone ("thanks")
 * loses to any other, and so does one that was only guessed from a loose
 * pattern; what is denied goes last: "no slipped disc. what can i do?". What
 * is said in answer to an open question asks for nothing. */
#include <string.h>

#include "sort.h"
#include "understand.h"

/* Answers in one turn. More than three is a lecture. */
enum { CHOSEN_MAX = 3 };

/* Bytes in which the end of a sentence is looked for. */
enum { SENTENCE_MAX = 1024 };

struct ranked {
    struct heard_topic topic;
    const struct topic *rule;
    bool loose;
    bool denied; /* it is of a finding that is told as absent */
    bool asked;  /* the sentence ends with a question mark */
};

static uint32_t length_of(const struct heard_topic *topic)
{
    return topic->end - topic->start;
}

static int compare(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->rule->alone != right->rule->alone) {
        return left->rule->alone ? 1 : -1;
    }
    if (left->denied != right->denied) return left->denied ? 1 : -1;
    if (left->loose != right->loose) return left->loose ? 1 : -1;
    if (left->asked != right->asked) return left->asked ? -1 : 1;
    if (left->rule->priority != right->rule->priority) {
        return left->rule->priority > right->rule->priority ? -1 : 1;
    }
    uint32_t left_length = length_of(&left->topic);
    uint32_t right_length = length_of(&right->topic);
    if (left_length != right_length) {
        return left_length > right_length ? -1 : 1;
    }
    int names = strcmp(left->rule->name, right->rule->name);
    if (names != 0) return names;
    if (left->topic.start != right->topic.start) {
        return left->topic.start < right->topic.start ? -1 : 1;
    }
    if (left->topic.pattern == right->topic.pattern) return 0;
    return left->topic.pattern < right->topic.pattern ? -1 : 1;
}

static bool overlap(const struct heard_topic *a, const struct heard_topic *b)
{
    return a->start < b->end && b->start < a->end;
}

/* "how do i crack a safe" is more surely small talk than a guess at what
 * "how" and "crack" may mean; but "hi" in front of a question is not. */
static void doubt(struct ranked *ranked, size_t count, struct ranked *guess)
{
    for (size_t i = 0; i < count; i++) {
        const struct heard_topic *other = &ranked[i].topic;
        if (ranked[i].loose || !ranked[i].rule->alone ||
            !overlap(other, &guess->topic) ||
            2 * length_of(other) < length_of(&guess->topic)) {
            continue;
        }
        guess->topic.why = "a guess: something else was said more clearly";
        guess->topic.lost_to = other->topic;
        return;
    }
}

static void rival(struct ranked *ranked, size_t count, struct ranked *loser)
{
    for (size_t i = 0; i < count; i++) {
        const struct heard_topic *winner = &ranked[i].topic;
        if (!winner->chosen) continue;
        if (winner->topic == loser->topic.topic) {
            loser->topic.why = "said already";
        } else if (loser->rule->alone) {
            loser->topic.why = "counts only when nothing else is asked";
        } else if (loser->loose || loser->denied) {
            loser->topic.why = "a guess: something was asked more clearly";
        } else if (overlap(winner, &loser->topic)) {
            loser->topic.why = "the same words were claimed by a higher rank";
        } else {
            continue;
        }
        loser->topic.lost_to = winner->topic;
        return;
    }
}

/* "my wife used to rub my shoulders. how can i massage my back?" is about
 * what is asked in the end; where nobody puts a question mark, the last
 * sentence is taken for the question. */
static bool is_asked(const struct folded *folded, size_t end, bool any_mark)
{
    for (size_t at = end - 1; at < folded->length; at++) {
        if (at > end + SENTENCE_MAX) return false;
        char mark = folded->text[at];
        bool ends = at + 1 == folded->length || folded->text[at + 1] == ' ';
        if (mark == '?') return true;
        if (!ends || at + 1 == folded->length) continue;
        if (mark == '.' || mark == '!' || mark == ';') return false;
    }
    return !any_mark;
}

/* Who tells of a symptom that matters is not answered with a guess. */
static bool flag_told(const struct pack *pack, const struct heard *heard)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        const struct heard_finding *told = &heard->findings[i];
        if (told->counts &&
            pack->findings[told->finding].tier > TALK_TIER_NONE) {
            return true;
        }
    }
    return false;
}

static bool is_denied(const struct pack *pack, const struct heard *heard,
                      uint32_t topic, const struct hit *hit)
{
    bool denied = false;
    for (size_t i = 0; i < heard->finding_count; i++) {
        const struct heard_finding *told = &heard->findings[i];
        if (pack->findings[told->finding].about != topic ||
            told->start >= hit->end || told->end <= hit->start) {
            continue;
        }
        if (told->polarity != POLARITY_ABSENT) return false;
        denied = true;
    }
    return denied;
}

/* "stretching" to "what makes it better?" is no wish to be shown how; but
 * "enough questions" is no answer. Where nobody asked, what is all a value is
 * at least no guess. */
static bool is_answer(const struct pack *pack, const struct hit *hit,
                      const struct hit *whole)
{
    if (!whole || hit->start < whole->start || hit->end > whole->end) {
        return false;
    }
    const struct pattern *pattern = &pack->patterns[hit->pattern];
    return pack->topics[pattern->owner].act == TOPIC_ANSWERS &&
           (pack->patterns[whole->pattern].when_asked ||
            pattern->detail == FIT_LOOSE);
}

talk_status talk__choose(const struct pack *pack, const struct recall *recall,
                         struct arena *arena, struct heard *heard)
{
    struct ranked *ranked =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *ranked);
    heard->topics =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *heard->topics);
    if (!ranked || !heard->topics) return TALK_NOMEM;
    size_t count = 0;
    bool flag = flag_told(pack, heard);
    const struct hit *whole = talk__values_whole(pack, heard);
    bool any_mark = memchr(heard->folded.text, '?', heard->folded.length);
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_TOPIC) continue;
        const struct topic *topic = &pack->topics[pattern->owner];
        if (!talk__when_holds(topic->when, recall)) continue;
        ranked[count].rule = topic;
        ranked[count].loose = pattern->detail == FIT_LOOSE;
        ranked[count].denied = is_denied(pack, heard, pattern->owner, hit);
        ranked[count].asked = is_asked(&heard->folded, hit->end, any_mark);
        ranked[count++].topic = (struct heard_topic){.topic = pattern->owner,
                                                     .pattern = hit->pattern,
                                                     .start = hit->start,
                                                     .end = hit->end,
                                                     .lost_to = NO_INDEX};
        if (is_answer(pack, hit, whole)) {
            ranked[count - 1].topic.why = "it is an answer";
        } else if (flag && pattern->detail == FIT_LOOSE) {
            ranked[count - 1].topic.why = "a guess, and a symptom was told";
        } else if (topic->alone && heard->finding_count > 0) {
            ranked[count - 1].topic.why =
                "counts only when nothing else is said";
        }
    }
    if (count > 1) talk__sort(ranked, count, sizeof *ranked, compare);
    for (size_t i = 0; i < count; i++) {
        if (!ranked[i].topic.why && ranked[i].loose &&
            !ranked[i].rule->alone) {
            doubt(ranked, count, &ranked[i]);
        }
        if (!ranked[i].topic.why) rival(ranked, i, &ranked[i]);
        if (ranked[i].topic.why) continue;
        if (heard->chosen_count == CHOSEN_MAX) {
            ranked[i].topic.why = "enough was asked at once";
            continue;
        }
        ranked[i].topic.chosen = true;
        heard->chosen_count++;
    }
    for (int chosen = 1; chosen >= 0; chosen--) {
        for (size_t i = 0; i < count; i++) {
            if (ranked[i].topic.chosen != (chosen == 1)) continue;
            heard->topics[heard->topic_count++] = ranked[i].topic;
        }
    }
    return TALK_OK;
}
