/* kept.c - the last messages of a session by their ids, with what was
 * answered: for channels that deliver a message twice.
 * In: ids, answers.  Out: the answer to a message that came before.
 *
 * The block: id, answer, id, answer …, each with a NUL behind, the newest
 * first. An answer that is too old is "". */
#include <string.h>

#include "session.h"
#include "unicode.h"

enum {
    /* A channel that was away may send again what it sent last: all of it is
     * known, but only the last may still wait for an answer. */
    IDS_MAX = 32,
    ANSWERS_MAX = 4,
    ANSWER_BYTES_MAX = 64 * 1024
};

struct kept_block {
    size_t length, size; /* of the texts, of the block */
    char texts[];
};

bool talk__kept_next(const struct talk_session *session, size_t *at,
                     struct kept *out)
{
    const struct kept_block *block = session->kept;
    if (!block || *at == block->length) return false;
    out->id = block->texts + *at;
    out->answer = out->id + strlen(out->id) + 1;
    *at = (size_t)(out->answer - block->texts) + strlen(out->answer) + 1;
    return true;
}

const char *talk_session_kept(const talk_session *session, const char *id)
{
    size_t at = 0;
    struct kept kept;
    if (!session || !id) return NULL;
    while (talk__kept_next(session, &at, &kept)) {
        if (strcmp(kept.id, id) == 0) return kept.answer;
    }
    return NULL;
}

/* Returns the length; out may be NULL. */
static size_t put(char *out, struct kept kept)
{
    size_t id = strlen(kept.id) + 1, answer = strlen(kept.answer) + 1;
    if (out) {
        memmove(out, kept.id, id);
        memmove(out + id, kept.answer, answer);
    }
    return id + answer;
}

/* The newest and what is kept of the others. Returns the length; out may be
 * NULL. */
static size_t put_all(char *out, const struct talk_session *session,
                      struct kept newest)
{
    size_t length = put(out, newest), at = 0;
    uint32_t count = 1;
    struct kept kept;
    while (count < IDS_MAX && talk__kept_next(session, &at, &kept)) {
        if (strcmp(kept.id, newest.id) == 0) continue;
        if (count >= ANSWERS_MAX) kept.answer = "";
        length += put(out ? out + length : NULL, kept);
        count++;
    }
    return length;
}

size_t talk__kept_size(const struct talk_session *session)
{
    return session->kept ? session->kept->size : 0;
}

void talk__kept_forget(struct talk_session *session)
{
    size_t size = talk__kept_size(session);
    if (size) memset(session->kept, 0, size);
    talk__memory_give(&session->memory, session->kept, size);
    session->kept = NULL;
}

talk_status talk__kept_copy(const struct talk_session *from,
                            struct talk_session *to)
{
    if (!from->kept) {
        talk__kept_forget(to);
        return TALK_OK;
    }
    size_t size = sizeof(struct kept_block) + from->kept->length;
    if (talk__kept_size(to) < size) {
        struct kept_block *block = talk__memory_take(&to->memory, size);
        if (!block) return TALK_NOMEM;
        talk__kept_forget(to);
        to->kept = block;
        block->size = size;
    }
    struct kept_block *block = to->kept;
    size = block->size;
    memset(block->texts, 0, size - sizeof *block);
    memcpy(block->texts, from->kept->texts, from->kept->length);
    block->length = from->kept->length;
    return TALK_OK;
}

void talk__kept_forget_answers(struct talk_session *session)
{
    struct kept_block *block = session->kept;
    size_t at = 0, length = 0;
    struct kept kept;
    if (!block) return;
    while (talk__kept_next(session, &at, &kept)) {
        kept.answer = "";
        length += put(block->texts + length, kept);
    }
    memset(block->texts + length, 0, block->length - length);
    block->length = length;
}

static talk_status refuse(talk_error *err, talk_status status,
                          const char *format, size_t bytes, int most)
{
    return talk__fail(err, status, (struct place){0}, format, bytes, most);
}

talk_status talk_session_keep(talk_session *session, const char *id,
                              const char *answer, talk_error *err)
{
    if (!session || !id || !answer) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_keep: NULL");
    }
    size_t id_length = strlen(id), length = strlen(answer);
    if (id_length == 0 || id_length > TALK_ID_MAX ||
        !talk__unicode_is_valid(id, id_length)) {
        return refuse(err, TALK_ARGUMENT,
                      "the id of a message has %zu bytes; it is UTF-8 of 1 to "
                      "%d",
                      id_length, TALK_ID_MAX);
    }
    if (!talk__unicode_is_valid(answer, length)) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "the answer to a message is no UTF-8");
    }
    if (length > ANSWER_BYTES_MAX) {
        return refuse(err, TALK_LIMIT,
                      "the answer to a message has %zu bytes; at most %d are "
                      "kept",
                      length, ANSWER_BYTES_MAX);
    }
    struct kept newest = {id, answer};
    size_t texts = put_all(NULL, session, newest);
    size_t size = sizeof(struct kept_block) + texts;
    struct kept_block *block = talk__memory_take(&session->memory, size);
    if (!block) return talk__fail_nomem(err);
    *block = (struct kept_block){.length = texts, .size = size};
    put_all(block->texts, session, newest);
    talk__kept_forget(session);
    session->kept = block;
    return TALK_OK;
}
