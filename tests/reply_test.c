/* reply_test.c - which wording is chosen, and what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"
#include "reply.h"

/* Put beside the minimal pack. */
static const char more[] =
    "responses:\n"
    "  scales: {sources: none, why: test, say: [{text: one, weight: 1},\n"
    "           {text: three, weight: 3}]}\n"
    "  trio: {sources: none, why: test, say: [a, b, c]}\n"
    "  faces: {sources: none, why: test,\n"
    "          say: 'It faces {slot:window}, since {slot:onset}.'}\n"
    "  worst: {sources: none, why: test, say: '{label}'}\n"
    "  all: {sources: none, why: test, say: '({labels})'}\n"
    "  never: {sources: none, why: test,\n"
    "          say: [{text: x, when: {screened: true}}]}\n";

struct words {
    struct pack *pack;
    struct arena arena;
    struct recall recall;
    struct known known[4];
    struct filled filled[2];
};

static int open_words(void **state)
{
    struct words *w = take(sizeof *w);
    struct memory memory = talk__memory_from(NULL);
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *path = path_of(folder, "responses/more.yaml");
    write_whole_file(path, more, sizeof more - 1);
    struct outcome outcome = read_pack(folder, NULL, NULL, &w->pack);
    if (!w->pack) fail_msg("%s", outcome.lines);
    outcome_clear(&outcome);
    remove_folder(folder);
    free(path);
    free(folder);
    talk__arena_init(&w->arena, &memory, 0);
    talk__recall_init(&w->recall);
    w->recall.known = w->known;
    w->recall.filled = w->filled;
    *state = w;
    return 0;
}

static int close_words(void **state)
{
    struct words *w = *state;
    talk__arena_clear(&w->arena);
    talk__pack_free(w->pack);
    free(w);
    return 0;
}

static uint32_t index_of(const struct table *names, const char *name)
{
    uint32_t index = talk__table_get(names, name, strlen(name));
    if (index == TABLE_NONE) fail_msg("the pack has no '%s'", name);
    return index;
}

static uint32_t know(struct words *w, const char *finding,
                     enum polarity polarity)
{
    uint32_t index = index_of(&w->pack->finding_names, finding);
    w->known[w->recall.known_count++] =
        (struct known){.name = finding,
                       .finding = index,
                       .polarity = polarity,
                       .counts = polarity == POLARITY_PRESENT};
    return index;
}

static void fill_slot(struct words *w, const char *slot, const char *value)
{
    w->filled[w->recall.filled_count++] =
        (struct filled){.name = slot,
                        .slot = index_of(&w->pack->slot_names, slot),
                        .value = value,
                        .normal = ""};
}

/* NULL: no wording fits. */
static const char *word(struct words *w, struct wish wish, uint32_t seed)
{
    struct worded worded;
    bool found;
    assert_int_equal(talk__reply_word(w->pack, &w->recall, &wish, seed,
                                      &w->arena, &worded, &found),
                     TALK_OK);
    if (!found) return NULL;
    assert_int_equal(strlen(worded.text), worded.length);
    return worded.text;
}

static struct wish wish_for(const struct words *w, const char *response)
{
    return (struct wish){.response =
                             index_of(&w->pack->response_names, response),
                         .wording = NO_INDEX,
                         .guesses = {NO_INDEX, NO_INDEX},
                         .label = NO_INDEX};
}

/* ---- Which ---- */

static void weights_are_shares(void **state)
{
    struct words *w = *state;
    enum { SEEDS = 4000 };
    int threes = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        const char *text = word(w, wish_for(w, "scales"), seed);
        threes += strcmp(text, "three") == 0;
    }
    assert_in_range(threes, SEEDS * 72 / 100, SEEDS * 78 / 100);
}

static void the_last_one_is_not_said_again(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "trio");
    char last = '\0';
    bool said[3] = {false, false, false};
    for (w->recall.turns = 1; w->recall.turns < 100; w->recall.turns++) {
        char letter = *word(w, wish, 7);
        assert_int_not_equal(letter, last);
        talk__reply_note(w->pack, &w->recall, wish.response,
                         (uint32_t)(letter - 'a'));
        said[letter - 'a'] = true;
        last = letter;
    }
    assert_true(said[0] && said[1] && said[2]);
}

static void an_only_wording_is_said_again(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "restart");
    talk__reply_note(w->pack, &w->recall, wish.response, 0);
    assert_string_equal(word(w, wish, 0), "We start over.");
}

static void seed_and_turn_decide(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "trio");
    bool seed_matters = false, turn_matters = false;
    const char *first = word(w, wish, 0);
    for (uint32_t i = 0; i < 20; i++) {
        w->recall.turns = 0;
        assert_string_equal(word(w, wish, 0), first);
        seed_matters |= strcmp(word(w, wish, i), first) != 0;
        w->recall.turns = i;
        turn_matters |= strcmp(word(w, wish, 0), first) != 0;
    }
    assert_true(seed_matters && turn_matters);
}

static void a_wording_may_be_wished(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "trio");
    for (wish.wording = 0; wish.wording < 3; wish.wording++) {
        talk__reply_note(w->pack, &w->recall, wish.response, wish.wording);
        assert_int_equal(*word(w, wish, 5), "abc"[wish.wording]);
    }
    wish.wording = 3; /* the pack has fewer by now */
    assert_non_null(word(w, wish, 5));
    wish = wish_for(w, "watering");
    wish.wording = 1; /* its condition does not hold any more */
    assert_true(strncmp(word(w, wish, 5), "Water it when", 13) == 0);
}

static void conditions_hold_or_not(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "watering");
    static const char plain[] = "Water it when", yellow[] = "With a";
    for (uint32_t seed = 0; seed < 20; seed++) {
        assert_true(strncmp(word(w, wish, seed), plain, 6) == 0);
    }
    /* {labels} has nothing to name: yellow leaves alone have no tier. */
    know(w, "yellow_leaves", POLARITY_PRESENT);
    for (uint32_t seed = 0; seed < 20; seed++) {
        assert_true(strncmp(word(w, wish, seed), plain, 6) == 0);
    }
    know(w, "weedkiller", POLARITY_PRESENT);
    w->recall.tier = TALK_TIER_AVOID;
    bool seen = false;
    for (uint32_t seed = 0; seed < 20; seed++) {
        seen |= strncmp(word(w, wish, seed), yellow, 5) == 0;
    }
    assert_true(seen);
    w->recall.tier = TALK_TIER_URGENT;
    for (uint32_t seed = 0; seed < 20; seed++) {
        assert_true(strncmp(word(w, wish, seed), plain, 6) == 0);
    }
    assert_null(word(w, wish_for(w, "never"), 0));
}

static void nothing_is_played_down_from_professional_up(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "light");
    for (int tier = TALK_TIER_NONE; tier <= TALK_TIER_EMERGENCY; tier++) {
        w->recall.tier = (talk_tier)tier;
        const char *text = word(w, wish, 0);
        if (tier < TALK_TIER_PROFESSIONAL) {
            assert_non_null(text);
        } else {
            assert_null(text);
        }
    }
    fill_slot(w, "window", "the north");
    assert_string_equal(word(w, wish, 0),
                        "A bright window that faces the north will do.");
}

/* ---- Its words ---- */

static void holes_are_filled_or_the_wording_is_not_said(void **state)
{
    struct words *w = *state;
    struct wish wish = wish_for(w, "faces");
    assert_null(word(w, wish, 0));
    fill_slot(w, "window", "north-ish {label}");
    assert_null(word(w, wish, 0));
    fill_slot(w, "onset", "May");
    assert_string_equal(word(w, wish, 0),
                        "It faces north-ish {label}, since May.");
}

static void labels_name_what_counts(void **state)
{
    struct words *w = *state;
    struct wish one = wish_for(w, "worst"), all = wish_for(w, "all");
    assert_null(word(w, one, 0));
    assert_null(word(w, all, 0));
    know(w, "rash", POLARITY_ABSENT);
    know(w, "yellow_leaves", POLARITY_PRESENT);
    assert_null(word(w, all, 0));
    one.label = know(w, "mould", POLARITY_PRESENT);
    know(w, "weedkiller", POLARITY_PRESENT);
    assert_string_equal(word(w, one, 0), "mould");
    assert_string_equal(word(w, all, 0), "(mould, weedkiller in the soil)");
}

static void braces_are_written_twice(void **state)
{
    struct words *w = *state;
    assert_string_equal(word(w, wish_for(w, "thanks"), 0),
                        "You are welcome. {Grow well}");
}

static void a_reply_has_a_ceiling(void **state)
{
    struct words *w = *state;
    char *value = take(REPLY_MAX + 1);
    memset(value, 'x', REPLY_MAX);
    value[REPLY_MAX] = '\0';
    fill_slot(w, "window", value);
    fill_slot(w, "onset", "May");
    struct wish wish = wish_for(w, "faces");
    struct worded worded;
    bool found;
    assert_int_equal(talk__reply_word(w->pack, &w->recall, &wish, 0, &w->arena,
                                      &worded, &found),
                     TALK_LIMIT);
    free(value);
}

static void what_was_said_is_kept_for_a_while(void **state)
{
    struct words *w = *state;
    struct recall *recall = &w->recall;
    for (uint32_t i = 0; i < SAID_MAX; i++) {
        talk__reply_note(w->pack, recall, i, 0);
    }
    recall->turns = 9;
    talk__reply_note(w->pack, recall, 3, 1);
    assert_int_equal(recall->said_count, SAID_MAX);
    assert_int_equal(recall->said[0].response, 0);
    assert_int_equal(recall->said[3].response, 4);
    assert_int_equal(recall->said[SAID_MAX - 1].response, 3);
    assert_int_equal(recall->said[SAID_MAX - 1].wording, 1);
    assert_int_equal(recall->said[SAID_MAX - 1].turn, 9);
    talk__reply_note(w->pack, recall, SAID_MAX, 0);
    assert_int_equal(recall->said_count, SAID_MAX);
    assert_int_equal(recall->said[0].response, 1);
    assert_string_equal(recall->said[SAID_MAX - 1].name,
                        w->pack->responses[SAID_MAX].name);
}

int main(void)
{
#define WITH_WORDS(test) \
    cmocka_unit_test_setup_teardown(test, open_words, close_words)
    static const struct CMUnitTest tests[] = {
        WITH_WORDS(weights_are_shares),
        WITH_WORDS(the_last_one_is_not_said_again),
        WITH_WORDS(an_only_wording_is_said_again),
        WITH_WORDS(seed_and_turn_decide),
        WITH_WORDS(a_wording_may_be_wished),
        WITH_WORDS(conditions_hold_or_not),
        WITH_WORDS(nothing_is_played_down_from_professional_up),
        WITH_WORDS(holes_are_filled_or_the_wording_is_not_said),
        WITH_WORDS(labels_name_what_counts),
        WITH_WORDS(braces_are_written_twice),
        WITH_WORDS(a_reply_has_a_ceiling),
        WITH_WORDS(what_was_said_is_kept_for_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
