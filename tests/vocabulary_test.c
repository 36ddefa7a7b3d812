/* vocabulary_test.c - the words that patterns can spell out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "starving.h"
#include "vocabulary.h"

struct pattern_case {
    const char *what, *pattern, *want; /* in the order of finding */
};

static const struct pattern_case cases[] = {
    {"nothing", "", ""},
    {"words", "my left arm", "my left arm"},
    {"a word once", "my my arm my", "my arm"},
    {"what may be missing", "cracks?", "crack cracks"},
    {"ways to go on", "crack(?:s|ed)?", "crack cracks cracked"},
    {"ways", "numb|cold", "numb cold"},
    {"ways inside a word", "s(?:i|o)ng", "sing song"},
    {"ways of several words", "(?:to the|from a) wall", "to from the a wall"},
    {"a list of words", "(?:a|b|c)(?: d)? e", "a b c d e"},
    {"a blank that may be missing", "fore ?arm", "fore forearm arm"},
    {"letters that may be one of some", "[sz]ip", "sip zip"},
    {"letters that may be any", "[a-z]ip sip", "sip"},
    {"letters that may not be some", "[^s]ip zip", "zip"},
    {"any letter", "s.p sip", "sip"},
    {"any letters", "\\w+ing king", "king"},
    {"once or more", "goo+d", "good"},
    {"a number of times", "no{2,3} (?:so ){0,2}far", "no so far"},
    {"lazy and possessive", "go?? went*+", "g go wen went"},
    {"a border", "numb\\b", "numb"},
    {"what is left out of a match", "my \\Karm", "my arm"},
    {"marks end a word", "no, yes; now", "no yes now"},
    {"an apostrophe ends a word", "dad's", "dad s"},
    {"a sign that is escaped", "what\\?", "what"},
    {"what stands beside", "(?<!not )numb(?=, cold)", "not cold numb"},
    {"what must not come", "numb(?! or)", "or numb"},
    {"a name", "(?<value>three) days", "three days"},
    {"a macro stands between words", "my{gap} {limb}", "my"},
    {"numbers are no words", "7 4ever t12 no", "no"},
    {"letters beyond ASCII", "caf\xC3\xA9 tea", "tea"},
    {"a group that is not closed", "(?:numb", "numb"},
    {"one that was not opened", "numb) cold", "numb cold"},
    {"a class that is not closed", "[ab", "a b"},
};

static void patterns_have_their_words(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pattern_case *c = &cases[i];
        struct arena arena;
        struct vocabulary vocabulary;
        char got[256] = "";
        size_t used = 0;
        talk__arena_init(&arena, &memory, 0);
        assert_true(talk__vocabulary_init(&vocabulary, &arena, &arena));
        assert_true(talk__vocabulary_add_pattern(&vocabulary, c->pattern,
                                                 strlen(c->pattern)));
        for (size_t j = 0; j < vocabulary.count; j++) {
            used += (size_t)snprintf(got + used, sizeof got - used, "%s%s",
                                     j ? " " : "", vocabulary.words[j].text);
        }
        if (strcmp(got, c->want) != 0) {
            fail_msg("%s: got '%s', wanted '%s'", c->what, got, c->want);
        }
        talk__arena_clear(&arena);
    }
}

static void words_are_counted(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    struct vocabulary vocabulary;
    (void)state;
    talk__arena_init(&arena, &memory, 0);
    assert_true(talk__vocabulary_init(&vocabulary, &arena, &arena));
    assert_true(talk__vocabulary_add_pattern(&vocabulary, "my arm my", 9));
    assert_true(talk__vocabulary_add(&vocabulary, "my", 2));
    assert_true(talk__vocabulary_add(&vocabulary, "w/o", 3));
    assert_true(talk__vocabulary_add(&vocabulary, "", 0));
    assert_int_equal(vocabulary.count, 2);
    assert_int_equal(vocabulary.words[0].weight, 3);
    assert_int_equal(vocabulary.words[1].weight, 1);
    talk__arena_clear(&arena);
}

/* Ten choices of three in a word have 59049 forms. */
static void a_word_of_too_many_forms_does_no_harm(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    struct vocabulary vocabulary;
    char pattern[200] = "";
    (void)state;
    for (int i = 0; i < 10; i++) strcat(pattern, "(?:ab|cd|ef)");
    strcat(pattern, " numb");
    talk__arena_init(&arena, &memory, 0);
    assert_true(talk__vocabulary_init(&vocabulary, &arena, &arena));
    assert_true(
        talk__vocabulary_add_pattern(&vocabulary, pattern, strlen(pattern)));
    assert_string_equal(vocabulary.words[vocabulary.count - 1].text, "numb");
    talk__arena_clear(&arena);
}

static void groups_may_be_deep(void **state)
{
    enum { DEEP = 10000 };
    static char pattern[DEEP * 2 + 4];
    struct memory memory = talk__memory_from(NULL);
    struct arena arena;
    struct vocabulary vocabulary;
    (void)state;
    memset(pattern, '(', DEEP);
    memcpy(pattern + DEEP, "numb", 4);
    memset(pattern + DEEP + 4, ')', DEEP);
    talk__arena_init(&arena, &memory, 0);
    assert_true(talk__vocabulary_init(&vocabulary, &arena, &arena));
    assert_true(
        talk__vocabulary_add_pattern(&vocabulary, pattern, sizeof pattern));
    talk__arena_clear(&arena);
}

static void memory_may_end(void **state)
{
    static const char pattern[] = "a b c d e f g h i j k l m n o p q r s t";
    bool done = false;
    (void)state;
    for (size_t nth = 0; !done; nth++) {
        struct starving starving = {.fail_at = nth};
        struct memory memory = {starving_alloc, &starving};
        struct arena arena;
        struct vocabulary vocabulary;
        talk__arena_init(&arena, &memory, 0);
        done = talk__vocabulary_init(&vocabulary, &arena, &arena) &&
               talk__vocabulary_add_pattern(&vocabulary, pattern,
                                            strlen(pattern));
        assert_int_equal(done, starving.refused == 0);
        talk__arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_have_their_words),
        cmocka_unit_test(words_are_counted),
        cmocka_unit_test(a_word_of_too_many_forms_does_no_harm),
        cmocka_unit_test(groups_may_be_deep),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests_name("vocabulary", tests, NULL, NULL) != 0;
}
