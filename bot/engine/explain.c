/* explain.c - why a turn is as it is, as JSON.
 * In: a turn.  Out: JSON through the host's callback. */
#include "json.h"
#include "turn.h"
#include "unicode.h"

static void set_place(struct json_builder *b, struct json *object,
                      struct place place)
{
    talk__json_text(b, object, "file", place.source ? place.source : "");
    talk__json_number(b, object, "line", place.line);
    talk__json_number(b, object, "column", place.column);
}

/* ---- A turn ---- */

static void explain_findings(struct json_builder *b, struct json *array,
                             const talk_turn *turn)
{
    const struct pack *pack = turn->pack;
    for (size_t i = 0; i < turn->heard.finding_count; i++) {
        const struct heard_finding *heard = &turn->heard.findings[i];
        talk_finding finding = talk_turn_finding(turn, i);
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", finding.name);
        talk__json_text(b, object, "polarity", finding.polarity);
        talk__json_text(b, object, "tier", talk_tier_name(finding.tier));
        talk__json_number(b, object, "start", finding.start);
        talk__json_number(b, object, "end", finding.end);
        talk__json_bytes(b, object, "text",
                         turn->heard.folded.text + heard->start,
                         heard->end - heard->start);
        if (heard->cue != NO_INDEX) {
            talk__json_text(b, object, "cue", pack->patterns[heard->cue].text);
        }
        set_place(b, object, pack->patterns[heard->pattern].place);
    }
}

static void explain_topics(struct json_builder *b, struct json *array,
                           const talk_turn *turn)
{
    const struct pack *pack = turn->pack;
    for (size_t i = 0; i < turn->heard.topic_count; i++) {
        const struct heard_topic *heard = &turn->heard.topics[i];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", pack->topics[heard->topic].name);
        size_t from, to;
        talk__folded_origin(&turn->heard.folded, heard->start, heard->end,
                            &from, &to);
        talk__json_number(b, object, "start", from);
        talk__json_number(b, object, "end", to);
        talk__json_bytes(b, object, "text",
                         turn->heard.folded.text + heard->start,
                         heard->end - heard->start);
        talk__json_flag(b, object, "chosen", heard->chosen);
        if (heard->why) talk__json_text(b, object, "why", heard->why);
        if (heard->lost_to != NO_INDEX) {
            talk__json_text(b, object, "lost_to",
                            pack->topics[heard->lost_to].name);
        }
        if (heard->pattern != NO_INDEX) {
            set_place(b, object, pack->patterns[heard->pattern].place);
        }
    }
}

/* The user's own words: they may hold bytes that are no UTF-8. */
static void add_words(struct json_builder *b, struct json *object,
                      const char *key, const talk_turn *turn, size_t from,
                      size_t to)
{
    size_t length;
    struct arena arena;
    talk__arena_init(&arena, &turn->pack->memory, 0);
    const char *words =
        talk__unicode_repair(&arena, turn->text + from, to - from, &length);
    if (words) {
        talk__json_bytes(b, object, key, words, length);
    } else {
        b->failed = true;
    }
    talk__arena_clear(&arena);
}

static void explain_corrections(struct json_builder *b, struct json *array,
                                const talk_turn *turn)
{
    const struct folded *folded = &turn->heard.folded;
    for (size_t i = 0; i < folded->correction_count; i++) {
        const struct correction *correction = &folded->corrections[i];
        struct json *object = talk__json_append(b, array);
        add_words(b, object, "from", turn, correction->from, correction->to);
        talk__json_bytes(b, object, "to", folded->text + correction->start,
                         correction->length);
    }
}

static void explain_slots(struct json_builder *b, struct json *array,
                          const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        const struct filled *filled = &recall->filled[i];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", filled->name);
        talk__json_text(b, object, "value", filled->value);
        talk__json_text(b, object, "normal", filled->normal);
        talk__json_flag(b, object, "before", filled->turn != recall->turns);
    }
}

static void explain_replies(struct json_builder *b, struct json *array,
                            const talk_turn *turn)
{
    const struct pack *pack = turn->pack;
    for (size_t i = 0; i < turn->message_count; i++) {
        const struct spoken *spoken = &turn->messages[i];
        const struct response *response = &pack->responses[spoken->response];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "response", response->name);
        talk__json_number(b, object, "wording", spoken->worded.wording);
        set_place(b, object, response->wordings[spoken->worded.wording].place);
        talk__json_text(b, object, "why", spoken->why);
        talk__json_text(b, object, "sources", response->sources_text);
        if (spoken->blocked != NO_INDEX) {
            talk__json_text(b, object, "blocked",
                            pack->responses[spoken->blocked].name);
        }
    }
}

static void explain_limits(struct json_builder *b, struct json *array,
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
        if (*met) talk__json_append_text(b, array, limits[i].words);
    }
}

talk_status talk_turn_explain(const talk_turn *turn, talk_write_fn write,
                              void *payload, talk_error *err)
{
    if (!turn || !write) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_turn_explain: NULL");
    }
    struct json_builder b;
    talk__json_begin(&b);
    struct json *root = b.root;
    talk__json_bytes(&b, root, "message", turn->readable,
                     turn->readable_length);
    talk__json_bytes(&b, root, "folded", turn->heard.folded.text,
                     turn->heard.folded.length);
    talk__json_text(&b, root, "tier",
                    talk_tier_name(turn->decision.next.tier));
    talk__json_text(&b, root, "tier_before", talk_tier_name(turn->last.tier));
    talk__json_text(&b, root, "topic", talk_turn_topic(turn));
    explain_findings(&b, talk__json_array(&b, root, "findings"), turn);
    explain_topics(&b, talk__json_array(&b, root, "topics"), turn);
    explain_corrections(&b, talk__json_array(&b, root, "corrections"), turn);
    explain_slots(&b, talk__json_array(&b, root, "slots"),
                  &turn->decision.next);
    explain_replies(&b, talk__json_array(&b, root, "replies"), turn);
    explain_limits(&b, talk__json_array(&b, root, "limits"), &turn->heard);
    return talk__json_end(&b, write, payload, err);
}
