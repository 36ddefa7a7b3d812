/* scene.c - sets the scene for polarity: cues and borders.
 * In: hits of cues, findings.  Out: the cues that count, and marks on words.
 * Ignores what a cue does to a finding. */
#include "scene.h"

#include <string.h>

static unsigned char mark_behind(const struct folded *folded, size_t word)
{
    const struct word *w = &folded->words[word];
    const char *behind = folded->text + w->start + w->length;
    if (*behind == ',') return MARK_COMMA;
    if (w->wrapped) return MARK_WRAP;
    if (*behind && strchr(".?!;", *behind) &&
        (behind[1] == ' ' || behind[1] == '\0')) {
        return MARK_SENTENCE;
    }
    return 0;
}

/* The word behind the last one that begins before the byte `end`. */
static uint32_t words_end(const struct folded *folded, uint32_t end)
{
    size_t word = talk__folded_word_at(folded, end - 1);
    bool inside = word < folded->word_count && folded->words[word].start < end;
    return (uint32_t)(inside ? word + 1 : word);
}

static uint32_t words_start(const struct folded *folded, uint32_t start)
{
    return (uint32_t)talk__folded_word_at(folded, start);
}

struct extent talk__scene_extent(const struct heard *heard,
                                 const struct heard_finding *finding)
{
    struct extent extent = {words_start(&heard->folded, finding->start),
                            words_end(&heard->folded, finding->end),
                            words_start(&heard->folded, finding->begun),
                            words_end(&heard->folded, finding->told),
                            finding->finding};
    return extent;
}

static void gather_cues(struct scene *scene)
{
    const struct heard *heard = scene->heard;
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &scene->pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_CUE) continue;
        struct cue *cue = &scene->cues[scene->cue_count++];
        *cue = (struct cue){.pattern = hit->pattern,
                            .group = &scene->pack->cues[pattern->owner]};
        cue->first = words_start(&heard->folded, hit->start);
        cue->last = words_end(&heard->folded, hit->end);
    }
}

/* Does `other` take the place of `cue`? A pseudo cue swallows what it
 * overlaps, but never a plea for another; a longer cue a shorter one inside
 * that says otherwise: "used to have no" is one cue, not "no". */
static bool swallows(const struct cue *other, const struct cue *cue)
{
    enum cue_role role = cue->group->role, others = other->group->role;
    if (other->first >= cue->last || cue->first >= other->last) return false;
    /* "never really went away" is no "never", but it says that it is there. */
    if (others == CUE_PSEUDO && role == CUE_PRESENT &&
        cue->first <= other->first && cue->last >= other->last) {
        return false;
    }
    if (others == CUE_PSEUDO) {
        return role != CUE_PSEUDO && role != CUE_STOP &&
               role != CUE_FOR_OTHER && role != CUE_FOR_THEM;
    }
    if (others > CUE_PSEUDO || role >= CUE_PSEUDO) return false;
    return (others != role || other->group->doubles) &&
           other->first <= cue->first && other->last >= cue->last &&
           other->last - other->first > cue->last - cue->first;
}

static uint32_t widest_of(const struct scene *scene)
{
    uint32_t widest = 0;
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        uint32_t words = cue->last > cue->first ? cue->last - cue->first : 0;
        if (words > widest) widest = words;
    }
    return widest;
}

/* Cues stand by where they begin: only those near by can overlap. */
static void swallow(struct scene *scene)
{
    uint32_t widest = widest_of(scene);
    size_t near = 0;
    for (size_t i = 0; i < scene->cue_count; i++) {
        struct cue *cue = &scene->cues[i];
        while (near < i && scene->cues[near].first + widest <= cue->first) {
            near++;
        }
        for (size_t j = near; j < scene->cue_count && !cue->out; j++) {
            const struct cue *other = &scene->cues[j];
            if (other->first >= cue->last) break;
            if (i != j && swallows(other, cue)) cue->out = true;
        }
    }
}

static void mark_words(struct scene *scene)
{
    const struct heard *heard = scene->heard;
    for (size_t w = 0; w < heard->folded.word_count; w++) {
        scene->marks[w] = mark_behind(&heard->folded, w);
    }
    scene->marks[heard->folded.word_count] = 0;
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        unsigned char *mark = &scene->marks[cue->first];
        if (cue->out) continue;
        if (cue->group->role == CUE_END) *mark |= MARK_END;
        if (cue->group->role == CUE_CLAUSE) *mark |= MARK_CLAUSE;
        if (cue->group->role == CUE_JOIN) *mark |= MARK_JOIN;
    }
    for (size_t i = 0; i < heard->finding_count; i++) {
        struct extent of = talk__scene_extent(heard, &heard->findings[i]);
        for (uint32_t w = of.first; w < of.last; w++) {
            scene->marks[w] |= MARK_FINDING;
        }
    }
}

talk_status talk__scene_set(const struct pack *pack, struct arena *arena,
                            const struct heard *heard, struct scene *out)
{
    *out = (struct scene){.pack = pack, .heard = heard};
    out->marks = talk__arena_take(arena, heard->folded.word_count + 1);
    out->cues =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *out->cues);
    if (!out->marks || !out->cues) return TALK_NOMEM;
    gather_cues(out);
    swallow(out);
    mark_words(out);
    return TALK_OK;
}
