/* stanza.c - which message deserves an answer, and what of it is said.
 * In: a message, and who we are.  Out: a verdict, whose conversation it is,
 * the words.  Knows nothing of connections or of what was said before. */
#include "stanza.h"

#include <string.h>
#include <strings.h>

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
#define ROW(name, text) [STANZA_##name] = (text),
        STANZA_VERDICTS(ROW)
#undef ROW
    };
    return names[verdict];
}

size_t stanza_bare(const char *jid)
{
    return strcspn(jid, "/");
}

const char *stanza_resource(const char *jid)
{
    const char *slash = strchr(jid, '/');
    return slash ? slash + 1 : "";
}

size_t stanza_clean(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < ' ' && byte != '\n' && byte != '\t') continue;
        if (length - i >= 3 && (memcmp(text + i, "\xEF\xBF\xBE", 3) == 0 ||
                                memcmp(text + i, "\xEF\xBF\xBF", 3) == 0)) {
            i += 2;
            continue;
        }
        text[kept++] = text[i];
    }
    return kept;
}

/* ---- Words ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void trim(struct heard *heard)
{
    while (heard->length && is_blank(*heard->text)) {
        heard->text++;
        heard->length--;
    }
    while (heard->length && is_blank(heard->text[heard->length - 1])) {
        heard->length--;
    }
}

/* "backtalk: my back hurts", "@Backtalk, hi", "backtalk": takes the nick away.
 * A nick that goes on is another word: "backtalker", "backtalk's". */
static bool take_nick(struct heard *heard, const char *nick)
{
    size_t length = strlen(nick);
    const char *text = heard->text;
    if (*text == '@') text++;
    if (length == 0 || strncasecmp(text, nick, length) != 0) return false;
    text += length;
    if (*text && !strchr(" \t\r\n:,;.!?", *text)) return false;
    text += strspn(text, " \t\r\n:,;.!?");
    heard->length -= (size_t)(text - heard->text);
    heard->text = text;
    return true;
}

/* ---- Places ---- */

static const struct room *room_of(const struct presence *self, const char *jid)
{
    size_t length = stanza_bare(jid);
    for (size_t i = 0; i < self->room_count; i++) {
        const char *room = self->rooms[i].jid;
        if (strlen(room) == length && strncasecmp(room, jid, length) == 0) {
            return &self->rooms[i];
        }
    }
    return NULL;
}

static bool is_self(const struct presence *self, const char *jid)
{
    size_t length = stanza_bare(jid);
    return strlen(self->jid) == length &&
           strncasecmp(self->jid, jid, length) == 0;
}

static bool is_type(const struct stanza *stanza, const char *type)
{
    return stanza->type && strcmp(stanza->type, type) == 0;
}

static enum verdict judge_room(const struct stanza *stanza,
                               const struct presence *self,
                               struct heard *heard)
{
    const struct room *room = room_of(self, stanza->from);
    const char *nick = stanza_resource(stanza->from);
    if (!room || !*nick) return STANZA_NO_PERSON;
    if (strcmp(nick, room->nick) == 0) return STANZA_ECHO;
    if (stanza->delayed) return STANZA_HISTORY;
    if (stanza->encrypted || !take_nick(heard, room->nick)) {
        return STANZA_NOT_ADDRESSED;
    }
    heard->in_room = true;
    heard->aloud = true;
    return STANZA_ANSWER;
}

/* A message to us alone; it may come through a room. */
static enum verdict judge_chat(const struct stanza *stanza,
                               const struct presence *self,
                               struct heard *heard)
{
    const struct room *room = room_of(self, stanza->from);
    const char *nick = stanza_resource(stanza->from);
    const char *at = memchr(stanza->from, '@', stanza_bare(stanza->from));
    if (!at) return STANZA_NO_PERSON;
    if (is_self(self, stanza->from)) return STANZA_ECHO;
    heard->in_room = room || stanza->of_room;
    if (heard->in_room) {
        if (!*nick) return STANZA_NO_PERSON; /* an invitation, a notice */
        if (room && strcmp(nick, room->nick) == 0) return STANZA_ECHO;
    } else {
        heard->who_length = stanza_bare(stanza->from);
    }
    return stanza->encrypted ? STANZA_UNREADABLE : STANZA_ANSWER;
}

enum verdict stanza_judge(const struct stanza *stanza,
                          const struct presence *self, struct heard *heard)
{
    *heard = (struct heard){0};
    if (is_type(stanza, "error")) return STANZA_FAILURE;
    if (stanza->copied) return STANZA_COPY;
    if (!stanza->body) return STANZA_NO_TEXT;
    if (!stanza->from || is_type(stanza, "headline")) return STANZA_NO_PERSON;
    heard->who = stanza->from;
    heard->who_length = strlen(stanza->from);
    heard->text = stanza->body;
    heard->length = strlen(stanza->body);
    trim(heard);
    if (heard->length == 0) return STANZA_NO_TEXT;
    return is_type(stanza, "groupchat") ? judge_room(stanza, self, heard)
                                        : judge_chat(stanza, self, heard);
}
