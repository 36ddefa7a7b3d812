/* change_test.c - examples said a little otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "change.h"

static const struct row {
    const char *change, *sentence;
    const char *wanted; /* NULL: it cannot be changed so; | between messages */
} rows[] = {
    {"two letters swapped", "numbness", "nmubness"},
    {"two letters swapped", "my hand tingles", "my hand tnigles"},
    {"two letters swapped", "my leg is numb", NULL},
    {"two letters swapped", "aooooooa", NULL},
    {"curly apostrophe", "can't feel it", "can\xe2\x80\x99t feel it"},
    {"curly apostrophe", "no sign", NULL},
    {"no apostrophe", "I'm sure it doesn't", "Im sure it doesnt"},
    {"no apostrophe", "we're ill and it's bad", NULL},
    {"capitals", "it is 3", "IT IS 3"},
    {"capitals", "37, 38", NULL},
    {"emoji", "ouch", "ouch \xf0\x9f\x98\xab"},
    {"filler", "it hurts", "um, like, it hurts"},
    {"polite", "it hurts", "hi, quick question: it hurts"},
    {"clause before", "it hurts", "i sit at a desk all day, and it hurts"},
    {"clause behind", "it hurts!?",
     "it hurts, and i would like to know more about it"},
    {"clause behind", "?", NULL},
    {"two messages", "it hurts", "hello there|it hurts"},
    {"denied", "my hand is numb.", "it is not true that my hand is numb"},
    {"denied", "it hurts, and how", NULL},
    {"denied", "is it bad?", NULL},
    {"denied", "my hand is numb. So is my leg", NULL},
    {"denied", "numbness", NULL},
    {"long past", "my hand is numb.",
     "years ago my hand was numb, but that is long gone"},
    {"long past", "I can't feel it",
     "years ago I couldn't feel it, but that is long gone"},
    {"long past", "my hand was numb", NULL},
    {"long past", "it is what it is", NULL},
    {"another person", "My hand is numb", "my sister's hand is numb"},
    {"another person", "i have a fever", "my sister has a fever"},
    {"another person", "my hand is in my pocket", NULL},
    {"another person", "numb hand", NULL},
    {"supposed", "there is a lump", "what if there is a lump?"},
    {"supposed", "a lump", NULL},
};

static const struct change *change_of(const char *name)
{
    size_t count;
    const struct change *changes = talk__changes(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(changes[i].name, name) == 0) return &changes[i];
    }
    fail_msg("no change '%s'", name);
    return NULL;
}

static void sentences_are_changed(void **state)
{
    const struct memory memory = talk__memory_from(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct buffer out;
        size_t length = strlen(rows[i].sentence);
        struct sentence sentence = {rows[i].sentence, length, 0, length, 0};
        talk__arena_init(&arena, &memory, 0);
        talk__buffer_init(&out, &arena, 1024);
        bool done = talk__change(change_of(rows[i].change), &sentence, &out);
        for (size_t at = 0; at < out.length; at++) {
            if (out.text[at] == '\0') out.text[at] = '|';
        }
        const char *got = done ? out.text : "nothing";
        const char *wanted = rows[i].wanted ? rows[i].wanted : "nothing";
        if (strcmp(got, wanted) != 0) {
            fail_msg("%s: '%s': got '%s', wanted '%s'", rows[i].change,
                     rows[i].sentence, got, wanted);
        }
        talk__arena_clear(&arena);
    }
}

/* Two messages, but never in the middle of the finding. */
static void a_sentence_is_cut_where_the_finding_is_not(void **state)
{
    static const char text[] = "so, a sharp, bad pain. since may";
    static const struct {
        size_t start, end;
        const char *first;
    } cuts[] = {{4, 21, "so"},
                {0, 10, "so, a sharp"},
                {0, 21, "so, a sharp, bad pain"}};
    const struct memory memory = talk__memory_from(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        struct arena arena;
        struct buffer out;
        struct sentence sentence = {text, sizeof text - 1, cuts[i].start,
                                    cuts[i].end, 0};
        talk__arena_init(&arena, &memory, 0);
        talk__buffer_init(&out, &arena, 1024);
        assert_true(talk__change(change_of("two messages"), &sentence, &out));
        assert_string_equal(out.text, cuts[i].first);
        talk__arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_are_changed),
        cmocka_unit_test(a_sentence_is_cut_where_the_finding_is_not),
    };
    return cmocka_run_group_tests_name("change", tests, NULL, NULL) != 0;
}
