/* keys.c - which words a pattern cannot do without.
 *
 * The pattern is read into a small tree; the tree is walked from left to
 * right, gathering a "run": the finite set of texts that the walk can have
 * spelt out since the last thing that was not finite, such as \w+. A run that
 * ends yields sets of words. Everything that is not understood ends the run
 * and yields nothing, which is always safe. The method is that of Cox's
 * trigram queries and of RE2's prefilter, on words.
 * In: a pattern.  Out: sets of keys.  Ignores what matches. */
#include "keys.h"

#include <string.h>

#include "first_words.h"

enum {
    STEM_MIN = 2,        /* letters of a stem; shorter ones hit too much */
    WORDS_MAX = 6,       /* of one text that become keys */
    KEYS_MAX = 256,      /* of one set */
    CHOICE_SETS_MAX = 3, /* that a choice yields */
    UNIT_MIN = 16        /* texts of a macro that is not spelt out anew */
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

/* ---- Needs ---- */

/* The needs of a pattern, or of a part of it. */
struct needs {
    struct key_need items[KEY_NEEDS_MAX];
    uint32_t count;
};

/* A macro that stands between borders of words needs the same everywhere. */
struct macro_keys {
    struct needs needs;
};

struct finder {
    struct key_book *book;
    struct arena *arena;
    struct needs *needs;
};

static bool add_set(struct finder *finder, enum key_order order,
                    const uint32_t *keys, size_t count)
{
    struct needs *needs = finder->needs;
    if (needs->count == KEY_NEEDS_MAX) return true;
    struct key_need *need = &needs->items[needs->count++];
    need->order = order;
    return talk__key_book_set(finder->book, finder->arena, keys, count,
                              &need->set);
}

static uint32_t cost_of(const struct finder *finder, uint32_t set)
{
    return finder->book->sets[set].cost;
}

/* ---- What a run demands ---- */

struct run {
    struct texts texts;
    bool left_ok; /* a border of words stands before it */
};

/* The words of a text that can serve as keys. */
struct words {
    uint32_t keys[WORDS_MAX];
    uint32_t count;
};

static bool is_stem(const char *word, uint32_t length)
{
    char last = word[length - 1];
    return length >= STEM_MIN || (last >= '0' && last <= '9');
}

static bool words_of(struct finder *finder, const struct text *text,
                     bool left_ok, bool right_ok, struct words *words)
{
    uint32_t at = 0;
    words->count = 0;
    while (words->count < WORDS_MAX) {
        while (at < text->length && !talk__is_word_byte(text->bytes[at])) at++;
        uint32_t start = at;
        while (at < text->length && talk__is_word_byte(text->bytes[at])) at++;
        if (at == start) break;
        const char *word = text->bytes + start;
        bool stem = at == text->length && !right_ok;
        if ((start == 0 && !left_ok) || (stem && !is_stem(word, at - start))) {
            continue;
        }
        if (!talk__key_book_key(finder->book, word, at - start, stem,
                                &words->keys[words->count++])) {
            return false;
        }
    }
    return true;
}

static uint32_t rarest_of(const struct finder *finder,
                          const struct words *words)
{
    uint32_t best = words->keys[0];
    for (uint32_t i = 1; i < words->count; i++) {
        if (talk__key_book_cost(finder->book, words->keys[i]) <
            talk__key_book_cost(finder->book, best)) {
            best = words->keys[i];
        }
    }
    return best;
}

/* A set of one word of each text: which, counted from the first, or … */
enum { COLUMN_LAST = WORDS_MAX, COLUMN_RAREST };

static bool add_column(struct finder *finder, const struct words *words,
                       uint32_t count, uint32_t column)
{
    uint32_t keys[SPELT_MAX];
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = column == COLUMN_RAREST ? rarest_of(finder, &words[i])
                  : column == COLUMN_LAST ? words[i].keys[words[i].count - 1]
                                          : words[i].keys[column];
    }
    enum key_order order = column == COLUMN_RAREST                ? KEY_LOOSE
                           : column == 0 || column == COLUMN_LAST ? KEY_BEHIND
                                                                  : KEY_NEXT;
    return add_set(finder, order, keys, count);
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
        if (!words_of(finder, &run->texts.items[i], run->left_ok, right_ok,
                      &words[i])) {
            return false;
        }
        if (words[i].count < fewest) fewest = words[i].count;
        if (words[i].count > most) most = words[i].count;
        if (fewest == 0) return true;
    }
    if (fewest != most && !add_column(finder, words, count, COLUMN_RAREST)) {
        return false;
    }
    for (uint32_t column = 0; column < fewest; column++) {
        if (!add_column(finder, words, count, column)) return false;
    }
    return fewest == most || add_column(finder, words, count, COLUMN_LAST);
}

/* ---- The walk ---- */

/* What is known of the place of a node. */
struct side {
    bool left_ok, right_ok; /* a border of words stands before, behind it */
};

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

/* The rarest first. */
static void sort_needs(const struct finder *finder, struct needs *needs)
{
    for (uint32_t i = 1; i < needs->count; i++) {
        struct key_need need = needs->items[i];
        uint32_t cost = cost_of(finder, need.set);
        uint32_t j = i;
        for (; j > 0 && cost_of(finder, needs->items[j - 1].set) > cost; j--) {
            needs->items[j] = needs->items[j - 1];
        }
        needs->items[j] = need;
    }
}

/* The sets of the ways of a choice, joined. */
struct joined {
    uint32_t keys[KEYS_MAX];
    uint32_t count;
};

static bool join(const struct finder *finder, struct joined *joined,
                 uint32_t set)
{
    const struct key_set *more = &finder->book->sets[set];
    if (joined->count + more->count > KEYS_MAX) return false;
    memcpy(joined->keys + joined->count, more->keys,
           more->count * sizeof *more->keys);
    joined->count += more->count;
    return true;
}

/* The rarest sets of every way together make one, the second rarest
 * another … */
static bool walk_choice(struct finder *finder, const struct node *choice,
                        struct side side)
{
    struct joined joined[CHOICE_SETS_MAX];
    struct needs own;
    struct finder inner = *finder;
    uint32_t usable = CHOICE_SETS_MAX;
    for (uint32_t s = 0; s < CHOICE_SETS_MAX; s++) joined[s].count = 0;
    inner.needs = &own;
    for (const struct node *way = choice->first; way; way = way->next) {
        own.count = 0;
        if (!walk(&inner, way, side)) return false;
        sort_needs(finder, &own);
        if (own.count < usable) usable = own.count;
        for (uint32_t s = 0; s < usable; s++) {
            if (!join(finder, &joined[s], own.items[s].set)) usable = s;
        }
        if (usable == 0) return true;
    }
    for (uint32_t s = 0; s < usable; s++) {
        if (!add_set(finder, usable == 1 ? KEY_BEHIND : KEY_LOOSE,
                     joined[s].keys, joined[s].count)) {
            return false;
        }
    }
    return true;
}

/* Its sets are of what comes next, as those of the run will be. */
static bool walk_ahead(struct finder *finder, const struct node *ahead,
                       bool left_ok)
{
    uint32_t before = finder->needs->count;
    struct side side = {.left_ok = left_ok};
    if (!walk(finder, ahead->first, side)) return false;
    for (uint32_t s = before; s < finder->needs->count; s++) {
        finder->needs->items[s].order = KEY_LOOSE;
    }
    return true;
}

/* Is it worth while, and right, to take what is known of a macro? */
static bool is_unit(const struct node *node, struct side side)
{
    return node->macro && side.left_ok && side.right_ok &&
           (node->spelt == 0 || node->spelt > UNIT_MIN);
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
    struct run run = {nothing, side.left_ok};
    for (const struct node *node = first; node; node = node->next) {
        bool open = ends_open(&run);
        struct side inner = {open, !rest_is_word(node->next, side.right_ok)};
        if (node->kind == NODE_AHEAD && !walk_ahead(finder, node, open)) {
            return false;
        }
        if (!is_unit(node, inner) && can_take(&run, node)) {
            if (!run_take(finder, &run, node)) return false;
            continue;
        }
        if (node->kind == NODE_REPEAT && !node->optional &&
            can_take(&run, node->first)) {
            /* "noo+": it is there once, whatever follows. */
            if (!run_take(finder, &run, node->first) ||
                !run_close(finder, &run,
                           !node->starts_word && inner.right_ok)) {
                return false;
            }
            run = (struct run){nothing, !node->ends_word};
            continue;
        }
        if (!run_close(finder, &run, !rest_is_word(node, side.right_ok)) ||
            !walk(finder, node, inner)) {
            return false;
        }
        run =
            (struct run){nothing, !node->ends_word && (!node->empty || open)};
    }
    return run_close(finder, &run, side.right_ok);
}

static bool walk_node(struct finder *finder, const struct node *node,
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
        struct run run = {nothing, side.left_ok};
        return spell(finder->arena, node, &run.texts) &&
               run_close(finder, &run, side.right_ok);
    }
    }
    return true;
}

static bool walk_unit(struct finder *finder, const struct node *node,
                      struct side side)
{
    struct macro_keys *keys = node->macro->keys;
    if (!keys) {
        keys = talk__arena_take(finder->book->scratch, sizeof *keys);
        if (!keys) return false;
        struct finder inner = *finder;
        inner.needs = &keys->needs;
        if (!walk_node(&inner, node, side)) return false;
        node->macro->keys = keys;
    }
    struct needs *needs = finder->needs;
    for (uint32_t i = 0; i < keys->needs.count; i++) {
        if (needs->count == KEY_NEEDS_MAX) break;
        needs->items[needs->count++] = keys->needs.items[i];
    }
    return true;
}

static bool walk(struct finder *finder, const struct node *node,
                 struct side side)
{
    return is_unit(node, side) ? walk_unit(finder, node, side)
                               : walk_node(finder, node, side);
}

static bool find_leading(struct key_book *book, struct arena *arena,
                         const struct node *root, struct pattern_keys *out)
{
    struct first_words first;
    if (!talk__first_words(book, root, &first)) return false;
    out->at_start = first.at_start;
    return !first.known || talk__key_book_set(book, arena, first.keys,
                                              first.count, &out->leading);
}

bool talk__keys_find(struct key_book *book, struct arena *arena,
                     const struct macro_finder *macros, const char *pattern,
                     size_t length, struct pattern_keys *out)
{
    struct pattern_tree tree;
    *out = (struct pattern_keys){.leading = TABLE_NONE, .slow = true};
    if (!talk__pattern_read(arena, macros, pattern, length, &tree)) {
        return false;
    }
    if (!tree.root) return true;
    struct needs needs = {.count = 0};
    struct finder finder = {book, arena, &needs};
    struct side side = {true, true};
    if (!find_leading(book, arena, tree.root, out) ||
        !walk(&finder, tree.root, side)) {
        return false;
    }
    out->slow = tree.slow;
    out->plain = tree.plain && !tree.root->empty;
    out->count = needs.count;
    memcpy(out->needs, needs.items, needs.count * sizeof *needs.items);
    return true;
}
