/* stanza.h - which message deserves an answer, and what of it is said. */
#ifndef BRIDGE_STANZA_H
#define BRIDGE_STANZA_H

#include <stdbool.h>
#include <stddef.h>

/* A <message/> as it came; texts are borrowed, NULL where there is none. */
struct stanza {
    const char *from; /* a full JID, as a rule */
    const char *type;
    const char *body;
    const char *id;   /* the sender's own, else the one of a server */
    bool delayed;     /* kept by a server, and sent late */
    bool copied;      /* a carbon, or a page of an archive */
    bool encrypted;   /* the body only says that one cannot read it */
    bool of_room;     /* a room has marked it */
    bool with_states; /* the sender's client tells whether one is typing */
};

/* A room where we are; texts are borrowed. */
struct room {
    const char *jid; /* bare */
    const char *nick;
};

/* Who we are. */
struct presence {
    const char *jid; /* bare */
    const struct room *rooms;
    size_t room_count;
};

#define STANZA_VERDICTS(ROW)                                                \
    ROW(ANSWER, "answer")                                                   \
    ROW(UNREADABLE, "unreadable")       /* encrypted: that is the answer */ \
    ROW(NO_TEXT, "no text")             /* a receipt, "is typing", … */   \
    ROW(FAILURE, "error")               /* answering these makes loops */   \
    ROW(ECHO, "echo")                   /* what we have said ourselves */   \
    ROW(COPY, "copy")                   /* of what came before */           \
    ROW(HISTORY, "history")             /* said in a room before we came */ \
    ROW(NO_PERSON, "no person")         /* a server, or a room itself */    \
    ROW(NOT_ADDRESSED, "not addressed") /* said in a room, not to us */

enum verdict {
#define ROW(name, text) STANZA_##name,
    STANZA_VERDICTS(ROW)
#undef ROW
};

const char *verdict_name(enum verdict verdict);

/* What is to be answered. The texts point into the stanza. */
struct heard {
    /* Whose conversation it is: the first bytes of `from`. A person's bare
     * JID, or the JID of somebody in a room, whom only the nick tells. */
    const char *who;
    size_t who_length;
    bool in_room; /* the conversation lasts as long as they stay */
    bool aloud;   /* in the room, where all can hear it */
    const char *text;
    size_t length;
};

/* `heard` is filled in where the verdict is STANZA_ANSWER or
 * STANZA_UNREADABLE. */
enum verdict stanza_judge(const struct stanza *stanza,
                          const struct presence *self, struct heard *heard);

/* Bytes of a JID before its resource. */
size_t stanza_bare(const char *jid);
/* The resource, which is a nick in a room; "" when there is none. */
const char *stanza_resource(const char *jid);

/* Takes out what XML 1.0 cannot hold, which would end the stream: control
 * characters, U+FFFE and U+FFFF. The text is UTF-8; returns its new length. */
size_t stanza_clean(char *text, size_t length);

#endif
