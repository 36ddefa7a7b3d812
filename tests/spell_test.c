/* spell_test.c - words that are no words: how far apart they are as typed,
 * what they are read as, and which are left alone. The spelling of the shipped
 * pack is measured by bench_spell.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "fold.h"
#include "spell.h"
#include "starving.h"
#include "typing.h"

/* ---- What slips cost ---- */

struct cost_case {
    const char *what, *typed, *meant;
    unsigned want;
};

static const struct cost_case costs[] = {
    {"the same", "numb", "numb", 0},
    {"a letter doubled", "nummb", "numb", TYPING_DOUBLE},
    {"one of two dropped", "swolen", "swollen", TYPING_DOUBLE},
    {"a g that is not spoken", "hurtin", "hurting", TYPING_SPOKEN},
    {"another letter at the end", "hurtg", "hurting", 2 * TYPING_DROP},
    {"neighbours swapped", "nubm", "numb", TYPING_SWAP},
    {"a letter dropped", "tinglng", "tingling", TYPING_DROP},
    {"the first letter dropped", "ingling", "tingling",
     TYPING_DROP + TYPING_FIRST},
    {"the key next to it", "numv", "numb", TYPING_KEY},
    {"two keys at once", "numnb", "numb", TYPING_ADD_KEY},
    {"another vowel", "nimbness", "nambness", TYPING_VOWEL},
    {"a letter added", "numpb", "numb", TYPING_ADD},
    {"a letter mistaken", "numx", "numb", TYPING_REPLACE},
    {"the first letter mistaken", "xumb", "numb",
     TYPING_REPLACE + TYPING_FIRST},
    {"two slips", "nubmnes", "numbness", TYPING_SWAP + TYPING_DOUBLE},
    {"everything", "abc", "xyz", 3 * TYPING_REPLACE + TYPING_FIRST},
    {"nothing typed", "", "ab", 2 * TYPING_DROP + TYPING_FIRST},
};

static void slips_have_their_cost(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
        const struct cost_case *c = &costs[i];
        unsigned got = talk__typing_cost(c->typed, strlen(c->typed), c->meant,
                                         strlen(c->meant), 40);
        if (got != c->want) {
            fail_msg("%s: got %u, wanted %u", c->what, got, c->want);
        }
    }
}

static void a_cost_has_a_limit(void **state)
{
    char long_word[TYPING_MAX + 1];
    (void)state;
    memset(long_word, 'a', sizeof long_word);
    assert_int_equal(talk__typing_cost("numx", 4, "numb", 4, TYPING_REPLACE),
                     TYPING_REPLACE);
    assert_int_equal(talk__typing_cost("numx", 4, "numb", 4, 5), 6);
    assert_int_equal(talk__typing_cost("abcdefgh", 8, "stuvwxyz", 8, 20), 21);
    assert_int_equal(
        talk__typing_cost(long_word, sizeof long_word, "numb", 4, 20), 21);
}

/* ---- A set of words ---- */

static void a_lexicon_knows_its_words(void **state)
{
    enum { WORDS = 5000 };
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    struct lexicon lexicon;
    char word[16];
    (void)state;
    talk__arena_init(&arena, &memory, 0);
    assert_true(talk__lexicon_init(&lexicon, &arena, WORDS));
    for (int i = 0; i < WORDS; i++) {
        int length = snprintf(word, sizeof word, "w%d", i * 7);
        talk__lexicon_add(&lexicon, talk__lexicon_hash(word, (size_t)length),
                          i % 2 ? LEXICON_COMMON : LEXICON_RARE);
    }
    assert_int_equal(lexicon.count, WORDS);
    for (int i = 0; i < WORDS * 7; i++) {
        int length = snprintf(word, sizeof word, "w%d", i);
        enum lexicon_rank want = i % 7       ? LEXICON_NONE
                                 : i / 7 % 2 ? LEXICON_COMMON
                                             : LEXICON_RARE;
        assert_int_equal(
            talk__lexicon_rank(&lexicon,
                               talk__lexicon_hash(word, (size_t)length)),
            want);
    }
    talk__arena_clear(&arena);
}

static void a_common_word_stays_common(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    struct lexicon lexicon;
    uint64_t hash = talk__lexicon_hash("numb", 4);
    (void)state;
    talk__arena_init(&arena, &memory, 0);
    assert_true(talk__lexicon_init(&lexicon, &arena, 0));
    assert_int_equal(talk__lexicon_rank(&lexicon, hash), LEXICON_NONE);
    talk__lexicon_add(&lexicon, hash, LEXICON_COMMON);
    talk__lexicon_add(&lexicon, hash, LEXICON_RARE);
    assert_int_equal(talk__lexicon_rank(&lexicon, hash), LEXICON_COMMON);
    assert_int_equal(lexicon.count, 1);
    talk__arena_clear(&arena);
}

/* ---- A small speller ---- */

static const struct spell_word own[] = {
    {"numb", 4, 90},
    {"numbness", 8, 60},
    {"tingling", 8, 50},
    {"hurting", 7, 40},
    {"hurts", 5, 80},
    {"forearm", 7, 20},
    {"foot", 4, 50},
    {"hand", 4, 50},
    {"my", 2, 500},
    {"back", 4, 300},
    {"upper", 5, 100},
    {"up", 2, 40},
    {"per", 3, 2},
    {"may", 3, 40},
    {"be", 2, 90},
    {"maybe", 5, 30},
    {"shoulder", 8, 70},
    {"relieve", 7, 10},
    {"so", 2, 60},
    {"good", 4, 30},
    {"spinal", 6, 40},
    {"spine", 5, 90},
    {"a", 1, 900},
    {"arm", 3, 200},
    {"ness", 4, 1},
    {"havent", 6, 5},
    {"have", 4, 100},
    {"on", 2, 50},
    {"shouldre", 8, 2},
    {"bakc", 4, 1},
    {"foof", 4, 1},
    {"numbsh", 6, 30},
    {"pneumonoultramicroscopicsilicovol", 33, 1},
    {"pneumonoultramicroscopicsilicovo", 32, 1},
};

static const char *const common[] = {
    "my", "up",  "per",  "may",     "be",   "so",   "god",  "good", "a",
    "on", "arm", "fore", "receive", "have", "back", "foot", "hum"};
static const char *const rare[] = {"numbs", "spinel", "soo", "curt"};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

struct desk {
    struct arena arena;
    struct lexicon known;
    struct speller *speller;
};

static bool fill(struct desk *desk, struct memory *memory)
{
    talk__arena_init(&desk->arena, memory, 0);
    if (!talk__lexicon_init(&desk->known, &desk->arena, 200)) return false;
    for (size_t i = 0; i < COUNT_OF(common); i++) {
        talk__lexicon_add(&desk->known,
                          talk__lexicon_hash(common[i], strlen(common[i])),
                          LEXICON_COMMON);
    }
    for (size_t i = 0; i < COUNT_OF(rare); i++) {
        talk__lexicon_add(&desk->known,
                          talk__lexicon_hash(rare[i], strlen(rare[i])),
                          LEXICON_RARE);
    }
    desk->speller =
        talk__speller_new(&desk->arena, &desk->known, own, COUNT_OF(own));
    return desk->speller != NULL;
}

static int open_desk(void **state)
{
    static struct desk desk;
    static struct memory memory;
    memory = talk__memory_from(NULL);
    *state = &desk;
    return !fill(&desk, &memory);
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    talk__arena_clear(&desk->arena);
    return 0;
}

struct spell_case {
    const char *what, *typed, *want; /* NULL: it is left alone */
    bool name;
};

static const struct spell_case spellings[] = {
    {"a word of the pack", "numb", NULL, false},
    {"an English word near one", "numbs", NULL, false},
    {"a rare English word near one", "spinel", NULL, false},
    {"nothing near", "xylophone", NULL, false},
    {"nothing", "", NULL, false},
    {"three letters", "nmb", NULL, false},
    {"a swap", "nubm", "numb", false},
    {"a letter dropped", "shouder", "shoulder", false},
    {"a letter doubled", "shoullder", "shoulder", false},
    {"the next key", "shpulder", "shoulder", false},
    {"the first letter", "ahoulder", "shoulder", false},
    {"a g", "tinglin", "tingling", false},
    {"two slips in a long word", "shuoldr", "shoulder", false},
    {"two slips in a short one", "nbm", NULL, false},
    {"two slips in one of five letters", "hutrss", NULL, false},
    {"three slips", "shluodr", NULL, false},
    {"of two as near the one that is used more", "spinl", "spinal", false},
    {"a common word is nearer", "recieve", NULL, false},
    {"it is not when its slip costs more", "relive", "relieve", false},
    {"run together", "footnumb", "foot numb", false},
    {"run together with a short word", "myback", "my back", false},
    {"a half that is not of the pack", "forenumb", NULL, false},
    {"a half that nobody uses", "numbmay", "numb may", false},
    {"drawn out", "nuuuumb", "numb", false},
    {"drawn out twice", "nuuuuumbbbb", "numb", false},
    {"drawn out, with two of a letter", "goooood", "good", false},
    {"drawn out, a short word", "sooooo", "so", false},
    {"drawn out and mistyped", "shoooulderr", "shoulder", false},
    {"drawn out for long", "nuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuumb",
     "numb", false},
    {"drawn out for long in a long word",
     "pneumonoultramicroscopicsilicovolcanoooooooooo", NULL, false},
    {"drawn out of nothing", "zzzzzz", NULL, false},
    {"one letter drawn out", "aaaaa", NULL, false},
    {"a slip of the pack", "shouldre", "shoulder", false},
    {"one in a short word", "bakc", "back", false},
    {"a short word that is another", "foof", NULL, false},
    {"a word that is used as often", "numbsh", NULL, false},
    {"a slip of the pack as a name", "shouldre", NULL, true},
    {"a capital in the middle", "Numb", NULL, false},
    {"a digit", "numb7", NULL, false},
    {"an apostrophe", "num'b", NULL, false},
    {"beyond ASCII", "nu\xC3\xB1mb", NULL, false},
    {"a name", "Shuoldr", NULL, true},
    {"a name with two slips", "shuoldr", NULL, true},
    {"a name with a cheap slip", "shouder", "shoulder", true},
    {"a name with a dear slip", "shouxder", NULL, true},
    {"a name run together", "footnumb", NULL, true},
    {"the longest", "pneumonoultramicroscopicsilicvo",
     "pneumonoultramicroscopicsilicovo", false},
    {"one that is too long", "pneumonoultramicroscopicsilicovoo", NULL, false},
};

static void words_are_corrected(void **state)
{
    const struct desk *desk = *state;
    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        const struct spell_case *c = &spellings[i];
        char out[SPELL_MAX];
        size_t length = 0;
        bool corrected = talk__spell_correct(
            desk->speller, c->typed, strlen(c->typed), c->name, out, &length);
        bool right = corrected == (c->want != NULL);
        if (right && corrected) {
            right =
                length == strlen(c->want) && memcmp(out, c->want, length) == 0;
        }
        if (!right) {
            fail_msg("%s: '%s' became '%.*s', wanted '%s'", c->what, c->typed,
                     (int)length, out, c->want ? c->want : "");
        }
    }
}

struct join_case {
    const char *what, *first, *second;
    bool want;
};

static const struct join_case joins[] = {
    {"a half that is not of the pack", "fore", "arm", true},
    {"a half that hardly ever is", "up", "per", true},
    {"two halves that are", "may", "be", false},
    {"no word at all", "my", "arm", false},
    {"both are rarer", "numb", "ness", true},
    {"too short", "o", "n", false},
    {"too long", "pneumonoultramicroscopic", "silicovolcano", false},
};

static void a_blank_too_many_is_found(void **state)
{
    const struct desk *desk = *state;
    for (size_t i = 0; i < COUNT_OF(joins); i++) {
        const struct join_case *c = &joins[i];
        bool got = talk__spell_joins(desk->speller, c->first, strlen(c->first),
                                     c->second, strlen(c->second));
        if (got != c->want) fail_msg("%s: got %d", c->what, got);
    }
}

/* ---- In a message ---- */

struct fold_case {
    const char *what, *message, *want;
    size_t corrections;
    const char *from; /* the first correction, as it was typed */
};

static const struct fold_case messages[] = {
    {"nothing to correct", "my foot hurts", "my foot hurts", 0, NULL},
    {"words", "my foott hurst", "my foot hurts", 2, "foott"},
    {"capitals are not in the way", "MY SHOUDER", "my shoulder", 1, "SHOUDER"},
    {"a name in the middle", "my Shuoldr", "my shuoldr", 0, NULL},
    {"the first word is no name", "Shuoldr hurts", "shoulder hurts", 1,
     "Shuoldr"},
    {"nor is that of a sentence", "numb. Shuoldr", "numb. shoulder", 1,
     "Shuoldr"},
    {"a blank dropped", "numb footnumb", "numb foot numb", 1, "footnumb"},
    {"a blank too many", "my fore arm hurts", "my forearm hurts", 1,
     "fore arm"},
    {"the first of three", "up per back", "upper back", 1, "up per"},
    {"a mark is no blank", "my fore, arm", "my fore, arm", 0, NULL},
    {"of more than a blank", "fore\n arm", "fore. arm", 0, NULL},
    {"a possessive", "my shouder's numb", "my shoulder's numb", 1,
     "shouder's"},
    {"what is replaced is not corrected", "idk numbb", "i do not know numb", 1,
     "numbb"},
    {"what is meant may be replaced", "i havnt", "i have not", 1, "havnt"},
    {"a half of it, too", "handhavent", "hand have not", 1, "handhavent"},
    {"the verb of a negation", "it hurrtsn't", "it hurts not", 1, "hurrtsn't"},
    {"numbers stay", "t4 l5 7/10 2x", "t4 l5 7/10 2x", 0, NULL},
};

static void corrections_are_told(void **state)
{
    const struct desk *desk = *state;
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    struct table replaced;
    static const char *const to[] = {"i do not know", "have not"};
    talk__arena_init(&arena, &memory, 0);
    talk__table_init(&replaced, &arena);
    assert_true(talk__table_set(&replaced, "idk", 3, 0));
    assert_true(talk__table_set(&replaced, "havent", 6, 1));
    struct fold_rules rules = {&replaced, to, desk->speller};
    for (size_t i = 0; i < COUNT_OF(messages); i++) {
        const struct fold_case *c = &messages[i];
        struct folded got;
        assert_int_equal(talk__fold(&rules, c->message, strlen(c->message),
                                    1000, &arena, &got),
                         TALK_OK);
        if (got.length != strlen(c->want) ||
            memcmp(got.text, c->want, got.length) != 0) {
            fail_msg("%s: got '%.*s'", c->what, (int)got.length, got.text);
        }
        if (got.correction_count != c->corrections) {
            fail_msg("%s: %zu corrections", c->what, got.correction_count);
        }
        if (c->corrections == 0) continue;
        const struct correction *first = &got.corrections[0];
        size_t length = first->to - first->from;
        if (length != strlen(c->from) ||
            memcmp(c->message + first->from, c->from, length) != 0) {
            fail_msg("%s: '%.*s' was corrected", c->what, (int)length,
                     c->message + first->from);
        }
        assert_in_range(first->start + first->length, 1, got.length);
    }
    talk__arena_clear(&arena);
}

/* A message of a thousand words that are none is no message. */
static void too_many_words_are_not_spelt(void **state)
{
    enum { WORDS = 1002 };
    static const char word[] = "nubm ";
    const struct desk *desk = *state;
    struct memory memory = talk__memory_from(NULL);
    struct fold_rules rules = {.speller = desk->speller};
    struct arena arena;
    struct folded got;
    char message[WORDS * (sizeof word - 1)];
    for (size_t i = 0; i < sizeof message; i++) {
        message[i] = word[i % (sizeof word - 1)];
    }
    talk__arena_init(&arena, &memory, 0);
    assert_int_equal(talk__fold(&rules, message, sizeof message,
                                sizeof message, &arena, &got),
                     TALK_OK);
    assert_int_equal(got.correction_count, 1000);
    assert_int_equal(got.unspelt, 2);
    assert_memory_equal(got.text + got.length - 9, "nubm nubm", 9);
    talk__arena_clear(&arena);
}

/* ---- Without memory ---- */

static void memory_may_end(void **state)
{
    (void)state;
    bool done = false;
    for (size_t nth = 0; !done; nth++) {
        struct starving starving = {.fail_at = nth};
        struct memory memory = {starving_alloc, &starving};
        struct desk desk = {0};
        done = fill(&desk, &memory);
        assert_int_equal(done, starving.refused == 0);
        talk__arena_clear(&desk.arena);
        assert_int_equal(starving.blocks, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_have_their_cost),
        cmocka_unit_test(a_cost_has_a_limit),
        cmocka_unit_test(a_lexicon_knows_its_words),
        cmocka_unit_test(a_common_word_stays_common),
        cmocka_unit_test(words_are_corrected),
        cmocka_unit_test(a_blank_too_many_is_found),
        cmocka_unit_test(corrections_are_told),
        cmocka_unit_test(too_many_words_are_not_spelt),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests_name("spell", tests, open_desk,
                                       close_desk) != 0;
}
