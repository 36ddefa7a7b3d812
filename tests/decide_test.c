/* decide_test.c - what is decided of what was told: conversations with the
 * minimal pack, in which the understanding is given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decide.h"
#include "pack_folder.h"

/* ---- Telling ---- */

/* What a message says, in words with blanks between:
 *     watering         a question about the topic
 *     +mould -mould    a finding that is present, absent,
 *     ~mould ?mould    past, hypothetical,
 *     @mould @+mould   mentioned of another person; help is asked for them
 *     yes no unsure skip
 *     onset=monday     a value
 *     flags? part?     a flag, another part, could not be read
 *     nothing          not a word in it
 * and "" is words that no rule knows. */
enum { TOLD_MAX = 8 };

struct telling {
    struct told told;
    struct told_finding findings[TOLD_MAX];
    uint32_t topics[TOLD_MAX];
    struct told_value values[TOLD_MAX];
    char words[200];
};

static uint32_t index_of(const struct table *names, const char *name)
{
    uint32_t index = talk__table_get(names, name, strlen(name));
    if (index == TABLE_NONE) fail_msg("the pack has no '%s'", name);
    return index;
}

static bool tell_answer(struct told *told, const char *word)
{
    static const char *const names[ANSWER_COUNT] = {
        [ANSWER_YES] = "yes",   [ANSWER_SURELY] = "surely",
        [ANSWER_NO] = "no",     [ANSWER_UNSURE] = "unsure",
        [ANSWER_SKIP] = "skip",
    };
    for (size_t i = 0; i < ANSWER_COUNT; i++) {
        if (strcmp(word, names[i]) != 0) continue;
        told->answers[i] = true;
        return true;
    }
    return false;
}

static bool tell_flag(struct told *told, const char *word)
{
    bool *flag = strcmp(word, "nothing") == 0  ? &told->empty
                 : strcmp(word, "flags?") == 0 ? &told->flags_unread
                 : strcmp(word, "part?") == 0  ? &told->part_unread
                                               : NULL;
    if (flag) *flag = true;
    return flag;
}

static bool tell_finding(const struct pack *pack, struct telling *telling,
                         const char *word)
{
    static const char marks[] = "+-~?@"; /* in the order of enum polarity */
    const char *mark = strchr(marks, word[0]);
    if (!mark) return false;
    enum polarity polarity = (enum polarity)(mark - marks);
    bool for_other = word[1] == '+';
    uint32_t finding = index_of(&pack->finding_names, word + 1 + for_other);
    bool counts =
        polarity == POLARITY_PRESENT || for_other ||
        (polarity == POLARITY_PAST && pack->findings[finding].past_counts);
    telling->findings[telling->told.finding_count++] =
        (struct told_finding){finding, polarity, counts};
    return true;
}

static bool tell_value(const struct pack *pack, struct telling *telling,
                       char *word)
{
    char *value = strchr(word, '=');
    if (!value) return false;
    *value++ = '\0';
    telling->values[telling->told.value_count++] =
        (struct told_value){index_of(&pack->slot_names, word), value, ""};
    return true;
}

static void tell(const struct pack *pack, struct telling *telling,
                 const char *words)
{
    char *rest = NULL;
    *telling = (struct telling){.told = {.findings = telling->findings,
                                         .topics = telling->topics,
                                         .values = telling->values}};
    (void)snprintf(telling->words, sizeof telling->words, "%s", words);
    for (char *word = strtok_r(telling->words, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest)) {
        if (tell_answer(&telling->told, word) ||
            tell_flag(&telling->told, word) ||
            tell_finding(pack, telling, word) ||
            tell_value(pack, telling, word)) {
            continue;
        }
        telling->topics[telling->told.topic_count++] =
            index_of(&pack->topic_names, word);
    }
}

/* ---- Conversations ---- */

enum { EXCHANGES_MAX = 8 };

struct exchange {
    const char *told;
    const char *acts; /* responses, in order */
    talk_tier tier;
    const char *topic;
};

struct conversation {
    const char *what;
    struct exchange exchanges[EXCHANGES_MAX];
};

#define NONE         TALK_TIER_NONE
#define AVOID        TALK_TIER_AVOID
#define PROFESSIONAL TALK_TIER_PROFESSIONAL
#define URGENT       TALK_TIER_URGENT
#define EMERGENCY    TALK_TIER_EMERGENCY

static const struct conversation conversations[] = {
    /* Tiers. */
    {"a symptom without a flag",
     {{"+yellow_leaves", "symptoms", NONE, "symptom_report"}}},
    {"each tier has its words: avoid",
     {{"+weedkiller", "rise_avoid chemicals", AVOID, "chemicals"}}},
    {"professional",
     {{"+mould", "rise_professional", PROFESSIONAL, "when_to_ask"}}},
    {"urgent", {{"+rash", "rise_urgent", URGENT, "symptom_report"}}},
    {"emergency, in the finding's own words",
     {{"+plant_eaten", "rise_eaten", EMERGENCY, "symptom_report"}}},
    {"the highest decides",
     {{"+weedkiller +rash +yellow_leaves", "rise_urgent", URGENT,
       "chemicals"}}},
    {"two findings together demand more",
     {{"+mould +yellow_leaves", "rise_urgent", URGENT, "when_to_ask"}}},
    {"also when they come one after the other",
     {{"+mould", "rise_professional", PROFESSIONAL, "when_to_ask"},
      {"+yellow_leaves", "rise_urgent", URGENT, "symptom_report"}}},
    {"it falls when one of them is taken back",
     {{"+mould +yellow_leaves", "rise_urgent", URGENT, "when_to_ask"},
      {"-yellow_leaves", "noted", PROFESSIONAL, "symptom_report"}}},
    {"a tier stays while other things are asked",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"watering", "watering", URGENT, "watering"},
      {"", "stand_urgent", URGENT, ""}}},
    {"a flag below it needs no new alarm",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"+mould", "stand_urgent", URGENT, "when_to_ask"}}},
    {"a higher one does",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"+plant_eaten", "rise_eaten", EMERGENCY, "symptom_report"}}},
    {"taken back",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"-rash", "noted", NONE, "symptom_report"}}},
    {"gone by now",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"~rash", "noted", NONE, "symptom_report"}}},
    {"taking back one leaves the other",
     {{"+rash +mould", "rise_urgent", URGENT, "when_to_ask"},
      {"-rash", "noted", PROFESSIONAL, "symptom_report"}}},
    {"what never was has no tier",
     {{"-rash -plant_eaten", "noted", NONE, "symptom_report"}}},
    {"a past that is gone has none",
     {{"~mould", "when_to_ask", NONE, "when_to_ask"}}},
    {"a past that counts has",
     {{"~weedkiller", "rise_avoid chemicals", AVOID, "chemicals"}}},
    {"what might come has none",
     {{"?rash", "when_to_ask", NONE, "when_to_ask"}}},
    {"what might come takes nothing back",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"?rash", "when_to_ask", URGENT, "when_to_ask"}}},
    {"a mention of another person has none",
     {{"@rash", "noted", NONE, "symptom_report"}}},
    {"nor does it take back one's own",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"@rash", "noted", URGENT, "symptom_report"}}},
    {"help for another person has that person's",
     {{"@+rash", "rise_urgent", URGENT, "symptom_report"}}},
    {"in one message the present wins, said first",
     {{"+rash -rash", "rise_urgent", URGENT, "symptom_report"}}},
    {"or last", {{"-rash +rash", "rise_urgent", URGENT, "symptom_report"}}},

    /* Answers. */
    {"a question", {{"watering", "watering", NONE, "watering"}}},
    {"several, in their order",
     {{"light watering", "light watering", NONE, "light"}}},
    {"a question with a symptom",
     {{"watering +yellow_leaves", "watering", NONE, "watering"}}},
    {"a tier goes before an answer",
     {{"watering +rash", "rise_urgent watering", URGENT, "watering"}}},
    {"an alarm stands alone",
     {{"watering +plant_eaten", "rise_eaten", EMERGENCY, "watering"},
      {"watering", "watering stand_emergency", EMERGENCY, "watering"}}},
    {"a finding names what a general question is about",
     {{"pets +weedkiller", "rise_avoid pets chemicals", AVOID, "chemicals"}}},
    {"but not what a special one is about",
     {{"watering +weedkiller", "rise_avoid watering chemicals", AVOID,
       "watering"}}},
    {"explaining: what decides",
     {{"+weedkiller", "rise_avoid chemicals", AVOID, "chemicals"},
      {"why_so", "chemicals", AVOID, "chemicals"}}},
    {"explaining: nothing decides", {{"why_so", "why_so", NONE, "why_so"}}},

    /* What nobody understands. */
    {"a ladder of fallbacks",
     {{"", "fallback_1", NONE, ""},
      {"", "fallback_2", NONE, ""},
      {"", "fallback_1", NONE, ""},
      {"watering", "watering", NONE, "watering"},
      {"", "fallback_1", NONE, ""}}},
    {"nothing said is no step of it",
     {{"", "fallback_1", NONE, ""},
      {"nothing", "empty", NONE, ""},
      {"", "fallback_2", NONE, ""}}},
    {"a part that could not be read",
     {{"watering part?", "unread watering", NONE, "watering"},
      {"part?", "unread", NONE, ""}}},
    {"start over",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"restart", "restart", NONE, "restart"},
      {"watering", "watering", NONE, "watering"}}},
    {"start over, with a flag at once",
     {{"+rash", "rise_urgent", URGENT, "symptom_report"},
      {"restart +mould", "rise_professional restart", PROFESSIONAL,
       "restart"}}},

    /* Technique. */
    {"screening, then technique",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"no", "repotting", NONE, "repotting"},
      {"repotting", "repotting", NONE, "repotting"}}},
    {"yes: which?",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"yes", "screening_which", NONE, "symptom_report"},
      {"+weedkiller", "rise_avoid chemicals", AVOID, "chemicals"},
      {"repotting", "refuse_avoid", AVOID, "chemicals"}}},
    {"yes, and nothing else for ever",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"yes", "screening_which", NONE, "symptom_report"},
      {"yes", "screening_which", NONE, "symptom_report"},
      {"yes", "screening_unsure", NONE, "symptom_report"},
      {"repotting", "screening_unsure", NONE, "repotting"}}},
    {"not sure is caution",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"unsure", "screening_unsure", NONE, "symptom_report"},
      {"no", "noted", NONE, ""},
      {"repotting", "screening_again", NONE, "repotting"},
      {"unsure", "screening_unsure", NONE, "symptom_report"},
      {"repotting", "screening_unsure", NONE, "repotting"}}},
    {"who was not sure may find out",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"unsure", "screening_unsure", NONE, "symptom_report"},
      {"repotting", "screening_again", NONE, "repotting"},
      {"no", "repotting", NONE, "repotting"}}},
    {"so is an answer that is kept back",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"skip", "screening_unsure", NONE, "symptom_report"}}},
    {"not sure, or no: caution",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"no unsure", "screening_unsure", NONE, "symptom_report"}}},
    {"an answer that nobody understands, twice",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"", "screening_again", NONE, ""},
      {"", "screening_unsure", NONE, ""}}},
    {"the question comes back after a digression",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"watering", "watering screening_again", NONE, "watering"},
      {"no", "repotting", NONE, "repotting"}}},
    {"but not for ever",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"watering", "watering screening_again", NONE, "watering"},
      {"light", "light", NONE, "light"},
      {"no", "repotting", NONE, "repotting"}}},
    {"asked again instead of answering",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"repotting", "screening_again", NONE, "repotting"},
      {"repotting", "screening_unsure", NONE, "repotting"}}},
    {"a flag in place of the answer",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"+plant_eaten", "rise_eaten", EMERGENCY, "symptom_report"},
      {"no", "noted", EMERGENCY, ""},
      {"repotting", "refuse_emergency", EMERGENCY, "symptom_report"}}},
    {"no, but",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"no +mould", "rise_professional", PROFESSIONAL, "when_to_ask"}}},
    {"the flag taken back: the question is due again",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"+mould", "rise_professional", PROFESSIONAL, "when_to_ask"},
      {"-mould", "noted", NONE, "symptom_report"},
      {"repotting", "screening_ask", NONE, "repotting"}}},
    {"a symptom without a flag is no answer",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"+yellow_leaves", "symptoms screening_again", NONE, "symptom_report"}}},
    {"a flag together with the wish",
     {{"repotting +rash", "rise_urgent", URGENT, "symptom_report"},
      {"repotting", "refuse_urgent", URGENT, "symptom_report"}}},
    {"a flag after the screening shuts the gate",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"no", "repotting", NONE, "repotting"},
      {"+mould", "rise_professional", PROFESSIONAL, "when_to_ask"},
      {"repotting", "refuse_professional", PROFESSIONAL, "when_to_ask"}}},
    {"a flag that may have been missed is doubt",
     {{"repotting flags?", "unread screening_unsure", NONE, "repotting"},
      {"no", "noted", NONE, ""},
      {"repotting", "screening_unsure", NONE, "repotting"}}},
    {"also behind the screening",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"no", "repotting", NONE, "repotting"},
      {"flags?", "unread", NONE, ""},
      {"repotting", "screening_unsure", NONE, "repotting"}}},
    {"and in its answer",
     {{"repotting", "screening_ask", NONE, "repotting"},
      {"no flags?", "unread", NONE, ""},
      {"repotting", "screening_unsure", NONE, "repotting"}}},
    {"a new start is no doubt any more",
     {{"repotting flags?", "unread screening_unsure", NONE, "repotting"},
      {"restart", "restart", NONE, "restart"},
      {"repotting", "screening_ask", NONE, "repotting"}}},
};

static void put_acts(const struct pack *pack, const struct decision *decision,
                     char *out, size_t size)
{
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < decision->act_count && at < size; i++) {
        const char *name = pack->responses[decision->acts[i].response].name;
        assert_true(strlen(decision->acts[i].why) > 0);
        at += (size_t)snprintf(out + at, size - at, i ? " %s" : "%s", name);
    }
}

static void converse(void **state)
{
    const struct conversation *c = *state;
    struct pack *pack;
    struct arena arena;
    struct recall last;
    struct memory memory = talk__memory_from(NULL);
    struct outcome outcome = read_pack(MINIMAL_PACK, NULL, NULL, &pack);
    outcome_clear(&outcome);
    assert_non_null(pack);
    talk__arena_init(&arena, &memory, 0);
    talk__recall_init(&last);
    for (size_t i = 0; i < EXCHANGES_MAX && c->exchanges[i].told; i++) {
        const struct exchange *said = &c->exchanges[i];
        struct telling telling;
        struct decision decision;
        char acts[400];
        tell(pack, &telling, said->told);
        assert_int_equal(
            talk__decide(pack, &last, &telling.told, &arena, &decision),
            TALK_OK);
        put_acts(pack, &decision, acts, sizeof acts);
        const char *topic = decision.topic == NO_INDEX
                                ? ""
                                : pack->topics[decision.topic].name;
        if (strcmp(acts, said->acts) != 0 ||
            decision.next.tier != said->tier ||
            strcmp(topic, said->topic) != 0) {
            fail_msg("message %zu, '%s':\n   got %s, %s, '%s'\nwanted %s, %s, "
                     "'%s'",
                     i + 1, said->told, acts,
                     talk_tier_name(decision.next.tier), topic, said->acts,
                     talk_tier_name(said->tier), said->topic);
        }
        last = decision.next;
    }
    talk__arena_clear(&arena);
    talk__pack_free(pack);
}

/* ---- The gate ---- */

static void the_gate_opens_for_one_case_only(void **state)
{
    (void)state;
    for (int tier = NONE; tier <= EMERGENCY; tier++) {
        for (int s = SCREENING_NOT_YET; s <= SCREENING_DOUBT; s++) {
            struct recall recall;
            talk__recall_init(&recall);
            recall.tier = (talk_tier)tier;
            recall.screening = (enum screening)s;
            bool wanted = tier == NONE && s == SCREENING_CLEAR;
            if (talk__gate_open(&recall) != wanted) {
                fail_msg("tier %d, screening %d", tier, s);
            }
        }
    }
}

int main(void)
{
    enum { COUNT = sizeof conversations / sizeof *conversations };
    struct CMUnitTest tests[COUNT + 1];
    for (size_t i = 0; i < COUNT; i++) {
        tests[i] =
            (struct CMUnitTest){conversations[i].what, converse, NULL, NULL,
                                (void *)(uintptr_t)&conversations[i]};
    }
    tests[COUNT] =
        (struct CMUnitTest)cmocka_unit_test(the_gate_opens_for_one_case_only);
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
