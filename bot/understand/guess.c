/* guess.c - what a message may have been about that nothing matched.
 * In: its words.  Out: the two topics whose examples share the rarest words
 * with it.  Ignores grammar: these are proposals, not answers. */
#include "guess.h"

#include "understand.h"

/* A word counts by how few topics use it; one that many use says nothing. */
enum { TOPICS_OF_A_WORD_MAX = 10, SCORE_OF_A_WORD = 60 };

talk_status talk__guess(const struct pack *pack, struct arena *arena,
                        struct heard *heard)
{
    const struct guess_index *index = pack->guesses;
    const struct folded *folded = &heard->folded;
    uint32_t *scores = talk__arena_array(arena, (size_t)pack->topic_count + 1,
                                         sizeof *scores);
    if (!scores) return TALK_NOMEM;
    for (size_t i = 0; i < folded->word_count; i++) {
        const struct word *word = &folded->words[i];
        if (word->length < GUESS_WORD_MIN) continue;
        uint32_t at = talk__table_get(
            &index->words, folded->text + word->start, word->length);
        if (at == TABLE_NONE) continue;
        const struct guess_list *list = &index->lists[at];
        if (list->count > TOPICS_OF_A_WORD_MAX) continue;
        for (uint32_t t = 0; t < list->count; t++) {
            scores[index->topics[list->first + t]] +=
                SCORE_OF_A_WORD / list->count;
        }
    }
    for (size_t g = 0; g < GUESSES; g++) {
        uint32_t best = NO_INDEX, most = 0;
        for (uint32_t t = 0; t < pack->topic_count; t++) {
            if (scores[t] <= most) continue;
            best = t;
            most = scores[t];
        }
        heard->guesses[g] = best;
        if (best != NO_INDEX) scores[best] = 0;
    }
    return TALK_OK;
}
