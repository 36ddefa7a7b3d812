/* store_url_test.c - where a Redis is, as users write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <string.h>

#include "store_url.h"

static const struct url_case {
    const char *text;
    struct store_url url;
} fine[] = {
    {"redis://box", {.host = "box", .port = 6379}},
    {"redis://box/", {.host = "box", .port = 6379}},
    {"redis://box:1", {.host = "box", .port = 1}},
    {"redis://box/7", {.host = "box", .port = 6379, .database = 7}},
    {"redis://127.0.0.1:65535/0", {.host = "127.0.0.1", .port = 65535}},
    {"redis://[::1]", {.host = "::1", .port = 6379}},
    {"redis://[fe80::1]:63/2", {.host = "fe80::1", .port = 63, .database = 2}},
    {"redis://anna@box:63", {.user = "anna", .host = "box", .port = 63}},
    {"unix:redis.sock", {.path = "redis.sock", .port = 6379}},
    {"unix:/run/r s.sock?db=12",
     {.path = "/run/r s.sock", .port = 6379, .database = 12}},
};

static void assert_parts(const struct url_case *c)
{
    struct store_url url;
    const struct store_url *want = &c->url;
    const char *flaw = store_url_read(c->text, &url);
    if (flaw) fail_msg("%s: %s", c->text, flaw);
    assert_string_equal(url.user, want->user);
    assert_string_equal(url.host, want->host);
    assert_string_equal(url.path, want->path);
    assert_int_equal(url.port, want->port);
    assert_int_equal(url.database, want->database);
    assert_true(store_url_is(c->text));
}

static void its_parts_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        assert_parts(&fine[i]);
    }
}

static const struct flaw_case {
    const char *text, *flaw; /* a part of it */
} flawed[] = {
    {"redis://", "the host is missing"},
    {"redis:///3", "the host is missing"},
    {"redis://:6379", "the host is missing"},
    {"redis://@box", "the user is missing"},
    {"redis://anna:word@box", "BACKTALK_STORE_PASSWORD"},
    {"redis://:word@box", "BACKTALK_STORE_PASSWORD"},
    {"redis://box:", "the port is no number"},
    {"redis://box:0", "the port is no number"},
    {"redis://box:65536", "the port is no number"},
    {"redis://box:99999999999999999999", "the port is no number"},
    {"redis://box:6379x", "the port is no number"},
    {"redis://::1", "the host is missing"},
    {"redis://[::1", "lacks its ]"},
    {"redis://[]", "the host is missing"},
    {"redis://[::1]6379", "the port is no number"},
    {"redis://box/x", "the database is no number"},
    {"redis://box/-1", "the database is no number"},
    {"redis://box/1/2", "the database is no number"},
    {"redis://box/99999999999", "the database is no number"},
    {"rediss://box", "no TLS"},
    {"unix:", "the path of a socket"},
    {"unix:?db=1", "the path of a socket"},
    {"unix:/a?db=", "?db=NUMBER"},
    {"unix:/a?db=x", "?db=NUMBER"},
    {"unix:/a?x=1", "?db=NUMBER"},
};

static void what_makes_no_sense_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof flawed / sizeof *flawed; i++) {
        struct store_url url;
        const char *flaw = store_url_read(flawed[i].text, &url);
        if (!flaw || !strstr(flaw, flawed[i].flaw)) {
            fail_msg("%s: got '%s', wanted '%s'", flawed[i].text,
                     flaw ? flaw : "no flaw", flawed[i].flaw);
        }
    }
}

static void long_names_are_refused(void **state)
{
    (void)state;
    char text[600] = "unix:";
    struct store_url url;
    memset(text + strlen(text), 'a', 107);
    assert_null(store_url_read(text, &url));
    assert_int_equal(strlen(url.path), 107);
    strcat(text, "a");
    assert_non_null(store_url_read(text, &url));
    memset(text, 'a', 500);
    memcpy(text, "redis://", 8);
    assert_non_null(store_url_read(text, &url));
    text[400] = '@';
    assert_non_null(store_url_read(text, &url));
}

static void a_file_is_no_address(void **state)
{
    (void)state;
    static const char *const files[] = {"talks.db", "memory",      "./unix:a",
                                        "redis",    "Redis://box", ""};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_false(store_url_is(files[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_parts_are_found),
        cmocka_unit_test(what_makes_no_sense_is_told),
        cmocka_unit_test(long_names_are_refused),
        cmocka_unit_test(a_file_is_no_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
