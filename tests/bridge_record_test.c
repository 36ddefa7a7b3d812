/* bridge_record_test.c - what the XMPP bridge says, keeps and sends.
 * In: packs/minimal.  Out: letters, records, files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record.h"
#include "speak.h"
#include "state_files.h"

/* ---- What is kept ---- */

struct desk {
    talk_bot *bot;
    talk_worker *worker;
    char folder[64];
    struct state_files *files;
};

static int open_desk(void **state)
{
    static struct desk desk;
    desk = (struct desk){.folder = "/tmp/backtalk-bridge-XXXXXX"};
    *state = &desk;
    if (talk_bot_load("tests/packs/minimal", NULL, &desk.bot, NULL) ||
        talk_worker_new(desk.bot, &desk.worker, NULL) ||
        !mkdtemp(desk.folder)) {
        return -1;
    }
    desk.files = state_files_new(desk.folder, false);
    return desk.files ? 0 : -1;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    char path[512];
    struct dirent *entry;
    DIR *entries = opendir(desk->folder);
    while (entries && (entry = readdir(entries))) {
        (void)snprintf(path, sizeof path, "%s/%s", desk->folder,
                       entry->d_name);
        (void)remove(path);
    }
    if (entries) closedir(entries);
    state_files_free(desk->files);
    talk_worker_free(desk->worker);
    talk_bot_free(desk->bot);
    return rmdir(desk->folder);
}

static void say(const struct desk *desk, const struct record *record,
                const char *text)
{
    const talk_turn *turn;
    assert_int_equal(talk_say(desk->worker, record_session(record), text,
                              strlen(text), &turn, NULL),
                     TALK_OK);
}

static void test_record(void **state)
{
    struct desk *desk = *state;
    struct letter letter = {"id 1", "a@b", "körper \"x\"\n", true, false};
    talk_error err;
    size_t length;
    struct record *record = record_new("a@b", desk->bot);
    assert_non_null(record);
    say(desk, record, "the soil is mouldy");
    assert_true(record_add(record, &letter));
    assert_int_equal(talk_session_keep(record_session(record), "m1", "", NULL),
                     TALK_OK);
    char *text = record_write(record, &length);
    record_free(record);
    assert_non_null(text);
    assert_int_equal(strlen(text), length);

    record = record_read("a@b", desk->bot, text, length, &err);
    assert_non_null(record);
    assert_int_equal(record_letter_count(record), 1);
    letter = record_letter(record, 0);
    assert_string_equal(letter.id, "id 1");
    assert_string_equal(letter.to, "a@b");
    assert_string_equal(letter.body, "körper \"x\"\n");
    assert_true(letter.aloud && !letter.with_states);
    assert_string_equal(talk_session_kept(record_session(record), "m1"), "");
    assert_null(talk_session_kept(record_session(record), "m2"));
    char *who = record_waiting(text, length);
    assert_string_equal(who, "a@b");
    free(who);
    free(text);

    record_drop_letters(record);
    text = record_write(record, &length);
    assert_non_null(text);
    assert_null(record_waiting(text, length));
    assert_null(record_read("c@d", desk->bot, text, length, &err));
    assert_string_equal(err.message, "it is the record of somebody else");
    free(text);
    record_free(record);
}

static void test_bad_records(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *name, *text, *message;
    } cases[] = {
        {"nothing", "", "'[' or '{' expected near end of file"},
        {"no object", "[]", "no record of version 1"},
        {"another version", "{\"backtalk-xmpp\":2}", "no record of version 1"},
        {"no letters", "{\"backtalk-xmpp\":1,\"who\":\"a\",\"session\":{}}",
         "a part of the record is missing"},
        {"letters are no list",
         "{\"backtalk-xmpp\":1,\"who\":\"a\",\"letters\":{},\"session\":{}}",
         "a part of the record is missing"},
        {"half a letter",
         "{\"backtalk-xmpp\":1,\"who\":\"a\",\"letters\":[{\"id\":\"1\"}],"
         "\"session\":{}}",
         "a part of the record is missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        talk_error err;
        const char *text = cases[i].text;
        struct record *record =
            record_read("a", desk->bot, text, strlen(text), &err);
        if (record || strcmp(err.message, cases[i].message) != 0) {
            fail_msg("%s: got '%s', wanted '%s'", cases[i].name,
                     record ? "a record" : err.message, cases[i].message);
        }
        assert_null(record_waiting(text, strlen(text)));
    }
    talk_error err;
    static const char odd[] =
        "{\"backtalk-xmpp\":1,\"who\":\"a\",\"letters\":[],\"session\":{}}";
    assert_null(record_read("a", desk->bot, odd, sizeof odd - 1, &err));
    assert_int_equal(err.status, TALK_STATE);
}

static void test_too_many_letters(void **state)
{
    struct desk *desk = *state;
    struct letter letter = {"id", "a@b", "x", false, false};
    struct record *record = record_new("a@b", desk->bot);
    size_t count = 0;
    while (count < 5000 && record_add(record, &letter)) count++;
    assert_int_equal(count, 1000);
    assert_int_equal(record_letter_count(record), 1000);
    record_free(record);
}

/* ---- Where it is kept ---- */

static void count_files(void *payload, const char *text, size_t length)
{
    size_t *count = payload;
    assert_int_equal(strlen(text), length);
    ++*count;
}

static void test_files(void **state)
{
    struct desk *desk = *state;
    char *text, path[512], long_name[3000];
    size_t length, count = 0;
    struct stat about;
    memset(long_name, 'x', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    const char *names[] = {"a@b",   "../../etc/x", ".hidden", "A@B",
                           "a@b/c", "ü@b",         long_name};
    for (size_t i = 0; i < 7; i++) {
        char value[2] = {(char)('0' + i), '\0'};
        assert_int_equal(
            state_files_read(desk->files, names[i], &text, &length),
            STATE_NONE);
        assert_true(state_files_write(desk->files, names[i], "old", 3, true));
        assert_true(
            state_files_write(desk->files, names[i], value, 1, i % 2 == 0));
    }
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(
            state_files_read(desk->files, names[i], &text, &length),
            STATE_FOUND);
        assert_int_equal(length, 1);
        assert_int_equal(text[0], (char)('0' + i));
        free(text);
    }
    state_files_each(desk->files, count_files, &count);
    assert_int_equal(count, 7);
    (void)snprintf(path, sizeof path, "%s/a@b.json", desk->folder);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);

    state_files_set_aside(desk->files, "a@b");
    assert_int_equal(state_files_read(desk->files, "a@b", &text, &length),
                     STATE_NONE);
    (void)snprintf(path, sizeof path, "%s/a@b.json.broken", desk->folder);
    assert_int_equal(stat(path, &about), 0);
    assert_true(state_files_remove(desk->files, "a@b"));
    assert_int_equal(stat(path, &about), -1);
    assert_true(state_files_remove(desk->files, "a@b"));

    assert_int_equal(state_files_expire(desk->files, about.st_mtime - 100), 0);
    assert_int_equal(state_files_expire(desk->files, about.st_mtime + 100), 6);
    assert_int_equal(state_files_read(desk->files, "A@B", &text, &length),
                     STATE_NONE);
}

static void test_files_that_fail(void **state)
{
    struct desk *desk = *state;
    char *text, path[512];
    size_t length;
    assert_true(state_files_write(desk->files, "a", "old", 3, true));
    (void)snprintf(path, sizeof path, "%s/.new", desk->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(state_files_write(desk->files, "a", "new", 3, true));
    assert_int_equal(errno, EISDIR);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(state_files_read(desk->files, "a", &text, &length),
                     STATE_FOUND);
    assert_string_equal(text, "old");
    free(text);
    (void)snprintf(path, sizeof path, "%s/b.json", desk->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(state_files_read(desk->files, "b", &text, &length),
                     STATE_FAILED);
    assert_false(state_files_remove(desk->files, "b"));
    /* A second bridge must not answer beside the first. */
    assert_null(state_files_new(desk->folder, false));
    struct state_files *shared = state_files_new(desk->folder, true);
    assert_non_null(shared);
    state_files_free(shared);
    assert_int_equal(chmod(desk->folder, 0755), 0);
    assert_null(state_files_new(desk->folder, true));
    assert_null(state_files_new("/proc/none/here", false));
    assert_int_equal(chmod(desk->folder, 0700), 0);
}

/* ---- What is said ---- */

/* account.c makes ids by chance; here they count. */
void account_id(struct account *account, char out[ACCOUNT_ID_SIZE])
{
    static unsigned last;
    (void)account;
    (void)snprintf(out, ACCOUNT_ID_SIZE, "id-%u", ++last);
}

static void test_key(void **state)
{
    char first[SPEAK_KEY_SIZE], second[SPEAK_KEY_SIZE];
    struct stanza stanza = {.id = "1", .body = "hello"};
    (void)state;
    assert_non_null(speak_key(&stanza, first));
    assert_string_equal(speak_key(&stanza, second), first);
    stanza.body = "goodbye"; /* its client counts from 1 each time */
    assert_string_not_equal(speak_key(&stanza, second), first);
    stanza.id = "";
    assert_null(speak_key(&stanza, second));
    stanza.id = NULL;
    assert_null(speak_key(&stanza, second));
}

static enum spoke speak(const struct desk *desk, struct record *record,
                        const char *text, const struct address *address,
                        size_t piece_max)
{
    struct speaker speaker = {desk->bot, desk->worker, piece_max, NULL};
    struct heard heard = {.text = text, .length = strlen(text)};
    talk_tier tier;
    record_drop_letters(record);
    return speak_turn(&speaker, record, &heard, address, &tier);
}

static void test_speak(void **state)
{
    struct desk *desk = *state;
    struct address alone = {"a@b", NULL, true};
    struct address aloud = {"room@x", "Anna", false};
    struct record *record = record_new("a@b", desk->bot);

    /* One letter, with the quick reply below it; its number says it. */
    assert_int_equal(
        speak(desk, record, "how often do I water it?", &alone, 4000),
        SPOKE_FINE);
    assert_int_equal(record_letter_count(record), 1);
    struct letter letter = record_letter(record, 0);
    assert_string_equal(letter.to, "a@b");
    assert_true(letter.with_states && !letter.aloud);
    const char *number = strstr(letter.body, "\n1. ");
    assert_string_equal(number, "\n1. how much light does it need");
    assert_int_equal(speak(desk, record, "1.", &alone, 4000), SPOKE_FINE);
    assert_null(strstr(record_letter(record, 0).body, "1."));

    /* In a room it names who is meant, and is cut to size. */
    assert_int_equal(
        speak(desk, record, "how often do I water it?", &aloud, 40),
        SPOKE_FINE);
    size_t count = record_letter_count(record);
    assert_in_range(count, 2, 20);
    for (size_t i = 0; i < count; i++) {
        letter = record_letter(record, i);
        assert_string_equal(letter.to, "room@x");
        assert_true(letter.aloud && strlen(letter.body) <= 40);
    }
    assert_memory_equal(record_letter(record, 0).body, "Anna: ", 6);
    assert_memory_equal(record_letter(record, count - 1).body, "Anna: 1. ", 9);

    char *long_text = malloc(100001);
    assert_non_null(long_text);
    memset(long_text, 'x', 100000);
    long_text[100000] = '\0';
    assert_int_equal(speak(desk, record, long_text, &alone, 4000),
                     SPOKE_TOO_LONG);
    free(long_text);
    assert_int_equal(record_letter_count(record), 0);
    record_free(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_record, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_bad_records, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(test_too_many_letters, open_desk,
                                        close_desk),
        cmocka_unit_test_setup_teardown(test_files, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_files_that_fail, open_desk,
                                        close_desk),
        cmocka_unit_test(test_key),
        cmocka_unit_test_setup_teardown(test_speak, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
