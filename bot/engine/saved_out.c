/* saved_out.c - what a session remembers as JSON: shown, or saved.
 * In: a session.  Out: JSON.  Ignores what the findings mean. */
#include "json.h"
#include "turn.h"

static const char *const screening_names[] = {
    [SCREENING_NOT_YET] = "not yet",
    [SCREENING_OPEN] = "open",
    [SCREENING_CLEAR] = "clear",
    [SCREENING_DOUBT] = "doubt",
};

const char *talk__screening_name(enum screening screening)
{
    return screening_names[screening];
}

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

/* Left out when there are none. */
static void add_kept(struct json_builder *b, struct json *root,
                     const struct talk_session *session)
{
    size_t at = 0;
    struct kept kept;
    struct json *array = NULL;
    while (talk__kept_next(session, &at, &kept)) {
        if (!array) array = talk__json_array(b, root, "kept");
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "id", kept.id);
        talk__json_text(b, object, "answer", kept.answer);
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
    talk__json_text(&b, root, "screening",
                    talk__screening_name(recall.screening));
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
        add_kept(&b, root, session);
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
