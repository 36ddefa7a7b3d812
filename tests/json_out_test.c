/* json_out_test.c - JSON in pieces, and trees as jansson itself would write
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json_out.h"

static void same(const json_t *value)
{
    char *wanted = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    char *got = json_door_line(value);
    assert_non_null(wanted);
    assert_non_null(got);
    assert_string_equal(got, wanted);
    free(got);
    free(wanted);
}

static void values_of_every_kind(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "0.5",
        "1e300",
        "-2.5e-8",
        "100000000000000000000.0",
        "\"\"",
        "\"plain\"",
        "[]",
        "{}",
        "[[],{},[[[1]]]]",
        "{\"b\":1,\"a\":{\"c\":[true,null,\"x\"]},\"\":2}",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\u0001\\u001f\\u007f\\u0080\"]",
        "[\"\\u00fc\\u732b\\ud83d\\ude00\",\"</script>\"]",
        "{\"\\u00fc \\\"key\\\"\\n\":1}",
        "[\"a\\u0000b\"]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_t *value =
            json_loads(texts[i], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(value);
        same(value);
        json_decref(value);
    }
}

/* Every byte alone and beside others, at every length around the first size
 * of the line and its double. */
static void texts_of_every_length(void **state)
{
    (void)state;
    char text[4200];
    for (int c = 1; c < 0x80; c++) {
        char some[] = {'a', (char)c, (char)c, 'b'};
        json_t *value = json_stringn(some, sizeof some);
        same(value);
        json_decref(value);
    }
    for (size_t length = 0; length < sizeof text; length++) {
        if (length > 40 && length < 990) continue;
        if (length > 1060 && length < 2030) continue;
        if (length > 2060 && length < 4080) continue;
        memset(text, length % 3 ? 'x' : '\n', length);
        json_t *value = json_pack("[s#,i]", text, (int)length, (int)length);
        same(value);
        json_decref(value);
    }
}

static void it_goes_deep(void **state)
{
    (void)state;
    json_t *value = json_array();
    for (int i = 0; i < 2000; i++) {
        json_t *around = json_array();
        json_array_append_new(around, value);
        value = around;
    }
    same(value);
    json_decref(value);
}

/* ---- In pieces ---- */

static void got_is(struct json_out *out, const char *wanted)
{
    size_t length;
    char *got = json_out_take(out, &length);
    assert_non_null(got);
    assert_string_equal(got, wanted);
    assert_int_equal(length, strlen(wanted));
    assert_null(out->text);
    free(got);
}

static void commas_set_themselves(void **state)
{
    (void)state;
    struct json_out out = {0};
    json_out_open(&out, '{');
    json_out_key(&out, "list");
    json_out_open(&out, '[');
    json_out_integer(&out, -1);
    json_out_real(&out, 0.5);
    json_out_flag(&out, true);
    json_out_flag(&out, false);
    json_out_open(&out, '{');
    json_out_close(&out, '}');
    json_out_open(&out, '[');
    json_out_close(&out, ']');
    json_out_string(&out, "[{:");
    json_out_raw(&out, "null", 4);
    json_out_close(&out, ']');
    json_out_key(&out, "a \"key\"");
    json_out_string(&out, ",");
    json_out_close(&out, '}');
    got_is(&out, "{\"list\":[-1,0.5,true,false,{},[],\"[{:\",null],"
                 "\"a \\\"key\\\"\":\",\"}");
}

static void lines_stand_alone(void **state)
{
    (void)state;
    struct json_out out = {0};
    json_out_integer(&out, 1);
    json_out_line(&out);
    json_out_string(&out, "\n");
    json_out_integer(&out, 2);
    got_is(&out, "1\n\"\\n\",2");
    got_is(&out, ""); /* nothing is a text, too */
}

static void what_is_taken_back_is_gone(void **state)
{
    (void)state;
    struct json_out out = {0};
    json_out_back(&out, 0);
    json_out_open(&out, '[');
    size_t before = out.length;
    json_out_integer(&out, 1);
    json_out_string(&out, "x");
    json_out_back(&out, before);
    json_out_integer(&out, 2);
    json_out_close(&out, ']');
    got_is(&out, "[2]");
}

static const struct bytes_case {
    const char *name, *text;
    size_t length;
    const char *wanted;
} byte_cases[] = {
    {"UTF-8 stays", "\xC3\xBC \xE7\x8C\xAB \xF0\x9F\x98\x80", 11,
     "\"\xC3\xBC \xE7\x8C\xAB \xF0\x9F\x98\x80\""},
    {"a NUL byte", "a\0b", 3, "\"a\\u0000b\""},
    {"a byte alone", "a\xFF!", 3, "\"a\xEF\xBF\xBD!\""},
    {"two of them", "\xC3\x28\x80", 3, "\"\xEF\xBF\xBD(\xEF\xBF\xBD\""},
    {"cut within a character", "x\xE7\x8C", 3,
     "\"x\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"a slash spelt long", "\xC0\xAF", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
};

static void any_bytes_make_a_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof byte_cases / sizeof *byte_cases; i++) {
        const struct bytes_case *c = &byte_cases[i];
        struct json_out out = {0};
        json_out_text(&out, c->text, c->length);
        if (strcmp(out.text, c->wanted) != 0) {
            fail_msg("%s: got %s, wanted %s", c->name, out.text, c->wanted);
        }
        json_out_clear(&out);
    }
}

static void a_tree_that_is_not_there_fails(void **state)
{
    (void)state;
    struct json_out out = {0};
    size_t length = 7;
    json_out_open(&out, '[');
    json_out_value(&out, NULL);
    json_out_close(&out, ']');
    json_out_back(&out, 0);
    assert_true(out.failed);
    assert_null(json_out_take(&out, &length));
    assert_int_equal(length, 0);
    assert_null(json_door_line(NULL));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_every_kind),
        cmocka_unit_test(texts_of_every_length),
        cmocka_unit_test(it_goes_deep),
        cmocka_unit_test(commas_set_themselves),
        cmocka_unit_test(lines_stand_alone),
        cmocka_unit_test(what_is_taken_back_is_gone),
        cmocka_unit_test(any_bytes_make_a_text),
        cmocka_unit_test(a_tree_that_is_not_there_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
