/* dialogues_test.c - what holds in every conversation, tried on thousands of
 * them.
 * In: the shipped pack, and messages put together at random, by a fixed seed,
 * of its own examples and of short answers. Ignores whether the answers are
 * good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "turn.h"
#include "unicode.h"

enum {
    DIALOGUES = 3000,
    MESSAGES = 6,
    TEXT_SIZE = 2000,
    MESSAGE_MAX_HERE = 1900 /* so that some are too long */
};

struct play {
    struct host host;
    const struct pack *pack;
    uint32_t random;
    bool screened; /* the question was put since the start */
    talk_tier tier;
    uint32_t finding;               /* told last, or NO_INDEX */
    char said[MESSAGES][TEXT_SIZE]; /* to be told when something is wrong */
    size_t said_count;
    size_t techniques, rises, falls, refused; /* so that all was tried */
};

/* xorshift (Marsaglia). */
static uint32_t pick(struct play *play, uint32_t below)
{
    play->random ^= play->random << 13;
    play->random ^= play->random >> 17;
    play->random ^= play->random << 5;
    return play->random % below;
}

static void must(const struct play *play, bool condition, const char *what)
{
    if (condition) return;
    for (size_t i = 0; i < play->said_count; i++) {
        (void)printf("    you> %s\n", play->said[i]);
    }
    fail_msg("%s", what);
}

#define MUST(play, condition) must(play, condition, #condition)

/* ---- What is said ---- */

static const char *any_example(struct play *play)
{
    const struct pack *pack = play->pack;
    return pack->examples[pick(play, pack->example_count)].text;
}

static const char *any_wish_for_technique(struct play *play)
{
    const struct pack *pack = play->pack;
    for (;;) {
        const struct example *example =
            &pack->examples[pick(play, pack->example_count)];
        if (!example->of_finding && !example->counter &&
            pack->responses[pack->topics[example->owner].response].technique) {
            return example->text;
        }
    }
}

/* That what was told last is not so, or not any more. */
static const char *any_denial(struct play *play)
{
    const struct pack *pack = play->pack;
    uint32_t start = pick(play, pack->example_count);
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example =
            &pack->examples[(start + i) % pack->example_count];
        if (example->of_finding && !example->counter &&
            example->owner == play->finding &&
            (example->polarity == POLARITY_ABSENT ||
             example->polarity == POLARITY_PAST)) {
            return example->text;
        }
    }
    return "no";
}

static const char *short_answer(struct play *play)
{
    static const char *const answers[] = {
        "no",   "none of those", "yes",        "yes, one of them",
        "nope", "i don't know",  "skip that",  "start over",
        "",     "actually no",   "why?",       "take that back",
        "hmm",  "blorp",         "7 out of 10"};
    return answers[pick(play, sizeof answers / sizeof *answers)];
}

static void compose(struct play *play, char *out)
{
    uint32_t kind = pick(play, 100);
    if (kind < 20) {
        (void)snprintf(out, TEXT_SIZE, "%s", any_wish_for_technique(play));
    } else if (kind < 40) {
        (void)snprintf(out, TEXT_SIZE, "%s", short_answer(play));
    } else if (kind < 50) {
        (void)snprintf(out, TEXT_SIZE, "%s", any_denial(play));
    } else if (kind < 85) {
        (void)snprintf(out, TEXT_SIZE, "%s", any_example(play));
    } else if (kind < 99) {
        (void)snprintf(out, TEXT_SIZE, "%s. %s", any_example(play),
                       any_example(play));
    } else {
        memset(out, 'x', TEXT_SIZE - 1);
        out[TEXT_SIZE - 1] = '\0';
    }
}

/* ---- What must hold ---- */

static bool is_utf8(const char *text, size_t length)
{
    bool valid = true;
    uint32_t code;
    for (size_t at = 0; at < length && valid;) {
        at += talk__unicode_read(text + at, length - at, &code, &valid);
    }
    return valid;
}

static void check_messages(struct play *play, const talk_turn *turn)
{
    size_t count = talk_turn_message_count(turn);
    bool technique = false;
    MUST(play, count > 0);
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(turn, i);
        const struct spoken *spoken = &turn->messages[i];
        const struct wording *wording =
            &play->pack->responses[spoken->response].wordings[message.wording];
        MUST(play, message.length > 0);
        MUST(play, strlen(message.text) == message.length);
        MUST(play, is_utf8(message.text, message.length));
        MUST(play, !wording->reassures ||
                       talk_turn_tier(turn) < TALK_TIER_PROFESSIONAL);
        for (size_t j = 0; j < i; j++) {
            MUST(play, turn->messages[j].response != spoken->response);
        }
        technique |= message.technique;
    }
    MUST(play, talk_turn_technique(turn) == technique);
}

static void check_gate(struct play *play, const talk_turn *turn)
{
    if (talk_turn_technique(turn)) {
        play->techniques++;
        MUST(play, talk_turn_tier(turn) == TALK_TIER_NONE);
        MUST(play, play->screened);
    }
    if (turn->decision.reset) play->screened = false;
    for (size_t i = 0; i < turn->message_count; i++) {
        if (turn->messages[i].response == play->pack->policy.screening_ask) {
            play->screened = true;
        }
    }
}

/* Something in the message, or in the question before it, takes a finding
 * back. */
static bool may_fall(const talk_turn *turn)
{
    const struct recall *last = &turn->last;
    if (turn->decision.reset || last->open.of_finding) return true;
    for (uint32_t i = 0; i < last->known_count; i++) {
        if (last->known[i].doubted) return true;
    }
    for (size_t i = 0; i < turn->heard.finding_count; i++) {
        enum polarity polarity = turn->heard.findings[i].polarity;
        if (polarity == POLARITY_ABSENT || polarity == POLARITY_PAST) {
            return true;
        }
    }
    for (size_t i = 0; i < turn->heard.value_count; i++) {
        /* "make that 3" */
        if (turn->pack->slots[turn->heard.values[i].slot].threshold) {
            return true;
        }
    }
    for (size_t i = 0; i < turn->heard.chosen_count; i++) {
        uint32_t topic = turn->heard.topics[i].topic;
        if (turn->pack->topics[topic].act == TOPIC_TAKES_BACK) return true;
    }
    return false;
}

static bool is_alarm(const struct pack *pack, uint32_t response,
                     talk_tier tier)
{
    if (response == pack->policy.tiers[tier].rise) return true;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        if (pack->findings[i].rise == response) return true;
    }
    return false;
}

static void check_tier(struct play *play, const talk_turn *turn)
{
    talk_tier tier = talk_turn_tier(turn);
    for (size_t i = 0; i < talk_turn_finding_count(turn); i++) {
        MUST(play, tier >= talk_turn_finding(turn, i).tier);
    }
    talk_tier before = turn->decision.reset ? TALK_TIER_NONE : play->tier;
    if (tier > before) {
        play->rises++;
        MUST(play, is_alarm(play->pack, turn->messages[0].response, tier));
    }
    if (tier < before) {
        play->falls++;
        MUST(play, may_fall(turn));
    }
    play->tier = tier;
}

static void check_refused(struct play *play, const char *text, size_t length)
{
    const talk_turn *turn;
    talk_error err = {0};
    char *before = host_state(&play->host);
    MUST(play, talk_say(play->host.worker, play->host.session, text, length,
                        &turn, &err) == TALK_LIMIT);
    MUST(play, turn == NULL);
    char *after = host_state(&play->host);
    MUST(play, strcmp(before, after) == 0);
    free(after);
    free(before);
    play->refused++;
}

static void hold_dialogue(struct play *play)
{
    talk_session_reset(play->host.session);
    play->said_count = 0;
    play->screened = false;
    play->tier = TALK_TIER_NONE;
    play->finding = NO_INDEX;
    while (play->said_count < MESSAGES) {
        char *text = play->said[play->said_count++];
        compose(play, text);
        size_t length = strlen(text);
        if (length > MESSAGE_MAX_HERE) {
            check_refused(play, text, length);
            continue;
        }
        const talk_turn *turn = host_say_bytes(&play->host, text, length);
        check_messages(play, turn);
        check_gate(play, turn);
        check_tier(play, turn);
        if (turn->heard.finding_count) {
            play->finding = turn->heard.findings[0].finding;
        }
    }
}

static void every_conversation_keeps_the_rules(void **state)
{
    (void)state;
    static struct play play = {.random = 20240229};
    talk_options options;
    talk_options_init(&options);
    options.message_max = MESSAGE_MAX_HERE;
    host_open(&play.host, ".", &options);
    play.pack = play.host.bot->pack;
    for (size_t i = 0; i < DIALOGUES; i++) hold_dialogue(&play);
    print_message("%zu techniques, %zu rises, %zu falls, %zu refused\n",
                  play.techniques, play.rises, play.falls, play.refused);
    assert_true(play.techniques > 0 && play.rises > 0 && play.falls > 0 &&
                play.refused > 0);
    host_close(&play.host);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_conversation_keeps_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
