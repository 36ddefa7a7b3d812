/* scope.c - which words a cue governs.
 * In: a cue, a finding's words, the scene.  Out: yes or no.
 * Ignores which polarity comes of it.
 *
 * A forward cue governs what follows it ("no numbness"), up to its reach in
 * words, the end of the sentence, a new clause ("and my") or an end cue
 * ("but"). A backward cue governs the finding before it ("the numbness is
 * gone"). A comma ends both, unless a list goes on ("no numbness, tingling
 * or fever"). How much of that holds a cue up, its group says. */
#include "scene.h"

/* Words that may stand before an item of a list: "or any", "nor the". */
enum { LIST_ITEM_WORDS_MAX = 4 };

/* "no fever, chills, sweats": fewer could be "no fever, dizzy". */
enum { BARE_LIST_ITEMS_MIN = 3 };

/* ---- Lists ---- */

/* From word `at`, just behind a comma, does a list go on up to the finding
 * that begins at `target`? It does when the pieces between commas are short,
 * and an "or" comes before the sentence ends. */
static bool joined_list(const struct scene *scene, uint32_t at,
                        uint32_t target)
{
    size_t words = scene->heard->folded.word_count;
    uint32_t piece = 0;
    for (uint32_t w = at; w < words; w++) {
        if (scene->marks[w] & (MARK_END | MARK_CLAUSE)) return false;
        if (scene->marks[w] & MARK_JOIN) return true;
        if (++piece > LIST_ITEM_WORDS_MAX && w >= target) return false;
        if (piece > LIST_ITEM_WORDS_MAX + 2) return false;
        if (scene->marks[w] & MARK_SENTENCE) return false;
        if (scene->marks[w] & MARK_COMMA) piece = 0;
    }
    return false;
}

static bool is_bare_item(const struct scene *scene, uint32_t word)
{
    unsigned char marks = scene->marks[word];
    return (marks & MARK_FINDING) && !(marks & (MARK_END | MARK_CLAUSE));
}

/* Without an "or" there must be several findings of one word each. */
static bool bare_list(const struct scene *scene, uint32_t at)
{
    size_t words = scene->heard->folded.word_count;
    uint32_t items = 0, first = at;
    while (first > 0 && is_bare_item(scene, first - 1) &&
           (first == at || (scene->marks[first - 1] & MARK_COMMA))) {
        first--;
    }
    for (uint32_t w = first; w < words && is_bare_item(scene, w); w++) {
        items++;
        if (!(scene->marks[w] & MARK_COMMA)) break;
    }
    return items >= BARE_LIST_ITEMS_MIN;
}

static bool list_goes_on(const struct scene *scene, uint32_t at,
                         uint32_t target)
{
    return joined_list(scene, at, target) || bare_list(scene, at);
}

/* ---- Scope ---- */

/* Does a word of the group's own stop begin in [from, to)? */
static bool stopped(const struct scene *scene, const struct cue_group *group,
                    uint32_t from, uint32_t to)
{
    if (group->stop == NO_INDEX) return false;
    const struct cue_group *stop = &scene->pack->cues[group->stop];
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (cue->first >= to) return false;
        if (cue->group == stop && !cue->out && cue->first >= from) return true;
    }
    return false;
}

/* Does what begins at the word hold up a cue that may go that far? */
static bool holds_up(const struct scene *scene, uint32_t word,
                     enum cue_over over)
{
    unsigned char marks = scene->marks[word];
    return (marks & MARK_END) ||
           ((marks & MARK_CLAUSE) && over < OVER_CLAUSES);
}

/* "no fall, but": a pause so early does not part what belongs together. */
enum { DENIED_HEAD = 2 };

/* "no numbness except between my legs", "no fall but i did my back in": where
 * only the first words of a finding are denied, the rest is told. Behind a
 * later pause it is of something else: "no bad bones, no fall, but i slipped
 * a disc". */
static bool ends_within(const struct scene *scene, struct extent of)
{
    for (uint32_t w = of.first + 1; w < of.last; w++) {
        if (scene->marks[w] & MARK_END) return true;
        bool pause = scene->marks[w] & (MARK_COMMA | MARK_SENTENCE);
        if (pause && w - of.first >= DENIED_HEAD) return false;
    }
    return false;
}

static bool governs_forward(const struct scene *scene, const struct cue *cue,
                            enum cue_over over, struct extent of)
{
    uint32_t first = of.first;
    if (cue->last > first || first - cue->last > cue->group->reach) {
        return false;
    }
    for (uint32_t w = cue->last; w <= first; w++) {
        unsigned char behind = scene->marks[w - 1];
        if ((behind & MARK_SENTENCE) && over < OVER_SENTENCES) return false;
        /* "i have no" may stand at the end of a line. */
        bool pause =
            (behind & MARK_COMMA) || ((behind & MARK_WRAP) && w > cue->last);
        if (pause && over < OVER_COMMAS && !list_goes_on(scene, w, first)) {
            return false;
        }
        if (holds_up(scene, w, over)) return false;
    }
    if (ends_within(scene, of)) return false;
    /* "i would not say it tingles, it is numb": heard as a whole, too. */
    for (uint32_t w = first + 1; w <= of.begun; w++) {
        if (holds_up(scene, w, over)) return false;
    }
    /* "no pain when i walk": what is not there may have any name; but whose
     * "numbness in my arm" is, its own words say. */
    bool named = cue->group->role == CUE_ABSENT;
    return !stopped(scene, cue->group, cue->last, named ? of.begun : of.last);
}

/* Is the finding told in these words (too)? */
static bool tells(const struct scene *scene, uint32_t finding,
                  struct extent words)
{
    const struct heard *heard = scene->heard;
    for (size_t i = 0; i < heard->finding_count; i++) {
        if (heard->findings[i].finding != finding) continue;
        struct extent of = talk__scene_extent(heard, &heard->findings[i]);
        if (of.first < words.last && words.first < of.last) return true;
    }
    return false;
}

/* Another finding: "pleurisy, it hurt to breathe in, that is gone" tells one
 * twice, and both are gone. */
static bool finding_between(const struct scene *scene, struct extent of,
                            uint32_t before)
{
    const struct heard *heard = scene->heard;
    for (size_t i = 0; i < heard->finding_count; i++) {
        struct extent other = talk__scene_extent(heard, &heard->findings[i]);
        if (other.first >= of.last && other.last <= before &&
            !tells(scene, of.finding, other)) {
            return true;
        }
    }
    return false;
}

/* Only the nearest finding: "my arm is numb, the fever is gone"; unless the
 * group takes all: "are gone". A comma may stand right before the cue: "it
 * was numb, that is gone". */
static bool governs_backward(const struct scene *scene, const struct cue *cue,
                             struct extent of)
{
    const struct cue_group *group = cue->group;
    uint32_t last = of.told;
    if (cue->first < last || cue->first - last > group->reach) return false;
    for (uint32_t w = last; w <= cue->first; w++) {
        unsigned char behind = scene->marks[w - 1];
        if ((behind & MARK_SENTENCE) && group->over < OVER_SENTENCES) {
            return false;
        }
        if ((behind & (MARK_COMMA | MARK_WRAP)) && group->over < OVER_COMMAS &&
            w != cue->first) {
            return false;
        }
        if (w < cue->first && holds_up(scene, w, group->over)) return false;
    }
    if (stopped(scene, group, of.first, cue->first)) return false;
    return group->all || !finding_between(scene, of, cue->first);
}

/* Words before a finding among which its own subject would stand. */
enum { SUBJECT_WORDS_MAX = 2 };

/* Cues inside a finding are part of it ("can not feel"), but for whose it is,
 * when, and an "if" that it begins with: "pain in his chest", "arm is numb",
 * "if i go numb". Not "i can not feel his hand": there is a stop. */
static bool governs_inside(const struct scene *scene, const struct cue *cue,
                           struct extent of)
{
    uint32_t before =
        of.first < SUBJECT_WORDS_MAX ? 0 : of.first - SUBJECT_WORDS_MAX;
    bool leads =
        cue->group->direction != CUE_BACKWARD && cue->first <= of.first;
    switch (cue->group->role) {
    case CUE_OTHER_PERSON:
        return !stopped(scene, cue->group, before, cue->first);
    case CUE_PRESENT: return true;
    case CUE_HYPOTHETICAL: return leads;
    /* Not in the core: "in school i fainted", heard as a whole. */
    case CUE_PAST:
        return cue->group->direction != CUE_BACKWARD && cue->last <= of.begun;
    default: return false;
    }
}

bool talk__cue_governs(const struct scene *scene, const struct cue *cue,
                       struct extent of)
{
    enum cue_direction direction = cue->group->direction;
    if (cue->out) return false;
    if (direction != CUE_FORWARD && governs_backward(scene, cue, of)) {
        return true;
    }
    if (cue->first < of.last && of.first < cue->last) {
        return governs_inside(scene, cue, of);
    }
    return direction != CUE_BACKWARD &&
           governs_forward(scene, cue, cue->group->over, of);
}

static struct extent extent_of(const struct cue *cue)
{
    struct extent extent = {cue->first, cue->last, cue->first, cue->last,
                            NO_INDEX};
    return extent;
}

/* ---- Two negations ---- */

/* "it is not true that i have no fever": "not true" has turned "no" round. */
static bool is_undone(const struct scene *scene, const struct cue *cue)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *other = &scene->cues[i];
        if (other->first >= cue->first) return false;
        if (other->group->role == cue->group->role && other->group->doubles &&
            !other->out &&
            governs_forward(scene, other, other->group->over,
                            extent_of(cue))) {
            return true;
        }
    }
    return false;
}

/* … and says nothing of its own any more. */
static bool is_spent(const struct scene *scene, const struct cue *cue,
                     uint32_t first)
{
    if (!cue->group->doubles) return false;
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *other = &scene->cues[i];
        if (other->last > first) return false;
        if (other->group->role == cue->group->role && !other->out &&
            governs_forward(scene, cue, cue->group->over, extent_of(other))) {
            return true;
        }
    }
    return false;
}

const struct cue *talk__scene_governing(const struct scene *scene,
                                        enum cue_role role, bool anyone,
                                        struct extent of)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (anyone && !cue->group->anyone) continue;
        if (cue->group->role == role && talk__cue_governs(scene, cue, of) &&
            !(role == CUE_ABSENT && is_undone(scene, cue)) &&
            !is_spent(scene, cue, of.first)) {
            return cue;
        }
    }
    return NULL;
}

/* ---- Help for another ---- */

/* "what should i do" asks for whoever was spoken of last. */
static bool is_about_another(const struct scene *scene, const struct cue *ask)
{
    /* Its first word only: the "i" in it changes no subject. */
    struct extent begin = {ask->first, ask->first + 1, ask->first,
                           ask->first + 1, NO_INDEX};
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (cue->first >= ask->first) return false;
        if (cue->group->role == CUE_OTHER_PERSON && !cue->out &&
            governs_forward(scene, cue, OVER_SENTENCES, begin)) {
            return true;
        }
    }
    return false;
}

bool talk__scene_for_them(const struct scene *scene)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (!cue->out && cue->group->role == CUE_FOR_THEM) return true;
    }
    return false;
}

bool talk__scene_for_other(const struct scene *scene)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (cue->out) continue;
        if (cue->group->role == CUE_FOR_OTHER) return true;
        if (cue->group->role == CUE_FOR_THEM && is_about_another(scene, cue)) {
            return true;
        }
    }
    return false;
}
