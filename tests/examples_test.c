/* examples_test.c - every example of the shipped pack, through the engine.
 * In: the pack in the working directory; arguments, if any: parts of the names
 * of the files whose examples are tried. Out: each disagreement, at the place
 * of its example. A topic's example must be mainly about the topic, a
 * finding's name the finding with its polarity; a counter-example must do
 * neither. */
#include <stdio.h>
#include <string.h>

#include "turn.h"

struct trial {
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    const talk_turn *turn;
    size_t tried, wrong;
};

static bool say(struct trial *trial, const char *text, size_t length)
{
    talk_error err;
    if (talk_say(trial->worker, trial->session, text, length, &trial->turn,
                 &err) == TALK_OK) {
        return true;
    }
    (void)printf("%s\n", err.message);
    return false;
}

/* A topic that counts only after another: an example of that one goes
 * before. */
static bool say_before(struct trial *trial, const struct example *example)
{
    const struct pack *pack = trial->bot->pack;
    const struct when *when =
        example->of_finding ? NULL : pack->topics[example->owner].when;
    if (!when || when->after.count == 0) return true;
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *before = &pack->examples[i];
        if (before->of_finding || before->counter ||
            before->owner != when->after.items[0]) {
            continue;
        }
        return say(trial, before->text, before->length);
    }
    return true;
}

static bool chose(const talk_turn *turn, uint32_t topic)
{
    for (size_t i = 0; i < turn->heard.chosen_count; i++) {
        if (turn->heard.topics[i].topic == topic) return true;
    }
    return false;
}

/* With polarity POLARITY_COUNT: with any. */
static bool named(const talk_turn *turn, uint32_t finding,
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

static bool agrees(const talk_turn *turn, const struct example *example)
{
    if (example->of_finding) {
        return example->counter
                   ? !named(turn, example->owner, POLARITY_COUNT)
                   : named(turn, example->owner, example->polarity);
    }
    const struct topic *topic = &turn->pack->topics[example->owner];
    if (example->counter) return !chose(turn, example->owner);
    if (topic->act == TOPIC_GOES_ON) return chose(turn, example->owner);
    return turn->decision.topic ==
           (topic->redirect == NO_INDEX ? example->owner : topic->redirect);
}

static void print_heard(const talk_turn *turn)
{
    const char *topic = talk_turn_topic(turn);
    (void)printf("topic %s", *topic ? topic : "none");
    for (size_t i = 0; i < turn->heard.chosen_count; i++) {
        uint32_t other = turn->heard.topics[i].topic;
        if (other == turn->decision.topic) continue;
        (void)printf(" + %s", turn->pack->topics[other].name);
    }
    for (size_t i = 0; i < talk_turn_finding_count(turn); i++) {
        talk_finding finding = talk_turn_finding(turn, i);
        (void)printf(", %s %s", finding.name, finding.polarity);
    }
}

static void print_disagreement(const struct trial *trial, size_t index)
{
    talk_example example = talk_bot_example(trial->bot, index);
    (void)printf("%s:%u:%u: %s: wanted %s%s %s%s%s, got ", example.source,
                 example.line, example.column, example.text,
                 example.counter ? "no " : "",
                 example.kind == TALK_TOPICS ? "topic" : "finding",
                 example.name, example.polarity && !example.counter ? " " : "",
                 example.polarity && !example.counter ? example.polarity : "");
    print_heard(trial->turn);
    (void)putchar('\n');
}

static bool wanted(const struct example *example, char **parts, int count)
{
    for (int i = 0; i < count; i++) {
        if (strstr(example->place.source, parts[i])) return true;
    }
    return count == 0;
}

static bool try_all(struct trial *trial, char **parts, int count)
{
    const struct pack *pack = trial->bot->pack;
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        if (!wanted(example, parts, count)) continue;
        talk_session_reset(trial->session);
        if (!say_before(trial, example) ||
            !say(trial, example->text, example->length)) {
            return false;
        }
        trial->tried++;
        if (agrees(trial->turn, example)) continue;
        trial->wrong++;
        print_disagreement(trial, i);
    }
    return true;
}

int main(int argc, char **argv)
{
    struct trial trial = {0};
    talk_error err;
    bool fine = talk_bot_load(".", NULL, &trial.bot, &err) == TALK_OK &&
                talk_worker_new(trial.bot, &trial.worker, &err) == TALK_OK &&
                talk_session_new(trial.bot, &trial.session, &err) == TALK_OK;
    if (!fine) {
        (void)printf("%s:%u:%u: %s\n", err.source, err.line, err.column,
                     err.message);
    } else {
        fine = try_all(&trial, argv + 1, argc - 1);
        (void)printf("%zu examples, %zu disagreements\n", trial.tried,
                     trial.wrong);
    }
    talk_session_free(trial.session);
    talk_worker_free(trial.worker);
    talk_bot_free(trial.bot);
    return fine && trial.tried && !trial.wrong ? 0 : 1;
}
