/* saved.c - a session as JSON: shown, saved and loaded again.
 * In: a session.  Out: JSON, and back.  Ignores what the findings mean.
 *
 * A saved session names things; what the pack does not know any more is
 * dropped and reported. Where a finding that counted is dropped, doubt takes
 * its place: the gate stays shut. */
#include <string.h>

#include "json.h"
#include "turn.h"

enum { SAVED_VERSION = 1 };

static const char *const screening_names[] = {
    [SCREENING_NOT_YET] = "not yet",
    [SCREENING_OPEN] = "open",
    [SCREENING_CLEAR] = "clear",
    [SCREENING_DOUBT] = "doubt",
};
enum { SCREENINGS = sizeof screening_names / sizeof *screening_names };

/* ---- Out ---- */

static void add_question(struct json_builder *b, struct json *object,
                         const char *finding_key, const char *slot_key,
                         const struct question *question)
{
    if (question->name[0] == '\0') return;
    talk__json_text(b, object, question->of_finding ? finding_key : slot_key,
                    question->name);
}

static void add_known(struct json_builder *b, struct json *array,
                      const struct recall *recall, bool all)
{
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", known->name);
        talk__json_text(b, object, "polarity",
                        talk__polarity_name(known->polarity));
        talk__json_flag(b, object, "counts", known->counts);
        if (!all) continue;
        talk__json_flag(b, object, "doubted", known->doubted);
        talk__json_number(b, object, "turn", known->turn);
    }
}

static void add_filled(struct json_builder *b, struct json *array,
                       const struct recall *recall, bool all)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        const struct filled *filled = &recall->filled[i];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", filled->name);
        talk__json_text(b, object, "value", filled->value);
        talk__json_text(b, object, "normal", filled->normal);
        if (all) talk__json_number(b, object, "turn", filled->turn);
    }
}

static void add_said(struct json_builder *b, struct json *array,
                     const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->said_count; i++) {
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "response", recall->said[i].name);
        talk__json_number(b, object, "wording", recall->said[i].wording);
        talk__json_number(b, object, "turn", recall->said[i].turn);
    }
}

static void add_asked(struct json_builder *b, struct json *array,
                      const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const struct asked *asked = &recall->asked[i];
        struct json *object = talk__json_append(b, array);
        add_question(b, object, "finding", "slot", &asked->question);
        talk__json_number(b, object, "times", asked->times);
        talk__json_flag(b, object, "settled", asked->settled);
    }
}

static void add_held(struct json_builder *b, struct json *array,
                     const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->held_count; i++) {
        const struct held *held = &recall->held[i];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", held->name);
        talk__json_text(b, object, "value", held->value);
        talk__json_number(b, object, "until", held->until);
    }
}

/* What is remembered: all of it, or what a person wants to see. */
static talk_status write_session(const talk_session *session, bool all,
                                 talk_write_fn write, void *payload,
                                 talk_error *err)
{
    struct arena arena;
    struct recall recall;
    talk__arena_init(&arena, &session->memory, 0);
    talk_status status = talk__session_recall(session, NULL, &arena, &recall);
    if (status != TALK_OK) {
        talk__arena_clear(&arena);
        return talk__fail_nomem(err);
    }
    struct json_builder b;
    talk__json_begin(&b);
    struct json *root = b.root;
    if (all) talk__json_number(&b, root, "backtalk", SAVED_VERSION);
    talk__json_number(&b, root, "turns", recall.turns);
    if (all) talk__json_number(&b, root, "at", recall.at);
    talk__json_text(&b, root, "tier", talk_tier_name(recall.tier));
    talk__json_text(&b, root, "topic", recall.topic_name);
    talk__json_text(&b, root, "screening", screening_names[recall.screening]);
    talk__json_text(&b, root, "pending", recall.pending_name);
    talk__json_text(&b, root, "form", recall.form_name);
    add_question(&b, root, "open_finding", "open_slot", &recall.open);
    add_known(&b, talk__json_array(&b, root, "findings"), &recall, all);
    add_filled(&b, talk__json_array(&b, root, "slots"), &recall, all);
    add_held(&b, talk__json_array(&b, root, "variables"), &recall);
    if (all) {
        talk__json_number(&b, root, "screened", recall.screened);
        talk__json_number(&b, root, "fallbacks", recall.fallbacks);
        talk__json_flag(&b, root, "form_over", recall.form_over);
        add_said(&b, talk__json_array(&b, root, "said"), &recall);
        add_asked(&b, talk__json_array(&b, root, "asked"), &recall);
    }
    status = talk__json_end(&b, write, payload, err);
    talk__arena_clear(&arena);
    return status;
}

talk_status talk_session_state(const talk_session *session,
                               talk_write_fn write, void *payload,
                               talk_error *err)
{
    if (!session || !write) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_state: NULL");
    }
    return write_session(session, false, write, payload, err);
}

talk_status talk_session_save(const talk_session *session, talk_write_fn write,
                              void *payload, talk_error *err)
{
    if (!session || !write) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_save: NULL");
    }
    return write_session(session, true, write, payload, err);
}

/* ---- In ---- */

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
    return screening_names[index];
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
    recall->screening = (enum screening)word(r, root, "screening",
                                             name_of_screening, SCREENINGS);
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
    return TALK_OK;
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
