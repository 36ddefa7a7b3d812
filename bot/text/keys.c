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

#include "pattern_tree.h"

#include <string.h>

enum {
    TEXTS_MAX = 96, /* texts of a run; one more ends it */
    STEM_MIN = 3,   /* letters of a stem; shorter ones hit too much */
    SETS_MAX = 6    /* of one pattern; more gain nothing */
};

/* ---- Finite texts ---- */

struct texts {
    const char **items;
    size_t count;
};

static bool texts_add(struct arena *arena, struct texts *texts, const char *a,
                      size_t a_length, const char *b, size_t b_length)
{
    if (texts->count == TEXTS_MAX) return false;
    if (!texts->items) {
        texts->items =
            talk__arena_array(arena, TEXTS_MAX, sizeof *texts->items);
        if (!texts->items) return false;
    }
    char *text = talk__arena_take(arena, a_length + b_length + 1);
    if (!text) return false;
    memcpy(text, a, a_length);
    memcpy(text + a_length, b, b_length);
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0) return true;
    }
    texts->items[texts->count++] = text;
    return true;
}

/* Every text of `left` followed by every one of `right`. */
static bool texts_join(struct arena *arena, const struct texts *left,
                       const struct texts *right, struct texts *out)
{
    *out = (struct texts){0};
    for (size_t i = 0; i < left->count; i++) {
        size_t length = strlen(left->items[i]);
        for (size_t j = 0; j < right->count; j++) {
            if (!texts_add(arena, out, left->items[i], length, right->items[j],
                           strlen(right->items[j]))) {
                return false;
            }
        }
    }
    return true;
}

/* All that a node can spell; false: not finite, or too many. */
static bool spell(struct arena *arena, const struct node *node,
                  struct texts *out)
{
    *out = (struct texts){0};
    struct texts part, joined;
    switch (node->kind) {
    case NODE_OPEN: return false;
    case NODE_TEXT:
        *out = (struct texts){node->texts, node->text_count};
        return true;
    case NODE_ROW:
        if (!texts_add(arena, out, "", 0, "", 0)) return false;
        for (node = node->first; node; node = node->next) {
            if (!spell(arena, node, &part)) return false;
            if (!texts_join(arena, out, &part, &joined)) return false;
            *out = joined;
        }
        return true;
    case NODE_CHOICE:
        for (node = node->first; node; node = node->next) {
            if (!spell(arena, node, &part)) return false;
            for (size_t i = 0; i < part.count; i++) {
                if (!texts_add(arena, out, part.items[i],
                               strlen(part.items[i]), "", 0)) {
                    return false;
                }
            }
        }
        return true;
    case NODE_REPEAT:
        if (!node->once || !spell(arena, node->first, &part)) return false;
        if (!node->optional) {
            *out = part;
            return true;
        }
        if (!texts_add(arena, out, "", 0, "", 0)) return false;
        for (size_t i = 0; i < part.count; i++) {
            if (!texts_add(arena, out, part.items[i], strlen(part.items[i]),
                           "", 0)) {
                return false;
            }
        }
        return true;
    }
    return false;
}

/* ---- What a run demands ---- */

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

struct run {
    struct texts texts;
    bool left_ok; /* a border of words stands before it */
};

/* The next word of a text that can serve as a key. */
static bool next_key(const struct run *run, const char *text, bool right_ok,
                     const char **at, struct key *key)
{
    const char *p = *at;
    while (*p) {
        while (*p && !is_word_byte(*p)) p++;
        if (!*p) break;
        const char *start = p;
        while (is_word_byte(*p)) p++;
        *at = p;
        *key = (struct key){start, (uint32_t)(p - start), false};
        if (start == text && !run->left_ok) continue;
        if (*p == '\0' && !right_ok) {
            if (key->length < STEM_MIN) continue;
            key->prefix = true;
        }
        return true;
    }
    *at = p;
    return false;
}

static bool same_key(const struct key *a, const struct key *b)
{
    return a->prefix == b->prefix && a->length == b->length &&
           memcmp(a->text, b->text, a->length) == 0;
}

static bool text_has_key(const struct run *run, const char *text,
                         bool right_ok, const struct key *wanted)
{
    struct key key;
    for (const char *at = text; next_key(run, text, right_ok, &at, &key);) {
        if (same_key(&key, wanted)) return true;
    }
    return false;
}

static bool in_all_texts(const struct run *run, bool right_ok,
                         const struct key *key)
{
    for (size_t i = 0; i < run->texts.count; i++) {
        if (!text_has_key(run, run->texts.items[i], right_ok, key)) {
            return false;
        }
    }
    return true;
}

static bool sets_add(struct arena *arena, struct key_sets *sets,
                     const struct key *keys, size_t count)
{
    if (sets->count == SETS_MAX) return true;
    if (!sets->sets) {
        sets->sets = talk__arena_array(arena, SETS_MAX, sizeof *sets->sets);
        if (!sets->sets) return false;
    }
    struct key_set *set = &sets->sets[sets->count];
    set->keys = talk__arena_array(arena, count, sizeof *keys);
    if (!set->keys) return false;
    for (size_t i = 0; i < count; i++) {
        bool seen = false;
        for (size_t j = 0; j < set->count && !seen; j++) {
            seen = same_key(&set->keys[j], &keys[i]);
        }
        if (!seen) set->keys[set->count++] = keys[i];
    }
    sets->count++;
    return true;
}

/* Words that stand in all texts make a set each; of the others, the longest
 * of each text make one set together. */
static bool run_close(struct arena *arena, struct run *run, bool right_ok,
                      struct key_sets *sets)
{
    if (run->texts.count == 0) return true;
    struct key longest[TEXTS_MAX];
    bool all = true;
    for (size_t i = 0; i < run->texts.count; i++) {
        const char *text = run->texts.items[i];
        struct key key;
        longest[i].length = 0;
        for (const char *at = text;
             next_key(run, text, right_ok, &at, &key);) {
            if (in_all_texts(run, right_ok, &key)) {
                if (i == 0 && !sets_add(arena, sets, &key, 1)) return false;
            } else if (key.length > longest[i].length) {
                longest[i] = key;
            }
        }
        if (longest[i].length == 0) all = false;
    }
    if (!all) return true;
    return sets_add(arena, sets, longest, run->texts.count);
}

/* ---- The walk ---- */

/* Can a match of `node` begin (or end) with a letter? `empty`: can it be
 * empty? Errs to "yes". */
static bool edge_is_word(const struct node *node, bool at_start, bool *empty)
{
    bool word = false, part_empty;
    switch (node->kind) {
    case NODE_OPEN: *empty = false; return true;
    case NODE_TEXT:
        *empty = false;
        for (size_t i = 0; i < node->text_count; i++) {
            const char *text = node->texts[i];
            size_t length = strlen(text);
            if (length == 0) {
                *empty = true;
            } else if (is_word_byte(text[at_start ? 0 : length - 1])) {
                word = true;
            }
        }
        return word;
    case NODE_REPEAT:
        word = edge_is_word(node->first, at_start, empty);
        if (node->optional) *empty = true;
        return word;
    case NODE_CHOICE:
        *empty = false;
        for (const struct node *c = node->first; c; c = c->next) {
            if (edge_is_word(c, at_start, &part_empty)) word = true;
            if (part_empty) *empty = true;
        }
        return word;
    case NODE_ROW:
        *empty = true;
        for (const struct node *c = node->first; c; c = c->next) {
            bool child = edge_is_word(c, at_start, &part_empty);
            /* From the end all children are asked, as the list has no way
             * back: later ones that cannot be empty hide the earlier. */
            if (at_start) {
                if (child) return true;
                if (!part_empty) {
                    *empty = false;
                    return false;
                }
            } else if (part_empty) {
                word = word || child;
            } else {
                word = child;
                *empty = false;
            }
        }
        return word;
    }
    *empty = true;
    return true;
}

static bool rest_is_word(const struct node *node, bool right_ok)
{
    bool empty;
    for (; node; node = node->next) {
        if (edge_is_word(node, true, &empty)) return true;
        if (!empty) return false;
    }
    return !right_ok;
}

static bool walk(struct arena *arena, const struct node *node, bool left_ok,
                 bool right_ok, struct key_sets *sets);

static size_t set_cost(const struct key_set *set)
{
    size_t shortest = SIZE_MAX;
    for (size_t i = 0; i < set->count; i++) {
        if (set->keys[i].length < shortest) shortest = set->keys[i].length;
    }
    return set->count * 4 + (shortest < 4 ? 40 : 0);
}

/* The best set of every way together make one. */
static bool walk_choice(struct arena *arena, const struct node *node,
                        bool left_ok, bool right_ok, struct key_sets *sets)
{
    struct key keys[TEXTS_MAX];
    size_t count = 0;
    for (const struct node *way = node->first; way; way = way->next) {
        struct key_sets own = {0};
        if (!walk(arena, way, left_ok, right_ok, &own)) return false;
        if (own.count == 0) return true;
        const struct key_set *best = &own.sets[0];
        for (size_t i = 1; i < own.count; i++) {
            if (set_cost(&own.sets[i]) < set_cost(best)) best = &own.sets[i];
        }
        if (count + best->count > TEXTS_MAX) return true;
        memcpy(keys + count, best->keys, best->count * sizeof *keys);
        count += best->count;
    }
    return sets_add(arena, sets, keys, count);
}

static bool run_start(struct arena *arena, struct run *run, bool left_ok)
{
    *run = (struct run){.left_ok = left_ok};
    return texts_add(arena, &run->texts, "", 0, "", 0);
}

static bool walk_row(struct arena *arena, const struct node *first,
                     bool left_ok, bool right_ok, struct key_sets *sets)
{
    struct run run;
    if (!run_start(arena, &run, left_ok)) return false;
    for (const struct node *node = first; node; node = node->next) {
        struct texts part, joined;
        if (spell(arena, node, &part) &&
            texts_join(arena, &run.texts, &part, &joined)) {
            run.texts = joined;
            continue;
        }
        if (arena->failed) return false;
        if (!run_close(arena, &run, !rest_is_word(node, right_ok), sets)) {
            return false;
        }
        /* Does a border of words stand before, and behind, this node? */
        bool ends_open = true;
        for (size_t i = 0; i < run.texts.count; i++) {
            size_t length = strlen(run.texts.items[i]);
            char last = length ? run.texts.items[i][length - 1] : '\0';
            if (length == 0 ? !run.left_ok : is_word_byte(last)) {
                ends_open = false;
            }
        }
        bool part_empty;
        bool ends_in_word = edge_is_word(node, false, &part_empty);
        bool next_ok = !rest_is_word(node->next, right_ok);
        if (!(node->kind == NODE_REPEAT && node->optional) &&
            !walk(arena, node->kind == NODE_REPEAT ? node->first : node,
                  ends_open && node->kind != NODE_REPEAT,
                  next_ok && node->kind != NODE_REPEAT, sets)) {
            return false;
        }
        if (!run_start(arena, &run,
                       !ends_in_word && (!part_empty || ends_open))) {
            return false;
        }
    }
    return run_close(arena, &run, right_ok, sets);
}

static bool walk(struct arena *arena, const struct node *node, bool left_ok,
                 bool right_ok, struct key_sets *sets)
{
    switch (node->kind) {
    case NODE_OPEN: return true;
    case NODE_CHOICE: {
        struct run run = {.left_ok = left_ok};
        if (spell(arena, node, &run.texts)) {
            return run_close(arena, &run, right_ok, sets);
        }
        if (arena->failed) return false;
        return walk_choice(arena, node, left_ok, right_ok, sets);
    }
    case NODE_ROW:
        return walk_row(arena, node->first, left_ok, right_ok, sets);
    case NODE_TEXT: {
        struct run run = {{node->texts, node->text_count}, left_ok};
        return run_close(arena, &run, right_ok, sets);
    }
    case NODE_REPEAT:
        if (node->optional) return true;
        return walk(arena, node->first, false, false, sets);
    }
    return true;
}

bool talk__keys_find(struct arena *arena, const char *pattern, size_t length,
                     struct key_sets *out)
{
    *out = (struct key_sets){0};
    struct node *tree = talk__pattern_read(arena, pattern, length);
    if (!tree) return !arena->failed;
    if (walk(arena, tree, true, true, out)) return true;
    *out = (struct key_sets){0};
    return false;
}
