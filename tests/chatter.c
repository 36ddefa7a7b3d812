/* chatter.c - messages put together at random, as people might type them who
 * answer, ask, insist, deny and do not listen.
 * In: a pack with its examples, a seed.  Out: texts. */
#include "chatter.h"

#include <stdio.h>
#include <string.h>

/* xorshift (Marsaglia). */
uint32_t chatter_pick(struct chatter *chatter, uint32_t below)
{
    chatter->random ^= chatter->random << 13;
    chatter->random ^= chatter->random >> 17;
    chatter->random ^= chatter->random << 5;
    return chatter->random % below;
}

static const char *any_example(struct chatter *chatter)
{
    const struct pack *pack = chatter->pack;
    return pack->examples[chatter_pick(chatter, pack->example_count)].text;
}

static const char *any_wish_for_technique(struct chatter *chatter)
{
    const struct pack *pack = chatter->pack;
    for (;;) {
        const struct example *example =
            &pack->examples[chatter_pick(chatter, pack->example_count)];
        if (!example->of_finding && !example->counter &&
            pack->responses[pack->topics[example->owner].response].technique) {
            return example->text;
        }
    }
}

/* About the talk itself: cancel, go back, scratch that, start over. */
static const char *any_steering(struct chatter *chatter)
{
    const struct pack *pack = chatter->pack;
    for (;;) {
        const struct example *example =
            &pack->examples[chatter_pick(chatter, pack->example_count)];
        if (!example->of_finding && !example->counter &&
            pack->topics[example->owner].act != TOPIC_ANSWERS) {
            return example->text;
        }
    }
}

/* That what was told last is not so, or not any more. */
static const char *any_denial(struct chatter *chatter)
{
    const struct pack *pack = chatter->pack;
    uint32_t start = chatter_pick(chatter, pack->example_count);
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example =
            &pack->examples[(start + i) % pack->example_count];
        if (example->of_finding && !example->counter &&
            example->owner == chatter->finding &&
            (example->polarity == POLARITY_ABSENT ||
             example->polarity == POLARITY_PAST)) {
            return example->text;
        }
    }
    return "no";
}

static const char *short_answer(struct chatter *chatter)
{
    static const char *const answers[] = {
        "no",      "none of those", "yes",        "yes, one of them",
        "nope",    "i don't know",  "skip that",  "start over",
        "",        "actually no",   "why?",       "take that back",
        "hmm",     "blorp",         "10",         "7 out of 10",
        "left",    "2 weeks",       "3 years",    "make that 3",
        "desk",    "moving",        "it is back", "i am sure",
        "and you", "the wall one?", "how long?",  "ok"};
    return answers[chatter_pick(chatter, sizeof answers / sizeof *answers)];
}

void chatter_compose(struct chatter *chatter, const char *before, char *out)
{
    uint32_t kind = chatter_pick(chatter, 1000);
    if (before && kind < 100) { /* the same again */
        memmove(out, before, strlen(before) + 1);
    } else if (kind < 250) {
        (void)snprintf(out, CHATTER_SIZE, "%s",
                       any_wish_for_technique(chatter));
    } else if (kind < 500) {
        (void)snprintf(out, CHATTER_SIZE, "%s", short_answer(chatter));
    } else if (kind < 580) {
        (void)snprintf(out, CHATTER_SIZE, "%s", any_steering(chatter));
    } else if (kind < 660) {
        (void)snprintf(out, CHATTER_SIZE, "%s", any_denial(chatter));
    } else if (kind < 880) {
        (void)snprintf(out, CHATTER_SIZE, "%s", any_example(chatter));
    } else if (kind < 998) {
        (void)snprintf(out, CHATTER_SIZE, "%s. %s", any_example(chatter),
                       any_example(chatter));
    } else { /* too long */
        memset(out, 'x', CHATTER_SIZE - 1);
        out[CHATTER_SIZE - 1] = '\0';
    }
}
