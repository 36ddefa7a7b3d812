/* example_action.c - a pack asks its host to do something, the host does it
 * and tells what came of it, and the talk goes on.
 *     example_action [PACK [TEXT...]]
 * The pack of the test has the action `remind`, which takes texts, and the
 * variable `reminder`, which waits for "done" or "failed". */
#include <backtalk.h>
#include <stdio.h>
#include <string.h>

/* What a real host does: puts it into a calendar. This one has no time for
 * Bob. */
static bool run(const talk_action *action)
{
    bool fine = true;
    printf("[%s:", action->name);
    for (size_t i = 0; i < action->argument_count; i++) {
        const talk_argument *argument = &action->arguments[i];
        printf(" %s=%s", argument->name, argument->value);
        if (strcmp(argument->value, "bob") == 0) fine = false;
    }
    puts("]");
    return fine;
}

/* Says it, does what is asked for, and when that was something, lets the bot
 * go on: an empty message is nobody's, but what was set is answered. */
static bool say(const talk_bot *bot, talk_worker *worker,
                talk_session *session, const char *text)
{
    const talk_turn *turn;
    const char *outcome = NULL;
    talk_error err;
    if (talk_say(worker, session, text, strlen(text), &turn, &err) !=
        TALK_OK) {
        fprintf(stderr, "%s\n", err.message);
        return false;
    }
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        puts(talk_turn_message(turn, i).text);
    }
    for (size_t i = 0; i < talk_turn_action_count(turn); i++) {
        talk_action action = talk_turn_action(turn, i);
        outcome = run(&action) ? "done" : "failed";
    }
    if (!outcome) return true;
    if (talk_session_set(bot, session, "reminder", outcome, &err) != TALK_OK) {
        fprintf(stderr, "%s\n", err.message);
        return false;
    }
    return say(bot, worker, session, "");
}

int main(int argc, char **argv)
{
    talk_bot *bot = NULL;
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    bool fine =
        talk_bot_load(argc > 1 ? argv[1] : ".", NULL, &bot, NULL) == TALK_OK &&
        talk_worker_new(bot, &worker, NULL) == TALK_OK &&
        talk_session_new(bot, &session, NULL) == TALK_OK;
    for (int i = 2; fine && i < argc; i++) {
        fine = say(bot, worker, session, argv[i]);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    talk_bot_free(bot);
    return fine ? 0 : 1;
}
