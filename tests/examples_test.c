/* examples_test.c - every example of the shipped pack, through the engine.
 * In: the pack in the working directory; arguments, if any: parts of the names
 * of the files whose examples are tried. Out: each disagreement, at the place
 * of its example. */
#include <stdio.h>
#include <string.h>

#include "agree.h"

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

static bool say_before(struct trial *trial, const struct example *example)
{
    const struct example *before =
        talk__agree_before(trial->bot->pack, example);
    return !before || say(trial, before->text, before->length);
}

static void print_disagreement(const struct trial *trial, size_t index)
{
    char got[1024];
    talk_example example = talk_bot_example(trial->bot, index);
    (void)printf("%s:%u:%u: %s: wanted %s%s %s%s%s, got ", example.source,
                 example.line, example.column, example.text,
                 example.counter ? "no " : "",
                 example.kind == TALK_TOPICS ? "topic" : "finding",
                 example.name, example.polarity && !example.counter ? " " : "",
                 example.polarity && !example.counter ? example.polarity : "");
    talk__agree_got(trial->turn, got, sizeof got);
    (void)puts(got);
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
        if (talk__agrees(trial->turn, example)) continue;
        trial->wrong++;
        print_disagreement(trial, i);
    }
    return true;
}

int main(int argc, char **argv)
{
    struct trial trial = {0};
    talk_error err;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.examples = true;
    bool fine = talk_bot_load(".", &options, &trial.bot, &err) == TALK_OK &&
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
