/* vocabulary_test.c - the words that patterns can spell out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "index.h"
#include "keys.h"
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
    {"a blank that may be missing", "fore ?arm", "forearm fore arm"},
    {"letters that may be one of some", "[sz]ip", "sip zip"},
    {"letters that may be any", "[a-z]ip sip", "sip"},
    {"letters that may not be some", "[^s]ip zip", "zip"},
    {"any letter", "s.p sip", "sip"},
    {"any letters", "\\w+ing king", "king"},
    {"letters once or more end what is known", "goo+d cold", "cold"},
    {"a number of times", "no (?:so ){0,2}far", "no so far"},
    {"lazy and possessive", "go?? we nt?+", "g go we n nt"},
    {"a border", "numb\\b", "numb"},
    {"what is left out of a match", "my \\Karm", "my arm"},
    {"marks end a word", "no, yes; now", "no yes now"},
    {"an apostrophe ends a word", "dad's", "dad s"},
    {"a sign that is escaped", "what\\?", "what"},
    {"what stands beside", "(?<!not )numb(?=, cold)", "numb not cold"},
    {"what must not come", "numb(?! or)", "numb or"},
    {"a name", "(?<value>three) days", "three days"},
    {"a macro stands between words", "my{gap} arm", "my arm"},
    {"numbers are no words", "7 4ever t12 no", "no"},
    {"letters beyond ASCII", "caf\xC3\xA9 tea", "tea"},
    {"a pattern that is not understood", "(?:numb", ""},
};

/* There is one macro. */
static struct macro_tree *find_gap(void *payload, const char *name,
                                   size_t length)
{
    struct macro_tree *gap = payload;
    return length == 3 && memcmp(name, "gap", 3) == 0 ? gap : NULL;
}

struct fixture {
    struct arena arena;
    struct key_book book;
    struct macro_tree gap;
    struct macro_finder macros;
};

static bool fixture_init(struct fixture *f, const struct memory *memory)
{
    static const char gap[] = "(?: [\\w']+){0,4}";
    const struct macro_finder none = {find_gap, NULL};
    *f = (struct fixture){0};
    talk__arena_init(&f->arena, memory, 0);
    talk__key_book_init(&f->book, &f->arena, &f->arena);
    f->macros = (struct macro_finder){find_gap, &f->gap};
    return talk__pattern_read(&f->arena, &none, gap, sizeof gap - 1,
                              &f->gap.tree) &&
           f->gap.tree.root;
}

static bool read_pattern(struct fixture *f, const char *pattern, size_t length)
{
    struct pattern_keys keys;
    return talk__keys_find(&f->book, &f->arena, &f->macros, pattern, length,
                           &keys);
}

static bool read_vocabulary(struct fixture *f, struct vocabulary *vocabulary)
{
    struct pack_index index = {.words = f->book.words,
                               .key_count = (uint32_t)f->book.key_count};
    const struct pack pack = {.index = &index};
    index.spelt = talk__arena_array(&f->arena, f->book.key_count + 1,
                                    sizeof *index.spelt);
    if (!index.spelt) return false;
    for (uint32_t k = 0; k < f->book.key_count; k++) {
        index.spelt[k] = talk__key_book_spelt(&f->book, k);
    }
    return talk__vocabulary_read(vocabulary, &pack, &f->arena);
}

static void patterns_have_their_words(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pattern_case *c = &cases[i];
        struct fixture f;
        struct vocabulary vocabulary;
        char got[256] = "";
        size_t used = 0;
        assert_true(fixture_init(&f, &memory));
        assert_true(read_pattern(&f, c->pattern, strlen(c->pattern)));
        assert_true(read_vocabulary(&f, &vocabulary));
        for (size_t w = 0; w < vocabulary.count; w++) {
            const struct spell_word *word = &vocabulary.words[w];
            used +=
                (size_t)snprintf(got + used, sizeof got - used, "%s%.*s",
                                 w ? " " : "", (int)word->length, word->text);
        }
        if (strcmp(got, c->want) != 0) {
            fail_msg("%s: got '%s', wanted '%s'", c->what, got, c->want);
        }
        talk__arena_clear(&f.arena);
    }
}

static uint32_t weight_of(const struct vocabulary *vocabulary,
                          const char *word)
{
    uint32_t index = talk__table_get(&vocabulary->numbers, word, strlen(word));
    return index == TABLE_NONE ? 0 : vocabulary->words[index].weight;
}

static void words_are_counted(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct fixture f;
    struct vocabulary vocabulary;
    (void)state;
    assert_true(fixture_init(&f, &memory));
    assert_true(read_pattern(&f, "my arm", 6));
    assert_true(read_pattern(&f, "my", 2));
    assert_true(read_vocabulary(&f, &vocabulary));
    assert_true(talk__vocabulary_add(&vocabulary, "my leg w/o ", 11));
    assert_int_equal(vocabulary.count, 3);
    assert_int_equal(weight_of(&vocabulary, "my"), 3);
    assert_int_equal(weight_of(&vocabulary, "arm"), 1);
    assert_int_equal(weight_of(&vocabulary, "leg"), 1);
    talk__arena_clear(&f.arena);
}

/* Ten choices of three in a word have 59049 forms. */
static void a_word_of_too_many_forms_does_no_harm(void **state)
{
    struct memory memory = talk__memory_from(NULL);
    struct fixture f;
    struct vocabulary vocabulary;
    char pattern[200] = "";
    (void)state;
    for (int i = 0; i < 10; i++) strcat(pattern, "(?:ab|cd|ef)");
    strcat(pattern, " numb");
    assert_true(fixture_init(&f, &memory));
    assert_true(read_pattern(&f, pattern, strlen(pattern)));
    assert_true(read_vocabulary(&f, &vocabulary));
    assert_true(weight_of(&vocabulary, "numb") > 0);
    talk__arena_clear(&f.arena);
}

static void memory_may_end(void **state)
{
    static const char pattern[] = "a b c d e f g h i j k l m n o p q r s t";
    bool done = false;
    (void)state;
    for (size_t nth = 0; !done; nth++) {
        struct starving starving = {.fail_at = nth};
        struct memory memory = {starving_alloc, &starving};
        struct fixture f;
        struct vocabulary vocabulary;
        done = fixture_init(&f, &memory) &&
               read_pattern(&f, pattern, strlen(pattern)) &&
               read_vocabulary(&f, &vocabulary) &&
               talk__vocabulary_add(&vocabulary, "new", 3);
        assert_int_equal(done, starving.refused == 0);
        talk__arena_clear(&f.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_have_their_words),
        cmocka_unit_test(words_are_counted),
        cmocka_unit_test(a_word_of_too_many_forms_does_no_harm),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests_name("vocabulary", tests, NULL, NULL) != 0;
}
