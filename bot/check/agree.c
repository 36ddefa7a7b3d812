/* agree.c - whether an example was understood as it says.
 * In: a turn, an example.  Out: yes or no, and what was understood. */
#include "agree.h"

#include <stdio.h>
#include <string.h>

const struct example *talk__agree_before(const struct pack *pack,
                                         const struct example *example)
{
    const struct when *when =
        example->of_finding ? NULL : pack->topics[example->owner].when;
    if (!when || when->after.count == 0) return NULL;
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *before = &pack->examples[i];
        if (!before->of_finding && !before->counter &&
            before->owner == when->after.items[0]) {
            return before;
        }
    }
    return NULL;
}

static bool chose(const talk_turn *turn, uint32_t topic)
{
    for (size_t i = 0; i < turn->heard.chosen_count; i++) {
        if (turn->heard.topics[i].topic == topic) return true;
    }
    return false;
}

bool talk__agree_heard(const talk_turn *turn, uint32_t finding,
                       enum polarity polarity)
{
    for (size_t i = 0; i < turn->heard.finding_count; i++) {
        const struct heard_finding *heard = &turn->heard.findings[i];
        if (heard->finding == finding &&
            (polarity == POLARITY_COUNT || heard->polarity == polarity)) {
            return true;
        }
    }
    return false;
}

bool talk__agrees(const talk_turn *turn, const struct example *example)
{
    if (example->of_finding) {
        return example->counter
                   ? !talk__agree_heard(turn, example->owner, POLARITY_COUNT)
                   : talk__agree_heard(turn, example->owner,
                                       example->polarity);
    }
    const struct topic *topic = &turn->pack->topics[example->owner];
    if (example->counter) return !chose(turn, example->owner);
    if (topic->act == TOPIC_GOES_ON) return chose(turn, example->owner);
    return turn->decision.topic ==
           (topic->redirect == NO_INDEX ? example->owner : topic->redirect);
}

struct line {
    char *text;
    size_t size, length;
};

static void add(struct line *line, const char *before, const char *text,
                const char *between, const char *more)
{
    if (line->length >= line->size) return;
    int size = snprintf(line->text + line->length, line->size - line->length,
                        "%s%s%s%s", before, text, between, more);
    line->length += (size_t)size;
}

void talk__agree_got(const talk_turn *turn, char *out, size_t size)
{
    const char *topic = talk_turn_topic(turn);
    int start = snprintf(out, size, "topic %s", *topic ? topic : "none");
    struct line line = {out, size, (size_t)start};
    for (size_t i = 0; i < turn->heard.chosen_count; i++) {
        uint32_t other = turn->heard.topics[i].topic;
        if (other == turn->decision.topic) continue;
        add(&line, " + ", turn->pack->topics[other].name, "", "");
    }
    for (size_t i = 0; i < talk_turn_finding_count(turn); i++) {
        talk_finding finding = talk_turn_finding(turn, i);
        add(&line, ", ", finding.name, " ", finding.polarity);
    }
}
