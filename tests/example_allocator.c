/* example_allocator.c - a bot that may take so many bytes and no more.
 *     example_allocator [PACK]
 * Without memory a call changes nothing: the host makes room, or answers
 * "later, please", and the conversation goes on where it was. */
#include <backtalk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct budget {
    size_t used, peak, most;
};

/* The library tells the size of what it gives back, so that nothing has to be
 * kept for each block. */
static void *from_budget(void *payload, void *block, size_t old_size,
                         size_t new_size)
{
    struct budget *budget = payload;
    if (new_size == 0) {
        free(block);
        budget->used -= old_size;
        return NULL;
    }
    if (budget->used - old_size + new_size > budget->most) return NULL;
    void *fresh = realloc(block, new_size);
    if (!fresh) return NULL;
    budget->used += new_size - old_size;
    if (budget->used > budget->peak) budget->peak = budget->used;
    return fresh;
}

static talk_status say(talk_worker *worker, talk_session *session,
                       const char *text)
{
    const talk_turn *turn;
    talk_status status =
        talk_say(worker, session, text, strlen(text), &turn, NULL);
    printf("%s: %s\n", text, talk_status_name(status));
    return status;
}

int main(int argc, char **argv)
{
    struct budget budget = {0, 0, (size_t)256 << 20};
    talk_bot *bot = NULL;
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    talk_options options;
    talk_options_init(&options, sizeof options);
    options.alloc_fn = from_budget;
    options.alloc_payload = &budget;
    bool fine = talk_bot_load(argc > 1 ? argv[1] : ".", &options, &bot,
                              NULL) == TALK_OK &&
                talk_worker_new(bot, &worker, NULL) == TALK_OK &&
                talk_session_new(bot, &session, NULL) == TALK_OK;
    if (fine) {
        budget.most = budget.used;
        fine = say(worker, session, "my left hand is numb") == TALK_NOMEM;
        budget.most = (size_t)256 << 20;
        fine = say(worker, session, "my left hand is numb") == TALK_OK && fine;
    }
    talk_session_free(session);
    talk_worker_free(worker);
    talk_bot_free(bot);
    printf("peak: below %zu MiB; kept: %zu bytes\n", (budget.peak >> 20) + 1,
           budget.used);
    return fine && budget.used == 0 ? 0 : 1;
}
