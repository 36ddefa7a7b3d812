/* test_judge.c - a turn against what a transcript expects of it.
 * In: a turn, the lines below #bot.  Out: a failure for each that does not
 * hold, and the reason of the turn. */
#include "posix.h"

#include "test_judge.h"

#include "test_match.h"
#include "test_reason.h"

#include <math.h>
#include <stdio.h>
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
    if (!judge->fault && !judge->full) {
        judge->fault =
            verdict_add_fault(judge->verdict, judge->run, judge->index);
        judge->full = !judge->fault;
    }
    if (judge->fault) {
        verdict_add_failure(judge->verdict, judge->fault, failure);
    }
}

/* ---- Assertions -------------------------------------------------------- */

/* What there is to compare with, joined for the reader: "numbness present,
 * fever absent". */
struct got {
    char text[1024];
    size_t length;
};

static void add_got(struct got *got, const char *name, const char *mark,
                    const char *value)
{
    if (got->length + 1 >= sizeof got->text) return;
    int written =
        snprintf(got->text + got->length, sizeof got->text - got->length,
                 "%s%s%s%s", got->length ? ", " : "", name, mark, value);
    if (written > 0) got->length += (size_t)written;
}

static bool is_name(const char *pattern, const char *name)
{
    return match_text(pattern, name, strlen(name));
}

static bool holds_topic(const struct judge *judge, const char *const *args,
                        struct got *got)
{
    const char *topic = talk_turn_topic(judge->turn);
    add_got(got, topic, "", "");
    return *topic && is_name(args[0], topic);
}

static bool holds_tier(const struct judge *judge, const char *const *args,
                       struct got *got)
{
    const char *tier = talk_tier_name(talk_turn_tier(judge->turn));
    add_got(got, tier, "", "");
    return strcmp(args[0], tier) == 0;
}

static bool holds_response(const struct judge *judge, const char *const *args,
                           struct got *got)
{
    size_t count = talk_turn_message_count(judge->turn);
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(judge->turn, i);
        add_got(got, message.response, "", "");
        holds = holds || is_name(args[0], message.response);
    }
    return holds;
}

static bool holds_finding(const struct judge *judge, const char *const *args,
                          struct got *got)
{
    size_t count = talk_turn_finding_count(judge->turn);
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        talk_finding finding = talk_turn_finding(judge->turn, i);
        add_got(got, finding.name, " ", finding.polarity);
        holds =
            holds || (is_name(args[0], finding.name) &&
                      (!args[1] || strcmp(args[1], finding.polarity) == 0));
    }
    return holds;
}

/* In the user's words, in the normal form, or as a number. */
static bool is_value(const char *wanted, const talk_slot *slot)
{
    char *end;
    double number = strtod(wanted, &end);
    bool is_number = end != wanted && !*end && isfinite(slot->number);
    return (is_number && fabs(number - slot->number) < 1e-9) ||
           is_name(wanted, slot->value) ||
           (*slot->normal && is_name(wanted, slot->normal));
}

static bool holds_slot(const struct judge *judge, const char *const *args,
                       struct got *got)
{
    size_t count = talk_turn_slot_count(judge->turn);
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        talk_slot slot = talk_turn_slot(judge->turn, i);
        add_got(got, slot.name, " ", slot.value);
        holds = holds || (is_name(args[0], slot.name) &&
                          (!args[1] || is_value(args[1], &slot)));
    }
    return holds;
}

static bool holds_technique(const struct judge *judge, const char *const *args,
                            struct got *got)
{
    const char *technique = talk_turn_technique(judge->turn) ? "yes" : "no";
    add_got(got, technique, "", "");
    return strcmp(args[0], technique) == 0;
}

static bool holds_messages(const struct judge *judge, const char *const *args,
                           struct got *got)
{
    char number[24];
    snprintf(number, sizeof number, "%zu",
             talk_turn_message_count(judge->turn));
    add_got(got, number, "", "");
    return strtoul(args[0], NULL, 10) == talk_turn_message_count(judge->turn);
}

struct reasons {
    const char *wanted;
    struct got *got;
    bool found;
};

static bool take_reason(void *payload, const char *reason)
{
    struct reasons *reasons = payload;
    reasons->found = reasons->found || is_name(reasons->wanted, reason);
    add_got(reasons->got, reason, "", "");
    return true;
}

static bool holds_because(const struct judge *judge, const char *const *args,
                          struct got *got)
{
    struct reasons reasons = {args[0], got, false};
    return reason_each(judge->turn, take_reason, &reasons) && reasons.found;
}

static const struct assertion {
    enum expect_kind kind;
    const char *word;
    bool (*holds)(const struct judge *judge, const char *const *args,
                  struct got *got);
} assertions[] = {
    {EXPECT_TIER, "TIER", holds_tier},
    {EXPECT_TOPIC, "TOPIC", holds_topic},
    {EXPECT_RESPONSE, "RESPONSE", holds_response},
    {EXPECT_FINDING, "FINDING", holds_finding},
    {EXPECT_SLOT, "SLOT", holds_slot},
    {EXPECT_TECHNIQUE, "TECHNIQUE", holds_technique},
    {EXPECT_BECAUSE, "BECAUSE", holds_because},
    {EXPECT_MESSAGES, "MESSAGES", holds_messages},
};

static void judge_assertion(struct judge *judge, const struct expect *expect)
{
    char wanted[512], had[sizeof((struct got *)0)->text + 32];
    for (size_t i = 0; i < sizeof assertions / sizeof *assertions; i++) {
        const struct assertion *assertion = &assertions[i];
        struct got got = {.text = ""};
        if (assertion->kind != expect->kind) continue;
        if (assertion->holds(judge, expect->args, &got) != expect->negated) {
            return;
        }
        snprintf(wanted, sizeof wanted, "%s%s %s%s%s",
                 expect->negated ? "!" : "", assertion->word, expect->args[0],
                 expect->args[1] ? " " : "",
                 expect->args[1] ? expect->args[1] : "");
        snprintf(had, sizeof had, "%s %s", assertion->word,
                 got.length ? got.text : "(none)");
        fail(judge, (struct failure){FAILED_ASSERTION, expect->spot, expect,
                                     keep(judge, wanted), keep(judge, had)});
    }
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
        fail(judge, (struct failure){FAILED_FORBIDDEN, expect->spot, expect,
                                     keep(judge, expect->written),
                                     verdict_text(judge->verdict, message.text,
                                                  message.length)});
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

/* The place where a message would have to be expected. */
static void fail_unexpected(struct judge *judge, size_t index,
                            struct spot spot)
{
    talk_message message = talk_turn_message(judge->turn, index);
    fail(judge,
         (struct failure){.kind = FAILED_UNEXPECTED,
                          .spot = spot,
                          .expected = "",
                          .got = verdict_text(judge->verdict, message.text,
                                              message.length)});
}

static void judge_messages(struct judge *judge)
{
    struct board board;
    size_t next = 0; /* the message behind the last that was expected */
    if (!board_init(&board, judge)) {
        judge->verdict->arena.failed = true;
        board.count = 0;
    }
    for (size_t i = 0; i < board.count; i++) {
        const struct match_item *item = &board.items[i];
        const struct expect *expect = &board.first[board.expects[i]];
        if (item->message != MATCH_NOTHING) {
            for (; next < (size_t)item->message; next++) {
                fail_unexpected(judge, next, expect->spot);
            }
            next++;
        }
        if (item->fits) continue;
        struct failure failure = {FAILED_MISSING, expect->spot, expect,
                                  wording_of(judge, expect), ""};
        if (item->message != MATCH_NOTHING) {
            talk_message message =
                talk_turn_message(judge->turn, (size_t)item->message);
            failure.kind = FAILED_DIFFERENT;
            failure.got =
                verdict_text(judge->verdict, message.text, message.length);
        }
        fail(judge, failure);
    }
    for (; board.count && next < board.message_count; next++) {
        fail_unexpected(judge, next,
                        board.first[board.expects[board.count - 1]].spot);
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
