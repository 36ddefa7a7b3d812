/* index.c - builds the index from words to patterns; see index.h.
 * In: the patterns, and the examples, for how frequent a word is.
 * Out: pack->index.  Ignores what they mean. */
#include "index.h"

#include <string.h>

enum pass talk__pass_of(const struct pattern *pattern)
{
    switch (pattern->kind) {
    case PATTERN_FINDING: return PASS_FINDINGS;
    case PATTERN_CUE: return PASS_CUES;
    case PATTERN_TOPIC:
        return pattern->detail == FIT_LOOSE ? PASS_GUESSES : PASS_REST;
    case PATTERN_ANSWER:
    case PATTERN_SLOT: break;
    }
    return PASS_REST;
}

struct builder {
    struct pack *pack;
    struct arena *keep;    /* the pack's */
    struct arena *scratch; /* until the index is built */
    struct arena *moment;  /* for one pattern */
    struct pack_index *index;
    struct key_book book;
    const struct key_set **sets; /* of the index, from the book */
    struct waiting *patterns;    /* all of them */
    struct key_need *needs;
    size_t need_count, need_capacity;
};

/* ---- Needs ---- */

static bool add_need(struct builder *b, struct waiting *waiting,
                     const struct key_need *need)
{
    for (uint32_t i = 0; i < waiting->need_count; i++) {
        bool same = b->needs[waiting->first_need + i].set == need->set;
        if (same && need->loose) return true;
    }
    void *needs = b->needs;
    if (!talk__arena_room(b->scratch, &needs, b->need_count, &b->need_capacity,
                          sizeof *b->needs)) {
        return false;
    }
    b->needs = needs;
    b->needs[b->need_count++] = *need;
    waiting->need_count++;
    return true;
}

static bool add_pattern(struct builder *b, uint32_t index,
                        const struct macro_finder *macros)
{
    struct pattern_keys keys;
    struct pattern *pattern = &b->pack->patterns[index];
    struct waiting *waiting = &b->patterns[index];
    *waiting = (struct waiting){.pattern = index,
                                .second = NO_INDEX,
                                .leading = NO_INDEX,
                                .first_need = (uint32_t)b->need_count};
    pattern->leading = NO_INDEX;
    if (!pattern->folded) return true;
    talk__arena_reset(b->moment);
    if (!talk__keys_find(&b->book, b->moment, macros, pattern->folded,
                         pattern->folded_length, &keys)) {
        return false;
    }
    pattern->leading = waiting->leading = keys.leading;
    pattern->at_start = waiting->at_start = keys.at_start;
    pattern->plain = keys.plain;
    pattern->slow = keys.slow;
    for (uint32_t i = 0; i < keys.count; i++) {
        if (!add_need(b, waiting, &keys.needs[i])) return false;
    }
    if (keys.count > 0 || keys.leading == TABLE_NONE) return true;
    /* It begins with a word, but of what comes then none is required. */
    struct key_need first = {.set = keys.leading};
    return add_need(b, waiting, &first);
}

/* ---- Words ---- */

/* What a pattern, and an example, of the usual kind brings along. */
enum { WORDS_A_PATTERN = 2, SETS_A_PATTERN = 4, WORDS_AN_EXAMPLE = 1 };

static bool reserve(struct builder *b)
{
    size_t patterns = b->pack->pattern_count;
    size_t words = (size_t)b->pack->example_count * WORDS_AN_EXAMPLE;
    return talk__table_reserve(&b->book.words, patterns * WORDS_A_PATTERN) &&
           talk__table_reserve(&b->book.set_numbers,
                               patterns * SETS_A_PATTERN) &&
           talk__table_reserve(&b->book.frequency.words, words) &&
           talk__table_reserve(&b->book.frequency.stems, words);
}

/* The examples of topics say what people write; those of findings are not
 * always there, and the index must not depend on that. */
static bool count_words(struct builder *b)
{
    struct frequency *frequency = &b->book.frequency;
    for (uint32_t i = 0; i < b->pack->example_count; i++) {
        const struct example *example = &b->pack->examples[i];
        if (example->of_finding) continue;
        if (!talk__frequency_add(frequency, example->text, example->length)) {
            return false;
        }
    }
    return talk__frequency_close(frequency);
}

uint32_t talk__index_keys(const struct pack_index *index, const char *word,
                          size_t length, uint32_t keys[KEYS_A_WORD])
{
    uint32_t hash = TALK__HASH_SEED, count = 0;
    for (size_t i = 1; i <= length; i++) {
        hash = talk__hash_step(hash, word[i - 1]);
        if (i > KEY_STEM_MAX || !(index->stem_lengths >> i & 1)) continue;
        uint32_t stem = talk__table_get_hashed(&index->stems, word, i, hash);
        if (stem != TABLE_NONE) keys[count++] = stem;
    }
    uint32_t whole = talk__table_get_hashed(&index->words, word, length, hash);
    if (whole != TABLE_NONE) keys[count++] = whole;
    return count;
}

/* ---- Lists ---- */

/* Of the book's sets only those that patterns name go into the index. */
static bool number_sets(struct builder *b)
{
    struct pack_index *index = b->index;
    size_t count = b->book.set_count;
    uint32_t *numbers =
        talk__arena_array(b->scratch, count + 1, sizeof *numbers);
    b->sets = talk__arena_array(b->scratch, count + 1, sizeof *b->sets);
    if (!numbers || !b->sets) return false;
    memset(numbers, 0xFF, count * sizeof *numbers);
    for (uint32_t p = 0; p < b->pack->pattern_count; p++) {
        struct waiting *waiting = &b->patterns[p];
        struct key_need *needs = b->needs + waiting->first_need;
        for (uint32_t i = 0; i <= waiting->need_count; i++) {
            uint32_t *set =
                i < waiting->need_count ? &needs[i].set : &waiting->leading;
            if (*set == NO_INDEX) continue;
            if (numbers[*set] == NO_INDEX) {
                b->sets[index->set_count] = &b->book.sets[*set];
                numbers[*set] = index->set_count++;
            }
            *set = numbers[*set];
        }
        b->pack->patterns[p].leading = waiting->leading;
    }
    index->needs =
        talk__arena_array(b->keep, b->need_count + 1, sizeof *index->needs);
    if (!index->needs) return false;
    if (b->need_count) {
        memcpy(index->needs, b->needs, b->need_count * sizeof *b->needs);
    }
    return true;
}

/* Turns "item i belongs to group g" into one list per group: counted, then
 * placed, then filled in. */
static struct span *lists_start(struct builder *b, size_t count)
{
    return talk__arena_array(b->keep, count + 1, sizeof(struct span));
}

static size_t lists_place(struct span *lists, size_t count)
{
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++) {
        lists[i].first = total;
        total += lists[i].count;
        lists[i].count = 0;
    }
    return (size_t)total + 1;
}

static uint32_t *list_new(struct builder *b, struct span *lists, size_t count)
{
    return talk__arena_array(b->keep, lists_place(lists, count),
                             sizeof(uint32_t));
}

static void list_add(struct span *list, uint32_t *items, uint32_t item)
{
    items[list->first + list->count++] = item;
}

/* The rarest of the sets that a pattern needs, other than one of them. */
static uint32_t rarest_need(const struct builder *b,
                            const struct waiting *waiting, uint32_t other)
{
    const struct key_need *needs = b->index->needs + waiting->first_need;
    uint32_t best = NO_INDEX;
    for (uint32_t i = 0; i < waiting->need_count; i++) {
        uint32_t set = needs[i].set;
        if (set == other) continue;
        if (best == NO_INDEX || b->sets[set]->cost < b->sets[best]->cost) {
            best = set;
        }
    }
    return best;
}

/* Per pattern, the set that it waits for. NULL: no memory. */
static uint32_t *find_rarest(struct builder *b)
{
    uint32_t count = b->pack->pattern_count;
    uint32_t *rarest =
        talk__arena_array(b->scratch, (size_t)count + 1, sizeof *rarest);
    for (uint32_t p = 0; rarest && p < count; p++) {
        struct waiting *waiting = &b->patterns[p];
        rarest[p] = rarest_need(b, waiting, NO_INDEX);
        waiting->second = rarest_need(b, waiting, rarest[p]);
    }
    return rarest;
}

static bool list_patterns(struct builder *b, const uint32_t *rarest,
                          enum pass pass)
{
    struct pass_index *index = &b->index->passes[pass];
    const struct pattern *patterns = b->pack->patterns;
    uint32_t count = b->pack->pattern_count;
    for (uint32_t p = 0; p < count; p++) {
        if (talk__pass_of(&patterns[p]) != pass) continue;
        if (rarest[p] == NO_INDEX) index->always_count++;
        if (rarest[p] != NO_INDEX) index->waiting_count++;
    }
    index->waiting = talk__arena_array(
        b->keep, (size_t)index->waiting_count + 1, sizeof *index->waiting);
    index->always = talk__arena_array(b->keep, (size_t)index->always_count + 1,
                                      sizeof *index->always);
    if (!index->waiting || !index->always) return false;
    index->waiting_count = index->always_count = 0;
    for (uint32_t p = 0; p < count; p++) {
        if (talk__pass_of(&patterns[p]) != pass) continue;
        if (rarest[p] == NO_INDEX) {
            index->always[index->always_count++] = b->patterns[p];
        } else {
            index->waiting[index->waiting_count++] = b->patterns[p];
        }
    }
    return true;
}

/* From keys to the patterns of the pass that wait for them. */
static bool list_keys(struct builder *b, const uint32_t *rarest,
                      enum pass pass)
{
    struct pass_index *index = &b->index->passes[pass];
    uint32_t keys = b->index->key_count;
    index->key_waiting = lists_start(b, keys);
    if (!index->key_waiting) return false;
    for (uint32_t w = 0; w < index->waiting_count; w++) {
        const struct key_set *set = b->sets[rarest[index->waiting[w].pattern]];
        for (uint32_t k = 0; k < set->count; k++) {
            index->key_waiting[set->keys[k]].count++;
        }
    }
    index->key_waiting_list = list_new(b, index->key_waiting, keys);
    if (!index->key_waiting_list) return false;
    for (uint32_t w = 0; w < index->waiting_count; w++) {
        const struct key_set *set = b->sets[rarest[index->waiting[w].pattern]];
        for (uint32_t k = 0; k < set->count; k++) {
            list_add(&index->key_waiting[set->keys[k]],
                     index->key_waiting_list, w);
        }
    }
    return true;
}

static bool list_sets(struct builder *b)
{
    struct pack_index *index = b->index;
    index->set_keys = lists_start(b, index->set_count);
    if (!index->set_keys) return false;
    for (uint32_t s = 0; s < index->set_count; s++) {
        index->set_keys[s].count = b->sets[s]->count;
    }
    index->set_key_list = list_new(b, index->set_keys, index->set_count);
    if (!index->set_key_list) return false;
    for (uint32_t s = 0; s < index->set_count; s++) {
        for (uint32_t k = 0; k < b->sets[s]->count; k++) {
            list_add(&index->set_keys[s], index->set_key_list,
                     b->sets[s]->keys[k]);
        }
    }
    return true;
}

static bool list_all(struct builder *b)
{
    if (!number_sets(b) || !list_sets(b)) return false;
    const uint32_t *rarest = find_rarest(b);
    if (!rarest) return false;
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        if (!list_patterns(b, rarest, (enum pass)pass) ||
            !list_keys(b, rarest, (enum pass)pass)) {
            return false;
        }
    }
    return true;
}

/* Takes over from the book what the index keeps of it. */
static bool take_keys(struct builder *b)
{
    size_t count = b->book.key_count;
    b->index->words = b->book.words;
    b->index->stems = b->book.stems;
    b->index->stem_lengths = b->book.stem_lengths;
    b->index->key_count = (uint32_t)count;
    b->index->spelt =
        talk__arena_array(b->keep, count + 1, sizeof *b->index->spelt);
    if (!b->index->spelt) return false;
    for (uint32_t k = 0; k < count; k++) {
        b->index->spelt[k] = talk__key_book_spelt(&b->book, k);
    }
    return true;
}

bool talk__index_build(struct pack *pack, const struct macro_finder *macros)
{
    struct arena scratch, moment;
    talk__arena_init(&scratch, &pack->memory, 0);
    talk__arena_init(&moment, &pack->memory, 0);
    struct builder b = {.pack = pack,
                        .keep = &pack->arena,
                        .scratch = &scratch,
                        .moment = &moment};
    talk__key_book_init(&b.book, b.keep, b.scratch);
    bool done = false;
    b.index = talk__arena_take(b.keep, sizeof *b.index);
    b.patterns = talk__arena_array(&scratch, (size_t)pack->pattern_count + 1,
                                   sizeof *b.patterns);
    if (!b.index || !b.patterns || !reserve(&b) || !count_words(&b)) goto out;
    for (uint32_t p = 0; p < pack->pattern_count; p++) {
        if (!add_pattern(&b, p, macros)) goto out;
    }
    done = take_keys(&b) && list_all(&b);
    pack->index = b.index;
out:
    talk__arena_clear(&moment);
    talk__arena_clear(&scratch);
    return done;
}
