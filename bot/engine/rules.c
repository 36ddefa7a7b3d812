/* rules.c - the single rules of a pack, one by one: patterns, wordings, the
 * places where policy, forms and hooks name a response, the polarities of
 * findings, the alternatives of patterns. In: a bot, an index.  Out: a rule
 * with its place. */
#include "turn.h"

enum { POLICY_RULES_MAX = 3 * TIER_COUNT + FALLBACKS_MAX + 16 };

struct named {
    const char *text;
    uint32_t response; /* or NO_INDEX */
};

static size_t policy_rules(const struct pack *pack, struct named *out)
{
    static const char *const rises[] = {"", "avoid rise", "professional rise",
                                        "urgent rise", "emergency rise"};
    static const char *const stands[] = {"", "avoid stand",
                                         "professional stand", "urgent stand",
                                         "emergency stand"};
    static const char *const refuses[] = {"", "avoid refuse",
                                          "professional refuse",
                                          "urgent refuse", "emergency refuse"};
    const struct policy *policy = &pack->policy;
    size_t count = 0;
    for (int tier = TALK_TIER_AVOID; tier < TIER_COUNT; tier++) {
        const struct tier_policy *said = &policy->tiers[tier];
        out[count++] = (struct named){rises[tier], said->rise};
        out[count++] = (struct named){stands[tier], said->stand};
        out[count++] = (struct named){refuses[tier], said->refuse};
    }
    const struct named others[] = {
        {"screening ask", policy->screening_ask},
        {"screening again", policy->screening_again},
        {"screening which", policy->screening_which},
        {"screening unsure", policy->screening_unsure},
        {"noted", policy->noted},
        {"unread", policy->unread},
        {"empty", policy->empty},
        {"told", policy->told},
        {"taken_back", policy->taken_back},
        {"confirm", policy->confirm},
        {"kept", policy->kept},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].response != NO_INDEX) out[count++] = others[i];
    }
    for (uint32_t i = 0; i < policy->fallback_count; i++) {
        out[count++] = (struct named){"fallback", policy->fallbacks[i]};
    }
    return count;
}

enum { FORM_RULES = 5 };

static struct named form_rule(const struct form *form, size_t index)
{
    const struct named rules[FORM_RULES] = {{"form ask", form->ask},
                                            {"form again", form->again},
                                            {"form because", form->because},
                                            {"form skipped", form->skipped},
                                            {"form done", form->done}};
    return rules[index];
}

static talk_rule rule_at(talk_rule_kind kind, const char *name,
                         const char *text, struct place place)
{
    return (talk_rule){.kind = kind,
                       .name = name,
                       .text = text,
                       .source = place.source ? place.source : "",
                       .line = place.line,
                       .column = place.column};
}

static size_t wording_count(const struct pack *pack)
{
    size_t count = 0;
    for (uint32_t i = 0; i < pack->response_count; i++) {
        count += pack->responses[i].wording_count;
    }
    return count;
}

/* What a finding keeps for ever is never told as past. */
static bool can_be(const struct finding *finding, enum polarity polarity)
{
    return !(polarity == POLARITY_PAST && finding->past_stays) &&
           !(polarity == POLARITY_HYPOTHETICAL && finding->supposed_stays);
}

static size_t polarity_count(const struct pack *pack)
{
    size_t count = 0;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        for (int p = 0; p < POLARITY_COUNT; p++) {
            count += can_be(&pack->findings[i], (enum polarity)p);
        }
    }
    return count;
}

static talk_rule polarity_rule(const struct pack *pack, size_t index)
{
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->findings[i];
        for (int p = 0; p < POLARITY_COUNT; p++) {
            enum polarity polarity = (enum polarity)p;
            if (!can_be(finding, polarity) || index-- > 0) continue;
            return rule_at(TALK_RULE_POLARITY, finding->name,
                           talk__polarity_name(polarity), finding->place);
        }
    }
    return (talk_rule){0};
}

size_t talk_bot_rule_count(const talk_bot *bot)
{
    struct named policy[POLICY_RULES_MAX];
    if (!bot) return 0;
    const struct pack *pack = bot->pack;
    return pack->pattern_count + wording_count(pack) +
           policy_rules(pack, policy) + FORM_RULES * (size_t)pack->form_count +
           pack->hook_count + polarity_count(pack) + pack->alternative_count;
}

static talk_rule pattern_rule(const struct pack *pack, size_t index)
{
    const struct pattern *pattern = &pack->patterns[index];
    talk_rule_kind kind = TALK_RULE_CUE;
    const char *name = "";
    switch (pattern->kind) {
    case PATTERN_FINDING:
        kind = TALK_RULE_FINDING;
        name = pack->findings[pattern->owner].name;
        break;
    case PATTERN_TOPIC:
        kind = TALK_RULE_TOPIC;
        name = pack->topics[pattern->owner].name;
        break;
    case PATTERN_SLOT:
        kind = TALK_RULE_SLOT;
        name = pack->slots[pattern->owner].name;
        break;
    case PATTERN_ANSWER: kind = TALK_RULE_ANSWER; break;
    default: break;
    }
    return rule_at(kind, name, pattern->text, pattern->place);
}

static talk_rule alternative_rule(const struct pack *pack, size_t index)
{
    const struct alternative *alternative = &pack->alternatives[index];
    talk_rule rule = pattern_rule(pack, alternative->pattern);
    rule.kind = TALK_RULE_ALTERNATIVE;
    rule.text = alternative->text;
    rule.number = (uint32_t)index -
                  pack->patterns[alternative->pattern].first_alternative;
    return rule;
}

static talk_rule policy_rule(const struct pack *pack, struct named named,
                             struct place place)
{
    const char *name =
        named.response == NO_INDEX ? "" : pack->responses[named.response].name;
    return rule_at(TALK_RULE_POLICY, name, named.text, place);
}

talk_rule talk_bot_rule(const talk_bot *bot, size_t index)
{
    struct named policy[POLICY_RULES_MAX];
    if (!bot) return (talk_rule){0};
    const struct pack *pack = bot->pack;
    if (index < pack->pattern_count) return pattern_rule(pack, index);
    index -= pack->pattern_count;
    for (uint32_t i = 0; i < pack->response_count; i++) {
        const struct response *response = &pack->responses[i];
        if (index < response->wording_count) {
            return rule_at(TALK_RULE_WORDING, response->name, "",
                           response->wordings[index].place);
        }
        index -= response->wording_count;
    }
    size_t count = policy_rules(pack, policy);
    if (index < count)
        return policy_rule(pack, policy[index], pack->policy.place);
    index -= count;
    size_t forms = FORM_RULES * (size_t)pack->form_count;
    if (index < forms) {
        const struct form *form = &pack->forms[index / FORM_RULES];
        return policy_rule(pack, form_rule(form, index % FORM_RULES),
                           form->place);
    }
    index -= forms;
    if (index < pack->hook_count) {
        const struct hook *hook = &pack->hooks[index];
        return policy_rule(pack, (struct named){"hook", hook->response},
                           hook->place);
    }
    index -= pack->hook_count;
    size_t polarities = polarity_count(pack);
    if (index < polarities) return polarity_rule(pack, index);
    index -= polarities;
    if (index >= pack->alternative_count) return (talk_rule){0};
    return alternative_rule(pack, index);
}
