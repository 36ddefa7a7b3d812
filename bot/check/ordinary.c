/* ordinary.c - patterns that match what has nothing to do with them.
 * In: sentences of ordinary English, examples of other topics.  Out: patterns
 * of findings that one of the sentences is told as, and of topics that several
 * are answered as; patterns that match what is asked of many topics. */
#include <string.h>

#include "check_desk.h"
#include "english.h"

/* One may have to do with the topic, whatever it is about. */
enum { SENTENCES_OF_TOPIC = 3 };

/* Topics have neighbours: what is asked of some is asked of others in the same
 * words, and who wins is decided. Above that, and where the others' examples
 * outnumber a pattern's own, it says little of its own topic. */
enum { TOPICS_MANY = 6, OTHERS_A_OWN = 2 };

struct match {
    size_t count;
    const char *first;
};

static void note(struct match *matches, uint32_t pattern, const char *sentence)
{
    if (pattern == NO_INDEX) return;
    if (matches[pattern].count++ == 0) matches[pattern].first = sentence;
}

static void note_all(const struct check_desk *desk, struct match *matches,
                     const talk_turn *turn, const char *sentence)
{
    const struct heard *heard = &turn->heard;
    for (size_t i = 0; i < heard->finding_count; i++) {
        note(matches, heard->findings[i].pattern, sentence);
    }
    for (size_t i = 0; i < heard->chosen_count; i++) {
        const struct heard_topic *topic = &heard->topics[i];
        if (desk->pack->topics[topic->topic].alone) continue;
        note(matches, topic->pattern, sentence);
    }
}

/* What is asked only while something holds, or when nothing else is, what
 * gives way by its priority, and findings that alarm nobody, may stand in many
 * examples. */
static bool may_spread(const struct pack *pack, const struct pattern *pattern)
{
    if (pattern->kind == PATTERN_FINDING) {
        return pack->findings[pattern->owner].tier == TALK_TIER_NONE;
    }
    if (pattern->kind != PATTERN_TOPIC) return true;
    const struct topic *topic = &pack->topics[pattern->owner];
    return topic->alone || topic->when || pattern->detail == FIT_LOOSE ||
           topic->priority < PRIORITY_DEFAULT;
}

static void check_spread(struct check_desk *desk, uint32_t index)
{
    const struct pack *pack = desk->pack;
    const struct pattern *pattern = &pack->patterns[index];
    const struct spread *spread = &desk->spreads[index];
    if (spread->topics < TOPICS_MANY ||
        spread->others < OTHERS_A_OWN * spread->owns ||
        may_spread(pack, pattern)) {
        return;
    }
    talk__desk_tell(desk, RULE_BROAD, pattern->place,
                    "%s: '%.60s' matches %u examples of %u other topics and "
                    "%u of its own, first '%.200s'",
                    talk__desk_owner(pack, pattern), pattern->text,
                    spread->others, spread->topics, spread->owns,
                    spread->first->text);
}

bool talk__check_english(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    size_t count;
    const char *const *sentences = talk__english(&count);
    struct match *matches = talk__arena_array(
        &desk->scratch, pack->pattern_count + 1u, sizeof *matches);
    if (!matches) return false;
    for (size_t i = 0; i < count; i++) {
        talk_session_reset(desk->session);
        const talk_turn *turn =
            talk__desk_say(desk, sentences[i], strlen(sentences[i]));
        if (!turn) return false;
        note_all(desk, matches, turn, sentences[i]);
    }
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        const struct pattern *pattern = &pack->patterns[i];
        check_spread(desk, i);
        bool of_topic = pattern->kind == PATTERN_TOPIC;
        if (matches[i].count < (of_topic ? (size_t)SENTENCES_OF_TOPIC : 1)) {
            continue;
        }
        talk__desk_tell(desk, RULE_BROAD, pattern->place,
                        "%s: '%.60s' matches %zu of %zu sentences, first "
                        "'%s'",
                        talk__desk_owner(pack, pattern), pattern->text,
                        matches[i].count, count, matches[i].first);
    }
    return true;
}
