/* proof_suspect.c - notes what breaks a rule while all is explored.
 * In: breaches, where they came up.  Out: suspects: each fault once, with a
 * few ways that lead to it, plain ones first.  Ignores words. */
#include <stdio.h>

#include "proof_model.h"

static uint32_t about(const struct proof *proof, const struct breach *breach,
                      uint32_t node)
{
    if (breach->response != NO_INDEX) return breach->response;
    if (breach->finding != NO_INDEX) {
        return proof->pack->response_count + breach->finding;
    }
    const struct recall *recall = &proof->states.nodes[node]->recall;
    return breach->rule == RULE_START ? 0 : recall->open.index;
}

static struct suspect *suspect_of(struct proof *proof,
                                  const struct breach *breach, uint32_t which)
{
    for (size_t i = 0; i < proof->suspect_count; i++) {
        struct suspect *suspect = &proof->suspects[i];
        if (suspect->breach.rule == breach->rule && suspect->about == which) {
            return suspect;
        }
    }
    if (proof->suspect_count == FAULTS_MAX) return NULL;
    struct suspect *suspect = &proof->suspects[proof->suspect_count++];
    *suspect = (struct suspect){.breach = *breach, .about = which};
    return suspect;
}

bool talk__proof_as_it_is(const struct setting *setting)
{
    return !setting ||
           (setting->step == NO_INDEX && setting->topic == NO_INDEX &&
            setting->said == NO_INDEX && setting->fallbacks == 0 &&
            setting->newest == 0 && setting->screening == SCREENING_NOT_YET &&
            setting->screened == 0 && setting->times == 0 && !setting->filled);
}

void talk__proof_suspect(struct proof *proof, const struct breach *breach,
                         uint32_t node, const struct letter *letter,
                         const struct setting *setting)
{
    struct suspect *suspect =
        suspect_of(proof, breach, about(proof, breach, node));
    if (!suspect) return;
    bool plain = talk__proof_as_it_is(setting);
    size_t at = suspect->way_count;
    /* A plain way takes the place of one that is not. */
    for (size_t i = 0; i < suspect->way_count && plain; i++) {
        if (!suspect->ways[i].as_it_is) at = i;
    }
    if (at == TRIES_MAX || (!plain && suspect->way_count > 0)) return;
    if (at == suspect->way_count) suspect->way_count++;
    suspect->ways[at].node = node;
    suspect->ways[at].as_it_is = plain;
    suspect->ways[at].has_letter = letter != NULL;
    if (letter) suspect->ways[at].letter = *letter;
}

/* ---- Faults ---- */

static struct place place_of(const struct pack *pack,
                             const struct breach *breach)
{
    if (breach->response != NO_INDEX) {
        return pack->responses[breach->response].place;
    }
    if (breach->finding != NO_INDEX) {
        return pack->findings[breach->finding].place;
    }
    return pack->policy.place;
}

void talk__proof_name(const struct proof *proof, const struct breach *breach,
                      uint32_t node, char *out, size_t size)
{
    const struct pack *pack = proof->pack;
    const struct recall *recall = &proof->states.nodes[node]->recall;
    const char *tier = talk_tier_name(recall->tier);
    if (breach->response != NO_INDEX) {
        (void)snprintf(out, size, "response '%s' in a talk of tier %s",
                       pack->responses[breach->response].name, tier);
    } else if (breach->finding != NO_INDEX) {
        (void)snprintf(out, size, "finding '%s' in a talk of tier %s",
                       pack->findings[breach->finding].name, tier);
    } else {
        (void)snprintf(out, size, "a talk of tier %s%s%s", tier,
                       recall->open.index == NO_INDEX ? "" : ", asked for ",
                       recall->open.name);
    }
}

void talk__proof_keep(struct proof *proof, const struct suspect *suspect,
                      const char *what, const char *transcript, bool replayed)
{
    struct place place = place_of(proof->pack, &suspect->breach);
    enum rule rule = suspect->breach.rule;
    proof_fault fault = {.rule = talk__proof_rule_name(rule),
                         .reason = talk__proof_rule_reason(rule),
                         .what = what,
                         .transcript = transcript,
                         .replayed = replayed,
                         .source = place.source ? place.source : "",
                         .line = place.line,
                         .column = place.column};
    if (!what || !transcript || proof->arena.failed) {
        proof->status = TALK_NOMEM;
        return;
    }
    size_t at = 0;
    while (at < proof->fault_count &&
           (proof->faults[at].fault.rule != fault.rule ||
            proof->faults[at].about != suspect->about)) {
        at++;
    }
    if (at == FAULTS_MAX) return;
    if (at < proof->fault_count && proof->faults[at].fault.replayed) return;
    if (at == proof->fault_count) proof->fault_count++;
    proof->faults[at].about = suspect->about;
    proof->faults[at].fault = fault;
}
