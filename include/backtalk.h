/* backtalk.h - an embeddable conversation engine for rule packs.
 *
 * A pack is a folder of YAML rules: what people may say, what it means, what
 * to answer. The engine knows nothing of any subject; everything that it can
 * talk about stands in the pack.
 *
 *     talk_bot *bot;          a loaded pack, immutable, shared by all threads
 *     talk_worker *worker;    scratch memory for one thread
 *     talk_session *session;  one conversation
 *     const talk_turn *turn;  what came of one message
 *
 * Text is UTF-8, given as pointer and length in bytes; it may hold NUL bytes
 * and need not be valid: what is not is read as U+FFFD. Strings that the
 * library returns end in a NUL byte that their length does not count.
 *
 * Threads: a bot may be used by any number of threads at once. A worker and a
 * session are each used by one thread at a time. The library has no globals,
 * prints nothing, reads no clock and no environment, and touches files only
 * in talk_bot_load.
 *
 * Determinism: same pack, same session, same message, same clock value and
 * same seed give the same turn, byte for byte.
 *
 * Versions: libraries of the same soname serve the same hosts without being
 * compiled anew. Functions, members and values of enums are added behind those
 * that there are; of the structs only talk_options grows, which tells its
 * size. A status, tier or kind that a host does not know is from later on.
 *
 * Arguments: NULL where an object is wanted is answered with TALK_ARGUMENT
 * by the functions that return a status, and with 0, "" or a struct of zeros
 * by the others; so is an index that is too high.
 */
#ifndef BACKTALK_H
#define BACKTALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TALK_VERSION "0.1.0"

#if defined(_WIN32)
#define TALK_API
#else
#define TALK_API __attribute__((visibility("default")))
#endif

/* ---- Status and errors --------------------------------------------------*/

typedef enum talk_status {
    TALK_OK = 0,
    TALK_NOMEM,    /* the allocator said no; nothing was changed */
    TALK_LIMIT,    /* a limit of the options was met; nothing was changed */
    TALK_ARGUMENT, /* the caller broke a rule of this header */
    TALK_IO,       /* a file or folder cannot be read; or a callback failed */
    TALK_YAML,     /* a pack file is not YAML, or uses what packs may not */
    TALK_RULE,     /* a pack file is YAML, but says what makes no sense */
    TALK_STATE     /* a saved session cannot be read */
} talk_status;

/* One word for a status, such as "no memory". Never NULL. */
TALK_API const char *talk_status_name(talk_status status);

enum { TALK_SOURCE_MAX = 256, TALK_MESSAGE_MAX = 512 };

/* Where and what. The caller owns it; functions that take one may be given
 * NULL. It is written only when the status is not TALK_OK. line and column
 * count from 1; 0 means that the place is not known or not inside a file. */
typedef struct talk_error {
    talk_status status;
    uint32_t line;
    uint32_t column;
    char source[TALK_SOURCE_MAX]; /* the file, as found below the pack */
    char message[TALK_MESSAGE_MAX];
} talk_error;

/* ---- Options ------------------------------------------------------------*/

/* The host's allocator, in the manner of Lua: old_size is 0 for a new block;
 * new_size 0 frees and returns NULL; NULL for a new_size above 0 means "no
 * memory". Called by one thread at a time per bot, worker or session. */
typedef void *(*talk_alloc_fn)(void *payload, void *block, size_t old_size,
                               size_t new_size);

/* Called for every problem that a pack has, in order of file and line. */
typedef void (*talk_report_fn)(void *payload, const talk_error *problem);

/* Seconds since 1970-01-01 UTC. Asked once a turn. */
typedef uint64_t (*talk_clock_fn)(void *payload);

typedef struct talk_options {
    size_t size; /* set by talk_options_init: bytes that both sides know */

    talk_alloc_fn alloc_fn; /* NULL: malloc and free */
    void *alloc_payload;
    talk_report_fn report_fn; /* NULL: only the first problem is told */
    void *report_payload;
    talk_clock_fn clock_fn; /* NULL: the time is always 0 */
    void *clock_payload;

    size_t message_max;     /* bytes of one message; 65,536; at most 16 MiB */
    size_t pack_file_max;   /* bytes of one pack file; 4 MiB */
    size_t pack_max;        /* bytes of all pack files; 64 MiB */
    uint32_t match_limit;   /* PCRE2 match limit for one match; 2,000. Beyond
                               it nothing is known of what was looked for */
    uint32_t turn_work_max; /* KiB of text tried against patterns in a turn,
                               all patterns together; 20,480 */
    uint32_t seed;          /* for the choice among wordings; 0 */
    bool alternatives;      /* of patterns are told apart, for tools: then
                               talk_bot_rule has them and talk_turn_explain says
                               which rules a turn used; slow; false */
    bool examples;          /* behind a line '---' of a pack's file are read,
                               too, for tools: no turn needs them, but what is
                               wrong with them is reported; false */
} talk_options;

/* Fills in the defaults; `size` is sizeof(talk_options) as the host has it.
 * Call it before anything else is set. Members that only one side knows, the
 * host or the library, whichever is newer, are 0 and count for nothing. */
TALK_API void talk_options_init(talk_options *options, size_t size);

/* ---- Bot ----------------------------------------------------------------*/

typedef struct talk_bot talk_bot;

/* Loads the pack in `folder`: every *.yaml below its intents/ and responses/.
 * options may be NULL. All problems go to options->report_fn; the first is
 * also in err. On success *bot is the caller's, to be freed after all its
 * workers; on failure it is NULL. */
TALK_API talk_status talk_bot_load(const char *folder,
                                   const talk_options *options, talk_bot **bot,
                                   talk_error *err);
TALK_API void talk_bot_free(talk_bot *bot); /* NULL is fine */

/* What the pack holds. `index` runs from 0 to count - 1; names are borrowed
 * until the bot is freed. */
typedef enum talk_kind {
    TALK_TOPICS,
    TALK_FINDINGS,
    TALK_RESPONSES,
    TALK_SLOTS,
    TALK_VARIABLES,
    TALK_ACTIONS
} talk_kind;
TALK_API size_t talk_bot_count(const talk_bot *bot, talk_kind kind);
TALK_API const char *talk_bot_name(const talk_bot *bot, talk_kind kind,
                                   size_t index);
/* The pack's own name, title and opening words; never NULL. */
TALK_API const char *talk_bot_pack_name(const talk_bot *bot);
TALK_API const char *talk_bot_title(const talk_bot *bot);
TALK_API const char *talk_bot_opening(const talk_bot *bot);
/* Where the answer `response` comes from, such as "F09 F10", or "" when it
 * is in no need of a source; NULL when there is no such response. */
TALK_API const char *talk_bot_sources(const talk_bot *bot,
                                      const char *response);
/* The full name of source `id` ("F09"); NULL when the pack names none. */
TALK_API const char *talk_bot_source_name(const talk_bot *bot, const char *id);

/* An example sentence that the pack gives for a topic or a finding. Those of
 * findings may stand apart: then they are there with talk_options.examples. */
typedef struct talk_example {
    const char *text; /* borrowed until the bot is freed */
    size_t length;
    talk_kind kind;       /* TALK_TOPICS or TALK_FINDINGS */
    const char *name;     /* the topic or finding */
    const char *polarity; /* of a finding; NULL for a topic */
    bool counter;         /* true: must not be understood so */
    const char *source;   /* file below the pack */
    uint32_t line;
    uint32_t column;
} talk_example;
TALK_API size_t talk_bot_example_count(const talk_bot *bot);
TALK_API talk_example talk_bot_example(const talk_bot *bot, size_t index);

/* A single rule and where it stands: for tools that tell which rules of a
 * pack its tests have exercised. */
typedef enum talk_rule_kind {
    TALK_RULE_FINDING,    /* a pattern of a finding */
    TALK_RULE_CUE,        /* a cue word */
    TALK_RULE_ANSWER,     /* a pattern of a short answer */
    TALK_RULE_SLOT,       /* a pattern of a slot */
    TALK_RULE_TOPIC,      /* a pattern of a topic */
    TALK_RULE_WORDING,    /* a wording of a response */
    TALK_RULE_POLICY,     /* where policy, a form or a hook names a response */
    TALK_RULE_POLARITY,   /* a polarity in which a finding can be told */
    TALK_RULE_ALTERNATIVE /* of a pattern; see talk_options.alternatives */
} talk_rule_kind;
typedef struct talk_rule {
    talk_rule_kind kind;
    const char *name;   /* the finding, slot, topic, response; "" for others */
    const char *text;   /* the pattern or alternative as written; the place
                           in the policy; the polarity */
    const char *source; /* file below the pack */
    uint32_t line;
    uint32_t column;
    uint32_t number; /* of an alternative: in its pattern, from 0 */
} talk_rule;
TALK_API size_t talk_bot_rule_count(const talk_bot *bot);
TALK_API talk_rule talk_bot_rule(const talk_bot *bot, size_t index);

/* ---- Worker and session -------------------------------------------------*/

typedef struct talk_worker talk_worker;
typedef struct talk_session talk_session;

/* Scratch for one thread. The bot must outlive it. */
TALK_API talk_status talk_worker_new(const talk_bot *bot, talk_worker **worker,
                                     talk_error *err);
/* The next turns of this worker choose among wordings by this seed instead of
 * that of the options: for tools that try one talk in many wordings without
 * loading the pack again. NULL is fine. */
TALK_API void talk_worker_seed(talk_worker *worker, uint32_t seed);
TALK_API void talk_worker_free(talk_worker *worker); /* NULL is fine */

/* One conversation, empty. It holds names, no pointers into the bot, and may
 * be used with any bot; it only takes the bot's allocator, which must live as
 * long as the session. */
TALK_API talk_status talk_session_new(const talk_bot *bot,
                                      talk_session **session, talk_error *err);
TALK_API void talk_session_free(talk_session *session); /* NULL is fine */
/* Forgets everything: as if new. */
TALK_API void talk_session_reset(talk_session *session);
/* Makes `to` what `from` is, to come back to it: with a copy from before it, a
 * turn that could not be stored is as if it had not been. `to` keeps its own
 * allocator, and back into what was copied from nothing is allocated.
 * TALK_NOMEM: nothing was changed. */
TALK_API talk_status talk_session_copy(const talk_session *from,
                                       talk_session *to, talk_error *err);
/* Bytes that the session holds on the heap, itself included. */
TALK_API size_t talk_session_size(const talk_session *session);

/* Sets a variable that the bot's pack declares, for the turns that come:
 * conditions ask for it, wordings and actions show it. The value is UTF-8, a
 * number such as "7" where the pack wants one, and has at most 256 bytes; it
 * is copied. NULL: back to where it starts. A session that was reset has
 * forgotten it. TALK_ARGUMENT: the pack has no such variable, or it cannot
 * have that value; TALK_NOMEM. */
TALK_API talk_status talk_session_set(const talk_bot *bot,
                                      talk_session *session, const char *name,
                                      const char *value, talk_error *err);
/* The value that a variable has, whoever set it; NULL: none, or no such
 * variable. Borrowed until the session is used for anything else. */
TALK_API const char *talk_session_get(const talk_bot *bot,
                                      const talk_session *session,
                                      const char *name);

/* ---- Turn ---------------------------------------------------------------*/

typedef struct talk_turn talk_turn;

typedef enum talk_tier {
    TALK_TIER_NONE,
    TALK_TIER_AVOID,
    TALK_TIER_PROFESSIONAL,
    TALK_TIER_URGENT,
    TALK_TIER_EMERGENCY
} talk_tier;
TALK_API const char *talk_tier_name(talk_tier tier);

/* Says `text` in the conversation. All or nothing: unless TALK_OK is
 * returned, the session is as it was. *turn is borrowed until the worker's
 * next talk_say or its end. */
TALK_API talk_status talk_say(talk_worker *worker, talk_session *session,
                              const char *text, size_t length,
                              const talk_turn **turn, talk_error *err);

typedef struct talk_message {
    const char *text;
    size_t length;
    const char *response; /* the name of the response that it words */
    size_t wording;       /* which of its wordings, from 0 */
    bool technique;       /* holds instructions to crack, roll, stretch … */
} talk_message;
TALK_API size_t talk_turn_message_count(const talk_turn *turn);
TALK_API talk_message talk_turn_message(const talk_turn *turn, size_t index);

/* What a response asks the host to do. The host does it, and tells what came
 * of it with talk_session_set. The texts are borrowed as the turn is. */
typedef struct talk_argument {
    const char *name;
    const char *value;
    size_t length;
} talk_argument;
typedef struct talk_action {
    const char *name;
    const char *response; /* that asks for it */
    const talk_argument *arguments;
    size_t argument_count;
} talk_action;
TALK_API size_t talk_turn_action_count(const talk_turn *turn);
TALK_API talk_action talk_turn_action(const talk_turn *turn, size_t index);

/* Where the conversation stands after the turn. */
TALK_API talk_tier talk_turn_tier(const talk_turn *turn);
/* The main thing that was answered; "" when nothing was. */
TALK_API const char *talk_turn_topic(const talk_turn *turn);
/* True when any message holds technique. */
TALK_API bool talk_turn_technique(const talk_turn *turn);
/* True when nothing was understood, so that a fallback was said. */
TALK_API bool talk_turn_fallback(const talk_turn *turn);

/* A finding that this message spoke of. */
typedef struct talk_finding {
    const char *name;
    const char *polarity; /* present absent past hypothetical other_person */
    talk_tier tier;       /* what it demands here; TALK_TIER_NONE if nothing */
    size_t start, end;    /* bytes of the user's own message */
} talk_finding;
TALK_API size_t talk_turn_finding_count(const talk_turn *turn);
TALK_API talk_finding talk_turn_finding(const talk_turn *turn, size_t index);

/* What the conversation has gathered so far. */
typedef struct talk_slot {
    const char *name;
    const char *value;  /* the user's words */
    const char *normal; /* the normal form, or "" */
    double number;      /* the normal form as a number, or NaN */
} talk_slot;
TALK_API size_t talk_turn_slot_count(const talk_turn *turn);
TALK_API talk_slot talk_turn_slot(const talk_turn *turn, size_t index);

/* Writes pieces of text; anything but true ends the writing (TALK_IO). */
typedef bool (*talk_write_fn)(void *payload, const char *text, size_t length);

/* ---- What a bridge needs ---- */

/* Quick replies: what the user may well say next, for buttons. They answer
 * the question that the turn asks, as its slot or finding has them in the
 * pack, else they are what its last message suggests; at the tiers urgent and
 * emergency only to the question whether an alarm is over. The texts are
 * short, are borrowed until the bot is freed, and are said as any message. */
TALK_API size_t talk_turn_quick_count(const talk_turn *turn);
TALK_API const char *talk_turn_quick(const talk_turn *turn, size_t index);
/* The quick replies for a channel without buttons, as numbered lines:
 * "1. Left\n2. Right". Writes nothing when there are none. TALK_IO. */
TALK_API talk_status talk_turn_numbered(const talk_turn *turn,
                                        talk_write_fn write, void *payload,
                                        talk_error *err);
/* What a number means that is answered to them: when `text` is nothing but
 * the number of a quick reply of the session's last turn ("2", "2.", "#2"),
 * *picked is that quick reply, borrowed until the bot is freed, to be said in
 * place of the text; else it is NULL. A host that shows no numbers does not
 * call it. TALK_NOMEM. */
TALK_API talk_status talk_session_pick(const talk_bot *bot,
                                       const talk_session *session,
                                       const char *text, size_t length,
                                       const char **picked, talk_error *err);

/* Message ids, for a channel that may deliver a message twice: a session
 * remembers the ids of its last 32 messages that had one and the answers to
 * the last 4 of those, also when it is saved and loaded.
 *
 *     const char *answer = talk_session_kept(session, id);
 *     if (!answer) {
 *         ... talk_say; put the answer together ...
 *         talk_session_keep(session, id, answer, &err);
 *     }
 *     ... save the session; send the answer, unless it is "" ...
 *
 * An id is UTF-8 of 1 to TALK_ID_MAX bytes. The answer is whatever the host
 * makes of a turn, as UTF-8 of at most 64 KiB: text, or JSON; both are copied.
 * talk_session_reset forgets ids and answers; a turn in which the user wants
 * to begin anew forgets the answers of those before it. */
enum { TALK_ID_MAX = 256 };
/* TALK_ARGUMENT; TALK_LIMIT: the answer is too long; TALK_NOMEM: nothing was
 * changed. */
TALK_API talk_status talk_session_keep(talk_session *session, const char *id,
                                       const char *answer, talk_error *err);
/* NULL: the id is not known, the message is to be said. "": it was answered,
 * but with what is kept no longer. Borrowed until the session is used for
 * anything else. */
TALK_API const char *talk_session_kept(const talk_session *session,
                                       const char *id);

/* Message `index` as Markdown (CommonMark) that reads as its text does: what
 * would mean something there is escaped, whoever said it; at the tiers urgent
 * and emergency the sentences that name the help, by the words that the pack's
 * policy has for the tier, are strong; lines that begin with "- " are a list.
 * The text of a message itself is plain, always. TALK_ARGUMENT, TALK_IO. */
TALK_API talk_status talk_turn_markdown(const talk_turn *turn, size_t index,
                                        talk_write_fn write, void *payload,
                                        talk_error *err);

/* Cuts a text for a channel that takes at most `most` bytes at once (at least
 * 4; less is taken as 4): behind a sentence, else between words, else between
 * characters. Returns the length of the first piece; *next is where the next
 * one begins, behind the blanks at the cut, or `length`.
 *
 *     for (size_t next; length; text += next, length -= next) {
 *         size_t piece = talk_split(text, length, 400, &next);
 *         ... send piece bytes of text ...
 *     } */
TALK_API size_t talk_split(const char *text, size_t length, size_t most,
                           size_t *next);

/* Why the turn is as it is, as one JSON object. */
TALK_API talk_status talk_turn_explain(const talk_turn *turn,
                                       talk_write_fn write, void *payload,
                                       talk_error *err);
/* What the session remembers, as one JSON object. */
TALK_API talk_status talk_session_state(const talk_session *session,
                                        talk_write_fn write, void *payload,
                                        talk_error *err);

/* Writes all that the session remembers as one JSON object, for
 * talk_session_load: to keep conversations over a restart or a new pack. It
 * holds what the user told, and is as private as that. */
TALK_API talk_status talk_session_save(const talk_session *session,
                                       talk_write_fn write, void *payload,
                                       talk_error *err);
/* Reads what talk_session_save wrote; *session is the caller's. What the
 * bot's pack does not know any more is dropped, and each name that is dropped
 * goes to the report_fn that the bot was loaded with. TALK_STATE: it is no
 * saved session, or of another version; err says what is wrong. */
TALK_API talk_status talk_session_load(const talk_bot *bot, const char *json,
                                       size_t length, talk_session **session,
                                       talk_error *err);

/* The version of the library, TALK_VERSION when it was built. */
TALK_API const char *talk_version(void);

#ifdef __cplusplus
}
#endif
#endif
