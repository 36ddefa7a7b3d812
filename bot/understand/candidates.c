/* candidates.c - the patterns that some words of a message could match.
 * In: words, the index of the pack.  Out: patterns.  Ignores whether they do
 * match: that is PCRE2's.
 *
 * Where a key stands among the words is a set of places: one bit a word, or,
 * when there are more words than bits, one bit for two, four … words. What a
 * pattern needs is followed through the text on these bits, as in the
 * shift-and method of Baeza-Yates and Gonnet (1992). */
#include "candidates.h"

#include <string.h>

#include "index.h"

typedef uint64_t places;

enum { PLACES_MAX = 64 };

/* What is known of a set. Not of these words unless the stamp is theirs. */
struct set_places {
    places places;
    uint32_t stamp;
    uint32_t waited; /* the stamp when its patterns were tried */
};

struct candidates {
    const struct pack *pack;
    struct memory memory;
    places *keys; /* per key; only those of `found` are not 0 */
    uint32_t *found;
    uint32_t found_count;
    struct set_places *sets;
    uint32_t *patterns;
    uint32_t pattern_count;
    uint32_t stamp;
    size_t first;   /* word */
    unsigned shift; /* words a place, as a power of two */
};

/* One block for all of them, so that there is one thing to fail. */
static size_t block_size(const struct pack *pack)
{
    const struct pack_index *index = pack->index;
    return sizeof(struct candidates) +
           index->set_count * sizeof(struct set_places) +
           index->key_count * (sizeof(places) + sizeof(uint32_t)) +
           pack->pattern_count * sizeof(uint32_t);
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
    c->keys = (void *)(c->sets + pack->index->set_count);
    c->found = (void *)(c->keys + pack->index->key_count);
    c->patterns = c->found + pack->index->key_count;
    return c;
}

void talk__candidates_free(struct candidates *c)
{
    if (!c) return;
    struct memory memory = c->memory;
    talk__memory_give(&memory, c, block_size(c->pack));
}

/* ---- Places ---- */

static void start_over(struct candidates *c, size_t first, size_t end)
{
    while (c->found_count > 0) c->keys[c->found[--c->found_count]] = 0;
    c->pattern_count = 0;
    c->first = first;
    c->shift = 0;
    while ((end - first) >> c->shift >= PLACES_MAX) c->shift++;
    if (++c->stamp != 0) return;
    memset(c->sets, 0, c->pack->index->set_count * sizeof *c->sets);
    c->stamp = 1;
}

static places place_of(const struct candidates *c, size_t word)
{
    return (places)1 << ((word - c->first) >> c->shift);
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
    const struct pack_index *index = c->pack->index;
    const struct span *span = &index->set_keys[set];
    const uint32_t *keys = index->set_key_list + span->first;
    known->stamp = c->stamp;
    known->places = 0;
    for (uint32_t i = 0; i < span->count; i++) {
        known->places |= c->keys[keys[i]];
    }
    return known->places;
}

/* ---- Patterns ---- */

static places not_before(places where)
{
    places lowest = where & (~where + 1);
    return ~(lowest - 1);
}

static bool has_needs(struct candidates *c, const struct pattern *pattern)
{
    const struct key_need *needs = c->pack->index->needs + pattern->first_need;
    places reached = ~(places)0;
    for (uint32_t i = 0; i < pattern->need_count; i++) {
        places here = places_of_set(c, needs[i].set);
        if (needs[i].order == KEY_NEXT && c->shift == 0) {
            here &= reached << 1;
        } else {
            here &= not_before(reached);
        }
        if (here == 0) return false;
        if (needs[i].order != KEY_LOOSE) reached = here;
    }
    return true;
}

static void try_waiting(struct candidates *c, uint32_t set)
{
    if (c->sets[set].waited == c->stamp) return;
    c->sets[set].waited = c->stamp;
    const struct pack_index *index = c->pack->index;
    const struct span *span = &index->waiting[set];
    const struct waiting *waiting = index->waiting_list + span->first;
    for (uint32_t i = 0; i < span->count; i++) {
        uint32_t pattern = waiting[i].pattern, second = waiting[i].second;
        /* The set that tells most goes first. */
        if (second != NO_INDEX && places_of_set(c, second) == 0) continue;
        if (!has_needs(c, &c->pack->patterns[pattern])) continue;
        c->patterns[c->pattern_count++] = pattern;
    }
}

const uint32_t *talk__candidates_find(struct candidates *c,
                                      const struct folded *folded,
                                      size_t first, size_t end,
                                      uint32_t *count)
{
    const struct pack_index *index = c->pack->index;
    start_over(c, first, end);
    for (size_t word = first; word < end; word++) find_keys(c, folded, word);
    for (uint32_t i = 0; i < c->found_count; i++) {
        const struct span *span = &index->key_sets[c->found[i]];
        const uint32_t *sets = index->key_set_list + span->first;
        for (uint32_t j = 0; j < span->count; j++) try_waiting(c, sets[j]);
    }
    for (uint32_t i = 0; i < index->always_count; i++) {
        c->patterns[c->pattern_count++] = index->always[i];
    }
    *count = c->pattern_count;
    return c->patterns;
}

bool talk__candidates_begin(struct candidates *c,
                            const struct pattern *pattern, size_t word)
{
    places begin = places_of_set(c, pattern->leading);
    return (begin & place_of(c, word)) != 0;
}
