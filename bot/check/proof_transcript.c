/* proof_transcript.c - the conversation that breaks a rule, as a transcript.
 * In: a breach and the letters that lead to it.  Out: a fault with a
 * transcript that was said in words, and fails under `backtalk test`; where
 * no words were found, a sketch of it. */
#include <stdio.h>
#include <string.h>

#include "proof_model.h"

enum {
    PATH_MAX_LETTERS = 40,
    TEXTS_MAX = 24, /* tried for one letter */
    SEEDS_MAX = 12, /* tried for one conversation: each has other wordings */
    TRANSCRIPT_MAX = 64 * 1024,
    WHAT_MAX = 300,
    AGAIN = 3 /* times that a letter is said that asks for ever */
};

enum { HOUR_SECONDS = 3600, DAY_SECONDS = 24 * HOUR_SECONDS };

struct line {
    const struct letter *letter; /* NULL: the way out that is missing */
    uint32_t to; /* the state it leads to; NO_INDEX: where the rule breaks */
};

struct telling {
    struct proof *proof;
    const struct breach *breach;
    struct line lines[PATH_MAX_LETTERS + AGAIN + 1];
    size_t count;
    const char *said[PATH_MAX_LETTERS + AGAIN + 1];
    talk_tier tiers[PATH_MAX_LETTERS + AGAIN + 1];
    uint32_t seed;
    uint64_t began;
    /* Of the last turn. */
    talk_tier before;
    struct breach seen;
    struct buffer out;
};

/* ---- The way ---- */

static bool add_line(struct telling *t, const struct letter *letter,
                     uint32_t to)
{
    if (t->count == sizeof t->lines / sizeof *t->lines) return false;
    t->lines[t->count++] = (struct line){letter, to};
    return true;
}

static bool find_way(struct telling *t, uint32_t node)
{
    const struct states *states = &t->proof->states;
    uint32_t depth = states->nodes[node]->depth;
    if (depth > PATH_MAX_LETTERS) return false;
    t->count = depth;
    for (uint32_t at = node; depth > 0; depth--) {
        t->lines[depth - 1] = (struct line){&states->nodes[at]->letter, at};
        at = states->nodes[at]->parent;
    }
    return true;
}

/* ---- Saying it ---- */

/* A conversation is short: only memory can have ended. */
static bool give_up(struct proof *proof)
{
    proof->status = TALK_NOMEM;
    return false;
}

static uint64_t wait_for(const struct proof *proof, const struct line *line)
{
    if (!line->letter) return 0;
    switch (line->letter->gap) {
    case GAP_NONE: return 0;
    case GAP_DAY: return DAY_SECONDS - 1;
    case GAP_STALE:
        return (uint64_t)(proof->pack->policy.stale_hours * HOUR_SECONDS) + 1;
    }
    return 0;
}

static bool see(struct proof *proof, const struct line *line,
                struct told *told, struct seen *out)
{
    struct talk_worker *worker = proof->worker;
    if (talk__tell(&worker->turn.heard, &worker->arena, told) != TALK_OK) {
        return false;
    }
    told->now = proof->now;
    *out = (struct seen){&worker->turn.last, told, &worker->turn,
                         line->letter ? line->letter->gap : GAP_NONE};
    return true;
}

/* The question that the turn puts; NO_INDEX: none. */
static uint32_t question_put(const struct proof *proof,
                             const struct seen *seen)
{
    struct talk_turn one = *seen->turn;
    struct seen of_one = *seen;
    of_one.turn = &one;
    one.message_count = 1;
    for (size_t i = 0; i < seen->turn->message_count; i++) {
        one.messages[0] = seen->turn->messages[i];
        if (talk__proof_asks(proof, &of_one)) return one.messages[0].response;
    }
    return NO_INDEX;
}

static bool breaks(struct telling *t, const struct seen *seen)
{
    struct proof *proof = t->proof;
    const struct recall *next = &seen->turn->decision.next;
    enum rule rule = t->breach->rule;
    t->before = seen->last->tier;
    t->seen = *t->breach;
    if ((rule == RULE_MEMORY || rule == RULE_CONFIRMED) &&
        next->tier >= seen->last->tier) {
        return false; /* it would not show */
    }
    if (rule == RULE_START) return next->tier > TALK_TIER_NONE;
    if (rule == RULE_EXIT || rule == RULE_LIVELOCK) {
        t->seen.response = question_put(proof, seen);
        return t->seen.response != NO_INDEX;
    }
    struct breach breaches[BREACHES_MAX];
    proof->spoken_only = true;
    size_t count = talk__proof_judge(proof, seen, breaches);
    proof->spoken_only = false;
    for (size_t i = 0; i < count; i++) {
        if (breaches[i].rule != rule) continue;
        t->seen = breaches[i];
        return true;
    }
    return false;
}

/* What one would say to leave, or to start over. */
static size_t ways_out(struct telling *t, const char **out, size_t most)
{
    const struct pack *pack = t->proof->pack;
    bool start = t->breach->rule == RULE_START;
    size_t count = 0;
    for (uint32_t i = 0; i < pack->example_count && count + 1 < most; i++) {
        const struct example *example = &pack->examples[i];
        if (example->of_finding || example->counter) continue;
        enum topic_act act = pack->topics[example->owner].act;
        if (act == (start ? TOPIC_RESTARTS : TOPIC_CANCELS)) {
            out[count++] = example->text;
        }
    }
    out[count++] = start ? "let us start over" : "please stop asking";
    return count;
}

/* Says the line with one of its texts; true when it leads where it should. */
static bool say_line(struct telling *t, struct talk_session *session,
                     size_t at)
{
    struct proof *proof = t->proof;
    const struct line *line = &t->lines[at];
    const char *texts[TEXTS_MAX];
    size_t count =
        line->letter ? talk__proof_texts(proof, line->letter, texts, TEXTS_MAX)
                     : ways_out(t, texts, TEXTS_MAX);
    uint64_t before = proof->now;
    for (size_t i = 0; i < count; i++) {
        proof->now = before + wait_for(proof, line);
        talk_status status = talk__pipeline(proof->worker, session, texts[i],
                                            strlen(texts[i]), NULL);
        struct told told;
        struct seen seen;
        if (status != TALK_OK || !see(proof, line, &told, &seen)) {
            return give_up(proof);
        }
        struct recall *next = &proof->worker->turn.decision.next;
        struct key key;
        talk__proof_key(proof, next, &key);
        bool here = true;
        if (line->to != NO_INDEX) {
            const struct key *wanted = &proof->states.nodes[line->to]->key;
            here = key.length == wanted->length &&
                   memcmp(key.bytes, wanted->bytes, key.length) == 0;
        }
        if (here && at + 1 == t->count) here = breaks(t, &seen);
        if (!here) continue;
        t->said[at] = texts[i];
        t->tiers[at] = next->tier;
        return talk__session_commit(session, next) == TALK_OK ||
               give_up(proof);
    }
    proof->now = before;
    return false;
}

static bool say_all(struct telling *t)
{
    struct proof *proof = t->proof;
    talk_session *session = NULL;
    if (talk_session_new(&proof->bot, &session, NULL) != TALK_OK) {
        return give_up(proof);
    }
    proof->now = 1767268800; /* noon of the first day of 2026, as in tests */
    size_t at = 0;
    while (at < t->count && say_line(t, session, at)) at++;
    talk_session_free(session);
    return at == t->count;
}

/* The wordings differ by the seed, and not all of them are wrong. */
static bool say_with_seeds(struct telling *t)
{
    struct talk_worker *worker = t->proof->worker;
    uint32_t seed = worker->seed;
    bool found = false;
    for (uint32_t i = 0; i < SEEDS_MAX && !found; i++) {
        if (t->proof->status != TALK_OK) break;
        worker->seed = t->seed = i;
        found = say_all(t);
    }
    worker->seed = seed;
    return found;
}

/* ---- Writing it ---- */

static void put(struct telling *t, const char *text)
{
    talk__buffer_add_text(&t->out, text);
}

static void put_line(struct telling *t, const char *keyword, const char *text)
{
    put(t, keyword);
    put(t, text);
    put(t, "\n");
}

static void put_number(struct telling *t, const char *before, uint64_t number,
                       const char *after)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    put(t, before);
    put(t, text);
    put(t, after);
}

/* A message of the user; what would be taken for something else is marked. */
static void put_me(struct telling *t, const char *text)
{
    if (*text == '\0') put(t, "BYTES 20");
    if (*text == '#' || *text == '\\' || *text == '/') put(t, "\\");
    put_line(t, text, "");
}

/* The first of the words that the last turn says, as it is written there. */
static bool find_words(const struct telling *t, const struct texts *words,
                       const char **text, size_t *length)
{
    const struct talk_turn *turn = &t->proof->worker->turn;
    for (size_t i = 0; i < turn->message_count; i++) {
        const struct worded *worded = &turn->messages[i].worded;
        for (uint32_t w = 0; w < words->count; w++) {
            struct texts one = {&words->items[w], 1};
            size_t size = strlen(words->items[w]);
            for (size_t at = 0; at + size <= worded->length; at++) {
                if (!talk__proof_text_holds(&one, worded->text + at, size)) {
                    continue;
                }
                *text = worded->text + at;
                *length = size;
                return true;
            }
        }
    }
    return false;
}

static void put_without(struct telling *t, const struct texts *words)
{
    const char *text;
    size_t length;
    if (!find_words(t, words, &text, &length)) return;
    put(t, "!*");
    for (size_t i = 0; i < length; i++) {
        talk__buffer_add_byte(&t->out, text[i] == '\n' ? ' ' : text[i]);
    }
    put(t, "*\n");
}

/* The question in the words that it has this time. */
static void put_without_question(struct telling *t)
{
    const struct pack *pack = t->proof->pack;
    const struct recall *next = &t->proof->worker->turn.decision.next;
    const struct question *open = &next->open;
    const char *again = open->of_finding ? pack->findings[open->index].again
                                         : pack->slots[open->index].again;
    const char *ask = open->of_finding ? pack->findings[open->index].ask
                                       : pack->slots[open->index].ask;
    put_line(t, "!*", ask);
    if (again) put_line(t, "!*", again);
}

/* One message has one of the words, and others may come. */
static void put_with(struct telling *t, const struct texts *words)
{
    put(t, "?*\n");
    if (words->count > 1) put(t, "ONE_OF ");
    for (uint32_t i = 0; i < words->count; i++) {
        if (i) put(t, "|");
        put(t, "*");
        put(t, words->items[i]);
        put(t, "*");
    }
    put(t, "\n?*\n");
}

static void put_tier(struct telling *t, talk_tier tier)
{
    put_line(t, "TIER ", talk_tier_name(tier));
}

/* What should have come, and did not. */
static void put_wanted(struct telling *t)
{
    const struct pack *pack = t->proof->pack;
    const struct talk_turn *turn = &t->proof->worker->turn;
    const struct recall *next = &turn->decision.next;
    talk_tier tier = talk__proof_tier(pack, next);
    const struct policy *policy = &pack->policy;
    uint32_t response = t->seen.response;
    switch (t->breach->rule) {
    case RULE_TECHNIQUE:
    case RULE_SCREENING:
        put(t, "TECHNIQUE no\n");
        put_without(t, &policy->technique_words);
        break;
    case RULE_REASSURANCE: put_without(t, &policy->reassuring_words); break;
    case RULE_NAMES: put_with(t, &policy->tiers[tier].names); break;
    case RULE_ESCALATION:
        put_tier(t, tier);
        if (tier == TALK_TIER_NONE) break;
        put_line(t, "RESPONSE ",
                 pack->responses[policy->tiers[tier].rise].name);
        break;
    case RULE_MEMORY:
    case RULE_CONFIRMED: put_tier(t, t->before); break;
    case RULE_START: put_tier(t, TALK_TIER_NONE); break;
    case RULE_ANSWER: put(t, "!MESSAGES 0\n"); break;
    case RULE_THIRD: put_without_question(t); break;
    default:
        if (response == NO_INDEX) break;
        put_line(t, "!RESPONSE ", pack->responses[response].name);
    }
}

static void write_transcript(struct telling *t, const char *what)
{
    put(t, talk__proof_rule_name(t->breach->rule));
    put_line(t, ": ", what);
    put_line(t, talk__proof_rule_reason(t->breach->rule), "\n");
    put_number(t, "#begin\nSEED ", t->seed, "\n");
    for (size_t i = 0; i < t->count; i++) {
        uint64_t wait = wait_for(t->proof, &t->lines[i]);
        put(t, "\n#me\n");
        if (wait) put_number(t, "CLOCK +", wait, "s\n");
        put_me(t, t->said[i]);
        put(t, "\n#bot\n");
        if (i + 1 < t->count) put_tier(t, t->tiers[i]);
    }
    put_wanted(t);
}

static void write_sketch(struct telling *t, const char *what)
{
    put(t, talk__proof_rule_name(t->breach->rule));
    put_line(t, ": ", what);
    put_line(t, talk__proof_rule_reason(t->breach->rule), "\n");
    put(t, "// No words were found that lead there. What is told:\n");
    for (size_t i = 0; i < t->count; i++) {
        if (!t->lines[i].letter) continue;
        put(t, "// - ");
        talk__proof_describe(t->proof->pack, t->lines[i].letter, &t->out);
        put(t, "\n");
    }
}

/* ---- The fault ---- */

/* Says the conversation of one of the ways. */
static bool try_way(struct telling *t, const struct suspect *suspect,
                    size_t at)
{
    uint32_t node = suspect->ways[at].node;
    size_t times = suspect->breach.rule == RULE_LIVELOCK ? AGAIN : 1;
    const struct letter *letter =
        suspect->ways[at].has_letter ? &suspect->ways[at].letter : NULL;
    if (!find_way(t, node)) return false;
    for (size_t i = 0; i < times; i++) {
        if (!add_line(t, letter, NO_INDEX)) return false;
    }
    return say_with_seeds(t);
}

static void tell(struct proof *proof, const struct suspect *suspect)
{
    struct telling *t = talk__arena_take(&proof->arena, sizeof *t);
    if (!t) {
        proof->status = TALK_NOMEM;
        return;
    }
    *t = (struct telling){.proof = proof, .breach = &suspect->breach};
    talk__buffer_init(&t->out, &proof->arena, TRANSCRIPT_MAX);
    size_t at = 0;
    while (at < suspect->way_count && !try_way(t, suspect, at)) at++;
    bool replayed = at < suspect->way_count;
    if (!replayed) {
        at = 0;
        (void)find_way(t, suspect->ways[0].node);
        if (suspect->ways[0].has_letter) {
            (void)add_line(t, &suspect->ways[0].letter, NO_INDEX);
        }
    }
    char what[WHAT_MAX];
    talk__proof_name(proof, &suspect->breach, suspect->ways[at].node, what,
                     sizeof what);
    if (replayed) {
        write_transcript(t, what);
    } else {
        write_sketch(t, what);
    }
    talk__proof_keep(proof, suspect,
                     talk__arena_text(&proof->arena, what, strlen(what)),
                     t->out.text, replayed);
}

void talk__proof_find_all(struct proof *proof)
{
    for (size_t i = 0; i < proof->suspect_count; i++) {
        if (proof->status == TALK_OK) tell(proof, &proof->suspects[i]);
    }
    proof->suspect_count = 0;
}
