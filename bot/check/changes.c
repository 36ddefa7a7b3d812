/* changes.c - examples of findings that are present, said a little otherwise.
 * In: the examples, and ways to change them.  Out: how many are understood
 * after each change, and those that are not. */
#include <string.h>

#include "agree.h"
#include "change.h"
#include "check_desk.h"

enum { CHANGED_MAX = 64 * 1024, GOT_MAX = 200 };

/* "past: stays": it never is past, and so forth. */
static bool is_left_out(const struct check_desk *desk,
                        const struct change *change,
                        const struct finding *finding)
{
    return (change->slip && !desk->pack->speller) ||
           (change->except == POLARITY_PAST &&
            (finding->past_stays || finding->past_counts)) ||
           (change->except == POLARITY_HYPOTHETICAL &&
            finding->supposed_stays);
}

/* Says one or two messages to a new session. The finding is present when the
 * last one that spoke of it said so. NULL: could not be said. */
static const talk_turn *say(struct check_desk *desk,
                            const struct buffer *changed, bool in_two,
                            uint32_t finding, bool *present)
{
    const char *cut =
        in_two ? memchr(changed->text, '\0', changed->length) : NULL;
    const char *last = cut ? cut + 1 : changed->text;
    *present = false;
    talk_session_reset(desk->session);
    if (cut) {
        const talk_turn *turn =
            talk__desk_say(desk, changed->text, (size_t)(cut - changed->text));
        if (!turn) return NULL;
        *present = talk__agree_heard(turn, finding, POLARITY_PRESENT);
    }
    const talk_turn *turn = talk__desk_say(
        desk, last, changed->length - (size_t)(last - changed->text));
    if (turn && talk__agree_heard(turn, finding, POLARITY_COUNT)) {
        *present = talk__agree_heard(turn, finding, POLARITY_PRESENT);
    }
    return turn;
}

static void tell(struct check_desk *desk, const struct change *change,
                 const struct example *example, const struct buffer *changed,
                 const talk_turn *turn)
{
    char got[GOT_MAX];
    const char *cut =
        change->in_two ? memchr(changed->text, '\0', changed->length) : NULL;
    talk__agree_got(turn, got, sizeof got);
    talk__desk_tell(desk, RULE_BROKE, example->place,
                    "%s: '%.200s%s%.200s': wanted %s %spresent, got %s",
                    change->name, changed->text, cut ? "' and '" : "",
                    cut ? cut + 1 : "",
                    desk->pack->findings[example->owner].name,
                    change->turns ? "not " : "", got);
}

static bool try_change(struct check_desk *desk, const struct change *change,
                       const struct example *example,
                       const struct sentence *sentence,
                       struct check_rate *rate)
{
    struct buffer changed;
    bool present;
    talk__arena_reset(&desk->turns);
    talk__buffer_init(&changed, &desk->turns, CHANGED_MAX);
    if (!talk__change(change, sentence, &changed)) return true;
    if (changed.status != TALK_OK) return changed.status != TALK_NOMEM;
    const talk_turn *turn =
        say(desk, &changed, change->in_two, example->owner, &present);
    if (!turn) return false;
    rate->tried++;
    if (present != change->turns) {
        rate->held++;
    } else {
        tell(desk, change, example, &changed, turn);
    }
    return true;
}

/* Where the finding stands in the example; false: it is not understood. */
static bool find(struct check_desk *desk, const struct example *example,
                 struct sentence *sentence)
{
    talk_session_reset(desk->session);
    const talk_turn *turn =
        talk__desk_say(desk, example->text, example->length);
    for (size_t i = 0; turn && i < turn->heard.finding_count; i++) {
        const struct heard_finding *heard = &turn->heard.findings[i];
        if (heard->finding != example->owner ||
            heard->polarity != POLARITY_PRESENT) {
            continue;
        }
        talk_finding finding = talk_turn_finding(turn, i);
        *sentence = (struct sentence){
            .text = example->text,
            .length = example->length,
            .start = finding.start,
            .end = finding.end,
            .chance = talk__hash(example->text, example->length) ^
                      desk->options->seed};
        return true;
    }
    return false;
}

static bool try_example(struct check_desk *desk, const struct example *example,
                        const struct change *changes, size_t count)
{
    const struct finding *finding = &desk->pack->findings[example->owner];
    struct sentence sentence;
    if (!find(desk, example, &sentence)) return true; /* that was told */
    for (size_t i = 0; i < count; i++) {
        if (is_left_out(desk, &changes[i], finding)) continue;
        if (!try_change(desk, &changes[i], example, &sentence,
                        &desk->report->rates[i])) {
            return false;
        }
    }
    return true;
}

static void judge(struct check_desk *desk, const struct change *change,
                  const struct check_rate *rate)
{
    const struct check_wishes *wishes = &desk->pack->wishes;
    double wish = change->turns ? wishes->turned : wishes->kept;
    if (rate->tried == 0) return;
    double percent = 100.0 * (double)rate->held / (double)rate->tried;
    if (percent >= wish) return;
    talk__desk_tell(desk, RULE_LOW_SURVIVAL, desk->pack->policy.place,
                    "%s: %zu of %zu are understood, %.1f %% and not %g %%",
                    change->name, rate->held, rate->tried, percent, wish);
}

bool talk__check_changes(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    struct check_report *report = desk->report;
    size_t count;
    const struct change *changes = talk__changes(&count);
    report->rates =
        talk__arena_array(&report->arena, count, sizeof *report->rates);
    if (!report->rates) return false;
    report->rate_count = count;
    for (size_t i = 0; i < count; i++) {
        report->rates[i].name = changes[i].name;
    }
    talk__matcher_trace(desk->worker->matcher, false);
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        if (!example->of_finding || example->counter ||
            example->polarity != POLARITY_PRESENT) {
            continue;
        }
        if (!try_example(desk, example, changes, count)) return false;
    }
    for (size_t i = 0; i < count; i++) {
        judge(desk, &changes[i], &report->rates[i]);
    }
    return true;
}
