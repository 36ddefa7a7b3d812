/* api_json_test.c - what the library writes of a turn and of a session is
 * JSON, whatever was said. Linked to the shared library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static json_t *parse(char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_ALLOW_NUL, &error);
    if (!json_is_object(json)) fail_msg("%s: %s", error.text, text);
    free(text);
    return json;
}

static const char *text_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) fail_msg("no text '%s'", key);
    return json_string_value(value);
}

static json_t *item_at(const json_t *object, const char *key, size_t index)
{
    json_t *item = json_array_get(json_object_get(object, key), index);
    if (!json_is_object(item)) fail_msg("no object in '%s'", key);
    return item;
}

static long long number_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value)) fail_msg("no number '%s'", key);
    return (long long)json_integer_value(value);
}

/* ---- What it says ---- */

static void why_tells_the_way_of_a_message(void **state)
{
    const struct host *host = *state;
    json_t *why =
        parse(turn_why(host_say(host, "No rash but it IS mouldy, 7/10")));
    assert_string_equal(text_at(why, "message"),
                        "No rash but it IS mouldy, 7/10");
    assert_string_equal(text_at(why, "folded"),
                        "no rash but it is mouldy, 7/10");
    assert_string_equal(text_at(why, "tier_before"), "none");
    assert_string_equal(text_at(why, "tier"), "professional");
    assert_string_equal(text_at(why, "topic"), "when_to_ask");

    const json_t *rash = item_at(why, "findings", 0);
    assert_string_equal(text_at(rash, "name"), "rash");
    assert_string_equal(text_at(rash, "polarity"), "absent");
    assert_string_equal(text_at(rash, "tier"), "none");
    assert_string_equal(text_at(rash, "cue"), "no");
    const json_t *mould = item_at(why, "findings", 1);
    assert_string_equal(text_at(mould, "name"), "mould");
    assert_string_equal(text_at(mould, "text"), "mouldy");
    assert_int_equal(number_at(mould, "start"), 18);
    assert_int_equal(number_at(mould, "end"), 24);
    assert_string_equal(text_at(mould, "file"),
                        "intents/findings/findings.yaml");
    assert_true(number_at(mould, "line") > 0);

    const json_t *reply = item_at(why, "replies", 0);
    assert_string_equal(text_at(reply, "response"), "rise_professional");
    assert_int_equal(number_at(reply, "wording"), 0);
    assert_string_equal(text_at(reply, "file"), "responses/policy/tiers.yaml");
    assert_true(strlen(text_at(reply, "why")) > 0);
    json_decref(why);
}

static void why_tells_what_lost(void **state)
{
    const struct host *host = *state;
    json_t *why =
        parse(turn_why(host_say(host, "hello, when should i water it")));
    const json_t *won = item_at(why, "topics", 0);
    assert_string_equal(text_at(won, "name"), "watering");
    assert_true(json_is_true(json_object_get(won, "chosen")));
    const json_t *lost = item_at(why, "topics", 1);
    assert_string_equal(text_at(lost, "name"), "greeting");
    assert_true(json_is_false(json_object_get(lost, "chosen")));
    assert_string_equal(text_at(lost, "lost_to"), "watering");
    assert_true(strlen(text_at(lost, "why")) > 0);
    json_decref(why);
}

static void state_tells_what_is_remembered(void **state)
{
    const struct host *host = *state;
    json_t *json = parse(host_state(host));
    assert_int_equal(number_at(json, "turns"), 0);
    assert_string_equal(text_at(json, "tier"), "none");
    assert_string_equal(text_at(json, "topic"), "");
    assert_string_equal(text_at(json, "screening"), "not yet");
    assert_int_equal(json_array_size(json_object_get(json, "findings")), 0);
    json_decref(json);

    host_say(host, "how do i repot it? no mould, since monday");
    json = parse(host_state(host));
    assert_int_equal(number_at(json, "turns"), 1);
    assert_string_equal(text_at(json, "topic"), "repotting");
    assert_string_equal(text_at(json, "screening"), "open");
    assert_string_equal(text_at(json, "pending"), "repotting");
    const json_t *mould = item_at(json, "findings", 0);
    assert_string_equal(text_at(mould, "name"), "mould");
    assert_string_equal(text_at(mould, "polarity"), "absent");
    assert_true(json_is_false(json_object_get(mould, "counts")));
    const json_t *onset = item_at(json, "slots", 0);
    assert_string_equal(text_at(onset, "name"), "onset");
    assert_string_equal(text_at(onset, "value"), "monday");
    json_decref(json);
}

/* ---- Whatever is said ---- */

#define MESSAGE(text)          \
    {                          \
        text, sizeof(text) - 1 \
    }
static const struct {
    const char *text;
    size_t length;
} odd[] = {
    MESSAGE(""),
    MESSAGE(" \t\r\n"),
    MESSAGE("\0"),
    MESSAGE("mou\0ldy"),
    MESSAGE("\"\\/\b\x1b[2J\x7f"),
    MESSAGE("the soil \xff\xfe is mouldy"),
    MESSAGE("moul\xc3"),
    MESSAGE("\xed\xa0\x80 \xf4\x90\x80\x80 \xc0\xaf"),
    MESSAGE("\xf0\x9f\x98\x80\xf0\x9f\x8c\xb5"),
    MESSAGE("\xe2\x80\xae"
            "dluom"),
    MESSAGE("\xd7\x94\xd7\x90\xd7\x93\xd7\x9e\xd7\x94 mouldy"),
    MESSAGE("since \xff\xff"),
    MESSAGE("since monday\0 after a\xff long rain"),
    MESSAGE("\xef\xb7\xba\xef\xb7\xba mouldy"),
};

static void odd_messages_are_told_as_json(void **state)
{
    const struct host *host = *state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const talk_turn *turn =
            host_say_bytes(host, odd[i].text, odd[i].length);
        assert_true(talk_turn_message_count(turn) > 0);
        json_decref(parse(turn_why(turn)));
        json_decref(parse(host_state(host)));
    }
}

/* xorshift (Marsaglia), for bytes without sense. */
static uint32_t next_random(uint32_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random;
}

static void noise_is_told_as_json(void **state)
{
    static const char *const words[] = {
        "mouldy", " rash ",       "since", "monday",   "7 out of 10",
        " no ",   "\xff",         "'",     "\xcc\x81", "yelow",
        " leef",  "\xe2\x80\x8b", "/",     "\n"};
    enum { ROUNDS = 2000, PIECES = 12, WORDS = sizeof words / sizeof *words };
    const struct host *host = *state;
    uint32_t random = 1;
    for (int round = 0; round < ROUNDS; round++) {
        char text[256];
        size_t length = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            uint32_t pick = next_random(&random);
            const char *word = words[pick % WORDS];
            if (pick >> 30 == 0) {
                text[length++] = (char)(pick >> 8);
            } else {
                memcpy(text + length, word, strlen(word));
                length += strlen(word);
            }
        }
        const talk_turn *turn = host_say_bytes(host, text, length);
        assert_true(talk_turn_message_count(turn) > 0);
        json_decref(parse(turn_why(turn)));
        json_decref(parse(host_state(host)));
    }
}

/* ---- A host that does not want it ---- */

static void a_callback_may_give_up(void **state)
{
    const struct host *host = *state;
    const talk_turn *turn = host_say(host, "the soil is mouldy");
    talk_status of_turn = TALK_IO, of_session = TALK_IO;
    size_t most;
    for (most = 0; of_turn != TALK_OK || of_session != TALK_OK; most++) {
        struct written turn_text = {.pieces_max = most};
        struct written session_text = {.pieces_max = most};
        talk_error err = {0};
        of_turn = talk_turn_explain(turn, write_down, &turn_text, &err);
        if (of_turn != TALK_OK) {
            assert_int_equal(of_turn, TALK_IO);
            assert_int_equal(err.status, TALK_IO);
            assert_string_equal(err.message, "the write callback gave up");
        }
        of_session =
            talk_session_state(host->session, write_down, &session_text, NULL);
        if (of_session != TALK_OK) assert_int_equal(of_session, TALK_IO);
        free(turn_text.text);
        free(session_text.text);
    }
    assert_true(most > 2);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_HOST(why_tells_the_way_of_a_message),
        WITH_HOST(why_tells_what_lost),
        WITH_HOST(state_tells_what_is_remembered),
        WITH_HOST(odd_messages_are_told_as_json),
        WITH_HOST(noise_is_told_as_json),
        WITH_HOST(a_callback_may_give_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
