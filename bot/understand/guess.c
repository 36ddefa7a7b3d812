/* guess.c - what a message may have been about that nothing matched.
 * In: its words.  Out: the two topics whose examples share the rarest words
 * with it, to be proposed; or one topic that is far likelier than any other,
 * to be answered.  Ignores grammar. */
#include "guess.h"

#include <math.h>

#include "understand.h"

/* For a proposal a word counts by how few topics use it; one that many use
 * says nothing. */
enum { TOPICS_OF_A_WORD_MAX = 10, SCORE_OF_A_WORD = 60 };

/* A topic is answered when the words of the message are so many times
 * likelier in its examples than in those of the next: e to the 1.5. */
static const double SURE = 1.5;
/* Two words are no evidence, nor is a topic with few examples. */
enum { SURE_WORDS_MIN = 3, SURE_EXAMPLES_MIN = 8 };

/* A topic that shares a word with the message. */
struct rival {
    uint32_t topic;
    uint32_t score; /* for a proposal */
    double gain;    /* of the logarithm of its likelihood, by those words */
};

struct guessing {
    const struct pack *pack;
    struct rival *rivals;
    size_t count, capacity;
    uint32_t *places; /* per topic: index into rivals, plus one; 0: none */
    size_t known;     /* words that some example has */
};

/* ---- Evidence ---- */

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

/* NULL: no memory. */
static struct rival *rival_of(struct guessing *guessing, struct arena *arena,
                              uint32_t topic)
{
    uint32_t *place = &guessing->places[topic];
    if (*place) return &guessing->rivals[*place - 1];
    if (!talk__arena_room(arena, (void **)&guessing->rivals, guessing->count,
                          &guessing->capacity, sizeof *guessing->rivals)) {
        return NULL;
    }
    struct rival *rival = &guessing->rivals[guessing->count++];
    *rival = (struct rival){.topic = topic};
    *place = (uint32_t)guessing->count;
    return rival;
}

static talk_status weigh(struct guessing *guessing, struct arena *arena,
                         const struct folded *folded)
{
    const struct guess_index *index = guessing->pack->guesses;
    for (size_t i = 0; i < folded->word_count; i++) {
        const struct guess_list *list = list_of(index, folded, i);
        if (!list) continue;
        bool tells = list->count <= TOPICS_OF_A_WORD_MAX;
        guessing->known++;
        for (uint32_t t = 0; t < list->count; t++) {
            const struct guess_topic *of = &index->topics[list->first + t];
            struct rival *rival = rival_of(guessing, arena, of->topic);
            if (!rival) return TALK_NOMEM;
            rival->gain += of->gain;
            if (tells) rival->score += SCORE_OF_A_WORD / list->count;
        }
    }
    return TALK_OK;
}

/* ---- Proposals ---- */

static bool is_better(const struct rival *rival, const struct rival *than)
{
    if (!than || rival->score != than->score) {
        return rival->score > (than ? than->score : 0);
    }
    return rival->topic < than->topic;
}

static void propose(const struct guessing *guessing, struct heard *heard)
{
    const struct rival *last = NULL;
    for (size_t g = 0; g < GUESSES; g++) {
        const struct rival *best = NULL;
        for (size_t i = 0; i < guessing->count; i++) {
            const struct rival *rival = &guessing->rivals[i];
            if ((!last || is_better(last, rival)) &&
                guessing->pack->topics[rival->topic].ask &&
                is_better(rival, best)) {
                best = rival;
            }
        }
        heard->guesses[g] = best ? best->topic : NO_INDEX;
        if (!best) break;
        last = best;
    }
}

/* ---- The sure guess: naive Bayes over the words of examples ---- */

/* The likeliest of the topics that have none of the words. */
static double likeliest_other(const struct guessing *guessing)
{
    const struct guess_index *index = guessing->pack->guesses;
    for (uint32_t i = 0; i < index->likely_count; i++) {
        uint32_t topic = index->likely[i];
        if (guessing->places[topic]) continue;
        return (double)guessing->known * index->unseen[topic];
    }
    return -(double)INFINITY;
}

/* NULL: none is far likelier than any other. */
static const struct rival *likeliest(const struct guessing *guessing)
{
    const struct guess_index *index = guessing->pack->guesses;
    const struct rival *best = NULL;
    double first = -(double)INFINITY, second = likeliest_other(guessing);
    for (size_t i = 0; i < guessing->count; i++) {
        const struct rival *rival = &guessing->rivals[i];
        double score = (double)guessing->known * index->unseen[rival->topic] +
                       rival->gain;
        if (score > first) {
            if (first > second) second = first;
            first = score;
            best = rival;
        } else if (score > second) {
            second = score;
        }
    }
    if (!best || first - second < SURE ||
        index->examples[best->topic] < SURE_EXAMPLES_MIN) {
        return NULL;
    }
    return best;
}

/* The chosen come first; the array has room for one more than hits. */
static void answer(uint32_t topic, struct heard *heard)
{
    heard->topics[heard->topic_count++] = heard->topics[0];
    heard->topics[0] =
        (struct heard_topic){.topic = topic,
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
    struct guessing guessing = {.pack = pack};
    guessing.places = talk__arena_array(arena, (size_t)pack->topic_count + 1,
                                        sizeof *guessing.places);
    if (!guessing.places) return TALK_NOMEM;
    talk_status status = weigh(&guessing, arena, &heard->folded);
    if (status != TALK_OK) return status;
    const struct rival *sure =
        guessing.known >= SURE_WORDS_MIN ? likeliest(&guessing) : NULL;
    if (sure) answer(sure->topic, heard);
    propose(&guessing, heard);
    return TALK_OK;
}
