/* dialogues_test.c - what holds in every conversation, tried on thousands of
 * them: `make talks` tries a million.
 *   dialogues_test [DIALOGUES [SEED [THREADS]]]
 * In: the shipped pack, random messages, by a fixed seed.
 * Ignores whether the answers are good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chatter.h"
#include "host.h"
#include "turn.h"
#include "unicode.h"

enum {
    MESSAGES_LEAST = 3,
    MESSAGES_MOST = 9,       /* six on the average */
    MESSAGE_MAX_HERE = 1900, /* so that some are too long */
    REPLY_SIZE = 8 * 1024,
    BREACHES_SHOWN = 3, /* dialogues, of each thread */
    THREADS_MAX = 64
};

/* One thread's work. cmocka's assertions must not leave a thread: what went
 * wrong is told at its end. */
struct play {
    struct host host; /* the bot is shared */
    const struct pack *pack;
    struct chatter chatter;
    size_t dialogues;
    char said[MESSAGES_MOST][CHATTER_SIZE]; /* told when something is wrong */
    size_t said_count;
    char replies[3][REPLY_SIZE]; /* the last ones, the newest first */
    bool answered;               /* the screening, with a no */
    uint32_t screened;           /* times that it was put, in a row */
    uint32_t asked[STEPS_MAX];   /* times, by question of the form */
    talk_tier tier;
    bool broken; /* in this dialogue */
    size_t breaches;
    size_t turns, techniques, rises, falls, refused, questions, cancelled;
};

static void must(struct play *play, bool condition, const char *what)
{
    if (condition || play->broken) return;
    play->broken = true;
    if (play->breaches++ >= BREACHES_SHOWN) return;
    char text[MESSAGES_MOST * (CHATTER_SIZE + 16)];
    size_t length = 0;
    for (size_t i = 0; i < play->said_count; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "    you> %.300s\n", play->said[i]);
    }
    (void)printf("broken: %s\n%s", what, text);
}

#define MUST(play, condition) must(play, condition, #condition)

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

static bool is_put(const struct talk_turn *turn, uint32_t response)
{
    for (size_t i = 0; i < turn->message_count; i++) {
        if (turn->messages[i].response == response) return true;
    }
    return false;
}

static bool did(const struct talk_turn *turn, enum topic_act act)
{
    for (size_t i = 0; i < turn->heard.chosen_count; i++) {
        uint32_t topic = turn->heard.topics[i].topic;
        if (turn->pack->topics[topic].act == act) return true;
    }
    return false;
}

/* Technique comes only after the screening was put and answered with no. */
static void check_gate(struct play *play, const talk_turn *turn)
{
    const struct policy *policy = &play->pack->policy;
    if (turn->last.screening == SCREENING_OPEN &&
        turn->heard.answers[ANSWER_NO]) {
        play->answered = true;
    }
    if (talk_turn_technique(turn)) {
        play->techniques++;
        MUST(play, talk_turn_tier(turn) == TALK_TIER_NONE);
        MUST(play, play->answered);
    }
    if (turn->decision.reset) {
        play->answered = false;
        play->screened = 0;
    }
    if ((is_put(turn, policy->screening_ask) ||
         is_put(turn, policy->screening_again)) &&
        !did(turn, TOPIC_REPEATS)) {
        play->screened++;
    }
    MUST(play, play->screened <= 2);
    if (turn->decision.next.screening != SCREENING_OPEN) play->screened = 0;
}

/* No question is put a third time, unless somebody asks for it. */
static void check_form(struct play *play, const talk_turn *turn)
{
    const struct recall *next = &turn->decision.next;
    if (did(turn, TOPIC_CANCELS) && !turn->technique) {
        play->cancelled++;
        MUST(play, next->form == NO_INDEX && next->open.index == NO_INDEX);
        MUST(play, next->screening != SCREENING_OPEN ||
                       is_put(turn, play->pack->policy.screening_ask));
    }
    if (turn->decision.reset || next->asked_count == 0) {
        memset(play->asked, 0, sizeof play->asked);
    }
    if (next->form == NO_INDEX || did(turn, TOPIC_REPEATS) ||
        did(turn, TOPIC_GOES_BACK) || did(turn, TOPIC_JUSTIFIES)) {
        return;
    }
    const struct form *form = &play->pack->forms[next->form];
    if (!is_put(turn, form->ask) && !is_put(turn, form->again) &&
        !is_put(turn, form->unclear)) {
        return;
    }
    play->questions++;
    for (uint32_t i = 0; i < form->step_count; i++) {
        if (form->steps[i].of_finding != next->open.of_finding ||
            form->steps[i].index != next->open.index) {
            continue;
        }
        MUST(play, ++play->asked[i] <= 2);
    }
}

/* Nobody is told the very same three times running, unless he asks for it. */
static void check_reply(struct play *play, const talk_turn *turn)
{
    memmove(play->replies[1], play->replies[0], sizeof play->replies[0] * 2);
    char *reply = play->replies[0];
    size_t length = 0;
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        length += (size_t)snprintf(reply + length, REPLY_SIZE - length, "%s\n",
                                   talk_turn_message(turn, i).text);
    }
    MUST(play, length < REPLY_SIZE);
    if (did(turn, TOPIC_REPEATS)) return;
    MUST(play, strcmp(reply, play->replies[1]) != 0 ||
                   strcmp(reply, play->replies[2]) != 0);
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
        enum topic_act act = turn->pack->topics[topic].act;
        if (act == TOPIC_TAKES_BACK || act == TOPIC_ENDS ||
            act == TOPIC_DISOWNS) {
            return true;
        }
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

static void check_turn(struct play *play, const talk_turn *turn)
{
    play->turns++;
    check_messages(play, turn);
    check_gate(play, turn);
    check_tier(play, turn);
    check_form(play, turn);
    check_reply(play, turn);
    if (turn->heard.finding_count) {
        play->chatter.finding = turn->heard.findings[0].finding;
    }
}

static void hold_dialogue(struct play *play)
{
    talk_session_reset(play->host.session);
    play->said_count = 0;
    play->broken = false;
    play->answered = false;
    play->screened = 0;
    play->tier = TALK_TIER_NONE;
    play->chatter.finding = NO_INDEX;
    memset(play->asked, 0, sizeof play->asked);
    memset(play->replies, 0, sizeof play->replies);
    size_t messages =
        MESSAGES_LEAST +
        chatter_pick(&play->chatter, MESSAGES_MOST - MESSAGES_LEAST + 1);
    while (play->said_count < messages && !play->broken) {
        char *text = play->said[play->said_count];
        const char *before =
            play->said_count ? play->said[play->said_count - 1] : NULL;
        chatter_compose(&play->chatter, before, text);
        play->said_count++;
        size_t length = strlen(text);
        const talk_turn *turn;
        if (length > MESSAGE_MAX_HERE) {
            check_refused(play, text, length);
        } else if (talk_say(play->host.worker, play->host.session, text,
                            length, &turn, NULL) == TALK_OK) {
            check_turn(play, turn);
        } else {
            must(play, false, "the message is answered");
        }
    }
}

static void *work(void *payload)
{
    struct play *play = payload;
    for (size_t i = 0; i < play->dialogues; i++) hold_dialogue(play);
    return NULL;
}

/* ---- All of them ---- */

static size_t dialogues = 3000, seed = 20240229, threads = 1; /* options */

static struct play *begin(const talk_bot *bot, size_t index)
{
    struct play *play = take(sizeof *play);
    memset(play, 0, sizeof *play);
    play->pack = bot->pack;
    play->dialogues = dialogues / threads + (index < dialogues % threads);
    play->chatter.pack = bot->pack;
    play->chatter.random = (uint32_t)((seed + index) * 2654435761u) | 1;
    if (talk_worker_new(bot, &play->host.worker, NULL) != TALK_OK ||
        talk_session_new(bot, &play->host.session, NULL) != TALK_OK) {
        give_up("begin", "a dialogue");
    }
    return play;
}

static void add(struct play *sum, const struct play *play)
{
    sum->breaches += play->breaches;
    sum->turns += play->turns;
    sum->techniques += play->techniques;
    sum->rises += play->rises;
    sum->falls += play->falls;
    sum->refused += play->refused;
    sum->questions += play->questions;
    sum->cancelled += play->cancelled;
}

static void every_conversation_keeps_the_rules(void **state)
{
    (void)state;
    static struct play *plays[THREADS_MAX], sum;
    pthread_t ids[THREADS_MAX];
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.message_max = MESSAGE_MAX_HERE;
    options.examples = true;
    struct host host;
    host_open(&host, ".", &options);
    for (size_t i = 0; i < threads; i++) {
        plays[i] = begin(host.bot, i);
        assert_int_equal(pthread_create(&ids[i], NULL, work, plays[i]), 0);
    }
    for (size_t i = 0; i < threads; i++) {
        (void)pthread_join(ids[i], NULL);
        add(&sum, plays[i]);
        talk_session_free(plays[i]->host.session);
        talk_worker_free(plays[i]->host.worker);
        free(plays[i]);
    }
    host_close(&host);
    print_message("%zu dialogues, seed %zu: %zu turns, %zu techniques, "
                  "%zu rises, %zu falls, %zu questions, %zu cancelled, "
                  "%zu refused; %zu broken\n",
                  dialogues, seed, sum.turns, sum.techniques, sum.rises,
                  sum.falls, sum.questions, sum.cancelled, sum.refused,
                  sum.breaches);
    assert_int_equal(sum.breaches, 0);
    assert_true(sum.techniques > 0 && sum.rises > 0 && sum.falls > 0 &&
                sum.refused > 0 && sum.questions > 0 && sum.cancelled > 0);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_conversation_keeps_the_rules),
    };
    if (argc > 1) dialogues = strtoul(argv[1], NULL, 10);
    if (argc > 2) seed = strtoul(argv[2], NULL, 10);
    if (argc > 3) threads = strtoul(argv[3], NULL, 10);
    if (dialogues == 0 || threads == 0 || threads > THREADS_MAX) {
        (void)fprintf(stderr,
                      "usage: dialogues_test [DIALOGUES [SEED [THREADS]]]\n");
        return 2;
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
