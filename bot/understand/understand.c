/* understand.c - the order in which a message is understood; answers.
 * In: the user's bytes, what is remembered.  Out: what the message says. */
#include "understand.h"

/* Short answers: which of them the message gives. */
static void hear_answers(const struct pack *pack, struct heard *heard)
{
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct pattern *pattern =
            &pack->patterns[heard->hits[i].pattern];
        if (pattern->kind == PATTERN_ANSWER) {
            heard->answers[pattern->owner] = true;
        }
    }
}

talk_status talk__understand(struct matcher *matcher,
                             const struct recall *recall, const char *text,
                             size_t length, size_t ceiling, uint64_t now,
                             struct arena *arena, struct heard *out)
{
    const struct pack *pack = talk__matcher_pack(matcher);
    struct fold_rules rules = {&pack->replaced, pack->replacements,
                               pack->speller};
    *out = (struct heard){.guesses = {NO_INDEX, NO_INDEX}};
    talk_status status =
        talk__fold(&rules, text, length, ceiling, arena, &out->folded);
    out->flags_unread = out->folded.unspelt > 0;
    if (status == TALK_OK) status = talk__match(matcher, recall, arena, out);
    if (status == TALK_OK) status = talk__context(pack, arena, out);
    if (status == TALK_OK) status = talk__choose(pack, recall, arena, out);
    if (status == TALK_OK) {
        status = talk__values(pack, recall, text, now, arena, out);
    }
    if (status != TALK_OK) return status;
    hear_answers(pack, out);
    bool nothing = out->chosen_count == 0 && out->finding_count == 0 &&
                   out->value_count == 0;
    return nothing ? talk__guess(pack, arena, out) : TALK_OK;
}
