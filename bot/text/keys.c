/* keys.c - which words a pattern cannot do without.
 *
 * The pattern is read into a small tree; the tree is walked from left to
 * right, gathering a "run": the finite set of texts that the walk can have
 * spelt out since the last thing that was not finite, such as \w+. A run that
 * ends yields sets of words. Everything that is not understood ends the run
 * and yields nothing, which is always safe. The method is that of Cox's
 * trigram queries and of RE2's prefilter, on words.
 * In: an expanded pattern.  Out: sets of keys.  Ignores what matches. */
#include "keys.h"

#include <string.h>

#include "pattern_tree.h"

enum {
    STEM_MIN = 3,        /* letters of a stem; shorter ones hit too much */
    WORDS_MAX = 6,       /* of one text that become keys */
    KEYS_MAX = 256,      /* of one set */
    CHOICE_SETS_MAX = 3, /* that a choice yields */
    COUNT_COST = 16,     /* of a word each time that it was counted */
    SHORT_COST = 10      /* of a word of few letters */
};

/* ---- Finite texts ---- */

struct texts {
    struct text *items;
    uint32_t count;
};

static bool is_nothing(const struct texts *texts)
{
    return texts->count == 1 && texts->items[0].length == 0;
}

static size_t bytes_of(const struct texts *texts)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < texts->count; i++) {
        bytes += texts->items[i].length;
    }
    return bytes;
}

/* Every text of `left` followed by every one of `right`. */
static bool texts_join(struct arena *arena, const struct texts *left,
                       const struct texts *right, struct texts *out)
{
    if (is_nothing(left) || is_nothing(right)) {
        *out = is_nothing(left) ? *right : *left;
        return true;
    }
    uint32_t count = left->count * right->count;
    char *bytes = talk__arena_take(arena, bytes_of(left) * right->count +
                                              bytes_of(right) * left->count);
    *out = (struct texts){talk__arena_array(arena, count, sizeof *out->items),
                          count};
    if (!bytes || !out->items) return false;
    struct text *to = out->items;
    for (uint32_t i = 0; i < left->count; i++) {
        const struct text *a = &left->items[i];
        for (uint32_t j = 0; j < right->count; j++) {
            const struct text *b = &right->items[j];
            memcpy(bytes, a->bytes, a->length);
            memcpy(bytes + a->length, b->bytes, b->length);
            *to++ = (struct text){bytes, a->length + b->length};
            bytes += a->length + b->length;
        }
    }
    return true;
}

static const struct texts nothing = {
    .items = (struct text[]){{"", 0}},
    .count = 1,
};

/* All that a node with a finite number of them can spell. */
static bool spell(struct arena *arena, const struct node *node,
                  struct texts *out)
{
    struct texts part;
    if (node->kind == NODE_TEXT) {
        *out = (struct texts){node->texts, node->spelt};
        return true;
    }
    if (node->kind == NODE_ROW || node->kind == NODE_AHEAD) {
        *out = nothing;
        if (node->kind == NODE_AHEAD) return true;
        for (node = node->first; node; node = node->next) {
            struct texts before = *out;
            if (!spell(arena, node, &part)) return false;
            if (!texts_join(arena, &before, &part, out)) return false;
        }
        return true;
    }
    /* A choice, or a repeat: nothing or once. */
    *out = (struct texts){
        talk__arena_array(arena, node->spelt, sizeof *out->items), 0};
    if (!out->items) return false;
    if (node->kind == NODE_REPEAT) out->items[out->count++] = *nothing.items;
    for (node = node->first; node; node = node->next) {
        if (!spell(arena, node, &part)) return false;
        memcpy(out->items + out->count, part.items,
               part.count * sizeof *part.items);
        out->count += part.count;
    }
    return true;
}

/* ---- Sets ---- */

/* What is known of the place of a node. */
struct side {
    bool left_ok, right_ok; /* a border of words stands before, behind it */
    bool front;             /* nothing of the pattern stands before it */
};

struct finder {
    struct arena *arena;
    const struct frequency *frequency;
    struct key_sets *sets;
};

static void sets_init(struct key_sets *sets)
{
    sets->count = 0;
    sets->leading = KEY_SETS_NONE;
    sets->at_start = sets->plain = sets->slow = false;
}

/* What a key lets through: where no text tells, short ones are taken to be
 * frequent. */
static uint32_t cost_of(const struct finder *finder, const struct key *key)
{
    uint32_t count = talk__frequency_of(finder->frequency, key->text,
                                        key->length, key->prefix);
    return count * COUNT_COST + (key->length <= STEM_MIN ? SHORT_COST : 1);
}

/* Takes over the keys. */
static void sets_add(struct finder *finder, enum key_order order,
                     struct key *keys, uint32_t count)
{
    struct key_sets *sets = finder->sets;
    if (sets->count == KEY_SETS_MAX) return;
    uint32_t cost = 0;
    for (uint32_t i = 0; i < count; i++) cost += cost_of(finder, &keys[i]);
    sets->sets[sets->count++] = (struct key_set){keys, count, order, cost};
}

/* ---- What a run demands ---- */

struct run {
    struct texts texts;
    bool left_ok, front;
};

/* The words of a text that can serve as keys. */
struct words {
    struct key keys[WORDS_MAX];
    uint32_t count;
};

static bool is_stem(const struct key *key)
{
    char last = key->text[key->length - 1];
    return key->length >= STEM_MIN || (last >= '0' && last <= '9');
}

static void words_of(const struct text *text, bool left_ok, bool right_ok,
                     struct words *words)
{
    uint32_t at = 0;
    words->count = 0;
    while (words->count < WORDS_MAX) {
        while (at < text->length && !talk__is_word_byte(text->bytes[at])) at++;
        uint32_t start = at;
        while (at < text->length && talk__is_word_byte(text->bytes[at])) at++;
        if (at == start) return;
        struct key key = {text->bytes + start, at - start, false};
        if (start == 0 && !left_ok) continue;
        key.prefix = at == text->length && !right_ok;
        if (key.prefix && !is_stem(&key)) continue;
        words->keys[words->count++] = key;
    }
}

static bool same_key(const struct key *a, const struct key *b)
{
    return a->prefix == b->prefix && a->length == b->length &&
           memcmp(a->text, b->text, a->length) == 0;
}

static const struct key *rarest_of(const struct finder *finder,
                                   const struct words *words)
{
    const struct key *best = &words->keys[0];
    uint32_t best_cost = cost_of(finder, best);
    for (uint32_t i = 1; i < words->count; i++) {
        uint32_t cost = cost_of(finder, &words->keys[i]);
        if (cost >= best_cost) continue;
        best = &words->keys[i];
        best_cost = cost;
    }
    return best;
}

/* A set of one word of each text: which, counted from the first, or … */
enum { COLUMN_LAST = WORDS_MAX, COLUMN_RAREST };

static bool add_column(struct finder *finder, const struct words *words,
                       uint32_t count, uint32_t column)
{
    struct key *keys = talk__arena_array(finder->arena, count, sizeof *keys);
    uint32_t kept = 0;
    if (!keys) return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct key *key =
            column == COLUMN_RAREST ? rarest_of(finder, &words[i])
            : column == COLUMN_LAST ? &words[i].keys[words[i].count - 1]
                                    : &words[i].keys[column];
        /* "leg", "leg's": what varies behind it comes in a row. */
        if (kept && same_key(&keys[kept - 1], key)) continue;
        keys[kept++] = *key;
    }
    enum key_order order = column == COLUMN_RAREST                ? KEY_LOOSE
                           : column == 0 || column == COLUMN_LAST ? KEY_BEHIND
                                                                  : KEY_NEXT;
    sets_add(finder, order, keys, kept);
    return true;
}

/* Does every text begin with its first key, or where the message does? */
static void see_front(struct finder *finder, const struct run *run,
                      const struct words *words)
{
    bool leading = true, at_start = true;
    for (uint32_t i = 0; i < run->texts.count; i++) {
        const struct text *text = &run->texts.items[i];
        const char *at = text->bytes;
        const char *end = at + text->length;
        if (at == end || *at != TALK__START) at_start = false;
        while (at < end && (*at == TALK__BORDER || *at == TALK__START)) at++;
        if (words[i].count == 0 || words[i].keys[0].text != at) {
            leading = false;
        }
    }
    if (at_start) finder->sets->at_start = true;
    if (leading) finder->sets->leading = finder->sets->count;
}

/* One word of each text makes a set: the first of each, the second …; and
 * where the numbers differ the last, and the rarest, wherever it stands. */
static bool run_close(struct finder *finder, const struct run *run,
                      bool right_ok)
{
    uint32_t count = run->texts.count;
    uint32_t fewest = WORDS_MAX, most = 0;
    struct words *words =
        talk__arena_array(finder->arena, count, sizeof *words);
    if (!words) return false;
    for (uint32_t i = 0; i < count; i++) {
        words_of(&run->texts.items[i], run->left_ok, right_ok, &words[i]);
        if (words[i].count < fewest) fewest = words[i].count;
        if (words[i].count > most) most = words[i].count;
    }
    bool even = fewest == most || fewest == 0;
    if (!even && !add_column(finder, words, count, COLUMN_RAREST)) {
        return false;
    }
    if (run->front) see_front(finder, run, words);
    for (uint32_t column = 0; column < fewest; column++) {
        if (!add_column(finder, words, count, column)) return false;
    }
    return even || add_column(finder, words, count, COLUMN_LAST);
}

/* ---- The walk ---- */

static bool walk(struct finder *finder, const struct node *node,
                 struct side side);

/* Can what follows begin with a letter? */
static bool rest_is_word(const struct node *node, bool right_ok)
{
    for (; node; node = node->next) {
        if (node->starts_word) return true;
        if (!node->empty) return false;
    }
    return !right_ok;
}

/* Does a border of words stand behind the run? */
static bool ends_open(const struct run *run)
{
    for (uint32_t i = 0; i < run->texts.count; i++) {
        const struct text *text = &run->texts.items[i];
        if (text->length == 0
                ? !run->left_ok
                : talk__is_word_byte(text->bytes[text->length - 1])) {
            return false;
        }
    }
    return true;
}

/* The cheapest first. */
static void sort_sets(struct key_sets *sets)
{
    for (uint32_t i = 1; i < sets->count; i++) {
        struct key_set set = sets->sets[i];
        uint32_t j = i;
        for (; j > 0 && sets->sets[j - 1].cost > set.cost; j--) {
            sets->sets[j] = sets->sets[j - 1];
        }
        sets->sets[j] = set;
    }
}

static const struct key_set *set_at(const struct key_sets *sets,
                                    uint32_t index)
{
    return index < sets->count ? &sets->sets[index] : NULL;
}

/* The sets of the ways of a choice, joined. */
struct joined {
    struct key *keys;
    size_t count, capacity;
    bool failed; /* a way has no such set, or they are too many */
};

static bool joined_add(struct arena *arena, struct joined *joined,
                       const struct key_set *set)
{
    if (!set || joined->count + set->count > KEYS_MAX) joined->failed = true;
    for (uint32_t i = 0; !joined->failed && i < set->count; i++) {
        void *keys = joined->keys;
        if (!talk__arena_room(arena, &keys, joined->count, &joined->capacity,
                              sizeof *joined->keys)) {
            return false;
        }
        joined->keys = keys;
        joined->keys[joined->count++] = set->keys[i];
    }
    return true;
}

/* The best sets of every way together make one, the second best another …;
 * and one is made of what the ways begin with. */
static bool walk_choice(struct finder *finder, const struct node *choice,
                        struct side side)
{
    enum { LEADING = CHOICE_SETS_MAX };
    struct joined joined[CHOICE_SETS_MAX + 1] = {{0}};
    struct key_sets *sets = finder->sets, own;
    struct finder inner = *finder;
    inner.sets = &own;
    bool at_start = side.front;
    for (const struct node *way = choice->first; way; way = way->next) {
        sets_init(&own);
        if (!walk(&inner, way, side)) return false;
        at_start &= own.at_start;
        if (!joined_add(finder->arena, &joined[LEADING],
                        set_at(&own, own.leading))) {
            return false;
        }
        sort_sets(&own);
        for (uint32_t s = 0; s < LEADING; s++) {
            if (!joined_add(finder->arena, &joined[s], set_at(&own, s))) {
                return false;
            }
        }
    }
    if (at_start) sets->at_start = true;
    if (!joined[LEADING].failed) sets->leading = sets->count;
    bool alone = joined[LEADING].failed && joined[1].failed;
    for (uint32_t s = LEADING + 1; s-- > 0;) {
        if (joined[s].failed) continue;
        sets_add(finder, alone ? KEY_BEHIND : KEY_LOOSE, joined[s].keys,
                 (uint32_t)joined[s].count);
    }
    return true;
}

/* Its sets are of what comes next, as those of the run will be. */
static bool walk_ahead(struct finder *finder, const struct node *ahead,
                       bool left_ok)
{
    uint32_t before = finder->sets->count;
    struct side side = {.left_ok = left_ok};
    if (!walk(finder, ahead->first, side)) return false;
    for (uint32_t s = before; s < finder->sets->count; s++) {
        finder->sets->sets[s].order = KEY_LOOSE;
    }
    return true;
}

static bool can_take(const struct run *run, const struct node *node)
{
    return node->spelt && node->spelt * run->texts.count <= SPELT_MAX;
}

static bool run_take(struct finder *finder, struct run *run,
                     const struct node *node)
{
    struct texts part, before = run->texts;
    return spell(finder->arena, node, &part) &&
           texts_join(finder->arena, &before, &part, &run->texts);
}

static bool walk_row(struct finder *finder, const struct node *first,
                     struct side side)
{
    struct run run = {nothing, side.left_ok, side.front};
    for (const struct node *node = first; node; node = node->next) {
        bool open = ends_open(&run);
        if (node->kind == NODE_AHEAD && !walk_ahead(finder, node, open)) {
            return false;
        }
        if (can_take(&run, node)) {
            if (!run_take(finder, &run, node)) return false;
            continue;
        }
        if (node->kind == NODE_REPEAT && !node->optional &&
            can_take(&run, node->first)) {
            /* "noo+": it is there once, whatever follows. */
            if (!run_take(finder, &run, node->first) ||
                !run_close(finder, &run,
                           !node->starts_word &&
                               !rest_is_word(node->next, side.right_ok))) {
                return false;
            }
            run = (struct run){nothing, !node->ends_word, false};
            continue;
        }
        struct side inner = {open, !rest_is_word(node->next, side.right_ok),
                             run.front && is_nothing(&run.texts)};
        if (!run_close(finder, &run, !rest_is_word(node, side.right_ok)) ||
            !walk(finder, node, inner)) {
            return false;
        }
        run = (struct run){nothing, !node->ends_word && (!node->empty || open),
                           false};
    }
    return run_close(finder, &run, side.right_ok);
}

static bool walk(struct finder *finder, const struct node *node,
                 struct side side)
{
    switch (node->kind) {
    case NODE_OPEN: return true;
    case NODE_ROW: return walk_row(finder, node->first, side);
    case NODE_AHEAD: return walk_ahead(finder, node, side.left_ok);
    case NODE_REPEAT:
        if (node->optional) return true;
        side.right_ok = false;
        return walk(finder, node->first, side);
    case NODE_TEXT:
    case NODE_CHOICE: {
        if (!node->spelt) return walk_choice(finder, node, side);
        struct run run = {nothing, side.left_ok, side.front};
        return spell(finder->arena, node, &run.texts) &&
               run_close(finder, &run, side.right_ok);
    }
    }
    return true;
}

bool talk__keys_find(struct arena *arena, const struct frequency *frequency,
                     const char *pattern, size_t length, struct key_sets *out)
{
    struct pattern_tree tree;
    sets_init(out);
    if (!talk__pattern_read(arena, pattern, length, &tree)) return false;
    out->slow = !tree.root || tree.slow;
    out->plain = tree.root && tree.plain && !tree.root->empty;
    if (!tree.root) return true;
    struct finder finder = {arena, frequency, out};
    struct side side = {true, true, true};
    return walk(&finder, tree.root, side);
}
