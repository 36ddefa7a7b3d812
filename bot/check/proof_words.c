/* proof_words.c - a letter in words of the pack.
 * In: a letter.  Out: texts that may tell it, taken from the examples of the
 * pack and from a few short answers; what it is, for a sketch.
 * Ignores whether a text is understood so: whoever says it sees. */
#include <string.h>

#include "proof_model.h"

/* Texts to choose from for each thing that is told. */
enum { CHOICES_MAX = 6, PARTS_MAX = LETTER_FINDINGS + LETTER_TOPICS + 2 };

struct choices {
    const char *texts[CHOICES_MAX];
    size_t count;
};

static const char *const short_answers[ANSWER_COUNT][CHOICES_MAX] = {
    [ANSWER_YES] = {"yes", "yes, a little", "a little", "yeah"},
    [ANSWER_NO] = {"no", "none", "none of those", "nope"},
    [ANSWER_UNSURE] = {"not sure", "i am not sure", "i do not know"},
    [ANSWER_SKIP] = {"skip", "skip that", "pass"},
    [ANSWER_SURELY] = {"yes", "yes, i am sure", "sure"},
};
static const char *const some_values[] = {"5",
                                          "seven",
                                          "7 out of 10",
                                          "3 years",
                                          "since monday",
                                          "for a week",
                                          "two weeks ago",
                                          "after training",
                                          "heat helps",
                                          "on the left side",
                                          "sitting"};
static const char *const unheard[] = {"blorp zig", "grolp splunk", "qwxz"};

static void choose(struct choices *choices, const char *text)
{
    if (!text || choices->count == CHOICES_MAX) return;
    choices->texts[choices->count++] = text;
}

static void choose_all(struct choices *choices, const char *const *texts,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) choose(choices, texts[i]);
}

/* Examples of the member first, then of its like. */
static void choose_examples(const struct proof *proof, bool of_finding,
                            uint32_t member, enum polarity polarity,
                            struct choices *out)
{
    const struct pack *pack = proof->pack;
    const struct folding *folding =
        of_finding ? &proof->findings : &proof->topics;
    for (int own = 1; own >= 0; own--) {
        for (uint32_t i = 0; i < pack->example_count; i++) {
            const struct example *example = &pack->examples[i];
            if (example->counter || example->of_finding != of_finding ||
                (of_finding && example->polarity != polarity)) {
                continue;
            }
            bool is_own = example->owner == member;
            if (is_own != (own == 1) ||
                folding->of[example->owner] != folding->of[member]) {
                continue;
            }
            choose(out, example->text);
        }
    }
}

static void choose_values(const struct pack *pack, uint32_t slot,
                          struct choices *out)
{
    const struct slot *rule = &pack->slots[slot];
    for (uint32_t i = 0; i < rule->choice_count && i < 2; i++) {
        choose(out, rule->choices[i]);
    }
    choose_all(out, some_values, sizeof some_values / sizeof *some_values);
}

static size_t choose_parts(const struct proof *proof,
                           const struct letter *letter,
                           struct choices parts[PARTS_MAX])
{
    size_t count = 0;
    for (uint32_t i = 0; i < letter->finding_count; i++) {
        const struct told_finding *told = &letter->findings[i];
        choose_examples(proof, true, told->finding, told->polarity,
                        &parts[count++]);
    }
    for (uint32_t i = 0; i < letter->topic_count; i++) {
        choose_examples(proof, false, letter->topics[i], POLARITY_PRESENT,
                        &parts[count++]);
    }
    if (letter->slot != NO_INDEX) {
        choose_values(proof->pack, letter->slot, &parts[count++]);
    }
    if (letter->answers) {
        for (int i = ANSWER_COUNT - 1; i >= 0; i--) {
            if (!(letter->answers & (1u << i))) continue;
            choose_all(&parts[count], short_answers[i], CHOICES_MAX);
        }
        count++;
    }
    return count;
}

/* The parts, a sentence each. The n-th text takes the n-th choice, in the
 * manner of an odometer. */
static const char *join(struct proof *proof, const struct choices *parts,
                        size_t count, size_t n)
{
    struct buffer buffer;
    talk__buffer_init(&buffer, &proof->arena, TEXT_MAX);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].count == 0) return NULL;
        if (i) talk__buffer_add_text(&buffer, ". ");
        talk__buffer_add_text(&buffer, parts[i].texts[n % parts[i].count]);
        n /= parts[i].count;
    }
    return n || buffer.status != TALK_OK ? NULL : buffer.text;
}

bool talk__proof_can_be_said(const struct letter *letter)
{
    return !letter->flags_unread && !letter->part_unread;
}

size_t talk__proof_texts(struct proof *proof, const struct letter *letter,
                         const char **out, size_t most)
{
    struct choices parts[PARTS_MAX] = {{{0}, 0}};
    size_t count = choose_parts(proof, letter, parts);
    if (!talk__proof_can_be_said(letter)) return 0;
    if (count == 0 && letter->empty) {
        out[0] = "";
        return 1;
    }
    if (count == 0) choose_all(&parts[count++], unheard, 3);
    size_t found = 0;
    while (found < most) {
        const char *text = join(proof, parts, count, found);
        if (!text) break;
        out[found++] = text;
    }
    return found;
}

/* ---- A sketch ---- */

static void add_part(struct buffer *out, size_t *parts, const char *text)
{
    if ((*parts)++) talk__buffer_add_text(out, ", ");
    talk__buffer_add_text(out, text);
}

void talk__proof_describe(const struct pack *pack, const struct letter *letter,
                          struct buffer *out)
{
    static const char *const names[ANSWER_COUNT] = {
        [ANSWER_YES] = "yes",   [ANSWER_SURELY] = "surely",
        [ANSWER_NO] = "no",     [ANSWER_UNSURE] = "unsure",
        [ANSWER_SKIP] = "skip",
    };
    static const char *const gaps[] = {
        [GAP_DAY] = "a day later", [GAP_STALE] = "when it is stale"};
    size_t parts = 0;
    if (letter->gap) add_part(out, &parts, gaps[letter->gap]);
    for (uint32_t i = 0; i < letter->finding_count; i++) {
        const struct told_finding *told = &letter->findings[i];
        add_part(out, &parts, pack->findings[told->finding].name);
        talk__buffer_add_byte(out, ' ');
        talk__buffer_add_text(out, talk__polarity_name(told->polarity));
    }
    for (uint32_t i = 0; i < letter->topic_count; i++) {
        add_part(out, &parts, pack->topics[letter->topics[i]].name);
    }
    if (letter->slot != NO_INDEX) {
        add_part(out, &parts, pack->slots[letter->slot].name);
    }
    for (size_t i = 0; i < ANSWER_COUNT; i++) {
        if (letter->answers & (1u << i)) add_part(out, &parts, names[i]);
    }
    if (letter->empty) add_part(out, &parts, "no word");
    if (letter->flags_unread) add_part(out, &parts, "a flag may be unread");
    if (letter->part_unread) add_part(out, &parts, "a part is unread");
    if (parts == 0) add_part(out, &parts, "nothing that is known");
}
