/* json_line_test.c - a line of JSON is what jansson itself would write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json_door.h"

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

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_every_kind),
        cmocka_unit_test(texts_of_every_length),
        cmocka_unit_test(it_goes_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
