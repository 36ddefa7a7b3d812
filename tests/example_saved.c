/* example_saved.c - a conversation that outlives the process that holds it.
 *     example_saved [PACK [FILE]]
 * With the name of a file: says one more thing each time it is run. Without:
 * the whole of it at once, each thing in a session that was saved and loaded
 * again. */
#include <backtalk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const said[] = {"my left hand is numb", "since monday",
                                   "how do I crack my back?"};
enum { SAID = sizeof said / sizeof *said };

static bool to_file(void *payload, const char *text, size_t length)
{
    return fwrite(text, 1, length, payload) == length;
}

/* Before the session stands how much has been said. */
static bool save(const talk_session *session, int next, FILE *file)
{
    rewind(file);
    return fprintf(file, "%d ", next) > 0 &&
           talk_session_save(session, to_file, file, NULL) == TALK_OK &&
           fputc('\n', file) != EOF && fflush(file) == 0;
}

/* The file's session; a new one when the file is empty. NULL: it cannot be. */
static talk_session *load(const talk_bot *bot, FILE *file, int *next)
{
    char saved[8192];
    char *json;
    talk_session *session = NULL;
    talk_error err = {TALK_OK, 0, 0, "", ""};
    rewind(file);
    *next = 0;
    if (!fgets(saved, sizeof saved, file)) {
        (void)talk_session_new(bot, &session, &err);
        return session;
    }
    *next = (int)strtol(saved, &json, 10);
    if (talk_session_load(bot, json, strlen(json), &session, &err) !=
        TALK_OK) {
        fprintf(stderr, "%s\n", err.message);
    }
    return session;
}

/* Takes the session from the file, says the next thing and puts it back. The
 * session of a turn that cannot be saved must not be answered. */
static bool go_on(talk_worker *worker, const talk_bot *bot, FILE *file)
{
    int next;
    const talk_turn *turn;
    talk_session *session = load(bot, file, &next);
    const char *text = said[next % SAID];
    bool fine = session &&
                talk_say(worker, session, text, strlen(text), &turn, NULL) ==
                    TALK_OK &&
                save(session, next + 1, file);
    for (size_t i = 0; fine && i < talk_turn_message_count(turn); i++) {
        puts(talk_turn_message(turn, i).text);
    }
    talk_session_free(session);
    return fine;
}

int main(int argc, char **argv)
{
    talk_bot *bot = NULL;
    talk_worker *worker = NULL;
    FILE *file = NULL;
    if (argc > 2) file = fopen(argv[2], "r+");
    if (argc > 2 && !file) file = fopen(argv[2], "w+");
    if (argc <= 2) file = tmpfile();
    bool fine =
        file &&
        talk_bot_load(argc > 1 ? argv[1] : ".", NULL, &bot, NULL) == TALK_OK &&
        talk_worker_new(bot, &worker, NULL) == TALK_OK;
    for (int i = 0; fine && i < (argc > 2 ? 1 : SAID); i++) {
        fine = go_on(worker, bot, file);
    }
    talk_worker_free(worker);
    talk_bot_free(bot);
    if (file) fclose(file);
    return fine ? 0 : 1;
}
