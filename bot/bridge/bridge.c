/* bridge.c - conversations between people on XMPP and a pack.
 * In: messages of the account.  Out: answers, each of them on the disk before
 * it leaves, and sent again until the server has taken it.
 * Nothing of a conversation stays in memory between its turns, but of those
 * in rooms. */
#include "posix.h"

#include "bridge.h"

#include "notes.h"
#include "outbox.h"
#include "rate.h"
#include "record.h"
#include "server_log.h"
#include "speak.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

struct bridge {
    struct bridge_options options;
    struct account *account;
    struct rate *rate;
    talk_bot *bot;
    talk_worker *worker;
    struct notes rooms; /* conversations in rooms */
    struct outbox outbox;
};

enum {
    /* Messages a minute from one contact: two bots that talk to each other
     * get that far, a person does not. */
    RATE_MAX = 60,
    /* Connections that a letter may outlive: it may be what ends them. */
    TRIES_MAX = 3
};

static const char forget_word[] = "/forget";
static const char forgotten[] = "I have forgotten all that you told me.";
static const char how_to_forget[] =
    "I remember what you tell me, to answer better. To have it deleted, send "
    "/forget.";
static const char unreadable[] =
    "Your message was encrypted, and I cannot read that. Please switch "
    "encryption off for this conversation and send it once more.";
static const char too_long[] =
    "That is too long for me. Please say it in fewer words.";
static const char sorry[] =
    "Sorry, something is wrong with me, and I could not take in what you "
    "said. Please say it again later.";

static void note(const struct bridge *bridge, const char *event,
                 const char *detail)
{
    server_log(bridge->options.log, event,
               detail ? json_pack("{s:o}", "detail",
                                  json_door_text(detail, strlen(detail)))
                      : NULL);
}

static struct speaker speaker_of(const struct bridge *bridge)
{
    return (struct speaker){bridge->bot, bridge->worker,
                            bridge->options.piece_max, bridge->account};
}

/* ---- Records ---- */

static struct record *read_note(const struct bridge *bridge, const char *who)
{
    talk_error err;
    size_t length;
    const char *text = notes_read(&bridge->rooms, who, &length);
    struct record *record =
        text ? record_read(who, bridge->bot, text, length, &err) : NULL;
    return record ? record : record_new(who, bridge->bot);
}

/* A file that makes no sense is put aside: better to begin anew than never to
 * answer this contact again. NULL: it cannot be read now. */
static struct record *read_file(const struct bridge *bridge, const char *who)
{
    char *text;
    size_t length;
    talk_error err;
    struct record *record = NULL;
    switch (state_files_read(bridge->options.files, who, &text, &length)) {
    case STATE_NONE: return record_new(who, bridge->bot);
    case STATE_FAILED: note(bridge, "not_read", strerror(errno)); return NULL;
    case STATE_FOUND: break;
    }
    record = record_read(who, bridge->bot, text, length, &err);
    free(text);
    if (record || err.status == TALK_NOMEM) return record;
    note(bridge, "broken", err.message);
    state_files_set_aside(bridge->options.files, who);
    return record_new(who, bridge->bot);
}

static struct record *open_record(const struct bridge *bridge, const char *who,
                                  bool in_room)
{
    return in_room ? read_note(bridge, who) : read_file(bridge, who);
}

/* `lasting`: on the disk when it returns. */
static bool save_record(struct bridge *bridge, const char *who, bool in_room,
                        const struct record *record, bool lasting)
{
    size_t length;
    char *text = record_write(record, &length);
    errno = ENOMEM;
    bool saved =
        text && (in_room ? notes_write(&bridge->rooms, who, text, length)
                         : state_files_write(bridge->options.files, who, text,
                                             length, lasting));
    if (!saved) note(bridge, "not_saved", strerror(errno));
    free(text);
    return saved;
}

/* ---- Sending ---- */

static void send_letters(const struct bridge *bridge,
                         const struct record *record)
{
    for (size_t i = 0; i < record_letter_count(record); i++) {
        struct letter letter = record_letter(record, i);
        struct account_message message = {
            .to = letter.to,
            .id = letter.id,
            .body = letter.body,
            .aloud = letter.aloud,
            .state = letter.with_states ? "active" : NULL};
        account_send(bridge->account, &message);
    }
}

/* They wait until the server has taken them. */
static void send_waiting(struct bridge *bridge, const char *who, bool in_room,
                         const struct record *record)
{
    struct waiting *waiting = outbox_put(&bridge->outbox, who, in_room);
    send_letters(bridge, record);
    uint64_t ping = account_ping(bridge->account);
    if (!waiting || !account_is_online(bridge->account)) return;
    if (waiting->ping == 0) waiting->tries++;
    waiting->ping = ping;
}

static void drop_letters(struct bridge *bridge, const char *who, bool in_room)
{
    struct record *record = open_record(bridge, who, in_room);
    if (record && record_letter_count(record)) {
        record_drop_letters(record);
        /* Should this be lost, they are sent twice, with the same id. */
        (void)save_record(bridge, who, in_room, record, false);
    }
    record_free(record);
}

/* Words of our own that nothing has to remember. */
static void say_once(struct bridge *bridge, const char *who,
                     const struct address *address, const char *text)
{
    struct speaker speaker = speaker_of(bridge);
    struct record *record = record_new(who, bridge->bot);
    if (record && speak_text(&speaker, record, address, text)) {
        send_letters(bridge, record);
    }
    record_free(record);
}

/* ---- A message ---- */

static void forget(struct bridge *bridge, const char *who, bool in_room,
                   const struct address *address)
{
    bool gone = true;
    outbox_remove(&bridge->outbox, who);
    notes_remove(&bridge->rooms, who);
    if (!in_room) gone = state_files_remove(bridge->options.files, who);
    if (!gone) note(bridge, "not_removed", strerror(errno));
    say_once(bridge, who, address, gone ? forgotten : sorry);
}

/* Puts the answer into the record. false: there is none. */
static bool answer(struct bridge *bridge, struct record *record,
                   enum verdict verdict, const struct heard *heard,
                   const struct address *address, talk_tier *tier)
{
    struct speaker speaker = speaker_of(bridge);
    *tier = TALK_TIER_NONE;
    if (verdict == STANZA_UNREADABLE) {
        return speak_text(&speaker, record, address, unreadable);
    }
    switch (speak_turn(&speaker, record, heard, address, tier)) {
    case SPOKE_FINE: return true;
    case SPOKE_TOO_LONG:
        return speak_text(&speaker, record, address, too_long);
    case SPOKE_NOT: break;
    }
    return false;
}

/* What cannot be kept is not answered, or the gate would forget what it has
 * to know; but an alarm is given all the same. */
static void take_turn(struct bridge *bridge, const char *who,
                      const struct stanza *stanza, enum verdict verdict,
                      const struct heard *heard, const struct address *address)
{
    char space[SPEAK_KEY_SIZE];
    talk_tier tier;
    const char *key = speak_key(stanza, space);
    struct record *record = open_record(bridge, who, heard->in_room);
    talk_session *session = record ? record_session(record) : NULL;
    if (session && key && talk_session_kept(session, key)) {
        note(bridge, "twice", NULL);
        goto done;
    }
    if (session && answer(bridge, record, verdict, heard, address, &tier) &&
        (!key || talk_session_keep(session, key, "", NULL) == TALK_OK)) {
        if (save_record(bridge, who, heard->in_room, record, true)) {
            send_waiting(bridge, who, heard->in_room, record);
            goto done;
        }
        if (tier >= TALK_TIER_URGENT) send_letters(bridge, record);
    }
    say_once(bridge, who, address, sorry);
done:
    record_free(record);
}

static void show_composing(struct bridge *bridge, const struct stanza *stanza,
                           const struct address *address)
{
    struct account_message message = {.to = address->to, .state = "composing"};
    if (stanza->with_states && !address->nick) {
        account_send(bridge->account, &message);
    }
}

static uint64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static bool is_forget(const struct heard *heard)
{
    return heard->length == sizeof forget_word - 1 &&
           strncasecmp(heard->text, forget_word, heard->length) == 0;
}

static void hear_message(void *payload, const struct stanza *stanza)
{
    struct bridge *bridge = payload;
    struct heard heard;
    struct presence self = account_self(bridge->account);
    enum verdict verdict = stanza_judge(stanza, &self, &heard);
    if (verdict != STANZA_ANSWER && verdict != STANZA_UNREADABLE) return;
    char *who = strndup(heard.who, heard.who_length);
    char *room = who && heard.aloud ? strndup(who, stanza_bare(who)) : NULL;
    if (!who || (heard.aloud && !room)) goto done;
    if (rate_take(bridge->rate, who, now_ms()) != 0) {
        note(bridge, "too_often", NULL);
        goto done;
    }
    struct address address = {.to = room ? room : who,
                              .nick =
                                  room ? stanza_resource(stanza->from) : NULL,
                              .with_states = stanza->with_states && !room};
    if (verdict == STANZA_ANSWER && is_forget(&heard)) {
        forget(bridge, who, heard.in_room, &address);
        goto done;
    }
    show_composing(bridge, stanza, &address);
    take_turn(bridge, who, stanza, verdict, &heard, &address);
done:
    free(room);
    free(who);
}

/* ---- What else happens ---- */

static void hear_online(void *payload)
{
    struct bridge *bridge = payload;
    note(bridge, "online", NULL);
    for (struct waiting *at = bridge->outbox.first, *next; at; at = next) {
        next = at->next;
        struct record *record = open_record(bridge, at->who, at->in_room);
        if (record && at->tries < TRIES_MAX) {
            send_waiting(bridge, at->who, at->in_room, record);
        } else if (record) {
            note(bridge, "undeliverable", NULL);
            drop_letters(bridge, at->who, at->in_room);
            outbox_remove(&bridge->outbox, at->who);
        }
        record_free(record);
    }
}

static void hear_offline(void *payload)
{
    struct bridge *bridge = payload;
    notes_clear(&bridge->rooms);
    outbox_hung_up(&bridge->outbox);
}

static void hear_taken(void *payload, uint64_t number)
{
    struct bridge *bridge = payload;
    struct waiting *waiting;
    while ((waiting = outbox_taken(&bridge->outbox, number))) {
        drop_letters(bridge, waiting->who, waiting->in_room);
        outbox_free_one(waiting);
    }
}

/* Somebody has put us into their list of contacts. */
static void hear_contact(void *payload, const char *jid)
{
    struct bridge *bridge = payload;
    struct address address = {.to = jid};
    const char *opening = talk_bot_opening(bridge->bot);
    if (*opening) say_once(bridge, jid, &address, opening);
    say_once(bridge, jid, &address, how_to_forget);
}

static void hear_left(void *payload, const char *jid)
{
    struct bridge *bridge = payload;
    if (!jid) {
        notes_clear(&bridge->rooms);
        return;
    }
    notes_remove(&bridge->rooms, jid);
    outbox_remove(&bridge->outbox, jid);
}

static void hear_event(void *payload, const char *event, const char *detail)
{
    note(payload, event, detail);
}

/* ---- Beginning and end ---- */

static void collect(void *payload, const char *text, size_t length)
{
    struct bridge *bridge = payload;
    char *who = record_waiting(text, length);
    if (who) (void)outbox_put(&bridge->outbox, who, false);
    free(who);
}

struct bridge *bridge_new(const struct bridge_options *options, talk_bot *bot)
{
    struct bridge *bridge = calloc(1, sizeof *bridge);
    if (!bridge) {
        talk_bot_free(bot);
        return NULL;
    }
    struct account_calls calls = {
        .payload = bridge,
        .online = hear_online,
        .offline = hear_offline,
        .message = hear_message,
        .taken = hear_taken,
        .contact = hear_contact,
        .left = hear_left,
        .event = hear_event,
    };
    bridge->options = *options;
    bridge->bot = bot;
    bridge->rate = rate_new(RATE_MAX);
    bridge->account = account_new(options->account, &calls);
    if (!bridge->rate || !bridge->account ||
        talk_worker_new(bot, &bridge->worker, NULL) != TALK_OK) {
        bridge_free(bridge);
        return NULL;
    }
    state_files_each(options->files, collect, bridge);
    return bridge;
}

void bridge_free(struct bridge *bridge)
{
    if (!bridge) return;
    account_free(bridge->account);
    rate_free(bridge->rate);
    notes_clear(&bridge->rooms);
    outbox_clear(&bridge->outbox);
    talk_worker_free(bridge->worker);
    talk_bot_free(bridge->bot);
    free(bridge);
}

void bridge_run(struct bridge *bridge, uint32_t milliseconds)
{
    account_run(bridge->account, milliseconds);
}

bool bridge_change(struct bridge *bridge, talk_bot *bot)
{
    talk_worker *worker;
    if (talk_worker_new(bot, &worker, NULL) != TALK_OK) return false;
    talk_worker_free(bridge->worker);
    talk_bot_free(bridge->bot);
    bridge->worker = worker;
    bridge->bot = bot;
    return true;
}

void bridge_leave(struct bridge *bridge, uint32_t milliseconds)
{
    uint64_t end = now_ms() + milliseconds;
    while (bridge->outbox.first && account_is_online(bridge->account) &&
           now_ms() < end) {
        account_run(bridge->account, 50);
    }
    account_leave(bridge->account, milliseconds);
}
