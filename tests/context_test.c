/* context_test.c - what polarity findings get.
 * In: for each rule of scope a sentence about house plants, with the cues of
 * tests/packs/context/; tests/polarity.tsv, what people write about their
 * backs, with the shipped pack.  Out: the polarity wanted, or the case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"
#include "understand.h"

#define CUES      "tests/packs/context/cues.yaml"
#define SENTENCES "tests/polarity.tsv"

enum { TEXT_MAX = 64 * 1024 };

/* A pack, and what hears with it. */
struct ear {
    struct pack *pack;
    struct matcher *matcher;
    struct arena arena;
};

static const char *const names[POLARITY_COUNT] = {
    "present", "absent", "past", "hypothetical", "other_person"};

/* ---- Hearing ---- */

static void ear_open(struct ear *ear, const char *folder)
{
    struct memory memory = talk__memory_from(NULL);
    struct understand_limits limits = {2000, 20 * 1024, false};
    struct outcome outcome = read_pack(folder, NULL, NULL, &ear->pack);
    if (!ear->pack) fail_msg("%s", outcome.lines);
    outcome_clear(&outcome);
    assert_int_equal(
        talk__matcher_new(ear->pack, &memory, &limits, &ear->matcher),
        TALK_OK);
    talk__arena_init(&ear->arena, &memory, 0);
}

static void ear_close(struct ear *ear)
{
    talk__arena_clear(&ear->arena);
    talk__matcher_free(ear->matcher);
    talk__pack_free(ear->pack);
}

static void hear(struct ear *ear, const char *text, struct heard *out)
{
    struct recall recall;
    talk__recall_init(&recall);
    talk__arena_reset(&ear->arena);
    assert_int_equal(talk__understand(ear->matcher, &recall, text,
                                      strlen(text), TEXT_MAX, 0, &ear->arena,
                                      out),
                     TALK_OK);
}

/* "mould absent, rash present"; in the order of the text. */
static void tell(const struct pack *pack, const struct heard *heard,
                 char *line, size_t size)
{
    size_t length = 0;
    line[0] = '\0';
    for (size_t i = 0; i < heard->finding_count && length < size; i++) {
        const struct heard_finding *finding = &heard->findings[i];
        length += (size_t)snprintf(
            line + length, size - length, "%s%s %s", i ? ", " : "",
            pack->findings[finding->finding].name, names[finding->polarity]);
    }
}

/* ---- Rules ---- */

static const struct rule {
    const char *rule, *text, *want;
} rules[] = {
    {"a forward cue", "no mould", "mould absent"},
    {"a backward cue", "the mould is gone", "mould absent"},
    {"a cue governs on its own side only", "mould and no earthworms",
     "mould present"},
    {"reach in words, forwards", "no one two three four five mould",
     "mould present"},
    {"… up to its last word", "no one two three four mould", "mould absent"},
    {"reach in words, backwards", "mould one two three four five is gone",
     "mould present"},
    {"a sentence ends it", "no. mould", "mould present"},
    {"… backwards, too", "mould. none", "mould present"},
    {"a full stop inside a number ends nothing", "no 3.5 mould",
     "mould absent"},
    {"a comma ends it", "no doubt, mould", "mould present"},
    {"a comma right before a backward cue does not", "mould, none",
     "mould absent"},
    {"… but one further away does", "mould, they say none", "mould present"},
    {"a list goes on to its or", "no mould, weedkiller or rash",
     "mould absent, weedkiller absent, rash absent"},
    {"… and to its nor", "no mould, rash nor weedkiller",
     "mould absent, rash absent, weedkiller absent"},
    {"… but not to one behind an end", "no mould, rash but moss or wind",
     "mould absent, rash present"},
    {"… nor to one after many words", "no mould, rash one two three four or",
     "mould absent, rash present"},
    {"a list has short pieces",
     "no mould, one two three four five six weedkiller or rash",
     "mould absent, weedkiller present, rash present"},
    {"… on the way, too",
     "never mould, one two three four five six rash or weedkiller",
     "mould absent, rash present, weedkiller present"},
    {"… each counted for itself",
     "never mould, one two three, one two three, rash or weedkiller",
     "mould absent, rash absent, weedkiller absent"},
    {"a list without or has three bare items", "no mould, rash, weedkiller",
     "mould absent, rash absent, weedkiller absent"},
    {"… two could be an answer and a report", "no mould, rash",
     "mould absent, rash present"},
    {"… nor is it bare when words stand between",
     "no mould, rash, some weedkiller",
     "mould absent, rash present, weedkiller present"},
    {"a line that goes on does",
     "all of the old plants in my own garden have no\nmould", "mould absent"},
    {"… but carries nothing over into the next",
     "all of the old plants in my own garden have no rash\nmould everywhere",
     "rash absent, mould present"},
    {"… nor backwards",
     "all of the old plants in my own garden have got a mould\nwhich is gone",
     "mould present"},
    {"… unless a list goes on",
     "all of the old plants in my own garden have no rash\nmould or "
     "weedkiller",
     "rash absent, mould absent, weedkiller absent"},
    {"a new clause ends a list", "no mould, it is mouldy or has a rash",
     "mould absent, mould present, rash present"},
    {"an end cue ends it", "no mould but rash", "mould absent, rash present"},
    {"… backwards, too", "mould but rain is gone", "mould present"},
    {"… within what it denies, too", "no white but fluff", "mould present"},
    {"… however late it comes", "no white one two three but fluff",
     "mould present"},
    {"… behind an early pause, too", "no droops, but one limp",
     "wilting present"},
    {"… unless a later pause goes before it", "no droops one two, but limp",
     "wilting absent"},
    {"a new clause before the core of what was heard does",
     "no sags, it is soggy", "wilting present"},
    {"… unless the cue goes over clauses", "i do not think it sags and soggy",
     "wilting absent"},
    {"a clause ends it", "no mould and my rash", "mould absent, rash present"},
    {"a clause right behind a cue is none of its own", "no my fern has mould",
     "mould present"},
    {"… unless the cue goes over clauses", "i do not think my fern has mould",
     "mould absent"},
    {"a stop ends the scope of its own group", "not because mould",
     "mould present"},
    {"… and of no other", "if because mould", "mould hypothetical"},
    {"a stop inside the finding counts", "his cat ate my leaf",
     "plant_eaten present"},
    {"a pseudo cue swallows what is in it", "not only mould", "mould present"},
    {"… and what it only touches", "hardly even so mould", "mould present"},
    {"a longer cue swallows a shorter one that says otherwise",
     "i used to have no mould", "mould absent"},
    {"… but no end", "no mould but is rash", "mould absent, rash present"},
    {"… and a pseudo cue no stop", "his gift of my weedkiller",
     "weedkiller present"},
    {"… and the same again before it", "mould mould is gone",
     "mould absent, mould absent"},
    {"a backward cue takes the nearest", "rash mould is gone",
     "rash present, mould absent"},
    {"… unless it takes all", "rash, mould are gone", "rash past, mould past"},
    {"a cue over sentences", "there was mould. that is over.", "mould past"},
    {"… takes the nearest as well", "rash. mould. that is over.",
     "rash present, mould past"},
    {"over clauses a comma is no border", "if it is wet, it gets mouldy",
     "mould hypothetical"},
    {"two negations", "it is not that there is no mould", "mould present"},
    {"… one of them alone denies", "it is not that mould", "mould absent"},
    {"… and undoes no negation out of its reach",
     "not that one two three four five six seven no mould", "mould absent"},
    {"the present takes a past away", "mould last year and still mould",
     "mould past, mould present"},
    {"… also from within", "white is fluff last year", "mould present"},
    {"… with what looks like a cue in it, too",
     "used to mould really of my own", "mould present"},
    {"what was denied is taken back", "no mould. scratch that.",
     "mould present"},
    {"… and what was supposed", "if it gets mouldy. scratch that.",
     "mould present"},
    {"… and what was another's", "his mould. scratch that.", "mould present"},
    {"a correction takes back what is denied behind it",
     "mould. correction, no mould", "mould absent, mould absent"},
    {"… and nothing else", "mould. correction, no rash",
     "mould present, rash absent"},
    {"… nor what is not denied", "mould. correction, mould",
     "mould present, mould present"},
    {"… nor what is denied before it", "mould, no mould. correction",
     "mould present, mould present"},
    {"another cue does not", "mould. scratch that, no mould",
     "mould present, mould absent"},
    {"whose comes before whether", "no mould on his fern", "mould absent"},
    {"if comes before not", "if there is no mould", "mould hypothetical"},
    {"another's comes first", "if his fern has mould", "mould other_person"},
    {"… but not anyone's", "if any of his has mould", "mould hypothetical"},
    {"whose it is may stand inside", "it ate his leaf",
     "plant_eaten other_person"},
    {"… unless it has a subject of its own", "my cat ate his leaf",
     "plant_eaten present"},
    {"so may a condition at its very beginning", "chewed a leaf",
     "plant_eaten hypothetical"},
    {"so may a past, before the core of what was heard", "white mould fluff",
     "mould past"},
    {"… and nowhere else", "white fluff", "mould present"},
    {"… and nowhere else", "ate chewed leaf", "plant_eaten present"},
    {"what is inside is no negation", "yellow not one leaf",
     "yellow_leaves present"},
    {"a wide wording does not hide what follows it",
     "yellowing is gone, a leaf", "yellow_leaves absent"},
    {"nothing is heard in nothing", "no, not at all", ""},
    {"a finding in a turn of speech is none", "a rash decision", ""},
    {"… also one that only ends there", "white is fluff a mouldy old joke",
     "mould present"},
    {"… and none that is told besides", "a rash decision, a rash",
     "rash present"},
    {"one around it is heard", "ate a rash decision of leaf",
     "plant_eaten present"},
    {"… before a cue, too", "no rash decision, mould", "mould present"},
    {"a normal state is an absence", "the soil smells sweet", "mould absent"},
    {"… also when it was seen last year", "soil smells sweet last year",
     "mould absent"},
    {"… nothing when it is denied", "the soil is no soil smells sweet", ""},
    {"… nothing when it is supposed", "if the soil smells sweet", ""},
    {"… nothing when it is another's", "his soil smells sweet", ""},
    {"… nothing when it is over", "it used to soil smells sweet", ""},
    {"… and no absence of anything else", "a rash, the soil smells sweet",
     "rash present, mould absent"},
    {"what is told besides it holds", "soil smells sweet but has mould",
     "mould absent, mould present"},
    {"what is part of it does not", "mouldy as any compost", "mould absent"},
    {"what it only overlaps holds", "white fluff free and dry",
     "mould present"},
};

static void rules_of_scope_hold(void **state)
{
    struct ear ear;
    size_t length, failed = 0;
    char *folder = temporary_folder();
    char *place = path_of(folder, "intents/context/context.yaml");
    char *cues = read_whole_file(CUES, &length);
    (void)state;
    copy_folder(MINIMAL_PACK, folder);
    write_whole_file(place, cues, length);
    ear_open(&ear, folder);
    remove_folder(folder);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct heard heard;
        char got[400];
        hear(&ear, rules[i].text, &heard);
        tell(ear.pack, &heard, got, sizeof got);
        if (strcmp(got, rules[i].want) == 0) continue;
        print_error("%s: '%s': got '%s', wanted '%s'\n", rules[i].rule,
                    rules[i].text, got, rules[i].want);
        failed++;
    }
    ear_close(&ear);
    free(cues);
    free(place);
    free(folder);
    assert_int_equal(failed, 0);
}

/* ---- Help for another ---- */

static const struct help {
    const char *text;
    bool for_other;
} helps[] = {
    {"his mould. a pot for my mother", true},
    {"his mould. a pot for my brother", false},
    {"his fern has mould, what should i do", true},
    {"his fern has mould. what should i do", true},
    {"what should i do, his fern has mould", false},
    {"his fern has mould, my fern is fine. what should i do", false},
    {"the fern has mould. what should i do", false},
};

static void help_is_asked_for_another(void **state)
{
    struct ear ear;
    size_t length;
    char *folder = temporary_folder();
    char *place = path_of(folder, "intents/context/context.yaml");
    char *cues = read_whole_file(CUES, &length);
    (void)state;
    copy_folder(MINIMAL_PACK, folder);
    write_whole_file(place, cues, length);
    ear_open(&ear, folder);
    remove_folder(folder);
    for (size_t i = 0; i < sizeof helps / sizeof *helps; i++) {
        struct heard heard;
        hear(&ear, helps[i].text, &heard);
        for (size_t j = 0; j < heard.finding_count; j++) {
            const struct heard_finding *finding = &heard.findings[j];
            bool want = finding->polarity != POLARITY_OTHER_PERSON ||
                        helps[i].for_other;
            if (finding->counts != want) {
                fail_msg("'%s': finding %zu counts: %d", helps[i].text, j,
                         finding->counts);
            }
        }
        if (heard.for_other != helps[i].for_other) {
            fail_msg("'%s': for another: %d", helps[i].text, heard.for_other);
        }
    }
    ear_close(&ear);
    free(cues);
    free(place);
    free(folder);
}

/* ---- What people write ---- */

static bool heard_as(const struct ear *ear, const struct heard *heard,
                     const char *name, const char *polarity)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        const struct heard_finding *finding = &heard->findings[i];
        if (strcmp(ear->pack->findings[finding->finding].name, name) == 0 &&
            strcmp(names[finding->polarity], polarity) == 0) {
            return true;
        }
    }
    return false;
}

static void polarity_as_people_write(void **state)
{
    struct ear ear;
    size_t length, failed = 0, cases = 0;
    char *text = read_whole_file(SENTENCES, &length);
    char *rest = text, *line;
    (void)state;
    ear_open(&ear, ".");
    while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
        struct heard heard;
        char got[400];
        char *polarity = strtok_r(line, "\t", &line);
        char *name = strtok_r(line, "\t", &line);
        assert_non_null(name);
        cases++;
        hear(&ear, line, &heard);
        if (heard_as(&ear, &heard, name, polarity)) continue;
        tell(ear.pack, &heard, got, sizeof got);
        print_error("'%s': got '%s', wanted %s %s\n", line, got, name,
                    polarity);
        failed++;
    }
    ear_close(&ear);
    free(text);
    assert_int_equal(failed, 0);
    assert_true(cases >= 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_of_scope_hold),
        cmocka_unit_test(help_is_asked_for_another),
        cmocka_unit_test(polarity_as_people_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
