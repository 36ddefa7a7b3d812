/* test_instead.c - the expectation that would have held.
 * In: a turn, an expectation that failed.  Out: the line for --accept. */
#include "posix.h"

#include "test_instead.h"

#include "test_match.h"
#include "test_reason.h"
#include "test_record.h"

#include <stdlib.h>
#include <string.h>

static bool is_name(const char *pattern, const char *name)
{
    return match_text(pattern, name, strlen(name));
}

/* ---- Assertions -------------------------------------------------------- */

static bool holds_any(const struct expect *expects, size_t count,
                      const char *response)
{
    for (size_t i = 0; i < count; i++) {
        const struct expect *expect = &expects[i];
        if (expect->kind == EXPECT_RESPONSE && !expect->negated &&
            is_name(expect->args[0], response)) {
            return true;
        }
    }
    return false;
}

static bool comes(const talk_turn *turn, const char *pattern)
{
    size_t count = talk_turn_message_count(turn);
    for (size_t i = 0; i < count; i++) {
        if (is_name(pattern, talk_turn_message(turn, i).response)) return true;
    }
    return false;
}

/* Responses that came and that no line names stand in, in order, for those
 * that did not come. NULL: there are no more. */
static const char *other_response(const talk_turn *turn,
                                  const struct expect *expects, size_t count,
                                  const struct expect *failed)
{
    size_t skip = 0, messages = talk_turn_message_count(turn);
    for (const struct expect *e = expects; e < failed; e++) {
        skip += e->kind == EXPECT_RESPONSE && !e->negated &&
                !comes(turn, e->args[0]);
    }
    for (size_t i = 0; i < messages; i++) {
        const char *response = talk_turn_message(turn, i).response;
        if (!holds_any(expects, count, response) && skip-- == 0) {
            return response;
        }
    }
    return NULL;
}

static void put_response(FILE *out, const talk_turn *turn,
                         const struct expect *expects, size_t count,
                         const struct expect *failed)
{
    const char *other =
        failed->negated ? NULL : other_response(turn, expects, count, failed);
    fprintf(out, "%sRESPONSE %s", other || failed->negated ? "" : "!",
            other ? other : failed->args[0]);
}

static void put_topic(FILE *out, const talk_turn *turn)
{
    const char *topic = talk_turn_topic(turn);
    fprintf(out, "%sTOPIC %s", *topic ? "" : "!", *topic ? topic : "*");
}

static void put_finding(FILE *out, const talk_turn *turn,
                        const struct expect *failed)
{
    size_t count = talk_turn_finding_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_finding finding = talk_turn_finding(turn, i);
        if (!is_name(failed->args[0], finding.name)) continue;
        fprintf(out, "FINDING %s %s", finding.name, finding.polarity);
        return;
    }
    fprintf(out, "!FINDING %s", failed->args[0]);
}

static void put_slot(FILE *out, const talk_turn *turn,
                     const struct expect *failed)
{
    size_t count = talk_turn_slot_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_slot slot = talk_turn_slot(turn, i);
        if (!is_name(failed->args[0], slot.name)) continue;
        fprintf(out, "SLOT %s ", slot.name);
        record_put_word(out, slot.value);
        return;
    }
    fprintf(out, "!SLOT %s", failed->args[0]);
}

static bool put_reason(void *payload, const char *reason)
{
    FILE *out = payload;
    record_put_word(out, reason);
    return false; /* the first will do */
}

char *instead_of_assertion(const talk_turn *turn, const struct expect *expects,
                           size_t count, const struct expect *failed)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    switch (failed->kind) {
    case EXPECT_TIER:
        fprintf(out, "TIER %s", talk_tier_name(talk_turn_tier(turn)));
        break;
    case EXPECT_TECHNIQUE:
        fprintf(out, "TECHNIQUE %s", talk_turn_technique(turn) ? "yes" : "no");
        break;
    case EXPECT_MESSAGES:
        fprintf(out, "MESSAGES %zu", talk_turn_message_count(turn));
        break;
    case EXPECT_TOPIC: put_topic(out, turn); break;
    case EXPECT_RESPONSE:
        put_response(out, turn, expects, count, failed);
        break;
    case EXPECT_FINDING: put_finding(out, turn, failed); break;
    case EXPECT_SLOT: put_slot(out, turn, failed); break;
    case EXPECT_BECAUSE:
        fputs("BECAUSE ", out);
        if (failed->negated) {
            fputs(failed->args[0], out);
        } else {
            (void)reason_each(turn, put_reason, out);
        }
        break;
    default: break;
    }
    if (fclose(out) == 0) return text;
    free(text);
    return NULL;
}

/* ---- Texts ------------------------------------------------------------- */

/* A piece of a pattern between wildcards, and where it came in the text. */
struct piece_of {
    const char *text;
    size_t length;
    bool found;
    size_t start, end;
};

/* The first piece stands at the start of the text, the last one at its end,
 * the others in order between them. */
static void find_piece(struct piece_of *piece, const char *text, size_t length,
                       size_t from, bool first, bool last)
{
    size_t most = length < piece->length ? 0 : length - piece->length;
    if (length < piece->length || most < from) return;
    if (last) from = most;
    for (size_t at = from; at <= most && !piece->found; at++) {
        if (memcmp(text + at, piece->text, piece->length) == 0) {
            piece->found = true;
            piece->start = at;
            piece->end = at + piece->length;
        }
        if (first) break;
    }
}

/* The pattern with the pieces that came, and the text for those that did
 * not: "Hello *, see you*" for "Hi Ann, see you soon" is "Hi Ann, see you*".
 */
static void put_kept(FILE *out, const char *pattern, const char *text,
                     size_t length)
{
    size_t end = 0;     /* of the last piece that was found */
    bool before = true; /* the piece before this one was found */
    for (const char *at = pattern;;) {
        struct piece_of piece = {.text = at, .length = strcspn(at, "*")};
        bool first = at == pattern, last = at[piece.length] == '\0';
        find_piece(&piece, text, length, end, first, last);
        if (piece.found) {
            if (!first && before) {
                putc('*', out);
            } else {
                fwrite(text + end, 1, piece.start - end, out);
            }
            fwrite(at, 1, piece.length, out);
            end = piece.end;
        }
        before = piece.found;
        if (last) break;
        at += piece.length + 1;
    }
    fwrite(text + end, 1, before ? 0 : length - end, out);
}

static void put_choices(FILE *out, const struct expect *failed,
                        const talk_message *message)
{
    fprintf(out, "%s|", failed->written);
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) return;
    record_put_text(stream, message->text, message->length);
    if (fclose(stream) == 0) {
        for (const char *at = text; *at; at++) {
            if (*at == '|') putc('\\', out);
            putc(*at, out);
        }
    }
    free(text);
}

/* Blanks in a row as one, as texts are compared. */
static char *folded(const talk_message *message, size_t *length)
{
    char *text = malloc(message->length + 1);
    *length = 0;
    for (size_t i = 0; text && i < message->length; i++) {
        char byte = message->text[i];
        bool blank = strchr(" \t\r\n\v\f", byte) != NULL;
        if (!blank) {
            text[(*length)++] = byte;
        } else if (*length && text[*length - 1] != ' ') {
            text[(*length)++] = ' ';
        }
    }
    if (text) text[*length] = '\0';
    return text;
}

char *instead_of_text(const struct expect *failed, const talk_message *message)
{
    char *text = NULL;
    size_t length, bytes;
    char *plain = folded(message, &bytes);
    FILE *out = open_memstream(&text, &length);
    const char *pattern =
        failed && failed->kind == EXPECT_TEXT ? failed->args[0] : NULL;
    if (out && failed && failed->kind == EXPECT_ONE_OF) {
        put_choices(out, failed, message);
    } else if (out && plain && pattern && strchr(pattern, '*') &&
               !strchr(pattern, '\\') && !strpbrk(plain, "*\\") &&
               !record_is_special(plain)) {
        put_kept(out, pattern, plain, bytes);
    } else if (out) {
        record_put_text(out, message->text, message->length);
    }
    free(plain);
    if (out && fclose(out) == 0) return text;
    free(text);
    return NULL;
}
