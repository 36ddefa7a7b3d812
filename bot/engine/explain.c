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

static void explain_variables(struct json_builder *b, struct json *array,
                              const struct recall *recall)
{
    for (uint32_t i = 0; i < recall->held_count; i++) {
        const struct held *held = &recall->held[i];
        if (!held->set) continue;
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", held->name);
        talk__json_text(b, object, "value", held->value);
    }
}

static void explain_actions(struct json_builder *b, struct json *array,
                            const talk_turn *turn)
{
    for (size_t i = 0; i < turn->action_count; i++) {
        const talk_action *action = &turn->actions[i];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "name", action->name);
        talk__json_text(b, object, "response", action->response);
    }
}

static void explain_way(struct json_builder *b, struct json *array,
                        const struct pack *pack, const struct way *way)
{
    for (; way; way = way->before) {
        const struct response *response = &pack->responses[way->response];
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "response", response->name);
        set_place(b, object, response->wordings[way->wording].place);
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
        if (spoken->way) {
            explain_way(b, talk__json_array(b, object, "led_by"), pack,
                        spoken->way);
        }
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

/* ---- The patterns that it used ---- */

static bool decided(const struct heard *heard, const struct hit *hit)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        if (heard->findings[i].cue == hit->pattern) return true;
    }
    return false;
}

static bool told(const struct heard *heard, const struct hit *hit)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        const struct heard_finding *finding = &heard->findings[i];
        if (finding->pattern == hit->pattern && hit->start < finding->end &&
            finding->start < hit->end)
            return true;
    }
    return false;
}

static bool chosen(const struct heard *heard, const struct hit *hit)
{
    for (size_t i = 0; i < heard->chosen_count; i++) {
        const struct heard_topic *topic = &heard->topics[i];
        if (topic->pattern == hit->pattern && topic->start == hit->start)
            return true;
    }
    return false;
}

static bool filled(const struct heard *heard, const struct hit *hit,
                   uint32_t slot)
{
    for (size_t i = 0; i < heard->value_count; i++) {
        const struct heard_value *value = &heard->values[i];
        if (value->slot == slot && value->start >= hit->start &&
            value->end <= hit->end)
            return true;
    }
    return false;
}

/* Was there a question that an answer could be one to? */
static bool was_asked(const struct recall *last)
{
    bool doubted = false;
    for (uint32_t i = 0; i < last->known_count; i++) {
        doubted |= last->known[i].doubted;
    }
    return doubted || last->open.index != NO_INDEX ||
           last->screening == SCREENING_OPEN;
}

/* The name of its kind when the outcome rests on it; NULL: it does not. */
static const char *use_of(const talk_turn *turn, const struct hit *hit)
{
    const struct pattern *pattern = &turn->pack->patterns[hit->pattern];
    const struct heard *heard = &turn->heard;
    switch (pattern->kind) {
    case PATTERN_FINDING: return told(heard, hit) ? "finding" : NULL;
    case PATTERN_CUE: return decided(heard, hit) ? "cue" : NULL;
    case PATTERN_ANSWER: return was_asked(&turn->last) ? "answer" : NULL;
    case PATTERN_SLOT:
        return filled(heard, hit, pattern->owner) ? "slot" : NULL;
    case PATTERN_TOPIC: return chosen(heard, hit) ? "topic" : NULL;
    }
    return NULL;
}

static void explain_patterns(struct json_builder *b, struct json *array,
                             const talk_turn *turn)
{
    for (size_t i = 0; i < turn->heard.hit_count; i++) {
        const struct hit *hit = &turn->heard.hits[i];
        const struct pattern *pattern = &turn->pack->patterns[hit->pattern];
        const char *use = use_of(turn, hit);
        if (!use) continue;
        struct json *object = talk__json_append(b, array);
        talk__json_text(b, object, "kind", use);
        set_place(b, object, pattern->place);
        struct json *numbers = talk__json_array(b, object, "alternatives");
        for (uint32_t n = 0; hit->taken && n < pattern->alternative_count;
             n++) {
            if (hit->taken[n]) talk__json_append_number(b, numbers, n);
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
    explain_variables(&b, talk__json_array(&b, root, "variables"),
                      &turn->decision.next);
    explain_replies(&b, talk__json_array(&b, root, "replies"), turn);
    explain_actions(&b, talk__json_array(&b, root, "actions"), turn);
    explain_limits(&b, talk__json_array(&b, root, "limits"), &turn->heard);
    if (turn->pack->alternatives_told) {
        explain_patterns(&b, talk__json_array(&b, root, "patterns"), turn);
    }
    return talk__json_end(&b, write, payload, err);
}
