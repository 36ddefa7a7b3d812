/* test_holds.c - whether an assertion holds of a turn.
 * In: a turn, an assertion.  Out: yes or no, and what there was instead. */
#include "posix.h"

#include "test_holds.h"

#include "test_match.h"
#include "test_reason.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static bool holds_topic(const talk_turn *turn, const char *const *args,
                        struct got *got)
{
    const char *topic = talk_turn_topic(turn);
    add_got(got, topic, "", "");
    return *topic && is_name(args[0], topic);
}

static bool holds_tier(const talk_turn *turn, const char *const *args,
                       struct got *got)
{
    const char *tier = talk_tier_name(talk_turn_tier(turn));
    add_got(got, tier, "", "");
    return strcmp(args[0], tier) == 0;
}

static bool holds_response(const talk_turn *turn, const char *const *args,
                           struct got *got)
{
    size_t count = talk_turn_message_count(turn);
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(turn, i);
        add_got(got, message.response, "", "");
        holds = holds || is_name(args[0], message.response);
    }
    return holds;
}

static bool holds_finding(const talk_turn *turn, const char *const *args,
                          struct got *got)
{
    size_t count = talk_turn_finding_count(turn);
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        talk_finding finding = talk_turn_finding(turn, i);
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

static bool holds_slot(const talk_turn *turn, const char *const *args,
                       struct got *got)
{
    size_t count = talk_turn_slot_count(turn);
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        talk_slot slot = talk_turn_slot(turn, i);
        add_got(got, slot.name, " ", slot.value);
        holds = holds || (is_name(args[0], slot.name) &&
                          (!args[1] || is_value(args[1], &slot)));
    }
    return holds;
}

static bool holds_technique(const talk_turn *turn, const char *const *args,
                            struct got *got)
{
    const char *technique = talk_turn_technique(turn) ? "yes" : "no";
    add_got(got, technique, "", "");
    return strcmp(args[0], technique) == 0;
}

static bool holds_messages(const talk_turn *turn, const char *const *args,
                           struct got *got)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", talk_turn_message_count(turn));
    add_got(got, number, "", "");
    return strtoul(args[0], NULL, 10) == talk_turn_message_count(turn);
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

static bool holds_because(const talk_turn *turn, const char *const *args,
                          struct got *got)
{
    struct reasons reasons = {args[0], got, false};
    return reason_each(turn, take_reason, &reasons) && reasons.found;
}

static const struct assertion {
    enum expect_kind kind;
    const char *word;
    bool (*holds)(const talk_turn *turn, const char *const *args,
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

bool assertion_holds(const talk_turn *turn, const struct expect *expect,
                     char *got, size_t size)
{
    for (size_t i = 0; i < sizeof assertions / sizeof *assertions; i++) {
        const struct assertion *assertion = &assertions[i];
        struct got had = {.text = ""};
        if (assertion->kind != expect->kind) continue;
        bool holds = assertion->holds(turn, expect->args, &had);
        snprintf(got, size, "%s %s", assertion->word,
                 had.length ? had.text : "(none)");
        return holds != expect->negated;
    }
    return true;
}
