/* quick.c - what a user may well say next: offered with a turn, and picked by
 * its number.
 * In: what is remembered after a turn.  Out: texts of the pack.  What was
 * offered follows from what is remembered, so that nothing is kept for it. */
#include <string.h>

#include "ascii.h"
#include "turn.h"

/* The last response of the turn before, or NO_INDEX. */
static uint32_t last_said(const struct recall *recall)
{
    if (recall->said_count == 0) return NO_INDEX;
    const struct said *said = &recall->said[recall->said_count - 1];
    return said->turn == recall->turns ? said->response : NO_INDEX;
}

/* An open question that was asked in the last words is what is answered;
 * else the last words may suggest something. */
static struct quick_replies offered(const struct pack *pack,
                                    const struct recall *recall)
{
    uint32_t response = last_said(recall);
    if (response == NO_INDEX) return (struct quick_replies){0};
    const struct question *open = &recall->open;
    if (recall->form != NO_INDEX && open->index != NO_INDEX &&
        talk__form_asks(&pack->forms[recall->form], response)) {
        return open->of_finding ? pack->findings[open->index].answers
                                : pack->slots[open->index].answers;
    }
    /* Who should be calling for help is not asked to read on. */
    if (recall->tier >= TALK_TIER_URGENT && response != pack->policy.confirm) {
        return (struct quick_replies){0};
    }
    return pack->responses[response].suggest;
}

static struct quick_replies of_turn(const talk_turn *turn)
{
    if (!turn) return (struct quick_replies){0};
    return offered(turn->pack, &turn->decision.next);
}

size_t talk_turn_quick_count(const talk_turn *turn)
{
    return of_turn(turn).count;
}

const char *talk_turn_quick(const talk_turn *turn, size_t index)
{
    struct quick_replies quick = of_turn(turn);
    return index < quick.count ? quick.texts[index] : "";
}

/* ---- Numbers ---- */

/* "2", " 2. ", "#2", "2)": 2; anything else: 0. */
static size_t read_number(const char *text, size_t length)
{
    size_t number = 0, at = 0;
    while (length > 0 && talk__is_blank(text[length - 1])) length--;
    while (at < length && talk__is_blank(text[at])) at++;
    if (at < length && text[at] == '#') at++;
    if (length > at + 1 && strchr(".):", text[length - 1])) length--;
    if (at == length) return 0;
    for (; at < length; at++) {
        if (!talk__is_digit(text[at])) return 0;
        number = number * 10 + (size_t)(text[at] - '0');
        if (number > QUICK_MAX) return 0;
    }
    return number;
}

talk_status talk_turn_numbered(const talk_turn *turn, talk_write_fn write,
                               void *payload, talk_error *err)
{
    struct quick_replies quick = of_turn(turn);
    if (!turn || !write) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_turn_numbered: NULL");
    }
    for (size_t i = 0; i < quick.count; i++) {
        /* QUICK_MAX has two digits. */
        char number[] = {(char)('0' + (i + 1) / 10),
                         (char)('0' + (i + 1) % 10), '.', ' '};
        size_t skip = i + 1 < 10;
        if ((i && !write(payload, "\n", 1)) ||
            !write(payload, number + skip, sizeof number - skip) ||
            !write(payload, quick.texts[i], strlen(quick.texts[i]))) {
            return talk__fail(err, TALK_IO, (struct place){0},
                              "the callback gave up");
        }
    }
    return TALK_OK;
}

talk_status talk_session_pick(const talk_bot *bot, const talk_session *session,
                              const char *text, size_t length,
                              const char **picked, talk_error *err)
{
    if (picked) *picked = NULL;
    if (!bot || !session || !picked || (!text && length)) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_pick: NULL");
    }
    size_t number = length ? read_number(text, length) : 0;
    if (number == 0) return TALK_OK;
    struct arena arena;
    struct recall recall;
    talk__arena_init(&arena, &session->memory, 0);
    talk_status status =
        talk__session_recall(session, bot->pack, &arena, &recall);
    if (status == TALK_OK) {
        struct quick_replies quick = offered(bot->pack, &recall);
        if (number <= quick.count) *picked = quick.texts[number - 1];
    }
    talk__arena_clear(&arena);
    return status == TALK_OK ? TALK_OK : talk__fail_nomem(err);
}
