/* test_play.c - transcripts played on a bot that all threads share.
 * In: a script.  Out: its verdict.  Each run is a new session; the time is
 * what the script says, not the clock's. */
#include "posix.h"

#include "test_play.h"

#include "json_door.h"
#include "pack_open.h"
#include "test_judge.h"

#include <stdlib.h>
#include <string.h>

/* ---- The stage ---------------------------------------------------------- */

/* Where the thread's transcript stands; payload: the key. */
static uint64_t now_of_thread(void *payload)
{
    const uint64_t *now = pthread_getspecific(*(pthread_key_t *)payload);
    return now ? *now : SCRIPT_CLOCK_USUAL;
}

struct source {
    const char *pack;
    bool alternatives;
};

static talk_bot *load(void *payload, const talk_options *options)
{
    const struct source *source = payload;
    talk_options own = *options;
    size_t problems;
    own.alternatives = source->alternatives;
    return pack_load(source->pack, &own, &problems);
}

bool stage_open_with(struct stage *stage, stage_load_fn load_fn, void *payload)
{
    talk_options options;
    *stage = (struct stage){0};
    if (pthread_key_create(&stage->clock, NULL) != 0) {
        fputs("backtalk: too many keys of threads\n", stderr);
        return false;
    }
    talk_options_init(&options, sizeof options);
    options.clock_fn = now_of_thread;
    options.clock_payload = &stage->clock;
    stage->bot = load_fn(payload, &options);
    if (!stage->bot) pthread_key_delete(stage->clock);
    return stage->bot != NULL;
}

bool stage_open(struct stage *stage, const char *pack, bool alternatives)
{
    struct source source = {pack, alternatives};
    return stage_open_with(stage, load, &source);
}

void stage_close(struct stage *stage)
{
    talk_bot_free(stage->bot);
    pthread_key_delete(stage->clock);
}

/* ---- A player ---------------------------------------------------------- */

bool player_init(struct player *player, struct stage *stage)
{
    *player = (struct player){.stage = stage};
    return talk_worker_new(stage->bot, &player->worker, NULL) == TALK_OK;
}

void player_clear(struct player *player)
{
    (void)pthread_setspecific(player->stage->clock, NULL);
    talk_worker_free(player->worker);
    *player = (struct player){0};
}

/* ---- What is known from the start -------------------------------------- */

static json_t *preset_json(const struct preset *preset)
{
    size_t length = strlen(preset->value);
    /* The normal form of a scale is its number; others have none here. */
    bool number = preset->value[strspn(preset->value, "0123456789.")] == '\0';
    return json_pack("{s:s, s:s%, s:s, s:i}", "name", preset->name, "value",
                     preset->value, length, "normal",
                     number ? preset->value : "", "turn", 0);
}

/* The session as it would be saved, with the slots of SET in it. */
static char *state_with_presets(const struct script *script, char *state,
                                size_t length)
{
    json_t *json = state ? json_door_read(state, length) : NULL;
    json_t *slots = json_object_get(json, "slots");
    bool fine = json_is_array(slots);
    for (size_t i = 0; fine && i < script->preset_count; i++) {
        const struct preset *preset = &script->presets[i];
        if (preset->variable) continue;
        fine = json_array_append_new(slots, preset_json(preset)) == 0;
    }
    char *line = fine ? json_door_line(json) : NULL;
    json_decref(json);
    free(state);
    return line;
}

static bool set_presets(const struct player *player,
                        const struct script *script, talk_session **session,
                        talk_error *err)
{
    size_t length;
    talk_session *filled = NULL;
    char *state = json_door_saved(*session, &length);
    state = state_with_presets(script, state, length);
    talk_status status = state ? talk_session_load(player->stage->bot, state,
                                                   strlen(state), &filled, err)
                               : TALK_NOMEM;
    free(state);
    if (status == TALK_NOMEM) memcpy(err->message, "no memory", 10);
    if (status != TALK_OK) return false;
    talk_session_free(*session);
    *session = filled;
    for (size_t i = 0; i < script->preset_count; i++) {
        const struct preset *preset = &script->presets[i];
        if (preset->variable &&
            talk_session_set(player->stage->bot, filled, preset->name,
                             preset->value, err) != TALK_OK) {
            return false;
        }
    }
    return true;
}

/* ---- Runs -------------------------------------------------------------- */

static void play_run(struct player *player, struct verdict *verdict,
                     size_t run, talk_session *session)
{
    const struct script *script = &verdict->script;
    player->now = script->clock;
    for (size_t i = 0; i < script->exchange_count; i++) {
        const talk_turn *turn = NULL;
        talk_error err = {0};
        struct said said = script_said(script, run, i);
        player->now += (uint64_t)script->exchanges[i].seconds;
        verdict->turn_count++;
        if (talk_say(player->worker, session, said.text, said.length, &turn,
                     &err) != TALK_OK) {
            judge_refusal(verdict, run, i, err.message);
            continue;
        }
        judge_turn(verdict, run, i, turn);
        if (player->turn_fn) player->turn_fn(player->payload, turn);
    }
}

void play(struct player *player, struct verdict *verdict)
{
    struct script *script = &verdict->script;
    struct spot spot = {script->path, 0, 0};
    talk_error err = {0};
    talk_worker_seed(player->worker,
                     script->has_seed ? script->seed : player->seed);
    (void)pthread_setspecific(player->stage->clock, &player->now);
    for (size_t run = 0; run < script->run_count; run++) {
        talk_session *session = NULL;
        bool fine =
            talk_session_new(player->stage->bot, &session, &err) == TALK_OK &&
            (script->preset_count == 0 ||
             set_presets(player, script, &session, &err));
        if (fine) {
            play_run(player, verdict, run, session);
        } else {
            script_complain(script, spot, "cannot be run: %s", err.message);
        }
        talk_session_free(session);
        if (!fine) return;
    }
}
