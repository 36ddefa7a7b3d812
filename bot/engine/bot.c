/* bot.c - bots, workers and sessions: made and freed; what a bot holds.
 * In: a folder, options.  Out: handles. */
#include <string.h>

#include "turn.h"

enum {
    MESSAGE_MAX_DEFAULT = 64 * 1024,
    /* Folded it may be many times as long, and is counted in 32 bits. */
    MESSAGE_MAX_MOST = 16 * 1024 * 1024,
    PACK_FILE_MAX_DEFAULT = 4 * 1024 * 1024,
    PACK_MAX_DEFAULT = 64 * 1024 * 1024,
    /* Real patterns need less than 200 steps; hostile ones stop here. */
    MATCH_LIMIT_DEFAULT = 2000,
    TURN_WORK_MAX_DEFAULT = 20 * 1024
};

const char *talk_version(void)
{
    return TALK_VERSION;
}

const char *talk_tier_name(talk_tier tier)
{
    static const char *const names[] = {"none", "avoid", "professional",
                                        "urgent", "emergency"};
    return (unsigned)tier < TIER_COUNT ? names[tier] : "";
}

/* Without alloc_fn it is no talk_options. */
static bool is_size(size_t size)
{
    return size >= offsetof(talk_options, alloc_payload) &&
           size <= sizeof(talk_options);
}

void talk_options_init(talk_options *options, size_t size)
{
    if (!options || size < sizeof options->size) return;
    memset(options, 0, size);
    if (size > sizeof *options) size = sizeof *options;
    if (!is_size(size)) return;
    const talk_options defaults = {.size = size,
                                   .message_max = MESSAGE_MAX_DEFAULT,
                                   .pack_file_max = PACK_FILE_MAX_DEFAULT,
                                   .pack_max = PACK_MAX_DEFAULT,
                                   .match_limit = MATCH_LIMIT_DEFAULT,
                                   .turn_work_max = TURN_WORK_MAX_DEFAULT};
    memcpy(options, &defaults, size);
}

static talk_status refuse(talk_error *err, const char *why)
{
    return talk__fail(err, TALK_ARGUMENT, (struct place){0}, "%s", why);
}

talk_status talk_bot_load(const char *folder, const talk_options *options,
                          talk_bot **bot, talk_error *err)
{
    return talk__bot_load(folder, options, NULL, bot, err);
}

talk_status talk__bot_load(const char *folder, const talk_options *options,
                           const struct pack_change *change, talk_bot **bot,
                           talk_error *err)
{
    if (bot) *bot = NULL;
    if (!folder || !bot) return refuse(err, "talk_bot_load: NULL");
    talk_options known;
    talk_options_init(&known, sizeof known);
    if (options && !is_size(options->size)) {
        return refuse(err, "options were not made by talk_options_init");
    }
    /* A host that was compiled for an older library knows less of them. */
    if (options) memcpy(&known, options, options->size);
    options = &known;
    if (options->message_max > MESSAGE_MAX_MOST) {
        return refuse(err, "options: message_max is above 16 MiB");
    }
    struct memory memory = talk__memory_from(options);
    talk_bot *fresh = talk__memory_take(&memory, sizeof *fresh);
    if (!fresh) return talk__fail_nomem(err);
    *fresh = (talk_bot){.memory = memory, .options = *options};
    struct pack_limits limits = {.file_max = options->pack_file_max,
                                 .pack_max = options->pack_max,
                                 .alternatives = options->alternatives,
                                 .examples = options->examples,
                                 .change = change};
    struct report report = {.report_fn = options->report_fn,
                            .payload = options->report_payload,
                            .first = err};
    talk_status status =
        talk__pack_read(folder, &memory, &limits, &report, &fresh->pack);
    if (status == TALK_OK) {
        *bot = fresh;
        return TALK_OK;
    }
    talk_bot_free(fresh);
    return status == TALK_NOMEM ? talk__fail_nomem(err) : status;
}

void talk_bot_free(talk_bot *bot)
{
    if (!bot) return;
    struct memory memory = bot->memory;
    talk__pack_free(bot->pack);
    talk__memory_give(&memory, bot, sizeof *bot);
}

talk_status talk_worker_new(const talk_bot *bot, talk_worker **worker,
                            talk_error *err)
{
    if (worker) *worker = NULL;
    if (!bot || !worker) return refuse(err, "talk_worker_new: NULL");
    talk_worker *fresh = talk__memory_take(&bot->memory, sizeof *fresh);
    if (!fresh) return talk__fail_nomem(err);
    *fresh = (talk_worker){
        .bot = bot, .seed = bot->options.seed, .memory = bot->memory};
    talk__arena_init(&fresh->arena, &fresh->memory, 0);
    struct understand_limits limits = {bot->options.match_limit,
                                       bot->options.turn_work_max, false};
    talk_status status =
        talk__matcher_new(bot->pack, &fresh->memory, &limits, &fresh->matcher);
    if (status == TALK_OK) {
        *worker = fresh;
        return TALK_OK;
    }
    talk_worker_free(fresh);
    return talk__fail_nomem(err);
}

void talk_worker_seed(talk_worker *worker, uint32_t seed)
{
    if (worker) worker->seed = seed;
}

void talk_worker_free(talk_worker *worker)
{
    if (!worker) return;
    struct memory memory = worker->memory;
    talk__matcher_free(worker->matcher);
    talk__arena_clear(&worker->arena);
    talk__memory_give(&memory, worker, sizeof *worker);
}

talk_status talk_session_new(const talk_bot *bot, talk_session **session,
                             talk_error *err)
{
    if (session) *session = NULL;
    if (!bot || !session) return refuse(err, "talk_session_new: NULL");
    *session = talk__memory_take(&bot->memory, sizeof **session);
    if (!*session) return talk__fail_nomem(err);
    **session = (talk_session){.memory = bot->memory};
    return TALK_OK;
}

/* ---- What a bot holds ---- */

size_t talk_bot_count(const talk_bot *bot, talk_kind kind)
{
    if (!bot) return 0;
    switch (kind) {
    case TALK_TOPICS: return bot->pack->topic_count;
    case TALK_FINDINGS: return bot->pack->finding_count;
    case TALK_RESPONSES: return bot->pack->response_count;
    case TALK_SLOTS: return bot->pack->slot_count;
    case TALK_VARIABLES: return bot->pack->variable_count;
    case TALK_ACTIONS: return bot->pack->action_count;
    }
    return 0;
}

const char *talk_bot_name(const talk_bot *bot, talk_kind kind, size_t index)
{
    if (index >= talk_bot_count(bot, kind)) return "";
    switch (kind) {
    case TALK_TOPICS: return bot->pack->topics[index].name;
    case TALK_FINDINGS: return bot->pack->findings[index].name;
    case TALK_RESPONSES: return bot->pack->responses[index].name;
    case TALK_SLOTS: return bot->pack->slots[index].name;
    case TALK_VARIABLES: return bot->pack->variables[index].name;
    case TALK_ACTIONS: return bot->pack->actions[index].name;
    }
    return "";
}

const char *talk_bot_pack_name(const talk_bot *bot)
{
    return bot ? bot->pack->name : "";
}

const char *talk_bot_title(const talk_bot *bot)
{
    return bot ? bot->pack->title : "";
}

const char *talk_bot_opening(const talk_bot *bot)
{
    return bot ? bot->pack->opening : "";
}

const char *talk_bot_sources(const talk_bot *bot, const char *response)
{
    if (!bot || !response) return NULL;
    uint32_t index = talk__table_get(&bot->pack->response_names, response,
                                     strlen(response));
    return index == TABLE_NONE ? NULL
                               : bot->pack->responses[index].sources_text;
}

const char *talk_bot_source_name(const talk_bot *bot, const char *id)
{
    if (!bot || !id) return NULL;
    uint32_t index = talk__table_get(&bot->pack->source_names, id, strlen(id));
    return index == TABLE_NONE ? NULL : bot->pack->sources[index].name;
}

size_t talk_bot_example_count(const talk_bot *bot)
{
    return bot ? bot->pack->example_count : 0;
}

static const char *const polarity_names[] = {"present", "absent", "past",
                                             "hypothetical", "other_person"};

const char *talk__polarity_name(enum polarity polarity)
{
    return polarity_names[polarity];
}

talk_example talk_bot_example(const talk_bot *bot, size_t index)
{
    if (index >= talk_bot_example_count(bot)) return (talk_example){0};
    const struct pack *pack = bot->pack;
    const struct example *example = &pack->examples[index];
    bool finding = example->of_finding;
    return (talk_example){
        .text = example->text,
        .length = example->length,
        .kind = finding ? TALK_FINDINGS : TALK_TOPICS,
        .name = finding ? pack->findings[example->owner].name
                        : pack->topics[example->owner].name,
        .polarity = finding ? polarity_names[example->polarity] : NULL,
        .counter = example->counter,
        .source = example->place.source,
        .line = example->place.line,
        .column = example->place.column};
}
