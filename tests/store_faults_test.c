/* store_faults_test.c - a file of SQLite that others lock or break while a
 * server has it open, or before.
 * In: $BACKTALK, the program; tests/packs/minimal. Skipped where the program
 * lacks HTTP or SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"
#include "web.h"

enum {
    /* Where SQLite locks -shm for who writes: its file format, "WAL locks". */
    WRITE_LOCK_AT = 120,
    PAGE = 4096
};

struct bench {
    char *folder, *store, *log;
    pid_t program;
    struct web web;
};

static void start(struct bench *bench)
{
    char port[32] = "";
    const char *words[] = {getenv("BACKTALK"), "serve",      "--http",
                           "127.0.0.1:0",      "--store",    bench->store,
                           "--pack",           MINIMAL_PACK, NULL};
    bench->program = program_start(words, bench->log);
    assert_true(program_said(bench->log, "\"url\":\"http://127.0.0.1:", port,
                             sizeof port));
    bench->web = (struct web){(uint16_t)strtoul(port, NULL, 10), -1};
}

static void stop(struct bench *bench)
{
    web_close(&bench->web);
    if (bench->program) program_kill(bench->program);
    bench->program = 0;
}

static int open_bench(void **state)
{
    struct bench *bench = take(sizeof *bench);
    *bench = (struct bench){.folder = temporary_folder()};
    bench->store = path_of(bench->folder, "talks.db");
    bench->log = path_of(bench->folder, "log");
    bench->web.socket = -1;
    *state = bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    stop(bench);
    remove_folder(bench->folder);
    free(bench->folder);
    free(bench->store);
    free(bench->log);
    free(bench);
    return 0;
}

static void expect(struct bench *bench, const char *text, int status,
                   const char *part)
{
    char json[200], *body;
    (void)snprintf(json, sizeof json,
                   "{\"sender\":\"anna\",\"message\":\"%s\"}", text);
    assert_true(web_send(&bench->web, "/webhooks/rest/webhook", json));
    int got = web_receive(&bench->web, &body);
    if (got != status || !strstr(body, part)) {
        fail_msg("'%s': got %d %s, wanted %d with %s", text, got,
                 body ? body : "", status, part);
    }
    free(body);
}

static void assert_logged(const struct bench *bench, const char *part)
{
    char *log = read_whole_file(bench->log, &(size_t){0});
    if (!strstr(log, part)) fail_msg("the log lacks '%s': %s", part, log);
    free(log);
}

/* A file of the store by the end of its name; the caller closes it. */
static int open_part(const struct bench *bench, const char *end)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s%s", bench->store, end);
    int file = open(path, O_RDWR);
    if (file < 0) give_up("open", path);
    return file;
}

static void set_lock(int file, short type)
{
    struct flock lock = {.l_type = type,
                         .l_whence = SEEK_SET,
                         .l_start = WRITE_LOCK_AT,
                         .l_len = 1};
    assert_int_equal(fcntl(file, F_SETLK, &lock), 0);
}

static void a_locked_file_is_waited_for(void **state)
{
    struct bench *bench = *state;
    start(bench);
    expect(bench, "the soil is mouldy", 200, "\"professional\"");
    int file = open_part(bench, "-shm");
    set_lock(file, F_WRLCK);
    expect(bench, "hello", 503, "\"reason\":\"store_away\"");
    assert_logged(bench, "\"store_failed\",\"message\":\"database is locked; "
                         "another program has it open and writes\"");
    set_lock(file, F_UNLCK);
    close(file);
    expect(bench, "hello", 200, "\"professional\"");
}

static void a_file_that_is_locked_at_the_start(void **state)
{
    struct bench *bench = *state;
    char *log = path_of(bench->folder, "log2");
    start(bench);
    expect(bench, "hello", 200, "\"none\"");
    int file = open_part(bench, "-shm");
    set_lock(file, F_WRLCK);
    const char *words[] = {getenv("BACKTALK"), "serve",      "--http",
                           "127.0.0.1:0",      "--store",    bench->store,
                           "--pack",           MINIMAL_PACK, NULL};
    pid_t second = program_start(words, log);
    int status;
    assert_int_equal(waitpid(second, &status, 0), second);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 4);
    char *text = read_whole_file(log, &(size_t){0});
    assert_non_null(strstr(text, ": database is locked; another program has "
                                 "it open and writes\n"));
    set_lock(file, F_UNLCK);
    close(file);
    free(text);
    free(log);
    expect(bench, "hello", 200, "\"none\"");
}

/* Behind the first page, which says what it is. */
static void what_was_overwritten_is_told(void **state)
{
    struct bench *bench = *state;
    char noise[PAGE];
    memset(noise, 0xA5, sizeof noise);
    start(bench);
    expect(bench, "the soil is mouldy", 200, "\"professional\"");
    kill(bench->program, SIGTERM); /* so that all is in the file itself */
    waitpid(bench->program, NULL, 0);
    bench->program = 0;
    int file = open_part(bench, "");
    off_t size = lseek(file, 0, SEEK_END);
    assert_true(size > PAGE);
    for (off_t at = PAGE; at < size; at += PAGE) {
        assert_int_equal(pwrite(file, noise, sizeof noise, at), PAGE);
    }
    close(file);
    web_close(&bench->web);
    start(bench);
    expect(bench, "hello", 503, "\"reason\":\"store_away\"");
    assert_logged(bench, "\"message\":\"database disk image is malformed; "
                         "move it away");
}

int main(void)
{
#define WITH_BENCH(test) \
    cmocka_unit_test_setup_teardown(test, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_locked_file_is_waited_for),
        WITH_BENCH(a_file_that_is_locked_at_the_start),
        WITH_BENCH(what_was_overwritten_is_told),
    };
    if (!program_has("HTTP") || !program_has("SQLite")) {
        print_message(
            "store_faults_test: skipped: the program lacks HTTP or SQLite\n");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
