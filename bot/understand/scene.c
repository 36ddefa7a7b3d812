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
    if (*behind && strchr(".?!;", *behind) &&
        (behind[1] == ' ' || behind[1] == '\0')) {
        return MARK_SENTENCE;
    }
    return 0;
}

void talk__scene_words(const struct heard *heard, uint32_t start, uint32_t end,
                       uint32_t *first, uint32_t *last)
{
    size_t from = talk__folded_word_at(&heard->folded, start);
    size_t to = talk__folded_word_at(&heard->folded, end - 1);
    if (to < heard->folded.word_count && heard->folded.words[to].start < end) {
        to++; /* else the end is a mark behind the last word */
    }
    *first = (uint32_t)from;
    *last = (uint32_t)(to < from ? from : to);
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
        talk__scene_words(heard, hit->start, hit->end, &cue->first,
                          &cue->last);
    }
}

/* Does `other` take the place of `cue`? A pseudo cue swallows what it
 * overlaps, a longer cue a shorter one inside that says otherwise: "used to
 * have no" is one cue, not "no". */
static bool swallows(const struct cue *other, const struct cue *cue)
{
    if (other->first >= cue->last || cue->first >= other->last) return false;
    if (cue->group->role == CUE_PSEUDO) return false;
    if (other->group->role == CUE_PSEUDO) return true;
    if (other->group->role > CUE_PSEUDO) return false;
    return (other->group->role != cue->group->role || other->group->doubles) &&
           other->first <= cue->first && other->last >= cue->last &&
           other->last - other->first > cue->last - cue->first;
}

static void swallow(struct scene *scene)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        struct cue *cue = &scene->cues[i];
        for (size_t j = 0; j < scene->cue_count && !cue->out; j++) {
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
        uint32_t first, last;
        talk__scene_words(heard, heard->findings[i].start,
                          heard->findings[i].end, &first, &last);
        for (; first < last; first++) scene->marks[first] |= MARK_FINDING;
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
