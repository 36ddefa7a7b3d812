/* scene.h - the cues of a message, what stands between its words, and which
 * words a cue governs. */
#ifndef TALK_UNDERSTAND_SCENE_H
#define TALK_UNDERSTAND_SCENE_H

#include "heard.h"

struct cue {
    uint32_t pattern;
    const struct cue_group *group;
    uint32_t first, last; /* words [first, last) */
    bool out;             /* swallowed by another */
};

/* What a word is, and what stands behind it. */
enum mark {
    MARK_COMMA = 1,    /* a comma behind it */
    MARK_SENTENCE = 2, /* the sentence ends behind it */
    MARK_END = 4,      /* an end cue begins: "but" */
    MARK_CLAUSE = 8,   /* a new clause begins: "and my" */
    MARK_JOIN = 16,    /* "or" */
    MARK_FINDING = 32, /* part of a finding */
    MARK_WRAP = 64     /* the line ends behind it, and the sentence goes on */
};

struct scene {
    const struct pack *pack;
    const struct heard *heard;
    struct cue *cues; /* by first word, then longest first */
    size_t cue_count;
    unsigned char *marks; /* one more than there are words */
};

/* Takes hits and findings of `heard`. TALK_NOMEM. */
talk_status talk__scene_set(const struct pack *pack, struct arena *arena,
                            const struct heard *heard, struct scene *out);

/* The words of a finding. */
struct extent {
    uint32_t first, last; /* words [first, last) */
    /* The core [begun, told) is common to all wordings that were found:
     * what stands before or behind it may be a cue. */
    uint32_t begun, told;
    uint32_t finding; /* or NO_INDEX */
};
struct extent talk__scene_extent(const struct heard *heard,
                                 const struct heard_finding *finding);

/* ---- scope.c ---- */

/* Does the cue govern the finding that has these words? */
bool talk__cue_governs(const struct scene *scene, const struct cue *cue,
                       struct extent of);
/* The first cue of the role that does, or NULL; of those for anyone only. */
const struct cue *talk__scene_governing(const struct scene *scene,
                                        enum cue_role role, bool anyone,
                                        struct extent of);
/* Is help asked for another person? */
/* It asks for whoever was spoken of before, if somebody was. */
bool talk__scene_for_them(const struct scene *scene);
bool talk__scene_for_other(const struct scene *scene);

#endif
