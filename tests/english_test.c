/* english_test.c - the lists of English words that a pack names: what is read
 * in them, what is wrong with them, and what comes of it in a message. The
 * mistakes in naming them have their cases in tests/bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fold.h"
#include "pack_folder.h"
#include "starving.h"
#include "turn.h"

#define NAMED "pack: {english: {common: words.txt, rare: [rare.txt]}}\n"

struct list_case {
    const char *what, *common; /* words.txt; NULL: there is none */
    const char *rare;
    const char *want; /* what is told of the pack */
};

static const struct list_case cases[] = {
    {"words", "the\nthis\n", "thesaurus\n", ""},
    {"no words", "", "", ""},
    {"no line's end at the end", "the\nthis", "thesaurus", ""},
    {"comments and empty lines", "# of mine\n\nthe\n\n", "#", ""},
    {"lines as Windows has them", "\xEF\xBB\xBFthe\r\nthis\r\n", "", ""},
    {"capitals, apostrophes, accents", "Paris\ndad's\ncaf\xC3\xA9\n", "", ""},
    {"the same word twice", "the\nthe\n", "the\n", ""},
    {"two words on a line", "the\nof the\n", "",
     "words.txt:2:3: U+0020 is no letter; one word stands on a line, and # "
     "begins a comment\n"},
    {"a comment behind a word", "the # article\n", "",
     "words.txt:1:4: U+0020 is no letter; one word stands on a line, and # "
     "begins a comment\n"},
    {"digits", "the\n", "4ever\n",
     "rare.txt:1:1: U+0034 is no letter; one word stands on a line, and # "
     "begins a comment\n"},
    {"a place behind letters of two bytes", "\xC3\xA9t\xC3\xA9-\n", "",
     "words.txt:1:4: U+002D is no letter; one word stands on a line, and # "
     "begins a comment\n"},
    {"a byte that is not UTF-8", "the\ncaf\xE9\n", "",
     "words.txt:2:4: not UTF-8; save the file as UTF-8\n"},
    {"all mistakes are told", "a b\nc d\n", "e f\n",
     "rare.txt:1:2: U+0020 is no letter; one word stands on a line, and # "
     "begins a comment\n"
     "words.txt:1:2: U+0020 is no letter; one word stands on a line, and # "
     "begins a comment\n"
     "words.txt:2:2: U+0020 is no letter; one word stands on a line, and # "
     "begins a comment\n"},
    {"no file", NULL, "",
     "intents/english.yaml:1:26: cannot read 'words.txt': it is not there\n"},
};

/* A copy of the minimal pack that names lists; the caller frees the name. */
static char *pack_with(const char *common, const char *rare)
{
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    char *yaml = path_of(folder, "intents/english.yaml");
    write_whole_file(yaml, NAMED, strlen(NAMED));
    free(yaml);
    char *words = path_of(folder, "words.txt");
    if (common) write_whole_file(words, common, strlen(common));
    free(words);
    char *others = path_of(folder, "rare.txt");
    write_whole_file(others, rare, strlen(rare));
    free(others);
    return folder;
}

static void lists_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct list_case *c = &cases[i];
        char *folder = pack_with(c->common, c->rare);
        struct pack *pack;
        struct outcome got = read_pack(folder, NULL, NULL, &pack);
        if (strcmp(got.lines, c->want) != 0) {
            fail_msg("%s: got\n%swanted\n%s", c->what, got.lines, c->want);
        }
        assert_int_equal(pack != NULL, *c->want == '\0');
        if (pack) assert_non_null(pack->speller);
        talk__pack_free(pack);
        outcome_clear(&got);
        remove_folder(folder);
        free(folder);
    }
}

static void a_list_may_be_too_big(void **state)
{
    char *folder = pack_with("the\n", "a word that is too long for the file");
    struct pack_limits limits = {.file_max = 2000, .pack_max = 1000 * 1000};
    char *words = path_of(folder, "words.txt");
    char bytes[2001];
    (void)state;
    memset(bytes, '\n', sizeof bytes);
    write_whole_file(words, bytes, sizeof bytes);
    struct outcome got = read_pack(folder, NULL, &limits, NULL);
    assert_non_null(strstr(got.lines,
                           "words.txt:0:0: the file has 2001 bytes, more than "
                           "the 2000 that one may have; split it\n"));
    outcome_clear(&got);
    free(words);
    remove_folder(folder);
    free(folder);
}

static void a_list_may_be_a_folder(void **state)
{
    char *folder = pack_with(NULL, "");
    char *words = path_of(folder, "words.txt");
    (void)state;
    assert_int_equal(mkdir(words, 0777), 0);
    struct outcome got = read_pack(folder, NULL, NULL, NULL);
    assert_string_equal(got.lines, "words.txt:0:0: it is not a plain file\n");
    outcome_clear(&got);
    free(words);
    remove_folder(folder);
    free(folder);
}

static void a_list_may_be_secret(void **state)
{
    (void)state;
    if (geteuid() == 0) skip(); /* who may read everything */
    char *folder = pack_with("the\n", "");
    char *words = path_of(folder, "words.txt");
    assert_int_equal(chmod(words, 0), 0);
    struct outcome got = read_pack(folder, NULL, NULL, NULL);
    assert_string_equal(got.lines,
                        "intents/english.yaml:1:26: cannot read 'words.txt': "
                        "no permission\n");
    outcome_clear(&got);
    free(words);
    remove_folder(folder);
    free(folder);
}

/* ---- In a message ---- */

static void read_as(const struct pack *pack, const char *message,
                    const char *want)
{
    struct memory memory = talk__memory_from(NULL);
    struct fold_rules rules = {&pack->replaced, pack->replacements,
                               pack->speller};
    struct arena arena;
    struct folded folded;
    talk__arena_init(&arena, &memory, 0);
    assert_int_equal(
        talk__fold(&rules, message, strlen(message), 1000, &arena, &folded),
        TALK_OK);
    assert_int_equal(folded.length, strlen(want));
    assert_memory_equal(folded.text, want, folded.length);
    talk__arena_clear(&arena);
}

static void words_of_patterns_are_meant(void **state)
{
    char *folder = pack_with("my\nleave\n", "yellowy\n");
    struct pack *pack;
    (void)state;
    struct outcome got = read_pack(folder, NULL, NULL, &pack);
    assert_non_null(pack);
    read_as(pack, "my yelow leeves", "my yellow leaves");
    read_as(pack, "yellowy leave", "yellowy leave");
    read_as(pack, "cactuss is mouldi", "cactus is mouldy"); /* by macros */
    read_as(pack, "dosnt weedkiler", "dosnt weedkiller");
    talk__pack_free(pack);
    outcome_clear(&got);
    remove_folder(folder);
    free(folder);
}

static void without_lists_nothing_is_corrected(void **state)
{
    struct pack *pack;
    (void)state;
    struct outcome got = read_pack(MINIMAL_PACK, NULL, NULL, &pack);
    assert_non_null(pack);
    assert_null(pack->speller);
    read_as(pack, "my yelow leeeeves", "my yelow leeeeves");
    talk__pack_free(pack);
    outcome_clear(&got);
}

static bool leaves_flags_unread(talk_worker *worker, talk_session *session,
                                const char *message, size_t length)
{
    const talk_turn *turn;
    assert_int_equal(talk_say(worker, session, message, length, &turn, NULL),
                     TALK_OK);
    return turn->heard.flags_unread;
}

/* Who knows what they were meant to be. */
static void a_thousand_words_that_are_none_are_not_read(void **state)
{
    static char message[1001 * 5];
    char *folder = pack_with("the\n", "");
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    (void)state;
    for (size_t i = 0; i < sizeof message; i++) message[i] = "xyzw "[i % 5];
    assert_int_equal(talk_bot_load(folder, NULL, &bot, NULL), TALK_OK);
    assert_int_equal(talk_worker_new(bot, &worker, NULL), TALK_OK);
    assert_int_equal(talk_session_new(bot, &session, NULL), TALK_OK);
    assert_false(leaves_flags_unread(worker, session, message, 1000 * 5));
    assert_true(leaves_flags_unread(worker, session, message, 1001 * 5));
    talk_session_free(session);
    talk_worker_free(worker);
    talk_bot_free(bot);
    remove_folder(folder);
    free(folder);
}

static void memory_may_end(void **state)
{
    char *folder = pack_with("the\ncaf\xC3\xA9\n", "thesaurus\n");
    struct pack *pack = NULL;
    (void)state;
    for (size_t nth = 0; !pack; nth++) {
        struct starving starving = {.fail_at = nth};
        struct memory memory = {starving_alloc, &starving};
        struct outcome got = read_pack(folder, &memory, NULL, &pack);
        if (starving.refused) assert_int_equal(got.status, TALK_NOMEM);
        outcome_clear(&got);
        talk__pack_free(pack);
        assert_int_equal(starving.blocks, 0);
    }
    remove_folder(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_read),
        cmocka_unit_test(a_list_may_be_too_big),
        cmocka_unit_test(a_list_may_be_a_folder),
        cmocka_unit_test(a_list_may_be_secret),
        cmocka_unit_test(words_of_patterns_are_meant),
        cmocka_unit_test(without_lists_nothing_is_corrected),
        cmocka_unit_test(a_thousand_words_that_are_none_are_not_read),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests_name("english", tests, NULL, NULL) != 0;
}
