/* test_record_run.c - backtalk test --record.
 * In: lines of stdin.  Out: the transcript of saying them, in the file that
 * is named or on stdout.  The clock stands still, as it will in the test. */
#include "posix.h"

#include "test_record_run.h"

#include "exits.h"
#include "line_reader.h"
#include "test_play.h"
#include "test_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1024 * 1024 };

static bool say(talk_worker *worker, talk_session *session,
                struct record *record, const struct line_reader *line)
{
    const talk_turn *turn;
    talk_error err = {0};
    if (talk_say(worker, session, line->text, line->length, &turn, &err) ==
        TALK_OK) {
        record_turn(record, line->text, line->length, turn);
        return true;
    }
    fprintf(stderr, "backtalk: line %zu: %s\n", record->turns + 1,
            err.message);
    return false;
}

static bool say_all(talk_worker *worker, talk_session *session,
                    struct record *record)
{
    struct line_reader reader;
    bool fine = true;
    line_reader_init(&reader, stdin, LINE_MAX_BYTES);
    while (fine) {
        enum line_status status = line_reader_next(&reader);
        if (status == LINE_READ) {
            fine = say(worker, session, record, &reader);
            continue;
        }
        if (status == LINE_END) break;
        fine = false;
        fprintf(stderr, "backtalk: cannot read the input: %s\n",
                status == LINE_TOO_LONG ? "a line is longer than 1 MiB"
                                        : strerror(errno));
    }
    line_reader_clear(&reader);
    return fine;
}

static bool write_out(struct record *record, const char *name)
{
    const char *why = "the conversation is too long";
    if (record->turns == 0) {
        fputs("backtalk: nothing was said: the input is empty\n", stderr);
        return false;
    }
    if (!name) {
        return record_write(record, "A dialogue that was recorded", stdout);
    }
    char *path = record_save(record, name, &why);
    if (!path) {
        fprintf(stderr, "backtalk: cannot write %s: %s\n", name, why);
    }
    free(path);
    return path != NULL;
}

int record_run(const struct settings *settings)
{
    struct stage stage;
    talk_worker *worker = NULL;
    talk_session *session = NULL;
    struct record record;
    talk_error err = {0};
    if (!stage_open(&stage, settings->pack, false)) return EXIT_PACK;
    record_init(&record, settings->seed);
    bool fine = talk_worker_new(stage.bot, &worker, &err) == TALK_OK &&
                talk_session_new(stage.bot, &session, &err) == TALK_OK;
    talk_worker_seed(worker, settings->seed);
    if (!fine) fprintf(stderr, "backtalk: %s\n", err.message);
    fine =
        fine && say_all(worker, session, &record) &&
        write_out(&record, settings->path_count ? settings->paths[0] : NULL);
    talk_session_free(session);
    talk_worker_free(worker);
    record_clear(&record);
    stage_close(&stage);
    return fine ? EXIT_FINE : EXIT_INOUT;
}
