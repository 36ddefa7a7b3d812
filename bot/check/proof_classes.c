/* proof_classes.c - which findings, topics and responses are alike.
 * In: a pack.  Out: classes; what each response may give away.
 *
 * Deciding reads of a finding its tier, what raises it, its own alarm, its
 * own topic, whether its past counts, and where a form or a condition names
 * it; nothing else. Findings that agree in all that are one class, and only
 * one of them is told. Likewise topics. proof_members.c tries the others. */
#include <string.h>

#include "ascii.h"
#include "proof_model.h"

/* ---- Words ---- */

static bool is_letter(char byte)
{
    return talk__is_small(talk__lower(byte)) || talk__is_digit(byte);
}

/* A blank of the words is any blank of the text. */
static bool same(char word, char byte)
{
    if (word == ' ') return byte == ' ' || byte == '\n';
    return word == talk__lower(byte);
}

static bool holds(const char *word, const char *text, size_t length)
{
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= length; at++) {
        size_t i = 0;
        while (i < size && same(word[i], text[at + i])) i++;
        if (i < size) continue;
        bool begins = at == 0 || !is_letter(text[at - 1]);
        bool ends = at + size == length || !is_letter(text[at + size]);
        if (begins && ends) return true;
    }
    return false;
}

bool talk__proof_text_holds(const struct texts *words, const char *text,
                            size_t length)
{
    for (uint32_t i = 0; i < words->count; i++) {
        if (holds(words->items[i], text, length)) return true;
    }
    return false;
}

/* In one piece of it: a hole parts the words. */
static bool wording_holds(const struct texts *words,
                          const struct wording *wording)
{
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        if (piece->hole == HOLE_NONE &&
            talk__proof_text_holds(words, piece->text, piece->length)) {
            return true;
        }
    }
    return false;
}

/* May it be said at the tier? Whatever else it asks for may be so. */
static bool may_be_said(const struct wording *wording, talk_tier tier,
                        bool screened)
{
    if (wording->reassures && tier >= TALK_TIER_PROFESSIONAL) return false;
    const struct when *when = wording->when;
    if (!when) return true;
    if (when->tiers && !(when->tiers & (1u << tier))) return false;
    return when->screened < 0 || (when->screened == 1) == screened;
}

static struct wording_gives read_wording(const struct pack *pack,
                                         const struct response *response,
                                         const struct wording *wording)
{
    const struct policy *policy = &pack->policy;
    struct wording_gives gives = {
        .technique = response->technique ||
                     wording_holds(&policy->technique_words, wording),
        .reassures = wording->reassures ||
                     wording_holds(&policy->reassuring_words, wording)};
    for (size_t tier = 0; tier < TIER_COUNT; tier++) {
        const struct texts *names = &policy->tiers[tier].names;
        if (names->count == 0 || wording->leads != NO_INDEX ||
            wording_holds(names, wording)) {
            gives.names |= 1u << tier;
        }
    }
    return gives;
}

static bool read_wordings(struct proof *proof, uint32_t response)
{
    const struct response *rule = &proof->pack->responses[response];
    struct wording_gives *wordings = talk__arena_array(
        &proof->arena, (size_t)rule->wording_count + 1, sizeof *wordings);
    proof->wordings[response] = wordings;
    for (uint32_t i = 0; wordings && i < rule->wording_count; i++) {
        wordings[i] = read_wording(proof->pack, rule, &rule->wordings[i]);
    }
    return wordings != NULL;
}

static struct gives gives_of(const struct proof *proof, uint32_t response,
                             talk_tier tier, bool screened)
{
    const struct response *rule = &proof->pack->responses[response];
    struct gives gives = {.names = true};
    for (uint32_t i = 0; i < rule->wording_count; i++) {
        const struct wording_gives *its = &proof->wordings[response][i];
        if (!may_be_said(&rule->wordings[i], tier, screened)) continue;
        gives.technique |= its->technique;
        gives.reassures |= its->reassures;
        gives.names &= (its->names & (1u << tier)) != 0;
    }
    return gives;
}

/* ---- Signatures ---- */

enum { SIGN_MAX = 160 };

/* What tells one member from another: numbers in a row. */
struct sign {
    uint32_t numbers[SIGN_MAX];
    uint32_t count;
};

static void add(struct sign *sign, uint32_t number)
{
    if (sign->count < SIGN_MAX) sign->numbers[sign->count++] = number;
}

static bool equal(const struct sign *a, const struct sign *b)
{
    return a->count == b->count &&
           memcmp(a->numbers, b->numbers, a->count * sizeof *a->numbers) == 0;
}

typedef void (*sign_fn)(const struct proof *proof, uint32_t member,
                        struct sign *out);

static void fold(struct proof *proof, uint32_t count, sign_fn sign_of,
                 struct folding *out)
{
    struct arena *arena = &proof->arena;
    struct sign *signs =
        talk__arena_array(arena, (size_t)count + 1, sizeof *signs);
    out->of = talk__arena_array(arena, (size_t)count + 1, sizeof *out->of);
    out->first =
        talk__arena_array(arena, (size_t)count + 1, sizeof *out->first);
    out->count = 0;
    if (!signs || !out->of || !out->first) {
        proof->status = TALK_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        sign_of(proof, i, &signs[i]);
        uint32_t class = 0;
        while (class < out->count &&
               !equal(&signs[out->first[class]], &signs[i])) {
            class ++;
        }
        if (class == out->count) out->first[out->count++] = i;
        out->of[i] = class;
    }
}

/* ---- Responses ---- */

static bool has_role(const struct pack *pack, uint32_t response)
{
    const struct policy *policy = &pack->policy;
    const uint32_t roles[] = {policy->screening_ask,
                              policy->screening_again,
                              policy->screening_which,
                              policy->screening_unsure,
                              policy->noted,
                              policy->unread,
                              policy->empty,
                              policy->told,
                              policy->taken_back,
                              policy->confirm,
                              policy->kept,
                              policy->changed,
                              policy->unasked,
                              policy->others};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (roles[i] == response) return true;
    }
    for (uint32_t i = 0; i < policy->fallback_count; i++) {
        if (policy->fallbacks[i] == response) return true;
    }
    for (size_t i = 0; i < TIER_COUNT; i++) {
        const struct tier_policy *tier = &policy->tiers[i];
        if (tier->rise == response || tier->stand == response ||
            tier->refuse == response) {
            return true;
        }
    }
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->findings[i];
        if (finding->rise == response || finding->stand == response) {
            return true;
        }
    }
    for (uint32_t i = 0; i < pack->hook_count; i++) {
        if (pack->hooks[i].response == response) return true;
    }
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        if (form->ask == response || form->again == response ||
            form->because == response || form->skipped == response ||
            form->unclear == response || form->done == response) {
            return true;
        }
    }
    return false;
}

static void sign_response(const struct proof *proof, uint32_t member,
                          struct sign *out)
{
    add(out, proof->pack->responses[member].technique);
    add(out, has_role(proof->pack, member) ? member : NO_INDEX);
    for (size_t tier = 0; tier < TIER_COUNT; tier++) {
        for (size_t screened = 0; screened < 2; screened++) {
            const struct gives *gives = &proof->gives[member][tier][screened];
            add(out, (uint32_t)gives->technique |
                         (uint32_t)gives->reassures << 1 |
                         (uint32_t)gives->names << 2);
        }
    }
}

/* ---- Topics ---- */

/* Nothing but which topic came before. */
static bool is_only_after(const struct when *when)
{
    return when->tiers == 0 && when->findings.count == 0 &&
           when->no_findings.count == 0 && when->slots.count == 0 &&
           when->no_slots.count == 0 && when->value_count == 0 &&
           when->screened < 0;
}

static uint32_t forms_started(const struct pack *pack, uint32_t topic)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct index_list *starts = &pack->forms[i].starts;
        for (uint32_t j = 0; j < starts->count; j++) {
            if (starts->items[j] == topic) bits |= 1u << (i % 32);
        }
    }
    return bits;
}

static void sign_topic(const struct proof *proof, uint32_t member,
                       struct sign *out)
{
    const struct pack *pack = proof->pack;
    const struct topic *topic = &pack->topics[member];
    uint32_t as = topic->redirect == NO_INDEX ? member : topic->redirect;
    const struct topic *target = &pack->topics[as];
    add(out, topic->act);
    add(out, topic->alone);
    add(out, target->act);
    add(out, target->alone);
    add(out, target->general);
    add(out, proof->responses.of[target->response]);
    add(out, forms_started(pack, as));
    add(out, as == pack->policy.symptoms);
    add(out, as == pack->policy.hypothetical);
    add(out, topic->when && !is_only_after(topic->when) ? member : NO_INDEX);
}

/* ---- Findings ---- */

static void mark_all(bool *marks, const struct index_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) marks[list->items[i]] = true;
}

static void mark_when(bool *marks, const struct when *when)
{
    if (!when) return;
    mark_all(marks, &when->findings);
    mark_all(marks, &when->no_findings);
}

static void mark_value_findings(struct proof *proof)
{
    const struct pack *pack = proof->pack;
    bool *marks =
        talk__arena_array(&proof->arena, (size_t)pack->finding_count + 1, 1);
    proof->value_finding = marks;
    if (!marks) {
        proof->status = TALK_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < pack->slot_count; i++) {
        const struct threshold *threshold = pack->slots[i].threshold;
        if (!threshold) continue;
        marks[threshold->finding] = true;
        mark_all(marks, &threshold->with);
    }
}

static void mark_form_findings(struct proof *proof)
{
    const struct pack *pack = proof->pack;
    bool *marks =
        talk__arena_array(&proof->arena, (size_t)pack->finding_count + 1, 1);
    bool *asked =
        talk__arena_array(&proof->arena, (size_t)pack->finding_count + 1, 1);
    proof->form_finding = marks;
    proof->asked_finding = asked;
    if (!marks || !asked) {
        proof->status = TALK_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        mark_when(marks, form->when);
        for (uint32_t j = 0; j < form->step_count; j++) {
            mark_when(marks, form->steps[j].when);
            if (!form->steps[j].of_finding) continue;
            marks[form->steps[j].index] = asked[form->steps[j].index] = true;
        }
    }
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        mark_when(marks, pack->topics[i].when);
    }
}

static void sign_finding(const struct proof *proof, uint32_t member,
                         struct sign *out)
{
    const struct pack *pack = proof->pack;
    const struct finding *finding = &pack->findings[member];
    uint32_t about =
        finding->about == pack->policy.symptoms ? NO_INDEX : finding->about;
    add(out, (uint32_t)finding->tier);
    add(out, finding->past_counts);
    add(out, finding->past_stays);
    add(out, finding->supposed_stays);
    add(out, finding->rise);
    add(out, finding->stand);
    add(out, about == NO_INDEX ? NO_INDEX : proof->topics.of[about]);
    bool named = proof->form_finding[member] || proof->value_finding[member] ||
                 finding->raise_count;
    add(out, named ? member : NO_INDEX);
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        for (uint32_t j = 0; j < pack->findings[i].raise_count; j++) {
            const struct raise *raise = &pack->findings[i].raises[j];
            for (uint32_t k = 0; k < raise->with.count; k++) {
                if (raise->with.items[k] == member) add(out, i);
            }
        }
    }
}

static void unfold_when(bool *folded, const struct when *when)
{
    if (!when) return;
    for (uint32_t i = 0; i < when->slots.count; i++) {
        folded[when->slots.items[i]] = false;
    }
    for (uint32_t i = 0; i < when->no_slots.count; i++) {
        folded[when->no_slots.items[i]] = false;
    }
    for (uint32_t i = 0; i < when->value_count; i++) {
        folded[when->values[i].slot] = false;
    }
}

/* Questions for slots that no form has under a condition are alike: the first
 * of them is asked, for the form may begin with it, and the last where there
 * are few other questions; the rest are taken for passed over. */
static void fold_slots(struct proof *proof)
{
    enum { OTHERS_ENOUGH = 2 };
    const struct pack *pack = proof->pack;
    bool *folded =
        talk__arena_array(&proof->arena, (size_t)pack->slot_count + 1, 1);
    proof->folded_slot = folded;
    if (!folded) {
        proof->status = TALK_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        uint32_t first = NO_INDEX, last = NO_INDEX, others = 0;
        for (uint32_t j = 0; j < form->step_count; j++) {
            others += form->steps[j].of_finding || form->steps[j].when;
        }
        for (uint32_t j = 0; j < form->step_count; j++) {
            const struct step *step = &form->steps[j];
            if (step->of_finding || step->when) continue;
            if (first == NO_INDEX) first = step->index;
            folded[step->index] = true;
            last = step->index;
        }
        if (first != NO_INDEX) folded[first] = false;
        if (last != NO_INDEX && others < OTHERS_ENOUGH) folded[last] = false;
    }
    for (uint32_t i = 0; i < pack->form_count; i++) {
        const struct form *form = &pack->forms[i];
        unfold_when(folded, form->when);
        for (uint32_t j = 0; j < form->step_count; j++) {
            unfold_when(folded, form->steps[j].when);
        }
    }
}

void talk__proof_classes(struct proof *proof)
{
    const struct pack *pack = proof->pack;
    proof->gives = talk__arena_array(
        &proof->arena, (size_t)pack->response_count + 1, sizeof *proof->gives);
    proof->wordings = talk__arena_array(
        &proof->arena, (size_t)pack->response_count + 1, sizeof(void *));
    if (!proof->gives || !proof->wordings) proof->status = TALK_NOMEM;
    for (uint32_t i = 0; i < pack->response_count; i++) {
        if (proof->status != TALK_OK || !read_wordings(proof, i)) {
            proof->status = TALK_NOMEM;
            return;
        }
        for (int tier = 0; tier < TIER_COUNT; tier++) {
            for (int screened = 0; screened < 2; screened++) {
                proof->gives[i][tier][screened] =
                    gives_of(proof, i, (talk_tier)tier, screened == 1);
            }
        }
    }
    mark_form_findings(proof);
    mark_value_findings(proof);
    fold_slots(proof);
    if (proof->status != TALK_OK) return;
    fold(proof, pack->response_count, sign_response, &proof->responses);
    fold(proof, pack->topic_count, sign_topic, &proof->topics);
    fold(proof, pack->finding_count, sign_finding, &proof->findings);
}
