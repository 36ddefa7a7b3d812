/* explain.c - why a turn is as it is, and what a session remembers, as JSON:
 * the only file of the library that includes jansson.h.
 * In: a turn or a session.  Out: JSON through the host's callback. */
#include <jansson.h>
#include <string.h>

#include "turn.h"

struct writer {
    talk_write_fn write;
    void *payload;
    bool refused; /* by the host */
};

static int write_piece(const char *text, size_t length, void *payload)
{
    struct writer *writer = payload;
    if (writer->write(writer->payload, text, length)) return 0;
    writer->refused = true;
    return -1;
}

/* Takes the value. Jansson answers every failure to build with NULL, and
 * adding NULL to an object fails: one check at the end would miss that, so
 * the adders below remember it. */
struct builder {
    json_t *root;
    bool failed;
};

static talk_status dump(struct builder *builder, talk_write_fn write,
                        void *payload, talk_error *err)
{
    talk_status status = TALK_OK;
    struct writer writer = {write, payload, false};
    if (builder->failed || !builder->root) {
        status = talk__fail_nomem(err);
    } else if (json_dump_callback(builder->root, write_piece, &writer,
                                  JSON_COMPACT | JSON_REAL_PRECISION(6)) !=
               0) {
        status = writer.refused ? talk__fail(err, TALK_IO, (struct place){0},
                                             "the write callback gave up")
                                : talk__fail_nomem(err);
    }
    json_decref(builder->root);
    return status;
}

static void set(struct builder *b, json_t *object, const char *key,
                json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) b->failed = true;
}

static void set_text(struct builder *b, json_t *object, const char *key,
                     const char *text)
{
    set(b, object, key, json_string(text));
}

/* Text of the user may hold NUL bytes; it was made valid UTF-8 before. */
static void set_bytes(struct builder *b, json_t *object, const char *key,
                      const char *text, size_t length)
{
    set(b, object, key, json_stringn(text, length));
}

static void set_number(struct builder *b, json_t *object, const char *key,
                       size_t number)
{
    set(b, object, key, json_integer((json_int_t)number));
}

static void set_place(struct builder *b, json_t *object, struct place place)
{
    set_text(b, object, "file", place.source ? place.source : "");
    set_number(b, object, "line", place.line);
}

static json_t *append(struct builder *b, json_t *array)
{
    json_t *object = json_object();
    if (json_array_append_new(array, object) != 0) b->failed = true;
    return object;
}

static json_t *set_array(struct builder *b, json_t *object, const char *key)
{
    json_t *array = json_array();
    set(b, object, key, array);
    return array;
}

/* ---- A turn ---- */

static void explain_findings(struct builder *b, json_t *array,
                             const talk_turn *turn)
{
    const struct pack *pack = turn->pack;
    for (size_t i = 0; i < turn->heard.finding_count; i++) {
        const struct heard_finding *heard = &turn->heard.findings[i];
        talk_finding finding = talk_turn_finding(turn, i);
        json_t *object = append(b, array);
        set_text(b, object, "name", finding.name);
        set_text(b, object, "polarity", finding.polarity);
        set_text(b, object, "tier", talk_tier_name(finding.tier));
        set_number(b, object, "start", finding.start);
        set_number(b, object, "end", finding.end);
        set_bytes(b, object, "text", turn->heard.folded.text + heard->start,
                  heard->end - heard->start);
        if (heard->cue != NO_INDEX) {
            set_text(b, object, "cue", pack->patterns[heard->cue].text);
        }
        set_place(b, object, pack->patterns[heard->pattern].place);
    }
}

static void explain_topics(struct builder *b, json_t *array,
                           const talk_turn *turn)
{
    const struct pack *pack = turn->pack;
    for (size_t i = 0; i < turn->heard.topic_count; i++) {
        const struct heard_topic *heard = &turn->heard.topics[i];
        json_t *object = append(b, array);
        set_text(b, object, "name", pack->topics[heard->topic].name);
        size_t from, to;
        talk__folded_origin(&turn->heard.folded, heard->start, heard->end,
                            &from, &to);
        set_number(b, object, "start", from);
        set_number(b, object, "end", to);
        set_bytes(b, object, "text", turn->heard.folded.text + heard->start,
                  heard->end - heard->start);
        set(b, object, "chosen", json_boolean(heard->chosen));
        if (heard->why) set_text(b, object, "why", heard->why);
        if (heard->lost_to != NO_INDEX) {
            set_text(b, object, "lost_to", pack->topics[heard->lost_to].name);
        }
        set_place(b, object, pack->patterns[heard->pattern].place);
    }
}

static void explain_corrections(struct builder *b, json_t *array,
                                const talk_turn *turn)
{
    const struct folded *folded = &turn->heard.folded;
    for (size_t i = 0; i < folded->correction_count; i++) {
        const struct correction *correction = &folded->corrections[i];
        json_t *object = append(b, array);
        set_bytes(b, object, "from", turn->text + correction->from,
                  correction->to - correction->from);
        set_bytes(b, object, "to", folded->text + correction->start,
                  correction->length);
    }
}

static void explain_slots(struct builder *b, json_t *array,
                          const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        const struct filled *filled = &recall->filled[i];
        json_t *object = append(b, array);
        set_text(b, object, "name", filled->name);
        set_text(b, object, "value", filled->value);
        set_text(b, object, "normal", filled->normal);
    }
}

static void explain_replies(struct builder *b, json_t *array,
                            const talk_turn *turn)
{
    const struct pack *pack = turn->pack;
    for (size_t i = 0; i < turn->message_count; i++) {
        const struct spoken *spoken = &turn->messages[i];
        const struct response *response = &pack->responses[spoken->response];
        json_t *object = append(b, array);
        set_text(b, object, "response", response->name);
        set_number(b, object, "wording", spoken->worded.wording);
        set_place(b, object, response->wordings[spoken->worded.wording].place);
        set_text(b, object, "why", spoken->why);
        set_text(b, object, "sources", response->sources_text);
        if (spoken->blocked != NO_INDEX) {
            set_text(b, object, "blocked",
                     pack->responses[spoken->blocked].name);
        }
    }
}

static void explain_limits(struct builder *b, json_t *array,
                           const struct heard *heard)
{
    static const struct {
        size_t offset;
        const char *words;
    } limits[] = {
        {offsetof(struct heard, flags_unread),
         "a limit was met while looking for findings"},
        {offsetof(struct heard, other_unread),
         "a limit was met while looking for topics and values"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const bool *met =
            (const bool *)((const char *)heard + limits[i].offset);
        if (*met &&
            json_array_append_new(array, json_string(limits[i].words))) {
            b->failed = true;
        }
    }
}

talk_status talk_turn_explain(const talk_turn *turn, talk_write_fn write,
                              void *payload, talk_error *err)
{
    if (!turn || !write) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_turn_explain: NULL");
    }
    struct builder b = {json_object(), false};
    json_t *root = b.root;
    set_bytes(&b, root, "message", turn->readable, turn->readable_length);
    set_bytes(&b, root, "folded", turn->heard.folded.text,
              turn->heard.folded.length);
    set_text(&b, root, "tier", talk_tier_name(turn->decision.next.tier));
    set_text(&b, root, "tier_before", talk_tier_name(turn->last.tier));
    set_text(&b, root, "topic", talk_turn_topic(turn));
    explain_findings(&b, set_array(&b, root, "findings"), turn);
    explain_topics(&b, set_array(&b, root, "topics"), turn);
    explain_corrections(&b, set_array(&b, root, "corrections"), turn);
    explain_slots(&b, set_array(&b, root, "slots"), &turn->decision.next);
    explain_replies(&b, set_array(&b, root, "replies"), turn);
    explain_limits(&b, set_array(&b, root, "limits"), &turn->heard);
    return dump(&b, write, payload, err);
}

/* ---- A session ---- */

talk_status talk_session_state(const talk_session *session,
                               talk_write_fn write, void *payload,
                               talk_error *err)
{
    static const char *const screenings[] = {"not yet", "open", "clear",
                                             "doubt"};
    if (!session || !write) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_state: NULL");
    }
    struct arena arena;
    struct recall recall;
    talk__arena_init(&arena, &session->memory, 0);
    talk_status status = talk__session_recall(session, NULL, &arena, &recall);
    if (status != TALK_OK) {
        talk__arena_clear(&arena);
        return talk__fail_nomem(err);
    }
    struct builder b = {json_object(), false};
    json_t *root = b.root;
    set_number(&b, root, "turns", recall.turns);
    set_text(&b, root, "tier", talk_tier_name(recall.tier));
    set_text(&b, root, "topic", recall.topic_name);
    set_text(&b, root, "screening", screenings[recall.screening]);
    set_text(&b, root, "pending", recall.pending_name);
    json_t *findings = set_array(&b, root, "findings");
    for (uint32_t i = 0; i < recall.known_count; i++) {
        json_t *object = append(&b, findings);
        set_text(&b, object, "name", recall.known[i].name);
        set_text(&b, object, "polarity",
                 talk__polarity_name(recall.known[i].polarity));
        set(&b, object, "counts", json_boolean(recall.known[i].counts));
    }
    explain_slots(&b, set_array(&b, root, "slots"), &recall);
    status = dump(&b, write, payload, err);
    talk__arena_clear(&arena);
    return status;
}
