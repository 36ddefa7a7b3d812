/* mutate_notice.c - whether a changed pack still keeps what it promises.
 * In: a bot.  Out: errors by rule; the first example that is not understood.
 * Ignores transcripts, which are the program's, and the proof. */
#include <string.h>

#include "agree.h"
#include "mutate.h"

talk_status talk__mutant_errors(const talk_bot *bot, const char *folder,
                                size_t *errors, talk_error *err)
{
    const struct check_options options = {.folder = folder, .silent = true};
    struct check_report report;
    talk_status status = talk__check(bot, &options, &report, err);
    *errors = report.errors;
    talk__check_clear(&report);
    return status;
}

struct trial {
    const struct pack *pack;
    talk_worker *worker;
    talk_session *session;
    const talk_turn *turn;
    talk_error *err;
};

static talk_status say(struct trial *trial, const struct example *example)
{
    return talk_say(trial->worker, trial->session, example->text,
                    example->length, &trial->turn, trial->err);
}

static talk_status try_one(struct trial *trial, const struct example *example,
                           bool *fine)
{
    const struct example *before = talk__agree_before(trial->pack, example);
    talk_status status = TALK_OK;
    talk_session_reset(trial->session);
    if (before) status = say(trial, before);
    if (status == TALK_OK) status = say(trial, example);
    *fine = status == TALK_OK && talk__agrees(trial->turn, example);
    return status;
}

/* Steps from one example to the next but many, so that all rules have their
 * turn soon; coprime to every count below it, and prime. */
enum { STRIDE = 1000003 };

static talk_status try_all(struct trial *trial, const char *first,
                           struct place *place)
{
    const struct pack *pack = trial->pack;
    talk_status status = TALK_OK;
    bool fine = true;
    for (int pass = 0; pass < 2; pass++) {
        for (uint64_t i = 0; i < pack->example_count; i++) {
            const struct example *example =
                &pack->examples[i * STRIDE % pack->example_count];
            bool near = first && strcmp(example->place.source, first) == 0;
            if (near != (pass == 0)) continue;
            status = try_one(trial, example, &fine);
            if (fine) continue;
            if (status == TALK_OK) *place = example->place;
            return status;
        }
    }
    return status;
}

talk_status talk__mutant_examples(const talk_bot *bot, const char *first,
                                  struct place *place, talk_error *err)
{
    struct trial trial = {.pack = bot->pack, .err = err};
    *place = (struct place){0};
    talk_status status = talk_worker_new(bot, &trial.worker, err);
    if (status == TALK_OK) {
        status = talk_session_new(bot, &trial.session, err);
    }
    if (status == TALK_OK) status = try_all(&trial, first, place);
    talk_session_free(trial.session);
    talk_worker_free(trial.worker);
    return status;
}
