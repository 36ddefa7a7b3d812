/* record.c - what is kept of one conversation: the session, and answers that
 * may not have arrived.
 * In: text that record_write has written.  Out: a session and letters; text.
 * Knows nothing of where it is kept or how letters travel. */
#include "record.h"

#include "json_door.h"

#include <stdlib.h>
#include <string.h>

struct record {
    talk_session *session;
    char *who;
    json_t *letters; /* objects, as they are written */
};

enum {
    RECORD_VERSION = 1,
    /* Of a person who writes on while the connection is down; what is said
     * then is answered when it is back. */
    LETTERS_MAX = 1000
};

struct record *record_new(const char *who, const talk_bot *bot)
{
    struct record *record = calloc(1, sizeof *record);
    if (!record) return NULL;
    record->who = strdup(who);
    record->letters = json_array();
    if (record->who && record->letters &&
        talk_session_new(bot, &record->session, NULL) == TALK_OK) {
        return record;
    }
    record_free(record);
    return NULL;
}

void record_free(struct record *record)
{
    if (!record) return;
    talk_session_free(record->session);
    json_decref(record->letters);
    free(record->who);
    free(record);
}

talk_session *record_session(const struct record *record)
{
    return record->session;
}

/* ---- Letters ---- */

size_t record_letter_count(const struct record *record)
{
    return json_array_size(record->letters);
}

struct letter record_letter(const struct record *record, size_t index)
{
    struct letter letter = {0};
    int aloud = 0, with_states = 0;
    /* It was read with the same form. */
    (void)json_unpack(json_array_get(record->letters, index),
                      "{s:s, s:s, s:s, s:b, s:b}", "id", &letter.id, "to",
                      &letter.to, "body", &letter.body, "aloud", &aloud,
                      "states", &with_states);
    letter.aloud = aloud != 0;
    letter.with_states = with_states != 0;
    return letter;
}

static bool is_letter(json_t *letter)
{
    return json_unpack(letter, "{s:s, s:s, s:s, s:b, s:b}", "id",
                       &(const char *){NULL}, "to", &(const char *){NULL},
                       "body", &(const char *){NULL}, "aloud", &(int){0},
                       "states", &(int){0}) == 0;
}

bool record_add(struct record *record, const struct letter *letter)
{
    if (record_letter_count(record) >= LETTERS_MAX) return false;
    json_t *added = json_pack(
        "{s:s, s:s, s:o, s:b, s:b}", "id", letter->id, "to", letter->to,
        "body", json_door_text(letter->body, strlen(letter->body)), "aloud",
        letter->aloud, "states", letter->with_states);
    return json_array_append_new(record->letters, added) == 0;
}

void record_drop_letters(struct record *record)
{
    json_array_clear(record->letters);
}

/* ---- Text ---- */

char *record_write(const struct record *record, size_t *length)
{
    char *text = NULL, *saved = json_door_saved(record->session, length);
    json_t *session =
        saved ? json_loadb(saved, *length, JSON_ALLOW_NUL, NULL) : NULL;
    json_t *whole =
        session ? json_pack("{s:i, s:s, s:O, s:O}", "backtalk-xmpp",
                            RECORD_VERSION, "who", record->who, "letters",
                            record->letters, "session", session)
                : NULL;
    if (whole) text = json_door_line(whole);
    if (text) *length = strlen(text);
    json_decref(whole);
    json_decref(session);
    free(saved);
    return text;
}

static bool are_letters(json_t *letters)
{
    size_t i;
    json_t *letter;
    json_array_foreach(letters, i, letter)
    {
        if (!is_letter(letter)) return false;
    }
    return json_is_array(letters);
}

/* NULL: it is no record of this version; err says so. */
static json_t *read_whole(const char *text, size_t length, talk_error *err)
{
    json_error_t where;
    int version = 0;
    const char *who;
    json_t *letters, *session;
    json_t *whole = json_loadb(text, length, JSON_ALLOW_NUL, &where);
    *err = (talk_error){.status = TALK_STATE};
    if (!whole) {
        (void)snprintf(err->message, sizeof err->message, "%s", where.text);
    } else if (json_unpack(whole, "{s:i}", "backtalk-xmpp", &version) != 0 ||
               version != RECORD_VERSION) {
        (void)snprintf(err->message, sizeof err->message,
                       "no record of version %d", RECORD_VERSION);
    } else if (json_unpack(whole, "{s:s, s:o, s:o}", "who", &who, "letters",
                           &letters, "session", &session) != 0 ||
               !are_letters(letters)) {
        (void)snprintf(err->message, sizeof err->message,
                       "a part of the record is missing");
    } else {
        return whole;
    }
    json_decref(whole);
    return NULL;
}

static bool load_session(struct record *record, const talk_bot *bot,
                         const json_t *session, talk_error *err)
{
    talk_session *loaded;
    char *text = json_door_line(session);
    if (!text) {
        *err = (talk_error){.status = TALK_NOMEM, .message = "no memory"};
        return false;
    }
    talk_status status =
        talk_session_load(bot, text, strlen(text), &loaded, err);
    free(text);
    if (status != TALK_OK) return false;
    talk_session_free(record->session);
    record->session = loaded;
    return true;
}

struct record *record_read(const char *who, const talk_bot *bot,
                           const char *text, size_t length, talk_error *err)
{
    struct record *record = NULL;
    json_t *whole = read_whole(text, length, err);
    if (!whole) return NULL;
    if (strcmp(json_string_value(json_object_get(whole, "who")), who) != 0) {
        (void)snprintf(err->message, sizeof err->message,
                       "it is the record of somebody else");
        goto done;
    }
    record = record_new(who, bot);
    if (!record) {
        *err = (talk_error){.status = TALK_NOMEM, .message = "no memory"};
        goto done;
    }
    if (json_array_extend(record->letters,
                          json_object_get(whole, "letters")) != 0 ||
        !load_session(record, bot, json_object_get(whole, "session"), err)) {
        record_free(record);
        record = NULL;
    }
done:
    json_decref(whole);
    return record;
}

char *record_waiting(const char *text, size_t length)
{
    talk_error err;
    char *who = NULL;
    json_t *whole = read_whole(text, length, &err);
    if (whole && json_array_size(json_object_get(whole, "letters"))) {
        who = strdup(json_string_value(json_object_get(whole, "who")));
    }
    json_decref(whole);
    return who;
}
