/* once.c - backtalk -e TEXT.
 * In: texts of the command line.  Out: the answer to each, as text or JSON;
 * all of them are one conversation. */
#include "once.h"

#include "answer.h"
#include "exits.h"
#include "turn_json.h"

#include <string.h>

/* What --json gives as the name of the session. */
static const char session_name[] = "-e";

static bool print_json(const talk_turn *turn)
{
    struct json_out out = {0};
    turn_json(&out, turn, session_name, false);
    bool fine = !out.failed && puts(out.text) >= 0 && fflush(stdout) == 0;
    if (out.failed) fputs("backtalk: no memory\n", stderr);
    json_out_clear(&out);
    return fine;
}

static int say_all(talk_worker *worker, talk_session *session,
                   const struct settings *settings)
{
    struct screen screen;
    screen_init(&screen, stdout, settings->color);
    int code = EXIT_FINE;
    for (size_t i = 0; i < settings->text_count; i++) {
        const char *text = settings->texts[i];
        const talk_turn *turn = NULL;
        talk_error err = {0};
        if (talk_say(worker, session, text, strlen(text), &turn, &err) !=
            TALK_OK) {
            fprintf(stderr, "backtalk: -e number %zu: %s\n", i + 1,
                    err.message);
            code = EXIT_INOUT;
            continue;
        }
        bool written;
        if (settings->json) {
            written = print_json(turn);
        } else {
            answer_print(&screen, turn);
            written = i + 1 == settings->text_count || screen_end(&screen);
        }
        if (!written) return EXIT_INOUT; /* main says why */
    }
    return code;
}

int once_run(const talk_bot *bot, const struct settings *settings)
{
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    talk_error err = {0};
    int code = EXIT_INOUT;
    if (talk_worker_new(bot, &worker, &err) != TALK_OK ||
        talk_session_new(bot, &session, &err) != TALK_OK) {
        fprintf(stderr, "backtalk: %s\n", err.message);
    } else {
        code = say_all(worker, session, settings);
    }
    talk_session_free(session);
    talk_worker_free(worker);
    return code;
}
