/* test_judge.c - a turn against what a transcript expects of it.
 * In: a turn, the lines below #bot.  Out: a failure for each that does not
 * hold, and the reason of the turn. */
#include "posix.h"

#include "test_judge.h"

#include "test_holds.h"
#include "test_instead.h"
#include "test_match.h"
#include "test_reason.h"

#include <stdlib.h>
#include <string.h>

struct judge {
    struct verdict *verdict;
    const struct script *script;
    const struct exchange *exchange;
    const talk_turn *turn; /* NULL: it was refused */
    struct fault *fault;   /* NULL: nothing failed so far */
    size_t run, index;
    bool full; /* no room for a further fault */
};

static const char *keep(struct judge *judge, const char *text)
{
    return verdict_text(judge->verdict, text, strlen(text));
}

static void fail(struct judge *judge, struct failure failure)
{
    if (!failure.instead) failure.instead = "";
    if (!judge->fault && !judge->full) {
        judge->fault =
            verdict_add_fault(judge->verdict, judge->run, judge->index);
        judge->full = !judge->fault;
    }
    if (judge->fault) {
        verdict_add_failure(judge->verdict, judge->fault, failure);
    }
}

static const char *keep_owned(struct judge *judge, char *text)
{
    const char *kept = text ? keep(judge, text) : "";
    free(text);
    return kept;
}

static const char *keep_message(struct judge *judge, size_t index)
{
    talk_message message = talk_turn_message(judge->turn, index);
    return verdict_text(judge->verdict, message.text, message.length);
}

static void judge_assertion(struct judge *judge, const struct expect *expect)
{
    char got[ASSERTION_GOT_MAX];
    const struct expect *all =
        judge->script->expects + judge->exchange->first_expect;
    if (assertion_holds(judge->turn, expect, got, sizeof got)) return;
    struct failure failure = {.kind = FAILED_ASSERTION,
                              .spot = expect->spot,
                              .expect = expect,
                              .expected = keep(judge, expect->written),
                              .got = keep(judge, got)};
    failure.instead = keep_owned(
        judge, instead_of_assertion(judge->turn, all,
                                    judge->exchange->expect_count, expect));
    fail(judge, failure);
}

/* ---- Messages ---------------------------------------------------------- */

static bool is_message(const struct expect *expect)
{
    return expect->kind == EXPECT_TEXT || expect->kind == EXPECT_LIST ||
           expect->kind == EXPECT_ONE_OF || expect->kind == EXPECT_WORDLESS;
}

static bool fits(const struct expect *expect, const talk_message *message)
{
    switch (expect->kind) {
    case EXPECT_TEXT:
        return match_text(expect->args[0], message->text, message->length);
    case EXPECT_LIST:
        for (size_t i = 0; i < expect->list->count; i++) {
            if (match_text(expect->list->items[i].text, message->text,
                           message->length)) {
                return true;
            }
        }
        return false;
    case EXPECT_ONE_OF:
        for (size_t i = 0; i < expect->choice_count; i++) {
            if (match_text(expect->choices[i], message->text,
                           message->length)) {
                return true;
            }
        }
        return false;
    default: return true;
    }
}

/* What must come, as the reader sees it. */
static const char *wording_of(struct judge *judge, const struct expect *expect)
{
    return expect->kind == EXPECT_TEXT ? expect->args[0]
                                       : keep(judge, expect->written);
}

static void judge_forbidden(struct judge *judge, const struct expect *expect)
{
    size_t count = talk_turn_message_count(judge->turn);
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(judge->turn, i);
        if (!fits(expect, &message)) continue;
        fail(judge, (struct failure){.kind = FAILED_FORBIDDEN,
                                     .spot = expect->spot,
                                     .expect = expect,
                                     .expected = keep(judge, expect->written),
                                     .got = keep_message(judge, i)});
        return;
    }
}

/* The messages of a turn beside the lines that expect them. */
struct board {
    const struct expect *first; /* of the turn */
    size_t *expects;            /* which of them name messages */
    struct match_item *items;
    size_t count;
    unsigned char *table;
    size_t message_count;
};

static bool board_init(struct board *board, const struct judge *judge)
{
    const struct expect *expects =
        judge->script->expects + judge->exchange->first_expect;
    size_t count = judge->exchange->expect_count;
    *board =
        (struct board){.first = expects,
                       .message_count = talk_turn_message_count(judge->turn)};
    board->expects = calloc(count + 1, sizeof *board->expects);
    board->items = calloc(count + 1, sizeof *board->items);
    board->table = calloc((count + 1) * (board->message_count + 1), 1);
    if (!board->expects || !board->items || !board->table) return false;
    bool text = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_message(&expects[i]) || expects[i].negated) continue;
        text = text || expects[i].kind != EXPECT_WORDLESS;
        board->items[board->count].optional = expects[i].optional;
        board->expects[board->count++] = i;
    }
    if (!text) board->count = 0; /* no line names a text: all may come */
    for (size_t i = 0; i < board->count; i++) {
        for (size_t m = 0; m < board->message_count; m++) {
            talk_message message = talk_turn_message(judge->turn, m);
            const struct expect *expect = &expects[board->expects[i]];
            unsigned char near = 0;
            if (fits(expect, &message)) {
                near = MATCH_FITS;
            } else if (expect->kind == EXPECT_TEXT) {
                near = match_likeness(expect->args[0], message.text,
                                      message.length);
            }
            board->table[i * board->message_count + m] = near;
        }
    }
    return match_align(board->items, board->count, board->table,
                       board->message_count);
}

static void board_clear(struct board *board)
{
    free(board->expects);
    free(board->items);
    free(board->table);
}

static const char *keep_instead(struct judge *judge,
                                const struct expect *expect, size_t index)
{
    talk_message message = talk_turn_message(judge->turn, index);
    return keep_owned(judge, instead_of_text(expect, &message));
}

/* Before or behind the line a line would have to expect the message. */
static void fail_unexpected(struct judge *judge, size_t index,
                            const struct expect *beside, bool behind)
{
    fail(judge,
         (struct failure){.kind = FAILED_UNEXPECTED,
                          .spot = beside->spot,
                          .expected = "",
                          .got = keep_message(judge, index),
                          .instead = keep_instead(judge, NULL, index),
                          .beside_wordless = beside->kind == EXPECT_WORDLESS,
                          .behind = behind});
}

static void fail_item(struct judge *judge, const struct expect *expect,
                      int message)
{
    struct failure failure = {.kind = FAILED_MISSING,
                              .spot = expect->spot,
                              .expect = expect,
                              .expected = wording_of(judge, expect),
                              .beside_wordless =
                                  expect->kind == EXPECT_WORDLESS,
                              .got = ""};
    if (message != MATCH_NOTHING) {
        failure.kind = FAILED_DIFFERENT;
        failure.got = keep_message(judge, (size_t)message);
        failure.instead = keep_instead(judge, expect, (size_t)message);
    }
    fail(judge, failure);
}

static void judge_messages(struct judge *judge)
{
    struct board board;
    const struct expect *last = NULL;
    size_t next = 0; /* the message behind the last that was expected */
    if (!board_init(&board, judge)) {
        judge->verdict->arena.failed = true;
        board.count = 0;
    }
    for (size_t i = 0; i < board.count; i++) {
        const struct match_item *item = &board.items[i];
        last = &board.first[board.expects[i]];
        if (item->message != MATCH_NOTHING) {
            for (; next < (size_t)item->message; next++) {
                fail_unexpected(judge, next, last, false);
            }
            next++;
        }
        if (!item->fits) fail_item(judge, last, item->message);
    }
    for (; last && next < board.message_count; next++) {
        fail_unexpected(judge, next, last, true);
    }
    board_clear(&board);
}

/* ---- Turns ------------------------------------------------------------- */

static struct judge judge_of(struct verdict *verdict, size_t run,
                             size_t exchange, const talk_turn *turn)
{
    return (struct judge){.verdict = verdict,
                          .script = &verdict->script,
                          .exchange = &verdict->script.exchanges[exchange],
                          .turn = turn,
                          .run = run,
                          .index = exchange};
}

void judge_turn(struct verdict *verdict, size_t run, size_t exchange,
                const talk_turn *turn)
{
    struct judge judge = judge_of(verdict, run, exchange, turn);
    const struct expect *expects =
        judge.script->expects + judge.exchange->first_expect;
    judge_messages(&judge);
    for (size_t i = 0; i < judge.exchange->expect_count; i++) {
        if (!is_message(&expects[i])) {
            judge_assertion(&judge, &expects[i]);
        } else if (expects[i].negated) {
            judge_forbidden(&judge, &expects[i]);
        }
    }
    if (!judge.fault) return;
    char *why = reason_text(turn);
    if (why) judge.fault->why = keep(&judge, why);
    free(why);
}

void judge_refusal(struct verdict *verdict, size_t run, size_t exchange,
                   const char *message)
{
    struct judge judge = judge_of(verdict, run, exchange, NULL);
    fail(&judge, (struct failure){.kind = FAILED_REFUSED,
                                  .spot = judge.exchange->spot,
                                  .expected = "",
                                  .got = keep(&judge, message)});
}
