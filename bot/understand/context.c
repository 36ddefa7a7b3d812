/* context.c - findings and their polarity, after ConText (Harkema 2009) and
 * NegEx (Chapman 2001).
 * In: hits of findings, of their normal states and of cues.  Out: findings,
 * each with the cue that decided.  Knows nothing of the conversation and no
 * word of any language: the cues are the pack's. */
#include "scene.h"
#include "understand.h"

/* The first role that governs wins. Who is only supposed is nobody; somebody
 * else's symptom is nobody's absence; a condition makes everything in it
 * conditional. */
static const struct {
    enum cue_role role;
    enum polarity polarity;
    enum cue_role lifted_by;
    bool anyone; /* only cues that suppose who it is, too */
} order[] = {
    {CUE_HYPOTHETICAL, POLARITY_HYPOTHETICAL, CUE_CONFIRM, true},
    {CUE_OTHER_PERSON, POLARITY_OTHER_PERSON, CUE_CONFIRM, false},
    {CUE_HYPOTHETICAL, POLARITY_HYPOTHETICAL, CUE_CONFIRM, false},
    {CUE_ABSENT, POLARITY_ABSENT, CUE_CONFIRM, false},
    /* "had it last year and still have it" */
    {CUE_PAST, POLARITY_PAST, CUE_PRESENT, false},
};

static bool counts(const struct finding *finding, enum polarity polarity,
                   bool for_other)
{
    return polarity == POLARITY_PRESENT ||
           (polarity == POLARITY_PAST && finding->past_counts) ||
           (polarity == POLARITY_OTHER_PERSON && for_other);
}

static void judge(const struct scene *scene, bool for_other,
                  struct heard_finding *heard)
{
    struct extent of = talk__scene_extent(scene->heard, heard);
    heard->polarity = POLARITY_PRESENT;
    heard->cue = NO_INDEX;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct cue *cue =
            talk__scene_governing(scene, order[i].role, order[i].anyone, of);
        if (!cue) continue;
        const struct cue *lifted =
            talk__scene_governing(scene, order[i].lifted_by, false, of);
        heard->cue = lifted ? lifted->pattern : cue->pattern;
        if (lifted) continue;
        heard->polarity = order[i].polarity;
        break;
    }
    const struct finding *finding = &scene->pack->findings[heard->finding];
    if ((heard->polarity == POLARITY_PAST && finding->past_stays) ||
        (heard->polarity == POLARITY_HYPOTHETICAL &&
         finding->supposed_stays)) {
        heard->polarity = POLARITY_PRESENT;
    }
    heard->counts = counts(finding, heard->polarity, for_other);
}

/* The cue between a finding and its denial that takes the first back. */
static const struct cue *retracting(const struct scene *scene,
                                    struct extent of, struct extent denied)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (cue->group->role == CUE_CONFIRM && cue->group->doubles &&
            cue->last <= denied.first && talk__cue_governs(scene, cue, of)) {
            return cue;
        }
    }
    return NULL;
}

/* "a fever. scratch that, no fever": it was never there. Without such a cue
 * what was told as present stays. */
static void retract(const struct scene *scene, struct heard *heard)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        struct heard_finding *told = &heard->findings[i];
        if (told->polarity != POLARITY_PRESENT) continue;
        for (size_t j = i + 1; j < heard->finding_count; j++) {
            const struct heard_finding *later = &heard->findings[j];
            if (later->finding != told->finding ||
                later->polarity != POLARITY_ABSENT) {
                continue;
            }
            const struct cue *cue =
                retracting(scene, talk__scene_extent(heard, told),
                           talk__scene_extent(heard, later));
            if (!cue) continue;
            told->polarity = POLARITY_ABSENT;
            told->cue = cue->pattern;
            told->counts = false;
            break;
        }
    }
}

/* ---- Normal states ---- */

/* Is the normal state told as it is, and not asked, denied, somebody else's
 * or a thing of the past: "i used to pee fine"? */
static bool stands(const struct scene *scene,
                   const struct heard_finding *heard)
{
    struct extent of = talk__scene_extent(scene->heard, heard);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct cue *cue =
            talk__scene_governing(scene, order[i].role, order[i].anyone, of);
        /* "the scan was clear last year": that is when it was seen. */
        bool seen_then =
            cue && cue->group->role == CUE_PAST && cue->first >= of.first;
        if (cue && !seen_then) return false;
    }
    return true;
}

/* Two ways to hear the same words: does the symptom hold? It is part of the
 * normal state in "i bruise like anybody"; else in doubt it is told. */
static bool covers(const struct heard_finding *normal,
                   const struct heard_finding *told)
{
    return normal->start <= told->start && normal->end >= told->end;
}

static bool is_outdone(const struct heard *heard,
                       const struct heard_finding *finding)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        const struct heard_finding *other = &heard->findings[i];
        if (other->finding != finding->finding ||
            other->normal == finding->normal || other->start >= finding->end ||
            finding->start >= other->end) {
            continue;
        }
        if (finding->normal ? !covers(finding, other)
                            : covers(other, finding)) {
            return true;
        }
    }
    return false;
}

/* Leaves out normal states that say nothing, and what is part of others. */
static void settle_normal(const struct scene *scene, struct heard *heard)
{
    for (size_t i = 0; i < heard->finding_count; i++) {
        struct heard_finding *finding = &heard->findings[i];
        if (!finding->normal) continue;
        finding->cue = finding->pattern;
        finding->polarity = POLARITY_ABSENT;
        finding->counts = false;
        if (!stands(scene, finding) || is_outdone(heard, finding)) {
            finding->finding = NO_INDEX;
        }
    }
    for (size_t i = 0; i < heard->finding_count; i++) {
        struct heard_finding *finding = &heard->findings[i];
        if (finding->normal || !is_outdone(heard, finding)) continue;
        finding->finding = NO_INDEX;
    }
    size_t kept = 0;
    for (size_t i = 0; i < heard->finding_count; i++) {
        if (heard->findings[i].finding == NO_INDEX) continue;
        heard->findings[kept++] = heard->findings[i];
    }
    heard->finding_count = kept;
}

talk_status talk__context_judge(const struct pack *pack, struct arena *arena,
                                struct heard *heard)
{
    struct scene scene;
    talk_status status = talk__scene_set(pack, arena, heard, &scene);
    if (status != TALK_OK) return status;
    heard->for_other = talk__scene_for_other(&scene);
    heard->for_them = talk__scene_for_them(&scene);
    settle_normal(&scene, heard);
    for (size_t i = 0; i < heard->finding_count; i++) {
        if (heard->findings[i].normal) continue;
        judge(&scene, heard->for_other, &heard->findings[i]);
    }
    retract(&scene, heard);
    return TALK_OK;
}

/* The finding that was heard last before `start`, if it goes on there. */
static struct heard_finding *overlapped(struct heard *heard, uint32_t finding,
                                        bool normal, uint32_t start)
{
    for (size_t j = heard->finding_count; j > 0; j--) {
        struct heard_finding *other = &heard->findings[j - 1];
        if (other->finding == finding && other->normal == normal &&
            other->end > start) {
            return other;
        }
    }
    return NULL;
}

/* Turns of speech, in the order of the text. */
struct idioms {
    const struct hit **hits;
    size_t count;
};

static bool find_idioms(const struct pack *pack, struct arena *arena,
                        const struct heard *heard, struct idioms *out)
{
    *out = (struct idioms){0};
    out->hits =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *out->hits);
    if (!out->hits) return false;
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &pack->patterns[hit->pattern];
        if (pattern->kind == PATTERN_CUE &&
            pack->cues[pattern->owner].role == CUE_IDIOM) {
            out->hits[out->count++] = hit;
        }
    }
    return true;
}

/* A symptom that begins or ends in a turn of speech is part of it; one that
 * has words on both sides is heard in spite of it. */
static bool is_idiom(const struct idioms *idioms, const struct hit *hit)
{
    for (size_t i = 0; i < idioms->count; i++) {
        const struct hit *idiom = idioms->hits[i];
        if (idiom->start >= hit->end) return false;
        if ((hit->start >= idiom->start && hit->start < idiom->end) ||
            (hit->end > idiom->start && hit->end <= idiom->end)) {
            return true;
        }
    }
    return false;
}

/* Several patterns of one finding may hit the same words: one finding, as
 * wide as the widest. Hits come by start, longest first. */
static void gather(const struct pack *pack, const struct idioms *idioms,
                   struct heard *heard)
{
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_FINDING || is_idiom(idioms, hit)) {
            continue;
        }
        bool normal = pattern->detail == SAYS_NORMAL;
        struct heard_finding *same =
            overlapped(heard, pattern->owner, normal, hit->start);
        if (same) {
            if (hit->end > same->end) same->end = hit->end;
            if (hit->end < same->told) same->told = hit->end;
            if (hit->start < same->told) same->begun = hit->start;
            continue;
        }
        heard->findings[heard->finding_count++] =
            (struct heard_finding){.finding = pattern->owner,
                                   .pattern = hit->pattern,
                                   .normal = normal,
                                   .cue = NO_INDEX,
                                   .start = hit->start,
                                   .end = hit->end,
                                   .begun = hit->start,
                                   .told = hit->end};
    }
}

talk_status talk__context(const struct pack *pack, struct arena *arena,
                          struct heard *heard)
{
    heard->findings = talk__arena_array(arena, heard->hit_count + 1,
                                        sizeof *heard->findings);
    struct idioms idioms;
    if (!heard->findings || !find_idioms(pack, arena, heard, &idioms)) {
        return TALK_NOMEM;
    }
    gather(pack, &idioms, heard);
    return talk__context_judge(pack, arena, heard);
}
