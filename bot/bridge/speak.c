/* speak.c - what is said to the pack, and its answer as letters.
 * In: a message.  Out: letters in the record, cut to the length that the
 * channel takes; the session is as the turn leaves it. */
#include "posix.h"

#include "speak.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a. */
static uint64_t number_of(const char *text)
{
    uint64_t number = 0xcbf29ce484222325u;
    for (; *text; text++) {
        number = (number ^ (unsigned char)*text) * 0x100000001b3u;
    }
    return number;
}

const char *speak_key(const struct stanza *stanza, char out[SPEAK_KEY_SIZE])
{
    if (!stanza->id || !*stanza->id) return NULL;
    (void)snprintf(out, SPEAK_KEY_SIZE, "%016" PRIx64 ".%016" PRIx64,
                   number_of(stanza->id), number_of(stanza->body));
    return out;
}

/* ---- Letters ---- */

static bool add_piece(const struct speaker *speaker, struct record *record,
                      const struct address *address, const char *text,
                      size_t length)
{
    char id[ACCOUNT_ID_SIZE];
    bool added = false;
    char *body = strndup(text, length);
    if (!body) return false;
    body[stanza_clean(body, length)] = '\0';
    account_id(speaker->account, id);
    struct letter letter = {.id = id,
                            .to = address->to,
                            .body = body,
                            .aloud = address->nick != NULL,
                            .with_states = address->with_states};
    added = record_add(record, &letter);
    free(body);
    return added;
}

static bool add_pieces(const struct speaker *speaker, struct record *record,
                       const struct address *address, const char *text,
                       size_t length)
{
    for (size_t next; length; text += next, length -= next) {
        size_t piece = talk_split(text, length, speaker->piece_max, &next);
        if (!add_piece(speaker, record, address, text, piece)) return false;
    }
    return true;
}

/* In a room it begins with "anna: ". */
static bool add_text(const struct speaker *speaker, struct record *record,
                     const struct address *address, const char *text,
                     size_t length)
{
    if (!address->nick) {
        return add_pieces(speaker, record, address, text, length);
    }
    size_t size = strlen(address->nick) + length + sizeof ": ";
    char *whole = malloc(size);
    if (!whole) return false;
    int written =
        snprintf(whole, size, "%s: %.*s", address->nick, (int)length, text);
    bool added = add_pieces(speaker, record, address, whole, (size_t)written);
    free(whole);
    return added;
}

bool speak_text(const struct speaker *speaker, struct record *record,
                const struct address *address, const char *text)
{
    return add_text(speaker, record, address, text, strlen(text));
}

/* ---- A turn ---- */

static bool write_stream(void *payload, const char *text, size_t length)
{
    return fwrite(text, 1, length, payload) == length;
}

/* The quick replies as numbered lines, "" when there are none. The caller
 * frees it; NULL: no memory. */
static char *numbered(const talk_turn *turn, size_t *length)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (!stream) return NULL;
    talk_status status = talk_turn_numbered(turn, write_stream, stream, NULL);
    if (fclose(stream) == 0 && status == TALK_OK) return text;
    free(text);
    return NULL;
}

/* The last message, with the quick replies below it, or behind it where both
 * are too long for one letter. */
static bool add_last(const struct speaker *speaker, struct record *record,
                     const struct address *address, const talk_turn *turn)
{
    talk_message last =
        talk_turn_message(turn, talk_turn_message_count(turn) - 1);
    size_t length, nick = address->nick ? strlen(address->nick) + 2 : 0;
    char *numbers = numbered(turn, &length), *whole = NULL;
    bool added = false;
    if (!numbers) return false;
    size_t size = last.length + 1 + length;
    if (length == 0 || nick + size > speaker->piece_max) {
        added = add_text(speaker, record, address, last.text, last.length) &&
                (length == 0 ||
                 add_text(speaker, record, address, numbers, length));
    } else if ((whole = malloc(size + 1))) {
        (void)snprintf(whole, size + 1, "%.*s\n%s", (int)last.length,
                       last.text, numbers);
        added = add_text(speaker, record, address, whole, size);
    }
    free(whole);
    free(numbers);
    return added;
}

static bool add_turn(const struct speaker *speaker, struct record *record,
                     const struct address *address, const talk_turn *turn)
{
    size_t count = talk_turn_message_count(turn);
    for (size_t i = 0; i + 1 < count; i++) {
        talk_message message = talk_turn_message(turn, i);
        if (!add_text(speaker, record, address, message.text,
                      message.length)) {
            return false;
        }
    }
    return count == 0 || add_last(speaker, record, address, turn);
}

enum spoke speak_turn(const struct speaker *speaker, struct record *record,
                      const struct heard *heard, const struct address *address,
                      talk_tier *tier)
{
    talk_session *session = record_session(record);
    const char *picked, *text = heard->text;
    size_t length = heard->length;
    const talk_turn *turn;
    *tier = TALK_TIER_NONE;
    if (talk_session_pick(speaker->bot, session, text, length, &picked,
                          NULL) != TALK_OK) {
        return SPOKE_NOT;
    }
    if (picked) {
        text = picked;
        length = strlen(picked);
    }
    talk_status status =
        talk_say(speaker->worker, session, text, length, &turn, NULL);
    if (status == TALK_LIMIT) return SPOKE_TOO_LONG;
    if (status != TALK_OK) return SPOKE_NOT;
    *tier = talk_turn_tier(turn);
    return add_turn(speaker, record, address, turn) ? SPOKE_FINE : SPOKE_NOT;
}
