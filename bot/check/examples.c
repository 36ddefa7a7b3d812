/* examples.c - what the examples of a pack owe, and what they reach.
 * In: the examples, each said to the whole engine.  Out: those that are
 * missing or not understood; which patterns and alternatives one reaches. */
#include <string.h>

#include "agree.h"
#include "check_desk.h"

enum { EXAMPLES_LEAST = 5, COUNTERS_LEAST = 2, GOT_MAX = 200 };

/* ---- Are there enough? ---- */

static size_t count(const struct pack *pack, bool of_finding, uint32_t owner,
                    bool counter, enum polarity polarity)
{
    size_t found = 0;
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        found += example->of_finding == of_finding &&
                 example->owner == owner && example->counter == counter &&
                 (counter || !of_finding || example->polarity == polarity);
    }
    return found;
}

/* What a finding keeps for ever is never told as past. */
static bool can_be(const struct finding *finding, enum polarity polarity)
{
    return !(polarity == POLARITY_PAST && finding->past_stays) &&
           !(polarity == POLARITY_HYPOTHETICAL && finding->supposed_stays);
}

static void count_all(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->findings[i];
        for (int p = 0; p < POLARITY_COUNT; p++) {
            enum polarity polarity = (enum polarity)p;
            if (!can_be(finding, polarity) ||
                count(pack, true, i, false, polarity) > 0) {
                continue;
            }
            talk__desk_tell(desk, RULE_NO_EXAMPLE, finding->place,
                            "finding '%s' has no example in which it is %s",
                            finding->name, talk__polarity_name(polarity));
        }
    }
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        const struct topic *topic = &pack->topics[i];
        size_t examples = count(pack, false, i, false, POLARITY_PRESENT);
        size_t counters = count(pack, false, i, true, POLARITY_PRESENT);
        if (examples >= EXAMPLES_LEAST && counters >= COUNTERS_LEAST) continue;
        talk__desk_tell(desk, RULE_FEW_EXAMPLES, topic->place,
                        "topic '%s' has %zu of %d examples and %zu of %d "
                        "counter-examples",
                        topic->name, examples, EXAMPLES_LEAST, counters,
                        COUNTERS_LEAST);
    }
}

/* ---- Are they understood? ---- */

static void note_reached(struct check_desk *desk, const talk_turn *turn)
{
    for (size_t i = 0; i < turn->heard.hit_count; i++) {
        const struct hit *hit = &turn->heard.hits[i];
        const struct pattern *pattern = &desk->pack->patterns[hit->pattern];
        desk->reached[hit->pattern] = true;
        for (uint32_t n = 0; hit->taken && n < pattern->alternative_count;
             n++) {
            desk->ways[pattern->first_alternative + n] |= hit->taken[n];
        }
    }
}

/* The examples of a topic stand together. */
static void note_spread(struct check_desk *desk, const struct example *example,
                        uint32_t index)
{
    const struct pattern *pattern = &desk->pack->patterns[index];
    struct spread *spread = &desk->spreads[index];
    bool of_finding = pattern->kind == PATTERN_FINDING;
    if (example->of_finding == of_finding &&
        example->owner == pattern->owner) {
        spread->owns++;
        return;
    }
    if (example->of_finding || example->counter) return;
    if (!spread->first) spread->first = example;
    if (spread->others == 0 || spread->last != example->owner) {
        spread->topics++;
    }
    spread->last = example->owner;
    spread->others++;
}

static void note_spreads(struct check_desk *desk,
                         const struct example *example, const talk_turn *turn)
{
    const struct heard *heard = &turn->heard;
    for (size_t i = 0; i < heard->hit_count; i++) {
        uint32_t pattern = heard->hits[i].pattern;
        bool again = false;
        for (size_t n = 0; n < i && !again; n++) {
            again = heard->hits[n].pattern == pattern;
        }
        if (!again) note_spread(desk, example, pattern);
    }
}

static void note_witnesses(struct check_desk *desk, const talk_turn *turn)
{
    for (size_t i = 0; i < turn->heard.hit_count; i++) {
        const struct hit *hit = &turn->heard.hits[i];
        struct witness *witness = &desk->witnesses[hit->pattern];
        if (witness->text) continue;
        witness->lost_to = NO_INDEX;
        witness->length = hit->end - hit->start;
        witness->text = talk__arena_text(&desk->scratch,
                                         turn->heard.folded.text + hit->start,
                                         witness->length);
    }
}

/* Nothing but the name decided between the two. */
static bool is_tie(const struct check_desk *desk,
                   const struct heard_topic *loser,
                   const struct heard_topic *winner)
{
    const struct topic *a = &desk->pack->topics[loser->topic];
    const struct topic *b = &desk->pack->topics[winner->topic];
    return loser->start == winner->start && loser->end == winner->end &&
           a->priority == b->priority && a->alone == b->alone &&
           desk->pack->patterns[loser->pattern].detail ==
               desk->pack->patterns[winner->pattern].detail;
}

static void note_tie(struct check_desk *desk, const struct example *example,
                     uint32_t loser, uint32_t winner)
{
    struct rival **link = &desk->rivals[loser];
    while (*link && (*link)->winner != winner) link = &(*link)->next;
    if (!*link) {
        *link = talk__arena_take(&desk->scratch, sizeof **link);
        if (!*link) return;
        (*link)->winner = winner;
        (*link)->first = example;
    }
    (*link)->count++;
}

static void note_topics(struct check_desk *desk, const struct example *example,
                        const talk_turn *turn)
{
    const struct heard *heard = &turn->heard;
    for (size_t i = 0; i < heard->topic_count; i++) {
        const struct heard_topic *topic = &heard->topics[i];
        if (topic->pattern == NO_INDEX) continue;
        struct witness *witness = &desk->witnesses[topic->pattern];
        if (topic->chosen || topic->lost_to == NO_INDEX ||
            topic->lost_to == topic->topic) {
            witness->chosen = true;
            continue;
        }
        if (witness->lost_to == NO_INDEX) {
            witness->lost_to = topic->lost_to;
            witness->example = example;
        }
        for (size_t n = 0; n < heard->chosen_count; n++) {
            const struct heard_topic *winner = &heard->topics[n];
            if (winner->topic == topic->lost_to &&
                winner->pattern != NO_INDEX && is_tie(desk, topic, winner)) {
                note_tie(desk, example, topic->topic, winner->topic);
            }
        }
    }
}

static void note_values(struct check_desk *desk, const talk_turn *turn)
{
    for (size_t i = 0; i < turn->heard.value_count; i++) {
        const struct heard_value *heard = &turn->heard.values[i];
        struct values *values = &desk->values[heard->slot];
        bool known = values->count == VALUES_MAX;
        for (size_t n = 0; n < values->count && !known; n++) {
            known = strcmp(values->items[n], heard->value) == 0;
        }
        if (known) continue;
        const char *copy = talk__arena_text(&desk->scratch, heard->value,
                                            strlen(heard->value));
        if (copy) values->items[values->count++] = copy;
    }
}

static void judge(struct check_desk *desk, const struct example *example,
                  const talk_turn *turn)
{
    const struct pack *pack = desk->pack;
    char got[GOT_MAX];
    if (talk__agrees(turn, example)) return;
    talk__agree_got(turn, got, sizeof got);
    const char *noun = example->of_finding ? "finding" : "topic";
    const char *name = example->of_finding
                           ? pack->findings[example->owner].name
                           : pack->topics[example->owner].name;
    if (example->counter) {
        talk__desk_tell(desk, RULE_MISTAKEN, example->place,
                        "'%.200s': wanted no %s %s, got %s", example->text,
                        noun, name, got);
    } else {
        talk__desk_tell(
            desk, RULE_MISSED, example->place,
            "'%.200s': wanted %s %s%s%s, got %s", example->text, noun, name,
            example->of_finding ? " " : "",
            example->of_finding ? talk__polarity_name(example->polarity) : "",
            got);
    }
}

bool talk__check_examples(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    count_all(desk);
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        const struct example *before = talk__agree_before(pack, example);
        const talk_turn *turn;
        talk_session_reset(desk->session);
        if (before) {
            turn = talk__desk_say(desk, before->text, before->length);
            if (!turn) return false;
        }
        turn = talk__desk_say(desk, example->text, example->length);
        if (!turn) return false;
        note_reached(desk, turn);
        note_spreads(desk, example, turn);
        note_values(desk, turn);
        note_witnesses(desk, turn);
        note_topics(desk, example, turn);
        judge(desk, example, turn);
    }
    return true;
}
