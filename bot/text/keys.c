/* keys.c - which words a pattern cannot do without, and which it can spell.
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
#include "spelt.h"

enum {
    WORDS_MAX = 6,  /* of one text that become keys */
    KEYS_MAX = 512, /* of one set */
    UNIT_MIN = 1    /* texts of a macro that is not spelt out anew */
};

/* ---- Needs ---- */

/* The needs of a pattern, or of a part of it. */
struct needs {
    struct key_need items[KEY_NEEDS_MAX];
    uint32_t count;
    struct blanks gap; /* since the last word that was not loose */
};

/* A macro needs the same wherever borders of words stand on the same sides of
 * it. */
struct place_needs {
    bool known;
    struct needs needs;
};
struct macro_keys {
    struct place_needs at[2][2]; /* no border before it, one; and behind it */
};

struct finder {
    struct key_book *book;
    struct arena *arena;
    struct needs *needs; /* NULL: nothing is needed; only words are counted */
    bool again;          /* the words of this part were counted before */
};

/* One that is not loose stands behind the gap, which ends there. */
static bool add_set(struct finder *finder, bool loose, const uint32_t *keys,
                    size_t count)
{
    struct needs *needs = finder->needs;
    if (needs->count == KEY_NEEDS_MAX) return true;
    struct key_need *need = &needs->items[needs->count++];
    need->loose = loose;
    need->blanks = needs->gap;
    if (!loose) needs->gap = (struct blanks){0, 0};
    return talk__key_book_set(finder->book, finder->arena, keys, count,
                              &need->set);
}

static void add_gap(struct finder *finder, struct blanks blanks)
{
    if (!finder->needs) return;
    finder->needs->gap = talk__blanks_add(finder->needs->gap, blanks);
}

/* ---- What a run demands ---- */

struct run {
    struct texts texts;
    bool left_ok; /* a border of words stands before it */
};

/* The words of a text that can serve as keys, and the blanks before each. */
struct words {
    uint32_t keys[WORDS_MAX];
    uint8_t blanks[WORDS_MAX];
    uint32_t count;
    uint8_t all_blanks;
};

static bool words_of(struct finder *finder, const struct text *text,
                     bool left_ok, bool right_ok, struct words *words)
{
    const char *at = text->bytes, *end = at + text->length;
    words->count = 0;
    words->all_blanks = 0;
    for (;;) {
        for (; at < end && !talk__is_word_byte(*at); at++) {
            if (*at == ' ') words->all_blanks++;
        }
        const char *word = at;
        uint32_t hash = TALK__HASH_SEED, key;
        for (; at < end && talk__is_word_byte(*at); at++) {
            hash = talk__hash_step(hash, *at);
        }
        size_t length = (size_t)(at - word);
        if (length == 0) break;
        bool stem = at == end && !right_ok;
        if ((word == text->bytes && !left_ok) ||
            (stem && !talk__is_stem(word, length))) {
            continue;
        }
        bool entered =
            stem ? talk__key_book_key(finder->book, word, length, true, &key)
                 : talk__key_book_word(finder->book, word, length, hash, &key);
        if (!entered) return false;
        if (!stem && !finder->again) talk__key_book_spell(finder->book, key);
        if (words->count == WORDS_MAX) continue;
        words->blanks[words->count] = words->all_blanks;
        words->keys[words->count++] = key;
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
    return add_set(finder, column == COLUMN_RAREST, keys, count);
}

/* Blanks of each text from one of its places to another. */
enum place { PLACE_START, PLACE_LAST, PLACE_END, PLACE_WORD };

static unsigned blanks_before(const struct words *words, unsigned place)
{
    switch (place) {
    case PLACE_START: return 0;
    case PLACE_LAST: return words->blanks[words->count - 1];
    case PLACE_END: return words->all_blanks;
    default: return words->blanks[place - PLACE_WORD];
    }
}

static void widen_gap(struct finder *finder, const struct words *words,
                      uint32_t count, unsigned from, unsigned to)
{
    struct blanks blanks = {BLANKS_FAR, 0};
    for (uint32_t i = 0; i < count; i++) {
        unsigned between =
            blanks_before(&words[i], to) - blanks_before(&words[i], from);
        if (between < blanks.least) blanks.least = (uint8_t)between;
        if (between > blanks.most) blanks.most = (uint8_t)between;
    }
    add_gap(finder, blanks);
}

/* One word of each text makes a set: the first of each, the second …; and
 * where the numbers differ the last, and the rarest, wherever it stands. */
static bool run_close(struct finder *finder, const struct run *run,
                      bool right_ok)
{
    uint32_t count = run->texts.count;
    uint32_t fewest = WORDS_MAX, most = 0;
    struct words words[SPELT_MAX];
    if (count == 0 || talk__is_nothing(&run->texts)) return true;
    for (uint32_t i = 0; i < count; i++) {
        if (!words_of(finder, &run->texts.items[i], run->left_ok, right_ok,
                      &words[i])) {
            return false;
        }
        if (words[i].count < fewest) fewest = words[i].count;
        if (words[i].count > most) most = words[i].count;
    }
    if (!finder->needs) return true;
    bool even = fewest == most || fewest == 0;
    if (!even && !add_column(finder, words, count, COLUMN_RAREST)) {
        return false;
    }
    unsigned place = PLACE_START;
    for (uint32_t column = 0; column < fewest; column++) {
        widen_gap(finder, words, count, place, PLACE_WORD + column);
        if (!add_column(finder, words, count, column)) return false;
        place = PLACE_WORD + column;
    }
    if (!even) {
        widen_gap(finder, words, count, place, PLACE_LAST);
        if (!add_column(finder, words, count, COLUMN_LAST)) return false;
        place = PLACE_LAST;
    }
    widen_gap(finder, words, count, place, PLACE_END);
    return true;
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

static uint32_t rarest_set(const struct finder *finder,
                           const struct needs *needs)
{
    const struct key_set *sets = finder->book->sets;
    uint32_t best = needs->items[0].set;
    for (uint32_t i = 1; i < needs->count; i++) {
        uint32_t set = needs->items[i].set;
        if (sets[set].cost < sets[best].cost) best = set;
    }
    return best;
}

/* The rarest sets of all ways together make one. Its word stands somewhere in
 * the choice. */
static bool walk_choice(struct finder *finder, const struct node *choice,
                        struct side side)
{
    uint32_t keys[KEYS_MAX];
    uint32_t count = 0;
    bool known = true;
    struct needs own;
    struct finder inner = *finder;
    if (finder->needs) inner.needs = &own;
    for (const struct node *way = choice->first; way; way = way->next) {
        own = (struct needs){.count = 0};
        if (!walk(&inner, way, side)) return false;
        if (!known || !finder->needs || own.count == 0) {
            known = false;
            continue;
        }
        const struct key_set *set =
            &finder->book->sets[rarest_set(finder, &own)];
        known = count + set->count <= KEYS_MAX;
        if (!known) continue;
        memcpy(keys + count, set->keys, set->count * sizeof *keys);
        count += set->count;
    }
    if (!known) {
        add_gap(finder, choice->blanks);
        return true;
    }
    struct blanks inside = {0, choice->blanks.most};
    add_gap(finder, inside);
    if (!add_set(finder, false, keys, count)) return false;
    add_gap(finder, inside);
    return true;
}

/* What need not be there is not needed, but it spells words. */
static bool walk_aside(struct finder *finder, const struct node *node,
                       struct side side)
{
    struct finder aside = *finder;
    aside.needs = NULL;
    return walk(&aside, node, side);
}

/* Its sets are of what comes next, as those of the run will be. */
static bool walk_ahead(struct finder *finder, const struct node *ahead,
                       bool left_ok)
{
    struct needs nothing = {.count = 0};
    struct needs *needs = finder->needs ? finder->needs : &nothing;
    struct blanks gap = needs->gap;
    uint32_t before = needs->count;
    struct side side = {.left_ok = left_ok};
    if (!walk(finder, ahead->first, side)) return false;
    for (uint32_t s = before; s < needs->count; s++) {
        needs->items[s].loose = true;
    }
    needs->gap = gap;
    side.right_ok = true;
    return walk_aside(finder, ahead->first, side);
}

/* Is it worth while, and right, to take what is known of a macro? */
static bool is_unit(const struct node *node)
{
    return node->macro && (node->spelt == 0 || node->spelt > UNIT_MIN);
}

static bool can_take(const struct run *run, const struct node *node)
{
    return node->spelt && node->spelt * run->texts.count <= SPELT_MAX;
}

static bool run_take(struct finder *finder, struct run *run,
                     const struct node *node)
{
    struct texts part, before = run->texts;
    return talk__spell(finder->arena, node, &part) &&
           talk__texts_join(finder->arena, &before, &part, &run->texts);
}

static bool walk_row(struct finder *finder, const struct node *first,
                     struct side side)
{
    struct run run = {talk__no_text, side.left_ok};
    for (const struct node *node = first; node; node = node->next) {
        bool open = ends_open(&run);
        if (!talk__is_nothing(&run.texts) &&
            (open || !rest_is_word(node, side.right_ok))) {
            /* What comes next adds nothing to the words of the run: of "my
             * back" and "the back" each is looked at once. */
            if (!run_close(finder, &run, true)) return false;
            run = (struct run){talk__no_text, open};
        }
        struct side inner = {open, !rest_is_word(node->next, side.right_ok)};
        if (node->kind == NODE_AHEAD && !walk_ahead(finder, node, open)) {
            return false;
        }
        if (node->kind == NODE_TEXT && node->first &&
            !walk_aside(finder, node->first, (struct side){true, true})) {
            return false;
        }
        bool apart = inner.left_ok && inner.right_ok && is_unit(node);
        if (!apart && can_take(&run, node)) {
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
            add_gap(finder, (struct blanks){0, node->blanks.most});
            run = (struct run){talk__no_text, !node->ends_word};
            continue;
        }
        if (!run_close(finder, &run, !rest_is_word(node, side.right_ok)) ||
            !walk(finder, node, inner)) {
            return false;
        }
        run = (struct run){talk__no_text,
                           !node->ends_word && (!node->empty || open)};
    }
    return run_close(finder, &run, side.right_ok);
}

/* A word of it that is followed by another one at once is not known to end
 * there; but words are written apart also where the pattern does not say. */
static bool walk_repeated(struct finder *finder, const struct node *node,
                          struct side side)
{
    struct finder inner = *finder;
    if (!node->starts_word) return walk(finder, node, side);
    if (!walk_aside(finder, node, side)) return false;
    inner.again = true;
    side.right_ok = false;
    return walk(&inner, node, side);
}

static bool walk_node(struct finder *finder, const struct node *node,
                      struct side side)
{
    switch (node->kind) {
    case NODE_OPEN: add_gap(finder, node->blanks); return true;
    case NODE_ROW: return walk_row(finder, node->first, side);
    case NODE_AHEAD: return walk_ahead(finder, node, side.left_ok);
    case NODE_REPEAT:
        if (node->optional) {
            add_gap(finder, node->blanks);
            /* Another of its kind may stand beside it. */
            side.left_ok &= !node->starts_word || !node->ends_word;
            side.right_ok &= !node->starts_word;
            return walk_aside(finder, node->first, side);
        }
        if (!walk_repeated(finder, node->first, side)) return false;
        add_gap(finder, (struct blanks){0, node->blanks.most});
        return true;
    case NODE_TEXT:
    case NODE_CHOICE: {
        if (!node->spelt) return walk_choice(finder, node, side);
        struct run run = {talk__no_text, side.left_ok};
        return talk__spell(finder->arena, node, &run.texts) &&
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
        node->macro->keys = keys;
    }
    struct place_needs *place = &keys->at[side.left_ok][side.right_ok];
    const struct needs *own = &place->needs;
    if (!place->known) {
        struct finder inner = *finder;
        inner.needs = &place->needs;
        if (!walk_node(&inner, node, side)) return false;
        place->known = true;
    }
    struct needs *needs = finder->needs;
    if (!needs) return true;
    bool chained = false;
    for (uint32_t i = 0; i < own->count; i++) {
        if (needs->count == KEY_NEEDS_MAX) return true; /* nothing follows */
        struct key_need *need = &needs->items[needs->count++];
        *need = own->items[i];
        if (need->loose || chained) continue;
        need->blanks = talk__blanks_add(needs->gap, need->blanks);
        chained = true;
    }
    needs->gap = chained ? own->gap : talk__blanks_add(needs->gap, own->gap);
    return true;
}

static bool walk(struct finder *finder, const struct node *node,
                 struct side side)
{
    return is_unit(node) ? walk_unit(finder, node, side)
                         : walk_node(finder, node, side);
}

static bool find_leading(struct key_book *book, struct arena *arena,
                         const struct node *root, struct pattern_keys *out)
{
    struct first_words first;
    if (!talk__first_words(book, arena, root, &first)) return false;
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
    struct finder finder = {book, arena, &needs, false};
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
