/* saved.c - a saved session, loaded again.
 * In: JSON.  Out: a session.  Ignores what the findings mean.
 *
 * A saved session names things; what the pack does not know any more is
 * dropped and reported. Where a finding that counted is dropped, doubt takes
 * its place: the gate stays shut. */
#include <string.h>

#include "json.h"
#include "turn.h"

struct reader {
    const talk_bot *bot;
    struct arena *arena;
    talk_error *err;
    bool failed; /* the first fault is in err */
};

static void fault(struct reader *r, const char *key)
{
    if (!r->failed) {
        (void)talk__fail(r->err, TALK_STATE, (struct place){0},
                         "a saved session: '%s' is missing or makes no sense",
                         key);
    }
    r->failed = true;
}

static void dropped(const struct reader *r, const char *noun, const char *name)
{
    talk_error problem = {0};
    if (!r->bot->options.report_fn) return;
    (void)talk__fail(&problem, TALK_STATE, (struct place){0},
                     "a saved session names the %s '%.80s', which the pack "
                     "does not have: dropped",
                     noun, name);
    r->bot->options.report_fn(r->bot->options.report_payload, &problem);
}

static const char *text(struct reader *r, const struct json *object,
                        const char *key)
{
    const char *value = "";
    if (!talk__json_get_text(object, key, &value)) fault(r, key);
    return value;
}

static uint32_t number(struct reader *r, const struct json *object,
                       const char *key)
{
    uint64_t value = 0;
    if (!talk__json_get_number(object, key, UINT32_MAX, &value)) {
        fault(r, key);
    }
    return (uint32_t)value;
}

static bool flag(struct reader *r, const struct json *object, const char *key)
{
    bool value = false;
    if (!talk__json_get_flag(object, key, &value)) fault(r, key);
    return value;
}

/* The number of a word among some; a fault when it is none of them. */
static uint32_t word(struct reader *r, const struct json *object,
                     const char *key, const char *(*name_of)(uint32_t index),
                     uint32_t count)
{
    const char *value = text(r, object, key);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(name_of(i), value) == 0) return i;
    }
    fault(r, key);
    return 0;
}

static const char *name_of_tier(uint32_t index)
{
    return talk_tier_name((talk_tier)index);
}

static const char *name_of_screening(uint32_t index)
{
    return talk__screening_name((enum screening)index);
}

static const char *name_of_polarity(uint32_t index)
{
    return talk__polarity_name((enum polarity)index);
}

/* The name as the pack has it; NULL when it has none, which is reported. */
static const char *known_name(const struct reader *r,
                              const struct table *names, const char *noun,
                              const char *name, uint32_t *index)
{
    *index = talk__table_get(names, name, strlen(name));
    if (*index == NO_INDEX && name[0]) dropped(r, noun, name);
    return *index == NO_INDEX ? "" : name;
}

/* An array of at most `max` objects, or a fault. */
static size_t array(struct reader *r, const struct json *root, const char *key,
                    size_t max, const struct json **items)
{
    size_t count = 0;
    if (!talk__json_get_array(root, key, items, &count) || count > max) {
        fault(r, key);
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (!talk__json_item(*items, i)) fault(r, key);
    }
    return r->failed ? 0 : count;
}

enum { ITEMS_MAX = 10000 }; /* more than any pack has findings or slots */

static void read_known(struct reader *r, const struct json *root,
                       struct recall *recall)
{
    const struct pack *pack = r->bot->pack;
    const struct json *items;
    size_t count = array(r, root, "findings", ITEMS_MAX, &items);
    recall->known =
        talk__arena_array(r->arena, count + 1, sizeof *recall->known);
    for (size_t i = 0; recall->known && i < count; i++) {
        const struct json *item = talk__json_item(items, i);
        struct known known = {
            .polarity = (enum polarity)word(r, item, "polarity",
                                            name_of_polarity, POLARITY_COUNT),
            .counts = flag(r, item, "counts"),
            .doubted = flag(r, item, "doubted"),
            .turn = number(r, item, "turn")};
        known.name = known_name(r, &pack->finding_names, "finding",
                                text(r, item, "name"), &known.finding);
        if (known.finding != NO_INDEX) {
            recall->known[recall->known_count++] = known;
        } else if (known.counts) {
            recall->screening = SCREENING_DOUBT;
            recall->screened = 0;
        }
    }
}

static void read_filled(struct reader *r, const struct json *root,
                        struct recall *recall)
{
    const struct pack *pack = r->bot->pack;
    const struct json *items;
    size_t count = array(r, root, "slots", ITEMS_MAX, &items);
    recall->filled =
        talk__arena_array(r->arena, count + 1, sizeof *recall->filled);
    for (size_t i = 0; recall->filled && i < count; i++) {
        const struct json *item = talk__json_item(items, i);
        struct filled filled = {.value = text(r, item, "value"),
                                .normal = text(r, item, "normal"),
                                .turn = number(r, item, "turn")};
        filled.name = known_name(r, &pack->slot_names, "slot",
                                 text(r, item, "name"), &filled.slot);
        if (filled.slot == NO_INDEX) continue;
        recall->filled[recall->filled_count++] = filled;
    }
}

static void read_said(struct reader *r, const struct json *root,
                      struct recall *recall)
{
    const struct pack *pack = r->bot->pack;
    const struct json *items;
    size_t count = array(r, root, "said", SAID_MAX, &items);
    for (size_t i = 0; i < count; i++) {
        const struct json *item = talk__json_item(items, i);
        struct said said = {.wording = number(r, item, "wording"),
                            .turn = number(r, item, "turn")};
        said.name = known_name(r, &pack->response_names, "response",
                               text(r, item, "response"), &said.response);
        if (said.response != NO_INDEX)
            recall->said[recall->said_count++] = said;
    }
}

/* None when neither key is there. */
static struct question question(struct reader *r, const struct json *object,
                                const char *finding_key, const char *slot_key)
{
    const struct pack *pack = r->bot->pack;
    struct question question = {.name = "", .index = NO_INDEX};
    const char *name;
    if (talk__json_get_text(object, finding_key, &name)) {
        question.of_finding = true;
        question.name = known_name(r, &pack->finding_names, "finding", name,
                                   &question.index);
    } else if (talk__json_get_text(object, slot_key, &name)) {
        question.name =
            known_name(r, &pack->slot_names, "slot", name, &question.index);
    }
    return question;
}

static void read_asked(struct reader *r, const struct json *root,
                       struct recall *recall)
{
    const struct json *items;
    size_t count = array(r, root, "asked", STEPS_MAX, &items);
    for (size_t i = 0; i < count; i++) {
        const struct json *item = talk__json_item(items, i);
        struct asked asked = {.question = question(r, item, "finding", "slot"),
                              .times = number(r, item, "times"),
                              .settled = flag(r, item, "settled")};
        if (asked.question.index == NO_INDEX) continue;
        recall->asked[recall->asked_count++] = asked;
    }
}

/* One that the pack has no more, or that cannot have its value any more. */
static void read_held(struct reader *r, const struct json *root,
                      struct recall *recall)
{
    const struct pack *pack = r->bot->pack;
    const struct json *items;
    size_t count = array(r, root, "variables", ITEMS_MAX, &items);
    if (!talk__held_init(recall, pack, 0, r->arena)) return;
    for (size_t i = 0; i < count; i++) {
        const struct json *item = talk__json_item(items, i);
        struct held held = {.set = true, .until = number(r, item, "until")};
        const char *value = text(r, item, "value");
        held.name = known_name(r, &pack->variable_names, "variable",
                               text(r, item, "name"), &held.variable);
        if (held.variable == NO_INDEX) continue;
        held.value = talk__held_normal(pack, held.variable, value, r->arena);
        if (held.value) {
            talk__held_add(recall, held);
        } else {
            dropped(r, "value of the variable", held.name);
        }
    }
}

static void read_recall(struct reader *r, const struct json *root,
                        struct recall *recall)
{
    const struct pack *pack = r->bot->pack;
    talk__recall_init(recall);
    recall->turns = number(r, root, "turns");
    if (!talk__json_get_number(root, "at", INT64_MAX, &recall->at)) {
        fault(r, "at");
    }
    recall->tier = (talk_tier)word(r, root, "tier", name_of_tier, TIER_COUNT);
    recall->screening = (enum screening)word(
        r, root, "screening", name_of_screening, SCREENING_COUNT);
    recall->screened = number(r, root, "screened");
    recall->fallbacks = number(r, root, "fallbacks");
    recall->form_over = flag(r, root, "form_over");
    recall->topic_name = known_name(r, &pack->topic_names, "topic",
                                    text(r, root, "topic"), &recall->topic);
    recall->pending_name =
        known_name(r, &pack->topic_names, "topic", text(r, root, "pending"),
                   &recall->pending);
    recall->form_name = known_name(r, &pack->form_names, "form",
                                   text(r, root, "form"), &recall->form);
    recall->open = question(r, root, "open_finding", "open_slot");
    read_known(r, root, recall);
    read_filled(r, root, recall);
    read_held(r, root, recall);
    read_said(r, root, recall);
    read_asked(r, root, recall);
}

/* The oldest first: so they were kept. */
static talk_status read_kept(struct reader *r, const struct json *root,
                             struct talk_session *session)
{
    const struct json *items;
    if (!talk__json_has(root, "kept")) return TALK_OK;
    size_t count = array(r, root, "kept", ITEMS_MAX, &items);
    for (size_t i = count; i-- > 0;) {
        const struct json *item = talk__json_item(items, i);
        const char *id = text(r, item, "id");
        const char *answer = text(r, item, "answer");
        talk_status status = talk_session_keep(session, id, answer, NULL);
        if (status == TALK_NOMEM) return talk__fail_nomem(r->err);
        if (status != TALK_OK) fault(r, "kept");
    }
    return r->failed ? TALK_STATE : TALK_OK;
}

static talk_status load(const talk_bot *bot, const struct json *root,
                        talk_session *session, struct arena *arena,
                        talk_error *err)
{
    struct reader reader = {bot, arena, err, false};
    uint64_t version = 0;
    if (!talk__json_get_number(root, "backtalk", UINT32_MAX, &version)) {
        return talk__fail(err, TALK_STATE, (struct place){0},
                          "no saved session: it lacks 'backtalk'");
    }
    if (version != SAVED_VERSION) {
        return talk__fail(err, TALK_STATE, (struct place){0},
                          "a saved session of version %u; this library reads "
                          "version %d",
                          (unsigned)version, SAVED_VERSION);
    }
    struct recall recall;
    read_recall(&reader, root, &recall);
    if (reader.failed) return TALK_STATE;
    if (arena->failed || talk__session_commit(session, &recall) != TALK_OK) {
        return talk__fail_nomem(err);
    }
    return read_kept(&reader, root, session);
}

talk_status talk_session_load(const talk_bot *bot, const char *json,
                              size_t length, talk_session **session,
                              talk_error *err)
{
    if (session) *session = NULL;
    if (!bot || !json || !session) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_load: NULL");
    }
    struct json *root;
    talk_status status = talk__json_read(json, length, &root, err);
    if (status != TALK_OK) return status;
    struct arena arena;
    talk__arena_init(&arena, &bot->memory, 0);
    talk_session *fresh;
    status = talk_session_new(bot, &fresh, err);
    if (status == TALK_OK) {
        status = load(bot, root, fresh, &arena, err);
        if (status == TALK_OK) {
            *session = fresh;
        } else {
            talk_session_free(fresh);
        }
    }
    talk__arena_clear(&arena);
    talk__json_free(root);
    return status;
}
