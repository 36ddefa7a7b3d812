/* context.c - findings and their polarity, after ConText (Harkema 2009) and
 * NegEx (Chapman 2001).
 * In: hits of findings and of cues.  Out: findings, each with the cue that
 * decided.  Knows nothing of the conversation and no word of any language:
 * the cues are the pack's.
 *
 * A forward cue governs what follows it ("no numbness"), up to its reach in
 * words, the end of the sentence or an end cue ("but"). A backward cue
 * governs the finding before it ("the numbness is gone"). A comma ends both,
 * unless a list goes on ("no numbness, tingling or fever"). Cues inside a
 * finding ("can not feel my arm") or inside a pseudo cue ("not only") do not
 * count. */
#include <string.h>

#include "sort.h"
#include "understand.h"

/* Words that may stand before an item of a list: "or any", "nor the". */
enum { LIST_ITEM_WORDS_MAX = 4 };

struct cue {
    uint32_t pattern;
    enum cue_role role;
    enum cue_direction direction;
    uint32_t reach;
    uint32_t first, last; /* words [first, last) */
    bool out;             /* swallowed by another */
};

/* What stands between a word and the next: nothing, a comma, or an end. */
enum border { BORDER_NONE, BORDER_COMMA, BORDER_SENTENCE };

struct scene {
    const struct pack *pack;
    struct heard *heard;
    struct cue *cues;
    size_t cue_count;
    unsigned char *borders; /* per word: the border behind it */
    unsigned char *ends;    /* per word: an end cue begins here */
    unsigned char *joins;   /* per word: "or" begins here */
};

/* ---- The scene ---- */

static enum border border_of(const struct folded *folded, size_t word)
{
    const struct word *w = &folded->words[word];
    char mark = folded->text[w->start + w->length];
    if (mark == ',') return BORDER_COMMA;
    if (mark == '.' || mark == '?' || mark == '!' || mark == ';') {
        char next = folded->text[w->start + w->length + 1];
        return next == ' ' || next == '\0' ? BORDER_SENTENCE : BORDER_NONE;
    }
    return BORDER_NONE;
}

static void words_of(const struct heard *heard, uint32_t start, uint32_t end,
                     uint32_t *first, uint32_t *last)
{
    size_t from = talk__folded_word_at(&heard->folded, start);
    size_t to = talk__folded_word_at(&heard->folded, end - 1);
    if (to < heard->folded.word_count) to++;
    *first = (uint32_t)from;
    *last = (uint32_t)(to < from ? from : to);
}

static talk_status set_scene(struct scene *scene, struct arena *arena)
{
    struct heard *heard = scene->heard;
    size_t words = heard->folded.word_count;
    scene->borders = talk__arena_take(arena, words + 1);
    scene->ends = talk__arena_take(arena, words + 1);
    scene->joins = talk__arena_take(arena, words + 1);
    scene->cues =
        talk__arena_array(arena, heard->hit_count + 1, sizeof *scene->cues);
    if (!scene->borders || !scene->ends || !scene->joins || !scene->cues) {
        return TALK_NOMEM;
    }
    for (size_t w = 0; w < words; w++) {
        scene->borders[w] = (unsigned char)border_of(&heard->folded, w);
    }
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &scene->pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_CUE) continue;
        const struct cue_group *group = &scene->pack->cues[pattern->owner];
        struct cue *cue = &scene->cues[scene->cue_count++];
        *cue = (struct cue){.pattern = hit->pattern,
                            .role = group->role,
                            .direction = group->direction,
                            .reach = group->reach};
        words_of(heard, hit->start, hit->end, &cue->first, &cue->last);
    }
    return TALK_OK;
}

static bool overlap(const struct cue *a, const struct cue *b)
{
    return a->first < b->last && b->first < a->last;
}

/* A pseudo cue swallows what it overlaps, a longer cue a shorter one inside:
 * "used to have no" is one cue, not "no". Hits come by start, so the inner
 * one is always near. */
static void swallow(struct scene *scene)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        struct cue *cue = &scene->cues[i];
        for (size_t j = 0; j < scene->cue_count; j++) {
            const struct cue *other = &scene->cues[j];
            if (i == j || other->first >= cue->last) {
                if (j > i) break;
                continue;
            }
            if (!overlap(cue, other) || cue->role == CUE_PSEUDO) continue;
            bool governs = other->role < CUE_PSEUDO;
            uint32_t length = cue->last - cue->first;
            uint32_t others = other->last - other->first;
            if (other->role == CUE_PSEUDO ||
                (governs && cue->role < CUE_PSEUDO && others > length &&
                 other->first <= cue->first && other->last >= cue->last)) {
                cue->out = true;
                break;
            }
        }
    }
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (cue->out) continue;
        if (cue->role == CUE_END) scene->ends[cue->first] = 1;
        if (cue->role == CUE_JOIN) scene->joins[cue->first] = 1;
    }
}

/* ---- Scope ---- */

/* From word `at`, just behind a comma, does a list go on up to the finding
 * that begins at `target`? It does when the pieces between commas are short,
 * and an "or" comes before the sentence ends. */
static bool list_goes_on(const struct scene *scene, uint32_t at,
                         uint32_t target)
{
    size_t words = scene->heard->folded.word_count;
    uint32_t piece = 0;
    for (uint32_t w = at; w < words; w++) {
        if (scene->ends[w]) return false;
        if (scene->joins[w]) return true;
        if (++piece > LIST_ITEM_WORDS_MAX && w >= target) return false;
        if (piece > LIST_ITEM_WORDS_MAX + 2) return false;
        if (scene->borders[w] == BORDER_SENTENCE) return false;
        if (scene->borders[w] == BORDER_COMMA) piece = 0;
    }
    return false;
}

static bool governs_forward(const struct scene *scene, const struct cue *cue,
                            uint32_t first)
{
    if (cue->last > first || first - cue->last > cue->reach) return false;
    for (uint32_t w = cue->last - 1; w < first; w++) {
        if (w >= cue->last && scene->ends[w]) return false;
        if (scene->borders[w] == BORDER_SENTENCE) return false;
        if (scene->borders[w] == BORDER_COMMA &&
            !list_goes_on(scene, w + 1, first)) {
            return false;
        }
    }
    return !scene->ends[first] || cue->last == first;
}

static bool finding_between(const struct scene *scene, uint32_t after,
                            uint32_t before)
{
    const struct heard *heard = scene->heard;
    for (size_t i = 0; i < heard->finding_count; i++) {
        uint32_t first, last;
        words_of(heard, heard->findings[i].start, heard->findings[i].end,
                 &first, &last);
        if (first >= after && last <= before) return true;
    }
    return false;
}

/* Only the nearest finding: "my arm is numb, the fever is gone". A comma may
 * stand right before the cue: "it was numb, that is gone". */
static bool governs_backward(const struct scene *scene, const struct cue *cue,
                             uint32_t last)
{
    if (cue->first < last || cue->first - last > cue->reach) return false;
    for (uint32_t w = last - 1; w < cue->first; w++) {
        if (w >= last && scene->ends[w]) return false;
        if (scene->borders[w] == BORDER_SENTENCE) return false;
        if (scene->borders[w] == BORDER_COMMA && w + 1 != cue->first) {
            return false;
        }
    }
    return !finding_between(scene, last, cue->first);
}

static bool governs(const struct scene *scene, const struct cue *cue,
                    uint32_t first, uint32_t last)
{
    if (cue->out) return false;
    if (cue->first < last && first < cue->last) return false;
    if (cue->direction != CUE_BACKWARD && governs_forward(scene, cue, first)) {
        return true;
    }
    return cue->direction != CUE_FORWARD && governs_backward(scene, cue, last);
}

/* ---- Polarity ---- */

/* The first role that governs wins. Somebody else's symptom is nobody's
 * absence; a condition makes everything in it conditional. */
static const struct {
    enum cue_role role;
    enum polarity polarity;
} order[] = {
    {CUE_OTHER_PERSON, POLARITY_OTHER_PERSON},
    {CUE_HYPOTHETICAL, POLARITY_HYPOTHETICAL},
    {CUE_ABSENT, POLARITY_ABSENT},
    {CUE_PAST, POLARITY_PAST},
};

static const struct cue *governing(const struct scene *scene,
                                   enum cue_role role, uint32_t first,
                                   uint32_t last)
{
    for (size_t i = 0; i < scene->cue_count; i++) {
        const struct cue *cue = &scene->cues[i];
        if (cue->role == role && governs(scene, cue, first, last)) return cue;
    }
    return NULL;
}

static void judge(const struct scene *scene, struct heard_finding *heard)
{
    uint32_t first, last;
    words_of(scene->heard, heard->start, heard->end, &first, &last);
    heard->polarity = POLARITY_PRESENT;
    heard->cue = NO_INDEX;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct cue *cue = governing(scene, order[i].role, first, last);
        if (!cue) continue;
        /* "had it last year and still have it" */
        if (order[i].polarity == POLARITY_PAST &&
            governing(scene, CUE_PRESENT, first, last)) {
            continue;
        }
        heard->polarity = order[i].polarity;
        heard->cue = cue->pattern;
        break;
    }
    const struct finding *finding = &scene->pack->findings[heard->finding];
    heard->counts =
        heard->polarity == POLARITY_PRESENT ||
        (heard->polarity == POLARITY_PAST && finding->past_counts) ||
        (heard->polarity == POLARITY_OTHER_PERSON && scene->heard->for_other);
}

/* ---- Findings out of hits ---- */

/* Several patterns of one finding may hit the same words: one finding, as
 * wide as the widest. Hits come by start, longest first. */
static void gather(const struct scene *scene)
{
    struct heard *heard = scene->heard;
    for (size_t i = 0; i < heard->hit_count; i++) {
        const struct hit *hit = &heard->hits[i];
        const struct pattern *pattern = &scene->pack->patterns[hit->pattern];
        if (pattern->kind != PATTERN_FINDING) continue;
        struct heard_finding *same = NULL;
        for (size_t j = heard->finding_count; j > 0 && !same; j--) {
            struct heard_finding *other = &heard->findings[j - 1];
            if (other->finding == pattern->owner && other->end > hit->start) {
                same = other;
            }
        }
        if (same) {
            if (hit->end > same->end) same->end = hit->end;
            continue;
        }
        heard->findings[heard->finding_count++] =
            (struct heard_finding){.finding = pattern->owner,
                                   .pattern = hit->pattern,
                                   .cue = NO_INDEX,
                                   .start = hit->start,
                                   .end = hit->end};
    }
}

talk_status talk__context(const struct pack *pack, struct arena *arena,
                          struct heard *heard)
{
    struct scene scene = {.pack = pack, .heard = heard};
    talk_status status = set_scene(&scene, arena);
    if (status != TALK_OK) return status;
    heard->findings = talk__arena_array(arena, heard->hit_count + 1,
                                        sizeof *heard->findings);
    if (!heard->findings) return TALK_NOMEM;
    swallow(&scene);
    gather(&scene);
    for (size_t i = 0; i < scene.cue_count; i++) {
        const struct cue *cue = &scene.cues[i];
        if (cue->role == CUE_FOR_OTHER && !cue->out) heard->for_other = true;
    }
    for (size_t i = 0; i < heard->finding_count; i++) {
        judge(&scene, &heard->findings[i]);
    }
    return TALK_OK;
}
