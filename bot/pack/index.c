/* index.c - builds the index from words to patterns; see index.h.
 * In: the expanded patterns.  Out: pack->index.  Ignores what they mean. */
#include "index.h"

#include <string.h>

#include "keys.h"

/* While building: a distinct set of keys. */
struct set {
    uint32_t *keys; /* sorted numbers */
    uint32_t count;
    uint32_t cost; /* how often a message will satisfy it: a guess */
};

struct builder {
    struct arena *arena; /* the pack's: what stays */
    struct arena *scratch;
    struct arena *moment; /* for one pattern */
    struct pack_index *index;
    struct table set_numbers; /* the bytes of set->keys to its number */
    struct set *sets;
    size_t set_capacity;
    uint32_t *uses; /* per key: patterns that name it in a set */
    size_t use_capacity;
    uint32_t *needs; /* grows */
    size_t need_count, need_capacity;
};

/* The number of a key; a new one if need be. */
static bool key_number(struct builder *b, const struct key *key,
                       uint32_t *number)
{
    struct table *table = key->prefix ? &b->index->stems : &b->index->words;
    *number = talk__table_get(table, key->text, key->length);
    if (*number != TABLE_NONE) return true;
    *number = b->index->key_count;
    const char *text = talk__arena_text(b->arena, key->text, key->length);
    if (!text || !talk__table_set(table, text, key->length, *number) ||
        !talk__arena_room(b->scratch, (void **)&b->uses, *number,
                          &b->use_capacity, sizeof *b->uses)) {
        return false;
    }
    b->uses[*number] = 0;
    if (key->prefix) b->index->stem_lengths |= 1u << key->length;
    b->index->key_count++;
    return true;
}

static void sort(uint32_t *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = items[i];
        uint32_t j = i;
        for (; j > 0 && items[j - 1] > item; j--) items[j] = items[j - 1];
        items[j] = item;
    }
}

/* Stems longer than the bits of stem_lengths are cut: still required. */
enum { STEM_MAX = 31 };

static bool set_number(struct builder *b, const struct key_set *keys,
                       uint32_t *number)
{
    uint32_t *numbers =
        talk__arena_array(b->scratch, keys->count, sizeof *numbers);
    if (!numbers) return false;
    uint32_t count = 0;
    for (size_t i = 0; i < keys->count; i++) {
        struct key key = keys->keys[i];
        if (key.prefix && key.length > STEM_MAX) key.length = STEM_MAX;
        uint32_t key_index;
        if (!key_number(b, &key, &key_index)) return false;
        bool seen = false;
        for (uint32_t j = 0; j < count; j++) seen |= numbers[j] == key_index;
        if (!seen) numbers[count++] = key_index;
    }
    sort(numbers, count);
    size_t size = count * sizeof *numbers;
    *number = talk__table_get(&b->set_numbers, (const char *)numbers, size);
    if (*number == TABLE_NONE) {
        *number = b->index->set_count;
        if (!talk__arena_room(b->scratch, (void **)&b->sets, *number,
                              &b->set_capacity, sizeof *b->sets) ||
            !talk__table_set(&b->set_numbers, (const char *)numbers, size,
                             *number)) {
            return false;
        }
        b->sets[*number] = (struct set){numbers, count, 0};
        b->index->set_count++;
    }
    return true;
}

static bool add_pattern(struct builder *b, struct pattern *pattern,
                        const struct expanded *text)
{
    struct key_sets keys;
    talk__arena_reset(b->moment);
    if (!talk__keys_find(b->moment, text->text, text->length, &keys)) {
        return false;
    }
    pattern->first_need = (uint32_t)b->need_count;
    pattern->need_count = 0;
    for (size_t i = 0; i < keys.count; i++) {
        uint32_t set;
        if (!set_number(b, &keys.sets[i], &set)) return false;
        bool seen = false;
        for (uint32_t j = 0; j < pattern->need_count; j++) {
            seen |= b->needs[pattern->first_need + j] == set;
        }
        if (seen) continue;
        if (!talk__arena_room(b->scratch, (void **)&b->needs, b->need_count,
                              &b->need_capacity, sizeof *b->needs)) {
            return false;
        }
        b->needs[b->need_count++] = set;
        pattern->need_count++;
        for (uint32_t k = 0; k < b->sets[set].count; k++) {
            b->uses[b->sets[set].keys[k]]++;
        }
    }
    return true;
}

/* A word that many patterns name is taken to be frequent in messages too,
 * and so are short words: "my", "is", "not". */
static void guess_costs(struct builder *b)
{
    for (uint32_t s = 0; s < b->index->set_count; s++) {
        struct set *set = &b->sets[s];
        for (uint32_t k = 0; k < set->count; k++) {
            set->cost += b->uses[set->keys[k]];
        }
    }
    const struct table *words = &b->index->words;
    uint32_t *penalties = b->uses; /* done with the counts */
    memset(penalties, 0, b->index->key_count * sizeof *penalties);
    for (size_t i = 0; i < words->capacity; i++) {
        const struct table_entry *entry = &words->entries[i];
        if (!entry->key) continue;
        if (entry->length <= 2) penalties[entry->value] = 1000;
        if (entry->length == 3) penalties[entry->value] = 300;
    }
    for (uint32_t s = 0; s < b->index->set_count; s++) {
        struct set *set = &b->sets[s];
        for (uint32_t k = 0; k < set->count; k++) {
            set->cost += penalties[set->keys[k]];
        }
    }
}

/* The rarest need of every pattern to its front. */
static void order_needs(struct builder *b, struct pack *pack)
{
    for (uint32_t p = 0; p < pack->pattern_count; p++) {
        struct pattern *pattern = &pack->patterns[p];
        uint32_t *needs = b->needs + pattern->first_need;
        uint32_t best = 0;
        for (uint32_t i = 1; i < pattern->need_count; i++) {
            if (b->sets[needs[i]].cost < b->sets[needs[best]].cost) best = i;
        }
        if (best > 0) {
            uint32_t rarest = needs[best];
            needs[best] = needs[0];
            needs[0] = rarest;
        }
    }
}

/* Turns "item i belongs to group g" into one list per group: counted, then
 * placed. */
static struct need_key *lists_start(struct arena *arena, uint32_t count)
{
    return talk__arena_array(arena, (size_t)count + 1,
                             sizeof(struct need_key));
}

static uint32_t lists_place(struct need_key *lists, uint32_t count)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        lists[i].first = total;
        total += lists[i].count;
        lists[i].count = 0;
    }
    return total;
}

static bool link_keys(struct builder *b)
{
    struct pack_index *index = b->index;
    index->keys = lists_start(b->arena, index->key_count);
    if (!index->keys) return false;
    for (uint32_t s = 0; s < index->set_count; s++) {
        for (uint32_t k = 0; k < b->sets[s].count; k++) {
            index->keys[b->sets[s].keys[k]].count++;
        }
    }
    uint32_t total = lists_place(index->keys, index->key_count);
    index->need_refs = talk__arena_array(b->arena, (size_t)total + 1,
                                         sizeof *index->need_refs);
    if (!index->need_refs) return false;
    for (uint32_t s = 0; s < index->set_count; s++) {
        for (uint32_t k = 0; k < b->sets[s].count; k++) {
            struct need_key *key = &index->keys[b->sets[s].keys[k]];
            index->need_refs[key->first + key->count++] = s;
        }
    }
    return true;
}

static bool link_patterns(struct builder *b, const struct pack *pack)
{
    struct pack_index *index = b->index;
    index->waiting = lists_start(b->arena, index->set_count);
    index->always = talk__arena_array(
        b->arena, (size_t)pack->pattern_count + 1, sizeof *index->always);
    index->needs =
        talk__arena_array(b->arena, b->need_count + 1, sizeof *index->needs);
    if (!index->waiting || !index->always || !index->needs) return false;
    if (b->need_count) {
        memcpy(index->needs, b->needs, b->need_count * sizeof *b->needs);
    }
    for (uint32_t p = 0; p < pack->pattern_count; p++) {
        const struct pattern *pattern = &pack->patterns[p];
        if (pattern->need_count == 0) {
            index->always[index->always_count++] = p;
        } else {
            index->waiting[index->needs[pattern->first_need]].count++;
        }
    }
    uint32_t total = lists_place(index->waiting, index->set_count);
    index->waiting_refs = talk__arena_array(b->arena, (size_t)total + 1,
                                            sizeof *index->waiting_refs);
    if (!index->waiting_refs) return false;
    for (uint32_t p = 0; p < pack->pattern_count; p++) {
        const struct pattern *pattern = &pack->patterns[p];
        if (pattern->need_count == 0) continue;
        struct need_key *list =
            &index->waiting[index->needs[pattern->first_need]];
        index->waiting_refs[list->first + list->count++] = p;
    }
    return true;
}

bool talk__index_build(struct pack *pack, const struct expanded *patterns)
{
    struct arena scratch, moment;
    talk__arena_init(&scratch, &pack->memory, 0);
    talk__arena_init(&moment, &pack->memory, 0);
    struct builder b = {
        .arena = &pack->arena, .scratch = &scratch, .moment = &moment};
    bool done = false;
    b.index = talk__arena_take(&pack->arena, sizeof *b.index);
    if (!b.index) goto out;
    talk__table_init(&b.index->words, &pack->arena);
    talk__table_init(&b.index->stems, &pack->arena);
    talk__table_init(&b.set_numbers, &scratch);
    for (uint32_t p = 0; p < pack->pattern_count; p++) {
        if (!add_pattern(&b, &pack->patterns[p], &patterns[p])) goto out;
    }
    guess_costs(&b);
    order_needs(&b, pack);
    if (!link_keys(&b) || !link_patterns(&b, pack)) goto out;
    pack->index = b.index;
    done = true;
out:
    talk__arena_clear(&moment);
    talk__arena_clear(&scratch);
    return done;
}
