/* example_embed.c - the smallest host, as README.md shows it. */
#include <backtalk.h>
#include <stdio.h>

int main(void)
{
    static const char said[] = "my left hand is numb, can I crack my back?";
    talk_bot *bot;
    talk_worker *worker;
    talk_session *session;
    const talk_turn *turn;
    if (talk_bot_load(".", NULL, &bot, NULL) != TALK_OK) return 1;
    if (talk_worker_new(bot, &worker, NULL) != TALK_OK) return 1;
    if (talk_session_new(bot, &session, NULL) != TALK_OK) return 1;
    (void)talk_say(worker, session, said, sizeof said - 1, &turn, NULL);
    for (size_t i = 0; i < talk_turn_message_count(turn); i++) {
        puts(talk_turn_message(turn, i).text);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    talk_bot_free(bot);
}
