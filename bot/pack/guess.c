/* guess.c - builds the index from words of examples to topics; see guess.h.
 * In: the examples of topics that are answered.  Out: pack->guesses.
 * Ignores patterns: a guess is for what they do not match. */
#include "guess.h"

#include <math.h>
#include <string.h>

#include "fold.h"
#include "sort.h"

/* What a word counts that no example has, in examples. */
static const double UNSEEN = 0.15;

/* A word of a topic's example. */
struct mention {
    uint32_t word, topic;
};

struct builder {
    struct pack *pack;
    struct arena scratch;
    struct guess_index *index;
    struct mention *mentions;
    size_t count, capacity;
    uint32_t word_count;
};

/* Words in one place of one topic come after another: the last mentions are
 * enough to see most repetitions, the rest is dropped when lists are made. */
static bool mention(struct builder *b, uint32_t topic, const char *text,
                    uint32_t length)
{
    struct table *words = &b->index->words;
    uint32_t word = talk__table_get(words, text, length);
    if (word == TABLE_NONE) {
        const char *copy = talk__arena_text(&b->pack->arena, text, length);
        word = b->word_count++;
        if (!copy || !talk__table_set(words, copy, length, word)) return false;
    }
    if (!talk__arena_room(&b->scratch, (void **)&b->mentions, b->count,
                          &b->capacity, sizeof *b->mentions)) {
        return false;
    }
    b->mentions[b->count++] = (struct mention){word, topic};
    return true;
}

static bool read_example(struct builder *b, const struct example *example)
{
    struct pack *pack = b->pack;
    struct fold_rules rules = {&pack->replaced, pack->replacements, NULL};
    struct folded folded;
    if (talk__fold(&rules, example->text, example->length, 1 << 16,
                   &b->scratch, &folded) != TALK_OK) {
        return false;
    }
    for (size_t i = 0; i < folded.word_count; i++) {
        const struct word *word = &folded.words[i];
        if (word->length < GUESS_WORD_MIN) continue;
        if (!mention(b, example->owner, folded.text + word->start,
                     word->length)) {
            return false;
        }
    }
    return true;
}

/* One list of topics a word, each topic once. */
static bool make_lists(struct builder *b)
{
    struct guess_index *index = b->index;
    struct arena *arena = &b->pack->arena;
    index->lists = talk__arena_array(arena, (size_t)b->word_count + 1,
                                     sizeof *index->lists);
    index->topics =
        talk__arena_array(arena, b->count + 1, sizeof *index->topics);
    if (!index->lists || !index->topics) return false;
    for (size_t i = 0; i < b->count; i++) {
        index->lists[b->mentions[i].word].count++;
    }
    uint32_t first = 0;
    for (uint32_t w = 0; w < b->word_count; w++) {
        index->lists[w].first = first;
        first += index->lists[w].count;
        index->lists[w].count = 0;
    }
    for (size_t i = 0; i < b->count; i++) {
        struct guess_list *list = &index->lists[b->mentions[i].word];
        struct guess_topic *topics = &index->topics[list->first];
        uint32_t t = 0;
        while (t < list->count && topics[t].topic != b->mentions[i].topic) t++;
        if (t == list->count) {
            topics[list->count++] =
                (struct guess_topic){.topic = b->mentions[i].topic};
        }
        topics[t].mentions++;
    }
    return true;
}

/* Naive Bayes: how likely an example of a topic has a word that so many of
 * them have is (mentions + UNSEEN) / (examples + 2 * UNSEEN). */
static void weigh_lists(struct builder *b)
{
    struct guess_index *index = b->index;
    for (uint32_t w = 0; w < b->word_count; w++) {
        const struct guess_list *list = &index->lists[w];
        for (uint32_t i = 0; i < list->count; i++) {
            struct guess_topic *topic = &index->topics[list->first + i];
            topic->gain = log((topic->mentions + UNSEEN) / UNSEEN);
        }
    }
}

struct likely {
    uint32_t examples, topic;
};

static int compare_likely(const void *a, const void *b)
{
    const struct likely *left = a, *right = b;
    if (left->examples != right->examples)
        return left->examples < right->examples ? -1 : 1;
    return left->topic < right->topic ? -1 : left->topic > right->topic;
}

static bool weigh_topics(struct builder *b)
{
    struct guess_index *index = b->index;
    uint32_t count = b->pack->topic_count;
    struct likely *order =
        talk__arena_array(&b->scratch, (size_t)count + 1, sizeof *order);
    index->unseen = talk__arena_array(&b->pack->arena, (size_t)count + 1,
                                      sizeof *index->unseen);
    index->likely = talk__arena_array(&b->pack->arena, (size_t)count + 1,
                                      sizeof *index->likely);
    if (!order || !index->unseen || !index->likely) return false;
    for (uint32_t t = 0; t < count; t++) {
        uint32_t examples = index->examples[t];
        if (examples == 0) continue;
        index->unseen[t] = log(UNSEEN / (examples + 2 * UNSEEN));
        order[index->likely_count++] = (struct likely){examples, t};
    }
    if (index->likely_count > 1) {
        talk__sort(order, index->likely_count, sizeof *order, compare_likely);
    }
    for (uint32_t i = 0; i < index->likely_count; i++) {
        index->likely[i] = order[i].topic;
    }
    return true;
}

/* What steers the talk, or follows on something, is not guessed. */
static bool is_witness(const struct pack *pack, const struct example *example)
{
    if (example->of_finding || example->counter) return false;
    const struct topic *topic = &pack->topics[example->owner];
    return topic->act == TOPIC_ANSWERS && !topic->when;
}

bool talk__guess_build(struct pack *pack)
{
    struct builder b = {.pack = pack};
    talk__arena_init(&b.scratch, &pack->memory, 0);
    bool done = false;
    b.index = talk__arena_take(&pack->arena, sizeof *b.index);
    if (!b.index) goto out;
    talk__table_init(&b.index->words, &pack->arena);
    b.index->examples =
        talk__arena_array(&pack->arena, (size_t)pack->topic_count + 1,
                          sizeof *b.index->examples);
    if (!b.index->examples) goto out;
    for (uint32_t i = 0; i < pack->example_count; i++) {
        const struct example *example = &pack->examples[i];
        if (!is_witness(pack, example)) continue;
        b.index->examples[example->owner]++;
        if (!read_example(&b, example)) goto out;
    }
    if (!make_lists(&b) || !weigh_topics(&b)) goto out;
    weigh_lists(&b);
    pack->guesses = b.index;
    done = true;
out:
    talk__arena_clear(&b.scratch);
    return done;
}
