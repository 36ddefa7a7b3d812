/* guess.c - what a message may have been about that nothing matched.
 * In: its words.  Out: the two topics whose examples share the rarest words
 * with it, to be proposed; or one topic that is far likelier than any other,
 * to be answered.  Ignores grammar. */
#include "guess.h"

#include <math.h>

#include "understand.h"

/* A word counts by how few topics use it; one that many use says nothing. */
enum { TOPICS_OF_A_WORD_MAX = 10, SCORE_OF_A_WORD = 60 };

/* The topics of a word; NULL: none, or it is too short to tell. */
static const struct guess_list *list_of(const struct guess_index *index,
                                        const struct folded *folded,
                                        size_t word)
{
    const struct word *w = &folded->words[word];
    if (w->length < GUESS_WORD_MIN) return NULL;
    uint32_t at =
        talk__table_get(&index->words, folded->text + w->start, w->length);
    return at == TABLE_NONE ? NULL : &index->lists[at];
}

/* A topic is answered when the words of the message are so many times
 * likelier in its examples than in those of the next: e to the 1.5. */
static const double SURE = 1.5;
/* What a word counts that an example lacks, in examples. */
static const double UNSEEN = 0.15;
/* Two words are no evidence, nor is a topic with few examples. */
enum { SURE_WORDS_MIN = 3, SURE_EXAMPLES_MIN = 8 };

/* ---- Proposals ---- */

static talk_status propose(const struct pack *pack, struct arena *arena,
                           struct heard *heard)
{
    const struct guess_index *index = pack->guesses;
    const struct folded *folded = &heard->folded;
    uint32_t *scores = talk__arena_array(arena, (size_t)pack->topic_count + 1,
                                         sizeof *scores);
    if (!scores) return TALK_NOMEM;
    for (size_t i = 0; i < folded->word_count; i++) {
        const struct guess_list *list = list_of(index, folded, i);
        if (!list || list->count > TOPICS_OF_A_WORD_MAX) continue;
        for (uint32_t t = 0; t < list->count; t++) {
            scores[index->topics[list->first + t].topic] +=
                SCORE_OF_A_WORD / list->count;
        }
    }
    for (size_t g = 0; g < GUESSES; g++) {
        uint32_t best = NO_INDEX, most = 0;
        for (uint32_t t = 0; t < pack->topic_count; t++) {
            if (scores[t] <= most || !pack->topics[t].ask) continue;
            best = t;
            most = scores[t];
        }
        heard->guesses[g] = best;
        if (best != NO_INDEX) scores[best] = 0;
    }
    return TALK_OK;
}

/* ---- The sure guess: naive Bayes over the words of examples ---- */

/* The logarithm of how likely an example of the topic has a word that so many
 * of them have. */
static double likelihood(const struct guess_index *index, uint32_t topic,
                         uint32_t mentions)
{
    return log((mentions + UNSEEN) / (index->examples[topic] + 2 * UNSEEN));
}

static void weigh_word(const struct pack *pack, const struct guess_list *list,
                       double *scores)
{
    const struct guess_index *index = pack->guesses;
    for (uint32_t t = 0; t < pack->topic_count; t++) {
        if (index->examples[t]) scores[t] += likelihood(index, t, 0);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct guess_topic *of = &index->topics[list->first + i];
        scores[of->topic] += likelihood(index, of->topic, of->mentions) -
                             likelihood(index, of->topic, 0);
    }
}

static void answer_likeliest(const struct pack *pack, const double *scores,
                             struct heard *heard)
{
    uint32_t best = NO_INDEX;
    double first = -(double)INFINITY, second = first;
    for (uint32_t t = 0; t < pack->topic_count; t++) {
        if (!pack->guesses->examples[t]) continue;
        if (scores[t] > first) {
            second = first;
            first = scores[t];
            best = t;
        } else if (scores[t] > second) {
            second = scores[t];
        }
    }
    if (best == NO_INDEX || first - second < SURE ||
        pack->guesses->examples[best] < SURE_EXAMPLES_MIN) {
        return;
    }
    /* The chosen come first; the array has room for one more than hits. */
    heard->topics[heard->topic_count++] = heard->topics[0];
    heard->topics[0] =
        (struct heard_topic){.topic = best,
                             .pattern = NO_INDEX,
                             .end = (uint32_t)heard->folded.length,
                             .chosen = true,
                             .why = "its examples are the nearest by far",
                             .lost_to = NO_INDEX};
    heard->chosen_count = 1;
}

talk_status talk__guess(const struct pack *pack, struct arena *arena,
                        struct heard *heard)
{
    const struct folded *folded = &heard->folded;
    double *scores = talk__arena_array(arena, (size_t)pack->topic_count + 1,
                                       sizeof *scores);
    if (!scores) return TALK_NOMEM;
    size_t known = 0;
    for (size_t i = 0; i < folded->word_count; i++) {
        const struct guess_list *list = list_of(pack->guesses, folded, i);
        if (!list) continue;
        known++;
        weigh_word(pack, list, scores);
    }
    if (known >= SURE_WORDS_MIN) answer_likeliest(pack, scores, heard);
    return propose(pack, arena, heard);
}
