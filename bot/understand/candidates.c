/* candidates.c - the patterns that some words of a message could match.
 * In: words, the index of the pack.  Out: patterns.  Ignores whether they do
 * match: that is PCRE2's.
 *
 * Where a key stands among the words is a set of places: one bit for each
 * number of blanks before it, or, when there are more than bits, one bit for
 * two, four … of them. What a pattern needs is followed through the text on
 * these bits, backwards, as in the shift-and method of Baeza-Yates and Gonnet
 * (1992); what is left in the end is where a match may begin. */
#include "candidates.h"

#include <assert.h>
#include <string.h>

#include "prefetch.h"

typedef uint64_t places;

enum { PLACES_MAX = 64 };

enum { KEY_LINES = 2 }; /* of the cache, that most sets of keys stand in */

/* A set, and what is known of it: not of these words unless the stamp is
 * theirs. Both in one place, as it is asked for often. */
struct set_places {
    places places;
    struct span keys;
    uint32_t stamp;
};

struct candidates {
    const struct pack *pack;
    struct memory memory;
    struct set_places *sets;
    places *keys; /* per key; only those of `found` are not 0 */
    uint32_t *found;
    uint32_t found_count;
    struct candidate *items;
    uint32_t item_count;
    uint32_t *waiting; /* those of a pass that a word has called up */
    uint32_t waiting_count;
    uint64_t *called; /* a bit for each of the pass: it is among them */
    uint32_t stamp;   /* of the words */
    size_t first;     /* word */
    unsigned shift;   /* blanks a place, as a power of two */
    uint16_t blanks[CANDIDATE_WORDS_MAX]; /* before each word */
};

static size_t called_words(const struct pack *pack)
{
    return pack->pattern_count / 64 + 1;
}

/* One block for all of them, so that there is one thing to fail. */
static size_t block_size(const struct pack *pack)
{
    const struct pack_index *index = pack->index;
    return sizeof(struct candidates) +
           index->set_count * sizeof(struct set_places) +
           pack->pattern_count * sizeof(struct candidate) +
           index->key_count * sizeof(places) +
           called_words(pack) * sizeof(uint64_t) +
           (index->key_count + pack->pattern_count) * sizeof(uint32_t);
}

struct candidates *talk__candidates_new(const struct pack *pack,
                                        const struct memory *memory)
{
    size_t size = block_size(pack);
    struct candidates *c = talk__memory_take(memory, size);
    if (!c) return NULL;
    memset(c, 0, size);
    c->pack = pack;
    c->memory = *memory;
    /* The wide ones first: each part is aligned for the next. */
    c->sets = (void *)(c + 1);
    c->items = (void *)(c->sets + pack->index->set_count);
    c->keys = (void *)(c->items + pack->pattern_count);
    c->called = (void *)(c->keys + pack->index->key_count);
    c->found = (void *)(c->called + called_words(pack));
    c->waiting = c->found + pack->index->key_count;
    for (uint32_t s = 0; s < pack->index->set_count; s++) {
        c->sets[s].keys = pack->index->set_keys[s];
    }
    return c;
}

void talk__candidates_free(struct candidates *c)
{
    if (!c) return;
    struct memory memory = c->memory;
    talk__memory_give(&memory, c, block_size(c->pack));
}

/* ---- Places ---- */

static void count_blanks(struct candidates *c, const struct folded *folded,
                         size_t first, size_t end)
{
    unsigned blanks = 0;
    size_t at = first > 0 && first < end ? folded->words[first].start : 0;
    for (size_t w = first; w < end; w++) {
        const struct word *word = &folded->words[w];
        for (; at < word->start; at++) blanks += folded->text[at] == ' ';
        at = word->start + word->length;
        c->blanks[w - first] = (uint16_t)blanks;
    }
    c->shift = 0;
    while (blanks >> c->shift >= PLACES_MAX) c->shift++;
}

static void next_stamp(struct candidates *c)
{
    if (++c->stamp != 0) return;
    for (uint32_t s = 0; s < c->pack->index->set_count; s++) {
        c->sets[s].stamp = 0;
    }
    c->stamp = 1;
}

static void start_over(struct candidates *c, const struct folded *folded,
                       size_t first, size_t end)
{
    assert(end - first <= CANDIDATE_WORDS_MAX);
    while (c->found_count > 0) c->keys[c->found[--c->found_count]] = 0;
    c->first = first;
    count_blanks(c, folded, first, end);
    next_stamp(c);
}

static places place_of(const struct candidates *c, size_t word)
{
    return (places)1 << (c->blanks[word - c->first] >> c->shift);
}

static void find_keys(struct candidates *c, const struct folded *folded,
                      size_t index)
{
    const struct word *word = &folded->words[index];
    uint32_t keys[KEYS_A_WORD];
    uint32_t count = talk__index_keys(
        c->pack->index, folded->text + word->start, word->length, keys);
    for (uint32_t i = 0; i < count; i++) {
        if (c->keys[keys[i]] == 0) c->found[c->found_count++] = keys[i];
        c->keys[keys[i]] |= place_of(c, index);
    }
}

static places places_of_set(struct candidates *c, uint32_t set)
{
    struct set_places *known = &c->sets[set];
    if (known->stamp == c->stamp) return known->places;
    const uint32_t *keys = c->pack->index->set_key_list + known->keys.first;
    places where = 0;
    for (uint32_t i = 0; i < known->keys.count; i++) {
        where |= c->keys[keys[i]];
    }
    known->stamp = c->stamp;
    known->places = where;
    return where;
}

/* ---- Patterns ---- */

/* The places from which one of `where` can be reached over so many blanks. */
static places back(const struct candidates *c, places where,
                   struct blanks blanks)
{
    unsigned least = (unsigned)blanks.least >> c->shift;
    if (least >= PLACES_MAX) return 0;
    unsigned left = PLACES_MAX; /* how much further */
    if (blanks.most != BLANKS_FAR) {
        /* Where a place is several blanks, one more may lie between. */
        left = ((unsigned)blanks.most >> c->shift) + (c->shift > 0) - least;
    }
    places from = where >> least;
    for (unsigned step = 1; left > 0 && step < PLACES_MAX; step *= 2) {
        unsigned by = step < left ? step : left;
        from |= from >> by;
        left -= by;
    }
    return from;
}

static places not_before(places where)
{
    places lowest = where & (~where + 1);
    return ~(lowest - 1);
}

/* Where a match of the pattern may begin; none: there can be no match. */
static places begins_of(struct candidates *c, const struct waiting *pattern)
{
    const struct key_need *needs = c->pack->index->needs + pattern->first_need;
    places begins = ~(places)0;
    for (uint32_t i = pattern->need_count; i-- > 0;) {
        if (needs[i].loose) continue;
        begins =
            back(c, places_of_set(c, needs[i].set) & begins, needs[i].blanks);
        if (begins == 0) return 0;
    }
    if (pattern->at_start) begins &= c->first == 0;
    if (pattern->leading != NO_INDEX) {
        begins &= places_of_set(c, pattern->leading);
    }
    places rest = not_before(begins);
    for (uint32_t i = 0; begins && i < pattern->need_count; i++) {
        if (!needs[i].loose) continue;
        if (!(places_of_set(c, needs[i].set) & rest)) begins = 0;
    }
    return begins;
}

static void add(struct candidates *c, const struct waiting *pattern)
{
    places begins = begins_of(c, pattern);
    if (begins == 0) return;
    c->items[c->item_count++] = (struct candidate){pattern->pattern, begins};
}

/* Those that a key calls up, each but once. */
static void call_up(struct candidates *c, const struct pass_index *index,
                    const struct span *list)
{
    const uint32_t *waiting = index->key_waiting_list + list->first;
    for (uint32_t i = 0; i < list->count; i++) {
        uint64_t *called = &c->called[waiting[i] / 64];
        uint64_t bit = (uint64_t)1 << waiting[i] % 64;
        if (*called & bit) continue;
        *called |= bit;
        c->waiting[c->waiting_count++] = waiting[i];
        talk__prefetch(&index->waiting[waiting[i]]);
    }
}

/* In turns, so that what one step reads has arrived when it begins. */
static void find_waiting(struct candidates *c, const struct pass_index *index)
{
    c->waiting_count = 0;
    for (uint32_t i = 0; i < c->found_count; i++) {
        talk__prefetch(&index->key_waiting[c->found[i]]);
    }
    for (uint32_t i = 0; i < c->found_count; i++) {
        talk__prefetch(index->key_waiting_list +
                       index->key_waiting[c->found[i]].first);
    }
    for (uint32_t i = 0; i < c->found_count; i++) {
        call_up(c, index, &index->key_waiting[c->found[i]]);
    }
}

static void expect(const struct candidates *c, const struct pass_index *index)
{
    const struct pack_index *whole = c->pack->index;
    for (uint32_t i = 0; i < c->waiting_count; i++) {
        const struct waiting *waiting = &index->waiting[c->waiting[i]];
        talk__prefetch(whole->needs + waiting->first_need);
        if (waiting->second == NO_INDEX) continue;
        talk__prefetch(&c->sets[waiting->second]);
    }
    for (uint32_t i = 0; i < c->waiting_count; i++) {
        uint32_t second = index->waiting[c->waiting[i]].second;
        if (second == NO_INDEX) continue;
        const uint32_t *keys =
            whole->set_key_list + c->sets[second].keys.first;
        talk__prefetch_lines(keys, KEY_LINES);
    }
}

static void try_waiting(struct candidates *c, const struct pass_index *index)
{
    for (uint32_t i = 0; i < c->waiting_count; i++) {
        uint32_t number = c->waiting[i];
        const struct waiting *waiting = &index->waiting[number];
        c->called[number / 64] = 0; /* for the next pass */
        /* The set that tells most goes first. */
        if (waiting->second != NO_INDEX &&
            places_of_set(c, waiting->second) == 0) {
            continue;
        }
        add(c, waiting);
    }
}

void talk__candidates_look(struct candidates *c, const struct folded *folded,
                           size_t first, size_t end)
{
    start_over(c, folded, first, end);
    for (size_t word = first; word < end; word++) find_keys(c, folded, word);
}

const struct candidate *talk__candidates_of(struct candidates *c,
                                            enum pass pass, uint32_t *count)
{
    const struct pass_index *index = &c->pack->index->passes[pass];
    c->item_count = 0;
    find_waiting(c, index);
    expect(c, index);
    try_waiting(c, index);
    for (uint32_t i = 0; i < index->always_count; i++) {
        add(c, &index->always[i]);
    }
    *count = c->item_count;
    return c->items;
}

bool talk__candidates_begin(const struct candidates *c,
                            const struct candidate *candidate, size_t word)
{
    return (candidate->begins & place_of(c, word)) != 0;
}
