/* host.c - a program that talks with a bot, for tests.
 * In: a pack, messages.  Out: turns, and what the library writes of them. */
#include "host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void host_open(struct host *host, const char *pack,
               const talk_options *options)
{
    talk_error err = {0};
    *host = (struct host){0};
    if (talk_bot_load(pack, options, &host->bot, &err) != TALK_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
    if (talk_worker_new(host->bot, &host->worker, &err) != TALK_OK ||
        talk_session_new(host->bot, &host->session, &err) != TALK_OK) {
        fail_msg("%s", err.message);
    }
}

void host_open_over(struct host *host, const char *rules,
                    const talk_options *options)
{
    char *folder = temporary_folder();
    copy_folder(MINIMAL_PACK, folder);
    copy_folder(rules, folder);
    host_open(host, folder, options);
    remove_folder(folder);
    free(folder);
}

void host_close(struct host *host)
{
    talk_session_free(host->session);
    talk_worker_free(host->worker);
    talk_bot_free(host->bot);
    *host = (struct host){0};
}

int open_minimal(void **state)
{
    struct host *host = take(sizeof *host);
    host_open(host, MINIMAL_PACK, NULL);
    *state = host;
    return 0;
}

int close_minimal(void **state)
{
    host_close(*state);
    free(*state);
    return 0;
}

const talk_turn *host_say_bytes(const struct host *host, const char *text,
                                size_t length)
{
    const talk_turn *turn;
    talk_error err = {0};
    if (talk_say(host->worker, host->session, text, length, &turn, &err) !=
        TALK_OK) {
        fail_msg("'%.200s': %s", text, err.message);
    }
    return turn;
}

const talk_turn *host_say(const struct host *host, const char *text)
{
    return host_say_bytes(host, text, strlen(text));
}

const talk_turn *host_expect(const struct host *host, const char *said,
                             const char *wanted, const char *file, int line)
{
    struct written got = {.pieces_max = SIZE_MAX};
    const talk_turn *turn = host_say(host, said);
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        talk_message message = talk_turn_message(turn, i);
        if (i) (void)write_down(&got, " | ", 3);
        (void)write_down(&got, message.text, message.length);
    }
    if (!got.text || strcmp(got.text, wanted) != 0) {
        fail_msg("%s:%d: '%s'\ngot: %s\nwanted: %s", file, line, said,
                 got.text ? got.text : "", wanted);
    }
    free(got.text);
    return turn;
}

bool write_down(void *payload, const char *text, size_t length)
{
    struct written *written = payload;
    if (written->pieces == written->pieces_max) return false;
    written->pieces++;
    char *longer = realloc(written->text, written->length + length + 1);
    if (!longer) give_up("allocate for", "a test");
    memcpy(longer + written->length, text, length);
    written->text = longer;
    written->length += length;
    longer[written->length] = '\0';
    return true;
}

char *host_state(const struct host *host)
{
    struct written written = {.pieces_max = SIZE_MAX};
    talk_error err = {0};
    if (talk_session_state(host->session, write_down, &written, &err) !=
        TALK_OK) {
        fail_msg("state: %s", err.message);
    }
    return written.text;
}

char *turn_why(const talk_turn *turn)
{
    struct written written = {.pieces_max = SIZE_MAX};
    talk_error err = {0};
    if (talk_turn_explain(turn, write_down, &written, &err) != TALK_OK) {
        fail_msg("explain: %s", err.message);
    }
    return written.text;
}

char *turn_responses(const talk_turn *turn)
{
    struct written names = {.pieces_max = SIZE_MAX};
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        const char *name = talk_turn_message(turn, i).response;
        if (i) (void)write_down(&names, " ", 1);
        (void)write_down(&names, name, strlen(name));
    }
    if (!names.text) (void)write_down(&names, "", 0);
    return names.text;
}
