/* mutants_test.c - changes of a pack: which there are, which are chosen, and
 * that one at a time is made.
 * In: tests/packs/changed.  Who notices what is tests/mutate_test.sh's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "mutate.h"
#include "starving.h"
#include "turn.h"

#define SHOP "tests/packs/changed"

static talk_options usual(void)
{
    talk_options options;
    talk_options_init(&options, sizeof options);
    return options;
}

static void find(struct mutants *mutants)
{
    const talk_options options = usual();
    talk_error err = {0};
    if (talk__mutants_find(SHOP, &options, mutants, &err) != TALK_OK) {
        fail_msg("%s", err.message);
    }
}

static size_t number_of(const struct mutants *mutants, const char *what)
{
    for (size_t i = 0; i < mutants->count; i++) {
        if (strcmp(mutants->items[i].what, what) == 0) {
            return mutants->items[i].number;
        }
    }
    fail_msg("no change: %s", what);
    return 0;
}

static talk_bot *load(size_t number)
{
    const talk_options options = usual();
    talk_error err = {0};
    talk_bot *bot;
    if (talk__mutant_load(SHOP, &options, number, &bot, &err) != TALK_OK) {
        fail_msg("%s:%u: %s", err.source, (unsigned)err.line, err.message);
    }
    return bot;
}

static void only_the_change_is_made(void **state)
{
    (void)state;
    struct mutants mutants;
    find(&mutants);
    talk_bot *as_it_is = load(MUTANT_NONE);
    talk_bot *changed =
        load(number_of(&mutants, "finding 'rust' none and not avoid"));
    const struct pack *before = as_it_is->pack, *after = changed->pack;
    assert_int_equal(before->finding_count, after->finding_count);
    for (uint32_t i = 0; i < before->finding_count; i++) {
        bool rust = strcmp(before->findings[i].name, "rust") == 0;
        assert_int_equal(after->findings[i].tier,
                         rust ? TALK_TIER_NONE : before->findings[i].tier);
    }
    assert_int_equal(before->pattern_count, after->pattern_count);
    for (uint32_t i = 0; i < before->pattern_count; i++) {
        assert_string_equal(before->patterns[i].text, after->patterns[i].text);
    }
    talk_bot_free(as_it_is);
    talk_bot_free(changed);
    talk__mutants_clear(&mutants);
}

static void an_alternative_goes_with_one_bar(void **state)
{
    (void)state;
    static const struct {
        const char *what, *pattern;
    } cases[] = {
        {"topic 'riding' without 'ride' in '(?:ride|go) fast'", "(?:go) fast"},
        {"topic 'riding' without 'go' in '(?:ride|go) fast'", "(?:ride) fast"},
        {"topic 'noise' without 'sound' in '(?:noise|sound)'", "(?:noise)"},
    };
    struct mutants mutants;
    find(&mutants);
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        talk_bot *bot = load(number_of(&mutants, cases[n].what));
        bool found = false;
        for (uint32_t i = 0; i < bot->pack->pattern_count && !found; i++) {
            found = strcmp(bot->pack->patterns[i].text, cases[n].pattern) == 0;
        }
        if (!found) fail_msg("%s: no '%s'", cases[n].what, cases[n].pattern);
        talk_bot_free(bot);
    }
    talk__mutants_clear(&mutants);
}

/* ---- The choice ---- */

static void kinds_are_dealt_evenly(void **state)
{
    (void)state;
    struct mutants mutants;
    size_t *chosen, least = SIZE_MAX, most = 0;
    find(&mutants);
    size_t count = talk__mutants_choose(&mutants, 60, 0, &chosen);
    assert_int_equal(count, 60);
    for (size_t n = 0; n < talk__mutate_rule_count(); n++) {
        const struct check_rule *rule = talk__mutate_rule(n);
        size_t there = 0, taken = 0;
        for (size_t i = 0; i < mutants.count; i++) {
            there += mutants.items[i].rule == rule;
        }
        for (size_t i = 0; i < count; i++) {
            taken += mutants.items[chosen[i]].rule == rule;
            if (i) assert_true(chosen[i - 1] < chosen[i]);
        }
        assert_true(there > 0);
        if (taken == there) continue; /* it has no more */
        if (taken < least) least = taken;
        if (taken > most) most = taken;
    }
    assert_true(most - least <= 1);
    talk__mutants_clear(&mutants);
}

static void a_seed_chooses_the_same(void **state)
{
    (void)state;
    struct mutants mutants;
    size_t *first, *again, *other;
    find(&mutants);
    assert_int_equal(talk__mutants_choose(&mutants, 40, 1, &first), 40);
    assert_int_equal(talk__mutants_choose(&mutants, 40, 1, &again), 40);
    assert_int_equal(talk__mutants_choose(&mutants, 40, 2, &other), 40);
    assert_memory_equal(first, again, 40 * sizeof *first);
    assert_memory_not_equal(first, other, 40 * sizeof *first);
    assert_int_equal(
        talk__mutants_choose(&mutants, SIZE_MAX, UINT32_MAX, &first),
        mutants.count);
    for (size_t i = 0; i < mutants.count; i++) assert_int_equal(first[i], i);
    assert_int_equal(talk__mutants_choose(&mutants, 0, 0, &first), 0);
    talk__mutants_clear(&mutants);
}

static void kept_ones_have_their_numbers(void **state)
{
    (void)state;
    struct mutants all, kept;
    find(&all);
    find(&kept);
    talk__mutants_keep(&kept, "screen");
    assert_int_equal(kept.count, 3);
    for (size_t i = 0; i < kept.count; i++) {
        assert_string_equal(kept.items[i].what,
                            all.items[kept.items[i].number].what);
    }
    talk__mutants_keep(&kept, "kettle");
    assert_int_equal(kept.count, 0);
    talk__mutants_clear(&all);
    talk__mutants_clear(&kept);
}

/* ---- Memory that ends ---- */

static talk_status change_starving(struct starving *starving)
{
    talk_options options = usual();
    struct mutants mutants;
    talk_error err = {0};
    talk_bot *bot = NULL;
    size_t *chosen, errors, number = MUTANT_NONE;
    struct place place;
    options.alloc_fn = starving_alloc;
    options.alloc_payload = starving;
    talk_status status = talk__mutants_find(SHOP, &options, &mutants, &err);
    if (status == TALK_OK) {
        (void)talk__mutants_choose(&mutants, 9, 3, &chosen);
        if (!chosen) status = TALK_NOMEM;
        if (chosen) {
            number = number_of(&mutants, "absent without the cue "
                                         "'is gone'");
        }
    }
    if (status == TALK_OK) {
        status = talk__mutant_load(SHOP, &options, number, &bot, &err);
    }
    if (status == TALK_OK) {
        status = talk__mutant_errors(bot, SHOP, &errors, &err);
    }
    if (status == TALK_OK) {
        status = talk__mutant_examples(bot, NULL, &place, &err);
    }
    talk_bot_free(bot);
    talk__mutants_clear(&mutants);
    return status;
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    struct starving starving = {.fail_at = 0};
    size_t n = 0;
    for (;; n++) {
        starving = (struct starving){.fail_at = n};
        talk_status status = change_starving(&starving);
        assert_int_equal(starving.blocks, 0);
        if (status == TALK_OK && starving.refused == 0) break;
        /* What only makes it slower may do without. */
        if (status != TALK_OK) assert_int_equal(status, TALK_NOMEM);
    }
    assert_true(starving.asked > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_change_is_made),
        cmocka_unit_test(an_alternative_goes_with_one_bar),
        cmocka_unit_test(kinds_are_dealt_evenly),
        cmocka_unit_test(a_seed_chooses_the_same),
        cmocka_unit_test(kept_ones_have_their_numbers),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
