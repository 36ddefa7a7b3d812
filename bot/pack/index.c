/* index.c - builds the index from words to patterns; see index.h.
 * In: the written-out patterns, and the examples, for how frequent a word is.
 * Out: pack->index.  Ignores what they mean. */
#include "index.h"

#include <string.h>

#include "sort.h"

/* While building: a distinct set of keys. */
struct set {
    uint32_t *keys; /* sorted numbers */
    uint32_t count;
    uint32_t cost; /* how often a message will have it: a guess */
};

struct builder {
    struct pack *pack;
    struct arena *arena;   /* the pack's: what stays */
    struct arena *scratch; /* until the index is built */
    struct arena *moment;  /* for one pattern */
    struct pack_index *index;
    struct table set_numbers; /* the bytes of set->keys to its number */
    struct set *sets;
    size_t set_capacity;
    struct frequency frequency;
    struct need *needs;
    size_t need_count, need_capacity;
};

/* ---- Keys and sets ---- */

/* Stems longer than the bits of stem_lengths are cut: still required. */
enum { STEM_MAX = KEYS_A_WORD - 1 };

/* The number of a key; a new one if need be. */
static bool key_number(struct builder *b, const struct key *key,
                       uint32_t *number)
{
    struct table *table = key->prefix ? &b->index->stems : &b->index->words;
    uint32_t length = key->length;
    if (key->prefix && length > STEM_MAX) length = STEM_MAX;
    *number = talk__table_get(table, key->text, length);
    if (*number != TABLE_NONE) return true;
    *number = b->index->key_count;
    const char *text = talk__arena_text(b->arena, key->text, length);
    if (!text || !talk__table_set(table, text, length, *number)) return false;
    if (key->prefix) b->index->stem_lengths |= 1u << length;
    b->index->key_count++;
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left == right ? 0 : left < right ? -1 : 1;
}

/* Sorted, and each but once. */
static uint32_t tidy(uint32_t *numbers, uint32_t count)
{
    uint32_t kept = 0;
    talk__sort(numbers, count, sizeof *numbers, compare_numbers);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || numbers[kept - 1] != numbers[i]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}

static bool set_number(struct builder *b, const struct key_set *keys,
                       uint32_t *number)
{
    uint32_t *numbers =
        talk__arena_array(b->moment, keys->count, sizeof *numbers);
    if (!numbers) return false;
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!key_number(b, &keys->keys[i], &numbers[i])) return false;
    }
    uint32_t count = tidy(numbers, keys->count);
    size_t size = count * sizeof *numbers;
    *number = talk__table_get(&b->set_numbers, (const char *)numbers, size);
    if (*number != TABLE_NONE) return true;
    *number = b->index->set_count;
    void *kept = talk__arena_text(b->scratch, (const char *)numbers, size);
    void *sets = b->sets;
    if (!kept ||
        !talk__arena_room(b->scratch, &sets, *number, &b->set_capacity,
                          sizeof *b->sets) ||
        !talk__table_set(&b->set_numbers, kept, size, *number)) {
        return false;
    }
    b->sets = sets;
    b->sets[*number] = (struct set){kept, count, keys->cost};
    b->index->set_count++;
    return true;
}

/* ---- Needs ---- */

static bool add_need(struct builder *b, struct pattern *pattern,
                     const struct key_set *keys, uint32_t *set)
{
    if (!set_number(b, keys, set)) return false;
    for (uint32_t i = 0; i < pattern->need_count; i++) {
        bool same = b->needs[pattern->first_need + i].set == *set;
        if (same && keys->order == KEY_LOOSE) return true;
    }
    void *needs = b->needs;
    if (!talk__arena_room(b->scratch, &needs, b->need_count, &b->need_capacity,
                          sizeof *b->needs)) {
        return false;
    }
    b->needs = needs;
    b->needs[b->need_count++] = (struct need){*set, keys->order};
    pattern->need_count++;
    return true;
}

static bool add_pattern(struct builder *b, struct pattern *pattern)
{
    struct key_sets keys;
    pattern->first_need = (uint32_t)b->need_count;
    pattern->need_count = 0;
    pattern->leading = NO_INDEX;
    if (!pattern->whole) return true; /* it has a fault */
    talk__arena_reset(b->moment);
    if (!talk__keys_find(b->moment, &b->frequency, pattern->whole,
                         pattern->whole_length, &keys)) {
        return false;
    }
    pattern->at_start = keys.at_start;
    pattern->plain = keys.plain;
    pattern->slow = keys.slow;
    for (uint32_t i = 0; i < keys.count; i++) {
        uint32_t set;
        if (!add_need(b, pattern, &keys.sets[i], &set)) return false;
        if (i == keys.leading) pattern->leading = set;
    }
    return true;
}

/* ---- Words ---- */

/* The examples say what people write. */
static bool count_words(struct builder *b)
{
    talk__frequency_init(&b->frequency, b->scratch);
    for (uint32_t i = 0; i < b->pack->example_count; i++) {
        const struct example *example = &b->pack->examples[i];
        if (!talk__frequency_add(&b->frequency, example->text,
                                 example->length)) {
            return false;
        }
    }
    return talk__frequency_close(&b->frequency);
}

uint32_t talk__index_keys(const struct pack_index *index, const char *word,
                          size_t length, uint32_t keys[KEYS_A_WORD])
{
    uint32_t hash = TALK__HASH_SEED, count = 0;
    for (size_t i = 1; i <= length; i++) {
        hash = talk__hash_step(hash, word[i - 1]);
        if (i > STEM_MAX || !(index->stem_lengths >> i & 1)) continue;
        uint32_t stem = talk__table_get_hashed(&index->stems, word, i, hash);
        if (stem != TABLE_NONE) keys[count++] = stem;
    }
    uint32_t whole = talk__table_get_hashed(&index->words, word, length, hash);
    if (whole != TABLE_NONE) keys[count++] = whole;
    return count;
}

/* ---- Lists ---- */

/* Turns "item i belongs to group g" into one list per group: counted, then
 * placed, then filled in. */
static struct span *lists_start(struct builder *b, uint32_t count)
{
    return talk__arena_array(b->arena, (size_t)count + 1, sizeof(struct span));
}

static size_t lists_place(struct span *lists, uint32_t count)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        lists[i].first = total;
        total += lists[i].count;
        lists[i].count = 0;
    }
    return (size_t)total + 1;
}

static uint32_t *list_new(struct builder *b, struct span *lists,
                          uint32_t count)
{
    return talk__arena_array(b->arena, lists_place(lists, count),
                             sizeof(uint32_t));
}

static void list_add(struct span *list, uint32_t *items, uint32_t item)
{
    items[list->first + list->count++] = item;
}

/* The rarest of the sets that a pattern needs, other than one of them. */
static uint32_t rarest_need(const struct builder *b,
                            const struct pattern *pattern, uint32_t other)
{
    const struct need *needs = b->needs + pattern->first_need;
    uint32_t best = NO_INDEX;
    for (uint32_t i = 0; i < pattern->need_count; i++) {
        uint32_t set = needs[i].set;
        if (set == other) continue;
        if (best == NO_INDEX || b->sets[set].cost < b->sets[best].cost) {
            best = set;
        }
    }
    return best;
}

static bool list_patterns(struct builder *b)
{
    struct pack_index *index = b->index;
    uint32_t count = b->pack->pattern_count;
    index->waiting = lists_start(b, index->set_count);
    index->always =
        talk__arena_array(b->arena, (size_t)count + 1, sizeof(uint32_t));
    index->needs =
        talk__arena_array(b->arena, b->need_count + 1, sizeof *index->needs);
    uint32_t *rarest =
        talk__arena_array(b->scratch, (size_t)count + 1, sizeof(uint32_t));
    if (!index->waiting || !index->always || !index->needs || !rarest) {
        return false;
    }
    if (b->need_count) {
        memcpy(index->needs, b->needs, b->need_count * sizeof *b->needs);
    }
    for (uint32_t p = 0; p < count; p++) {
        struct pattern *pattern = &b->pack->patterns[p];
        rarest[p] = rarest_need(b, pattern, NO_INDEX);
        if (rarest[p] == NO_INDEX) {
            pattern->tries = UINT32_MAX;
            index->always[index->always_count++] = p;
        } else {
            pattern->tries = b->sets[rarest[p]].cost;
            index->waiting[rarest[p]].count++;
        }
    }
    index->waiting_list = talk__arena_array(
        b->arena, lists_place(index->waiting, index->set_count),
        sizeof *index->waiting_list);
    if (!index->waiting_list) return false;
    for (uint32_t p = 0; p < count; p++) {
        if (rarest[p] == NO_INDEX) continue;
        struct span *list = &index->waiting[rarest[p]];
        index->waiting_list[list->first + list->count++] = (struct waiting){
            p, rarest_need(b, &b->pack->patterns[p], rarest[p])};
    }
    return true;
}

static bool list_sets(struct builder *b)
{
    struct pack_index *index = b->index;
    index->set_keys = lists_start(b, index->set_count);
    index->key_sets = lists_start(b, index->key_count);
    if (!index->set_keys || !index->key_sets) return false;
    for (uint32_t s = 0; s < index->set_count; s++) {
        index->set_keys[s].count = b->sets[s].count;
        if (index->waiting[s].count == 0) continue;
        for (uint32_t k = 0; k < b->sets[s].count; k++) {
            index->key_sets[b->sets[s].keys[k]].count++;
        }
    }
    index->set_key_list = list_new(b, index->set_keys, index->set_count);
    index->key_set_list = list_new(b, index->key_sets, index->key_count);
    if (!index->set_key_list || !index->key_set_list) return false;
    for (uint32_t s = 0; s < index->set_count; s++) {
        for (uint32_t k = 0; k < b->sets[s].count; k++) {
            uint32_t key = b->sets[s].keys[k];
            list_add(&index->set_keys[s], index->set_key_list, key);
            if (index->waiting[s].count == 0) continue;
            list_add(&index->key_sets[key], index->key_set_list, s);
        }
    }
    return true;
}

bool talk__index_build(struct pack *pack)
{
    struct arena scratch, moment;
    talk__arena_init(&scratch, &pack->memory, 0);
    talk__arena_init(&moment, &pack->memory, 0);
    struct builder b = {.pack = pack,
                        .arena = &pack->arena,
                        .scratch = &scratch,
                        .moment = &moment};
    bool done = false;
    b.index = talk__arena_take(&pack->arena, sizeof *b.index);
    if (!b.index) goto out;
    talk__table_init(&b.index->words, &pack->arena);
    talk__table_init(&b.index->stems, &pack->arena);
    talk__table_init(&b.set_numbers, &scratch);
    if (!count_words(&b)) goto out;
    for (uint32_t p = 0; p < pack->pattern_count; p++) {
        if (!add_pattern(&b, &pack->patterns[p])) goto out;
    }
    if (!list_patterns(&b) || !list_sets(&b)) goto out;
    pack->index = b.index;
    done = true;
out:
    talk__arena_clear(&moment);
    talk__arena_clear(&scratch);
    return done;
}
