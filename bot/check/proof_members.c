/* proof_members.c - whether the members of a class come to the same.
 * In: classes, the first states.  Out: a fault for each member that leads
 * elsewhere, or has other kinds of things said, than the one that was told in
 * its place; how many were tried.
 *
 * Each member is told in the first states in place of its like; and all
 * examples of the pack are said as they stand, through the whole engine, and
 * told once more with all members replaced. */
#include <string.h>

#include "proof_model.h"

enum { STATES_TRIED = 24 };

/* What came of a message, as far as classes tell. */
struct outcome {
    struct key key;
    uint32_t said[MESSAGES_MAX]; /* classes of responses, each once */
    size_t said_count;
};

static void take_outcome(const struct proof *proof, struct outcome *out)
{
    const struct talk_turn *turn = &proof->worker->turn;
    talk__proof_key(proof, &turn->decision.next, &out->key);
    out->said_count = 0;
    for (size_t i = 0; i < turn->message_count; i++) {
        uint32_t class = proof->responses.of[turn->messages[i].response];
        size_t at = 0;
        while (at < out->said_count && out->said[at] != class) at++;
        if (at == out->said_count) out->said[out->said_count++] = class;
    }
}

static bool same(const struct outcome *a, const struct outcome *b)
{
    return a->key.length == b->key.length &&
           memcmp(a->key.bytes, b->key.bytes, a->key.length) == 0 &&
           a->said_count == b->said_count &&
           memcmp(a->said, b->said, a->said_count * sizeof *a->said) == 0;
}

static bool come_to(struct proof *proof, uint32_t node,
                    const struct letter *letter, struct outcome *out)
{
    const struct node *from = proof->states.nodes[node];
    struct setting setting;
    struct seen seen;
    (void)talk__proof_settings(proof, from, letter);
    setting = proof->settings[0];
    talk__arena_reset(&proof->worker->arena);
    if (!talk__proof_is_told(proof, from, letter) ||
        !talk__proof_step(proof, from, letter, &setting, &seen)) {
        return false;
    }
    take_outcome(proof, out);
    struct breach breaches[BREACHES_MAX];
    size_t count = talk__proof_judge(proof, &seen, breaches);
    for (size_t i = 0; i < count; i++) {
        talk__proof_suspect(proof, &breaches[i], node, letter, &setting);
    }
    return true;
}

static void compare(struct proof *proof, uint32_t node,
                    const struct letter *first, const struct letter *member,
                    const struct breach *breach)
{
    struct outcome wanted, got;
    if (!come_to(proof, node, first, &wanted)) return;
    proof->members_tried++;
    if (come_to(proof, node, member, &got) && same(&wanted, &got)) return;
    talk__proof_suspect(proof, breach, node, member, NULL);
}

/* One of the class was told before: then it matters which. */
static bool is_known(const struct proof *proof, uint32_t node, uint32_t class)
{
    const struct recall *recall = &proof->states.nodes[node]->recall;
    for (uint32_t i = 0; i < recall->known_count; i++) {
        uint32_t finding = recall->known[i].finding;
        if (finding != NO_INDEX && proof->findings.of[finding] == class) {
            return true;
        }
    }
    return false;
}

/* All members in place of the one that the letter tells. */
static void replace(struct proof *proof, uint32_t node,
                    const struct letter *letter)
{
    const struct pack *pack = proof->pack;
    struct breach breach = {RULE_CLASSES, NO_INDEX, NO_INDEX, NO_INDEX};
    uint32_t finding =
        letter->finding_count == 1 ? letter->findings[0].finding : NO_INDEX;
    uint32_t topic = letter->topic_count == 1 ? letter->topics[0] : NO_INDEX;
    for (uint32_t i = 0; finding != NO_INDEX && i < pack->finding_count; i++) {
        uint32_t class = proof->findings.of[finding];
        if (i == finding || proof->findings.of[i] != class ||
            is_known(proof, node, class)) {
            continue;
        }
        struct letter member = *letter;
        member.findings[0].finding = breach.finding = i;
        compare(proof, node, letter, &member, &breach);
    }
    breach.finding = NO_INDEX;
    for (uint32_t i = 0; topic != NO_INDEX && i < pack->topic_count; i++) {
        if (i == topic || proof->topics.of[i] != proof->topics.of[topic]) {
            continue;
        }
        struct letter member = *letter;
        member.topics[0] = i;
        breach.response = pack->topics[i].response;
        compare(proof, node, letter, &member, &breach);
    }
}

/* ---- Examples ---- */

/* The same with the first of each class. */
static bool fold(const struct proof *proof, const struct told *told,
                 struct arena *arena, struct told *out)
{
    struct told_finding *findings =
        talk__arena_array(arena, told->finding_count + 1, sizeof *findings);
    uint32_t *topics =
        talk__arena_array(arena, told->topic_count + 1, sizeof *topics);
    if (!findings || !topics) return false;
    for (size_t i = 0; i < told->finding_count; i++) {
        findings[i] = told->findings[i];
        findings[i].finding =
            proof->findings.first[proof->findings.of[findings[i].finding]];
    }
    for (size_t i = 0; i < told->topic_count; i++) {
        topics[i] = proof->topics.first[proof->topics.of[told->topics[i]]];
    }
    *out = *told;
    out->findings = findings;
    out->topics = topics;
    return true;
}

static bool respond_anew(struct proof *proof, const struct told *told)
{
    struct talk_turn *turn = &proof->worker->turn;
    turn->message_count = turn->action_count = 0;
    turn->technique = false;
    return talk__respond(proof->worker, told) == TALK_OK;
}

/* Said as it stands to somebody new, and told once more in its class. */
static bool try_example(struct proof *proof, const talk_session *session,
                        const struct example *example)
{
    struct talk_worker *worker = proof->worker;
    struct told told, folded;
    struct outcome said, again;
    talk_status status =
        talk__pipeline(worker, session, example->text, example->length, NULL);
    if (status != TALK_OK ||
        talk__tell(&worker->turn.heard, &worker->arena, &told) != TALK_OK) {
        return false;
    }
    take_outcome(proof, &said);
    struct seen seen = {&worker->turn.last, &told, &worker->turn, GAP_NONE};
    struct breach breaches[BREACHES_MAX];
    size_t count = talk__proof_judge(proof, &seen, breaches);
    for (size_t i = 0; i < count; i++) {
        talk__proof_suspect(proof, &breaches[i], 0, NULL, NULL);
    }
    if (!fold(proof, &told, &worker->arena, &folded) ||
        !respond_anew(proof, &folded)) {
        return false;
    }
    take_outcome(proof, &again);
    proof->examples_tried++;
    if (!same(&said, &again)) {
        struct breach breach = {
            RULE_CLASSES,
            example->of_finding ? NO_INDEX
                                : proof->pack->topics[example->owner].response,
            NO_INDEX, example->of_finding ? example->owner : NO_INDEX};
        talk__proof_suspect(proof, &breach, 0, NULL, NULL);
    }
    return true;
}

static void try_examples(struct proof *proof)
{
    talk_session *session = NULL;
    proof->status = talk_session_new(&proof->bot, &session, NULL);
    for (uint32_t i = 0; i < proof->pack->example_count; i++) {
        const struct example *example = &proof->pack->examples[i];
        if (proof->status != TALK_OK || example->counter) continue;
        if (!try_example(proof, session, example)) proof->status = TALK_NOMEM;
    }
    talk_session_free(session);
}

void talk__proof_members(struct proof *proof)
{
    if (proof->part != PART_CARE) return;
    size_t letters = proof->letter_count;
    for (uint32_t node = 0; node < proof->states.count && node < STATES_TRIED;
         node++) {
        for (size_t i = 0; i < letters && proof->status == TALK_OK; i++) {
            if (proof->letters[i].gap != GAP_NONE) continue;
            replace(proof, node, &proof->letters[i]);
        }
    }
    if (proof->status == TALK_OK) try_examples(proof);
}
