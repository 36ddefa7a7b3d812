/* hook.c - what goes before every answer while its condition holds.
 * In: the pack's hooks, what is known.  Out: an act, and whether it stands
 * for all others.  Ignores what was asked.
 *
 * An alarm stands above every hook: none is said in a turn in which the tier
 * rose, an alarm is to be confirmed or a flag may have been missed, nor at
 * the tier urgent or above. What the tier says was said before it anyway. */
#include <assert.h>

#include "desk.h"

static bool is_alarm(const struct desk *desk)
{
    const struct recall *next = &desk->out->next;
    return next->tier >= TALK_TIER_URGENT || next->tier > desk->last->tier ||
           talk__triage_doubted(next) != NO_INDEX || desk->told->flags_unread;
}

const struct hook *talk__hook_find(const struct desk *desk)
{
    if (is_alarm(desk)) return NULL;
    for (uint32_t i = 0; i < desk->pack->hook_count; i++) {
        const struct hook *hook = &desk->pack->hooks[i];
        if (talk__when_holds(hook->when, &desk->out->next)) return hook;
    }
    return NULL;
}

void talk__hook_say(struct desk *desk, const struct hook *hook, size_t at)
{
    struct decision *out = desk->out;
    assert(at < ACTS_MAX);
    if (out->act_count < ACTS_MAX) out->act_count++;
    for (size_t i = out->act_count - 1; i > at; i--) {
        out->acts[i] = out->acts[i - 1];
    }
    out->acts[at] =
        (struct act){hook->response, NO_INDEX, desk->decider, "a hook holds"};
}
