/* test_coverage.c - which rules of a pack its transcripts exercise.
 * In: a bot, turns.  Out: how often each topic, finding with its polarity,
 * pattern and alternative of it, response, wording, place of the policy and
 * tier was. A turn says by talk_turn_explain which rules it used. */
#include "posix.h"

#include "test_coverage.h"

#include "json_door.h"

#include <stdlib.h>
#include <string.h>

/* ---- What there is ----------------------------------------------------- */

static int compare_places(const struct cover *a, const struct cover *b)
{
    int order = strcmp(a->source, b->source);
    if (order == 0) order = (a->line > b->line) - (a->line < b->line);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

/* Things with a name by name and detail, rules by place. */
static int compare(const void *a, const void *b)
{
    const struct cover *left = a, *right = b;
    if (left->kind != right->kind) return left->kind < right->kind ? -1 : 1;
    int order = compare_places(left, right);
    if (order == 0) {
        order =
            (left->number > right->number) - (left->number < right->number);
    }
    if (order == 0) order = strcmp(left->name, right->name);
    return order ? order : strcmp(left->detail, right->detail);
}

static void add(struct coverage *coverage, enum coverage_kind kind,
                const char *name, const char *detail)
{
    coverage->items[coverage->count++] = (struct cover){
        .kind = kind, .name = name, .detail = detail, .source = ""};
}

static void add_rule(struct coverage *coverage, const talk_rule *rule)
{
    enum coverage_kind kind = COVER_KINDS;
    switch (rule->kind) {
    case TALK_RULE_FINDING: kind = COVER_FINDING_PATTERNS; break;
    case TALK_RULE_CUE: kind = COVER_CUES; break;
    case TALK_RULE_ANSWER: kind = COVER_ANSWERS; break;
    case TALK_RULE_SLOT: kind = COVER_SLOTS; break;
    case TALK_RULE_TOPIC: kind = COVER_TOPIC_PATTERNS; break;
    case TALK_RULE_ALTERNATIVE: kind = COVER_ALTERNATIVES; break;
    case TALK_RULE_WORDING: kind = COVER_WORDINGS; break;
    case TALK_RULE_POLICY:
        /* Where it names nothing, there is nothing to exercise. Its rows
         * are found by the response. */
        if (*rule->name) add(coverage, COVER_POLICY, rule->name, rule->text);
        return;
    case TALK_RULE_POLARITY:
        add(coverage, COVER_FINDINGS, rule->name, rule->text);
        return;
    }
    add(coverage, kind, rule->name, rule->text);
    struct cover *item = &coverage->items[coverage->count - 1];
    item->source = rule->source;
    item->line = rule->line;
    item->column = rule->column;
    item->number = rule->number;
}

static void add_names(struct coverage *coverage, const talk_bot *bot)
{
    size_t topics = talk_bot_count(bot, TALK_TOPICS);
    size_t responses = talk_bot_count(bot, TALK_RESPONSES);
    for (size_t i = 0; i < topics; i++) {
        add(coverage, COVER_TOPICS, talk_bot_name(bot, TALK_TOPICS, i), "");
    }
    for (size_t i = 0; i < responses; i++) {
        add(coverage, COVER_RESPONSES, talk_bot_name(bot, TALK_RESPONSES, i),
            "");
    }
    for (int tier = TALK_TIER_NONE; tier <= TALK_TIER_EMERGENCY; tier++) {
        add(coverage, COVER_TIERS, talk_tier_name((talk_tier)tier), "");
    }
}

/* The bot's names are copied: it may go before the coverage does. */
static bool own_names(struct coverage *coverage)
{
    size_t bytes = 0;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct cover *item = &coverage->items[i];
        bytes += strlen(item->name) + strlen(item->detail) +
                 strlen(item->source) + 3;
    }
    char *at = coverage->names = malloc(bytes + 1);
    for (size_t i = 0; at && i < coverage->count; i++) {
        struct cover *item = &coverage->items[i];
        const char **texts[] = {&item->name, &item->detail, &item->source};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            size_t length = strlen(*texts[t]) + 1;
            memcpy(at, *texts[t], length);
            *texts[t] = at;
            at += length;
        }
    }
    return at != NULL;
}

bool coverage_init(struct coverage *coverage, const talk_bot *bot)
{
    size_t rules = talk_bot_rule_count(bot);
    size_t most = rules + talk_bot_count(bot, TALK_TOPICS) +
                  talk_bot_count(bot, TALK_RESPONSES) + TALK_TIER_EMERGENCY +
                  1;
    *coverage = (struct coverage){.items = calloc(most, sizeof(struct cover))};
    pthread_mutex_init(&coverage->lock, NULL);
    if (coverage->items) {
        add_names(coverage, bot);
        for (size_t i = 0; i < rules; i++) {
            talk_rule rule = talk_bot_rule(bot, i);
            add_rule(coverage, &rule);
        }
        if (own_names(coverage)) {
            qsort(coverage->items, coverage->count, sizeof *coverage->items,
                  compare);
            return true;
        }
    }
    coverage_clear(coverage);
    return false;
}

void coverage_clear(struct coverage *coverage)
{
    pthread_mutex_destroy(&coverage->lock);
    free(coverage->items);
    free(coverage->names);
    *coverage = (struct coverage){0};
}

/* ---- What a turn exercised --------------------------------------------- */

/* The lock is held. */
static void hit(struct coverage *coverage, const struct cover *wanted)
{
    struct cover *item = bsearch(wanted, coverage->items, coverage->count,
                                 sizeof *item, compare);
    if (item) item->count++;
}

static void hit_name(struct coverage *coverage, enum coverage_kind kind,
                     const char *name, const char *detail)
{
    const struct cover wanted = {
        .kind = kind, .name = name, .detail = detail, .source = ""};
    hit(coverage, &wanted);
}

static int compare_numbers(const struct cover *a, const struct cover *b)
{
    int order = compare_places(a, b);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* Two names may share a place: an anchor is not, a flow list is. */
static void hit_place(struct coverage *coverage, enum coverage_kind kind,
                      const json_t *item, uint32_t number)
{
    const char *source = json_string_value(json_object_get(item, "file"));
    const struct cover wanted = {
        .kind = kind,
        .source = source ? source : "",
        .line = (uint32_t)json_integer_value(json_object_get(item, "line")),
        .column =
            (uint32_t)json_integer_value(json_object_get(item, "column")),
        .number = number};
    size_t low = 0, high = coverage->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cover *at = &coverage->items[middle];
        bool before = at->kind != kind ? at->kind < kind
                                       : compare_numbers(at, &wanted) < 0;
        if (before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < coverage->count && coverage->items[low].kind == kind &&
           compare_numbers(&coverage->items[low], &wanted) == 0;
         low++) {
        coverage->items[low].count++;
    }
}

static const char *text_of(const json_t *item, const char *key)
{
    const char *text = json_string_value(json_object_get(item, key));
    return text ? text : "";
}

static void hit_policy(struct coverage *coverage, const char *response)
{
    for (size_t i = 0; i < coverage->count; i++) {
        struct cover *item = &coverage->items[i];
        if (item->kind == COVER_POLICY && strcmp(item->name, response) == 0) {
            item->count++;
        }
    }
}

static void hit_pattern(struct coverage *coverage, const json_t *item)
{
    static const struct {
        const char *name;
        enum coverage_kind kind;
    } kinds[] = {{"topic", COVER_TOPIC_PATTERNS},
                 {"finding", COVER_FINDING_PATTERNS},
                 {"cue", COVER_CUES},
                 {"answer", COVER_ANSWERS},
                 {"slot", COVER_SLOTS}};
    size_t index;
    const json_t *number;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, text_of(item, "kind")) == 0) {
            hit_place(coverage, kinds[i].kind, item, 0);
        }
    }
    json_array_foreach(json_object_get(item, "alternatives"), index, number)
    {
        hit_place(coverage, COVER_ALTERNATIVES, item,
                  (uint32_t)json_integer_value(number));
    }
}

/* A reply, and what led to it. */
static void hit_reply(struct coverage *coverage, const json_t *reply)
{
    hit_name(coverage, COVER_RESPONSES, text_of(reply, "response"), "");
    hit_place(coverage, COVER_WORDINGS, reply, 0);
    hit_policy(coverage, text_of(reply, "response"));
}

static void hit_all(struct coverage *coverage, const json_t *why,
                    const talk_turn *turn)
{
    size_t index;
    json_t *item;
    const char *topic = talk_turn_topic(turn);
    bool topic_told = false;
    json_array_foreach(json_object_get(why, "topics"), index, item)
    {
        if (!json_is_true(json_object_get(item, "chosen"))) continue;
        topic_told = topic_told || strcmp(text_of(item, "name"), topic) == 0;
        hit_name(coverage, COVER_TOPICS, text_of(item, "name"), "");
    }
    if (!topic_told) hit_name(coverage, COVER_TOPICS, topic, "");
    json_array_foreach(json_object_get(why, "findings"), index, item)
    {
        hit_name(coverage, COVER_FINDINGS, text_of(item, "name"),
                 text_of(item, "polarity"));
    }
    json_array_foreach(json_object_get(why, "patterns"), index, item)
    {
        hit_pattern(coverage, item);
    }
    json_array_foreach(json_object_get(why, "replies"), index, item)
    {
        size_t step;
        json_t *before;
        hit_reply(coverage, item);
        json_array_foreach(json_object_get(item, "led_by"), step, before)
        {
            hit_reply(coverage, before);
        }
    }
    hit_name(coverage, COVER_TIERS, talk_tier_name(talk_turn_tier(turn)), "");
}

void coverage_turn(void *payload, const talk_turn *turn)
{
    struct coverage *coverage = payload;
    size_t length;
    char *text = json_door_explain(turn, &length);
    json_t *why = text ? json_door_read(text, length) : NULL;
    pthread_mutex_lock(&coverage->lock);
    if (why) {
        hit_all(coverage, why, turn);
    } else {
        coverage->unknown++;
    }
    pthread_mutex_unlock(&coverage->lock);
    json_decref(why);
    free(text);
}

/* ---- Sums -------------------------------------------------------------- */

bool coverage_is_pattern(enum coverage_kind kind)
{
    switch (kind) {
    case COVER_TOPIC_PATTERNS:
    case COVER_FINDING_PATTERNS:
    case COVER_CUES:
    case COVER_ANSWERS:
    case COVER_SLOTS:
    case COVER_ALTERNATIVES: return true;
    default: return false;
    }
}

struct coverage_sum coverage_sum(const struct coverage *coverage,
                                 enum coverage_kind kind)
{
    struct coverage_sum sum = {0};
    for (size_t i = 0; i < coverage->count; i++) {
        const struct cover *item = &coverage->items[i];
        if (item->kind != kind) continue;
        sum.total++;
        sum.hit += item->count > 0;
    }
    return sum;
}

struct coverage_sum coverage_all(const struct coverage *coverage)
{
    struct coverage_sum all = {0};
    for (int kind = 0; kind < COVER_KINDS; kind++) {
        if (coverage_is_pattern((enum coverage_kind)kind)) continue;
        struct coverage_sum sum =
            coverage_sum(coverage, (enum coverage_kind)kind);
        all.hit += sum.hit;
        all.total += sum.total;
    }
    return all;
}

double coverage_percent(struct coverage_sum sum)
{
    return sum.total ? 100.0 * (double)sum.hit / (double)sum.total : 100.0;
}
