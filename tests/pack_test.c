/* pack_test.c - what is in a pack that was read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"

/* ---- The minimal pack, read once ---- */

static int read_minimal(void **state)
{
    struct pack *pack;
    struct outcome outcome = read_pack(MINIMAL_PACK, NULL, NULL, &pack);
    if (!pack) (void)fprintf(stderr, "%s", outcome.lines);
    outcome_clear(&outcome);
    *state = pack;
    return pack ? 0 : 1;
}

static int free_minimal(void **state)
{
    talk__pack_free(*state);
    return 0;
}

static uint32_t index_of(const struct table *names, const char *name)
{
    uint32_t index = talk__table_get(names, name, strlen(name));
    if (index == TABLE_NONE) fail_msg("no '%s'", name);
    return index;
}

static const struct topic *topic_of(const struct pack *pack, const char *name)
{
    return &pack->topics[index_of(&pack->topic_names, name)];
}

static const struct finding *finding_of(const struct pack *pack,
                                        const char *name)
{
    return &pack->findings[index_of(&pack->finding_names, name)];
}

static const struct slot *slot_of(const struct pack *pack, const char *name)
{
    return &pack->slots[index_of(&pack->slot_names, name)];
}

static const struct response *response_of(const struct pack *pack,
                                          const char *name)
{
    return &pack->responses[index_of(&pack->response_names, name)];
}

static void pack_has_a_name(void **state)
{
    const struct pack *pack = *state;
    assert_string_equal(pack->name, "plants");
    assert_string_equal(pack->title, "The plant bot");
    assert_string_equal(pack->opening, "I know house plants. Ask me.");
}

static void topics_are_read(void **state)
{
    const struct pack *pack = *state;
    const struct topic *watering = topic_of(pack, "watering");
    assert_int_equal(watering->priority, 6);
    assert_false(watering->alone);
    assert_int_equal(watering->act, TOPIC_ANSWERS);
    assert_null(watering->when);
    assert_string_equal(pack->responses[watering->response].name, "watering");
    assert_string_equal(watering->place.source, "intents/topics/care.yaml");
    assert_int_equal(watering->place.line, 3);
    assert_int_equal(watering->place.column, 3);

    assert_int_equal(topic_of(pack, "light")->priority, 5);
    assert_true(topic_of(pack, "greeting")->alone);
    assert_int_equal(topic_of(pack, "restart")->act, TOPIC_RESTARTS);
    assert_int_equal(topic_of(pack, "why_so")->act, TOPIC_EXPLAINS);
    assert_true(topic_of(pack, "pets")->general);
    assert_false(watering->general);
    const struct topic *season = topic_of(pack, "repotting_when");
    assert_string_equal(pack->responses[season->response].name,
                        "repotting_season");
    assert_int_equal(season->when->after.count, 1);
    assert_ptr_equal(&pack->topics[season->when->after.items[0]],
                     topic_of(pack, "repotting"));
    assert_int_equal(season->when->screened, -1);
}

static void findings_are_read(void **state)
{
    const struct pack *pack = *state;
    const struct finding *yellow = finding_of(pack, "yellow_leaves");
    assert_int_equal(yellow->tier, TALK_TIER_NONE);
    assert_string_equal(yellow->label, "yellow leaves");
    assert_string_equal(yellow->ask, "Are any of its leaves yellow?");
    assert_int_equal(yellow->about, NO_INDEX);
    assert_int_equal(yellow->rise, NO_INDEX);
    assert_false(yellow->past_counts);

    assert_true(finding_of(pack, "weedkiller")->past_counts);
    assert_null(finding_of(pack, "weedkiller")->ask);
    const struct finding *mould = finding_of(pack, "mould");
    assert_ptr_equal(&pack->topics[mould->about],
                     topic_of(pack, "when_to_ask"));
    assert_int_equal(mould->raise_count, 1);
    assert_int_equal(mould->raises[0].tier, TALK_TIER_URGENT);
    assert_int_equal(mould->raises[0].with.count, 1);
    assert_ptr_equal(&pack->findings[mould->raises[0].with.items[0]], yellow);
    const struct finding *eaten = finding_of(pack, "plant_eaten");
    assert_int_equal(eaten->tier, TALK_TIER_EMERGENCY);
    assert_ptr_equal(&pack->responses[eaten->rise],
                     response_of(pack, "rise_eaten"));
}

static void slots_are_read(void **state)
{
    const struct pack *pack = *state;
    const struct slot *severity = slot_of(pack, "severity");
    assert_int_equal(severity->type, SLOT_SCALE);
    assert_true(severity->min == 0 && severity->max == 10);
    assert_string_equal(severity->label, "how bad it is");
    const struct slot *window = slot_of(pack, "window");
    assert_int_equal(window->type, SLOT_CHOICE);
    assert_int_equal(window->choice_count, 2);
    assert_string_equal(window->choices[1], "south");
    assert_string_equal(severity->choices[0], "9");
    const struct slot *onset = slot_of(pack, "onset");
    assert_int_equal(onset->type, SLOT_TIME);
    assert_true(onset->max == 3650);
    assert_int_equal(slot_of(pack, "trigger")->type, SLOT_TEXT);
    assert_null(slot_of(pack, "trigger")->ask);
}

static void values_are_read(void **state)
{
    static const struct {
        const char *word;
        enum value_kind kind;
        double number;
    } rows[] = {
        {"half", VALUE_NUMBER, 0.5},    {"weeks", VALUE_UNIT, 7},
        {"monday", VALUE_WEEKDAY, 1},   {"may", VALUE_MONTH, 5},
        {"last week", VALUE_MOMENT, 7},
    };
    const struct pack *pack = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t index = index_of(&pack->value_names, rows[i].word);
        assert_int_equal(pack->value_words[index].kind, rows[i].kind);
        assert_true(pack->value_words[index].number == rows[i].number);
    }
    assert_int_equal(pack->value_phrase_max, 2);
}

static void cues_are_read(void **state)
{
    static const struct cue_group want[] = {
        {.role = CUE_ABSENT, .direction = CUE_FORWARD, .reach = 8},
        {.role = CUE_ABSENT, .direction = CUE_BACKWARD, .reach = 8},
        {.role = CUE_PAST, .direction = CUE_FORWARD, .reach = 6},
        {.role = CUE_PAST, .direction = CUE_BACKWARD, .reach = 6},
        {.role = CUE_HYPOTHETICAL, .direction = CUE_FORWARD, .reach = 6},
        {.role = CUE_OTHER_PERSON, .direction = CUE_FORWARD, .reach = 4},
        {.role = CUE_PRESENT, .direction = CUE_BOTH, .reach = 6},
        {.role = CUE_PSEUDO, .direction = CUE_BOTH, .reach = 0},
        {.role = CUE_END, .direction = CUE_BOTH, .reach = 0},
        {.role = CUE_JOIN, .direction = CUE_BOTH, .reach = 0},
        {.role = CUE_FOR_OTHER, .direction = CUE_BOTH, .reach = 0},
    };
    const struct pack *pack = *state;
    assert_int_equal(pack->cue_count, sizeof want / sizeof *want);
    for (size_t i = 0; i < pack->cue_count; i++) {
        const struct cue_group *got = &pack->cues[i];
        if (got->role != want[i].role || got->direction != want[i].direction ||
            got->reach != want[i].reach) {
            fail_msg("cue group %zu: role %d, direction %d, reach %u", i,
                     (int)got->role, (int)got->direction, got->reach);
        }
    }
}

static void responses_are_read(void **state)
{
    const struct pack *pack = *state;
    const struct response *watering = response_of(pack, "watering");
    assert_string_equal(watering->sources_text, "P1 P2");
    assert_int_equal(watering->source_count, 2);
    assert_int_equal(watering->wording_count, 2);
    assert_int_equal(watering->wordings[0].weight, 1);
    assert_null(watering->wordings[0].when);
    const struct wording *second = &watering->wordings[1];
    assert_int_equal(second->weight, 3);
    assert_int_equal(second->when->tiers,
                     1u << TALK_TIER_NONE | 1u << TALK_TIER_AVOID);
    assert_int_equal(second->when->findings.count, 1);
    assert_int_equal(watering->suggest.count, 1);
    assert_string_equal(watering->suggest.texts[0],
                        "how much light does it need");

    const struct response *light = response_of(pack, "light");
    assert_true(light->wordings[0].reassures);
    assert_false(light->wordings[1].reassures);
    assert_true(response_of(pack, "repotting")->technique);
    assert_false(light->technique);
    assert_string_equal(response_of(pack, "greeting")->sources_text, "");
    assert_string_equal(
        pack->sources[index_of(&pack->source_names, "P2")].name,
        "Another book on house plants");
}

/* Writes the pieces with holes in angle brackets. */
static const char *pieces_of(const struct pack *pack, const char *response,
                             size_t wording)
{
    static const char *const holes[] = {
        [HOLE_NONE] = "",
        [HOLE_LABEL] = "<label>",
        [HOLE_LABELS] = "<labels>",
        [HOLE_ASK] = "<ask>",
        [HOLE_BECAUSE] = "<because>",
        [HOLE_TOLD] = "<told>",
        [HOLE_SLOT] = "<slot>",
    };
    static char text[512];
    const struct wording *w = &response_of(pack, response)->wordings[wording];
    text[0] = '\0';
    for (size_t i = 0; i < w->piece_count; i++) {
        const struct piece *piece = &w->pieces[i];
        size_t at = strlen(text);
        (void)snprintf(text + at, sizeof text - at, "%s%.*s",
                       holes[piece->hole], (int)piece->length, piece->text);
        if (piece->hole == HOLE_SLOT) {
            assert_string_equal(pack->slots[piece->index].name, "window");
        }
    }
    return text;
}

static void wordings_are_cut(void **state)
{
    const struct pack *pack = *state;
    assert_string_equal(pieces_of(pack, "watering", 1),
                        "With <labels>, wait until the soil is dry.");
    assert_string_equal(pieces_of(pack, "light", 1),
                        "A bright window that faces <slot> will do.");
    assert_string_equal(pieces_of(pack, "thanks", 0),
                        "You are welcome. {Grow well}");
    assert_string_equal(pieces_of(pack, "restart", 0), "We start over.");
}

static void policy_is_read(void **state)
{
    const struct pack *pack = *state;
    const struct policy *policy = &pack->policy;
    assert_int_equal(policy->tiers[TALK_TIER_NONE].rise, NO_INDEX);
    assert_ptr_equal(&pack->responses[policy->tiers[TALK_TIER_URGENT].stand],
                     response_of(pack, "stand_urgent"));
    assert_ptr_equal(&pack->responses[policy->tiers[TALK_TIER_AVOID].refuse],
                     response_of(pack, "refuse_avoid"));
    assert_ptr_equal(&pack->responses[policy->screening_which],
                     response_of(pack, "screening_which"));
    assert_ptr_equal(&pack->topics[policy->symptoms],
                     topic_of(pack, "symptom_report"));
    assert_int_equal(policy->fallback_count, 2);
    assert_ptr_equal(&pack->responses[policy->fallbacks[1]],
                     response_of(pack, "fallback_2"));
    assert_ptr_equal(&pack->responses[policy->empty],
                     response_of(pack, "empty"));
}

struct replaced_case {
    const char *from, *to;
};

static const struct replaced_case replaced[] = {
    {"can't", "can not"},
    {"i'm", "i am"},
    {"u", "you"},
    {"leafs", "leaves"},
    {"\xF0\x9F\x8C\xB5", "cactus"},
};

static void words_are_replaced(void **state)
{
    const struct pack *pack = *state;
    for (size_t i = 0; i < sizeof replaced / sizeof *replaced; i++) {
        uint32_t index = index_of(&pack->replaced, replaced[i].from);
        assert_true(index < pack->replacement_count);
        assert_string_equal(pack->replacements[index], replaced[i].to);
    }
}

static void examples_are_read(void **state)
{
    const struct pack *pack = *state;
    size_t counters = 0, absent = 0;
    for (size_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        assert_int_equal(example->length, strlen(example->text));
        assert_true(example->place.line > 0);
        counters += example->counter;
        absent += example->polarity == POLARITY_ABSENT;
    }
    assert_int_equal(counters, 6);
    assert_int_equal(absent, 3);
    assert_string_equal(pack->examples[1].text, "when should I water it?");
    assert_false(pack->examples[0].of_finding);
    assert_ptr_equal(&pack->topics[pack->examples[0].owner],
                     topic_of(pack, "watering"));
}

/* ---- Patterns ---- */

struct match_case {
    const char *what;
    enum pattern_kind kind;
    const char *text;
    size_t start, end; /* of the longest match of that kind; 0, 0: none */
};

static const struct match_case matches[] = {
    {"a plain pattern", PATTERN_TOPIC, "so start over now", 3, 13},
    {"a macro", PATTERN_TOPIC, "watering that old fern", 0, 22},
    {"a macro in a macro", PATTERN_TOPIC, "water my lilies", 0, 15},
    {"whole words only", PATTERN_TOPIC, "chip", 0, 0},
    {"a finding", PATTERN_FINDING, "the leaves are yellow", 4, 21},
    {"a repeat is no macro", PATTERN_FINDING, "yellow a b c d e leaf", 0, 0},
    {"an answer", PATTERN_ANSWER, "i do not know", 2, 13},
    {"a cue", PATTERN_CUE, "my sister's plant", 3, 11},
    {"a slot", PATTERN_SLOT, "about 7 out of 10", 6, 17},
};

/* A pattern may be compiled to match only where it is tried: so it is tried
 * wherever a word begins. */
static void find_longest(const struct pack *pack, struct regex_space *space,
                         const struct match_case *c, size_t *start,
                         size_t *end)
{
    struct subject subject = {c->text, strlen(c->text), false};
    *start = *end = 0;
    for (size_t i = 0; i < pack->pattern_count; i++) {
        const struct pattern *pattern = &pack->patterns[i];
        struct regex *own = NULL;
        struct regex_fault fault;
        if (pattern->kind != c->kind) continue;
        if (!pattern->regex) {
            assert_int_equal(talk__pattern_compile(pack, pattern, false,
                                                   &pack->memory, &own,
                                                   &fault),
                             TALK_OK);
        }
        for (size_t at = 0; at < subject.length; at++) {
            size_t from, to;
            if (at > 0 && c->text[at - 1] != ' ') continue;
            if (talk__regex_find(space, own ? own : pattern->regex, &subject,
                                 at, &from, &to) != REGEX_MATCH ||
                to - from <= *end - *start) {
                continue;
            }
            *start = from;
            *end = to;
        }
        talk__regex_free(&pack->memory, own);
    }
}

static void patterns_match(void **state)
{
    const struct pack *pack = *state;
    struct memory memory = talk__memory_from(NULL);
    struct regex_space *space;
    struct regex_limits limits = {10000, false};
    assert_int_equal(talk__regex_space_new(&memory, &limits, &space), TALK_OK);
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        size_t start, end;
        find_longest(pack, space, &matches[i], &start, &end);
        if (start != matches[i].start || end != matches[i].end) {
            fail_msg("%s: got %zu to %zu, wanted %zu to %zu", matches[i].what,
                     start, end, matches[i].start, matches[i].end);
        }
    }
    talk__regex_space_free(&memory, space);
}

static void patterns_know_their_owners(void **state)
{
    const struct pack *pack = *state;
    size_t south = 0;
    for (size_t i = 0; i < pack->pattern_count; i++) {
        const struct pattern *pattern = &pack->patterns[i];
        assert_true(pattern->folded);
        assert_non_null(pattern->text);
        assert_true(pattern->place.line > 0);
        if (pattern->kind == PATTERN_SLOT && pattern->detail == 1) south++;
    }
    assert_int_equal(south, 2);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(pack_has_a_name),
        cmocka_unit_test(topics_are_read),
        cmocka_unit_test(findings_are_read),
        cmocka_unit_test(slots_are_read),
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(cues_are_read),
        cmocka_unit_test(responses_are_read),
        cmocka_unit_test(wordings_are_cut),
        cmocka_unit_test(policy_is_read),
        cmocka_unit_test(words_are_replaced),
        cmocka_unit_test(examples_are_read),
        cmocka_unit_test(patterns_match),
        cmocka_unit_test(patterns_know_their_owners),
    };
    return cmocka_run_group_tests(tests, read_minimal, free_minimal) != 0;
}
