/* first_words.c - the words that a match of a pattern can begin with.
 * In: a pattern's tree.  Out: keys.  Ignores what comes behind them. */
#include "first_words.h"

#include "spelt.h"

/* What stands behind a node: first this row, then what is further up. */
struct rest {
    const struct node *row;
    const struct node *again; /* may be matched once more before; or NULL */
    const struct rest *up;
};

struct search {
    struct key_book *book;
    struct arena *arena;
    struct first_words *out;
    size_t steps;
    bool failed; /* no memory */
};

/* Nodes that are looked at; empty ways in a row multiply. */
enum { STEPS_MAX = 10000 };

static bool rest_starts_word(const struct rest *rest)
{
    for (; rest; rest = rest->up) {
        if (rest->again && rest->again->starts_word) return true;
        for (const struct node *node = rest->row; node; node = node->next) {
            if (node->starts_word) return true;
            if (!node->empty) return false;
        }
    }
    return false;
}

static void see_node(struct search *search, const struct node *node,
                     const struct rest *rest, bool started);

static void see_rest(struct search *search, const struct rest *rest,
                     bool started)
{
    while (rest && !rest->row) rest = rest->up;
    if (!rest) { /* nothing at all: that is no word */
        search->out->known = false;
        search->out->at_start &= started;
        return;
    }
    struct rest behind = {rest->row->next, NULL, rest->up};
    see_node(search, rest->row, &behind, started);
}

/* The match begins here: with this word, or (length 0) with none. */
static void begin(struct search *search, const char *word, size_t length,
                  bool stem, bool started)
{
    struct first_words *out = search->out;
    uint32_t key;
    out->at_start &= started;
    if (length == 0 || out->count == FIRST_WORDS_MAX ||
        (stem && !talk__is_stem(word, length))) {
        out->known = false;
        return;
    }
    if (!talk__key_book_key(search->book, word, length, stem, &key)) {
        search->failed = true;
        return;
    }
    out->keys[out->count++] = key;
}

/* "hm+": one letter is no stem, but with the next one, which must be there,
 * it is. False: what comes next is not so plain. */
static bool see_longer(struct search *search, char letter,
                       const struct rest *rest, bool started)
{
    while (rest && !rest->row && !rest->again) rest = rest->up;
    const struct node *next = rest && !rest->again ? rest->row : NULL;
    if (next && next->kind == NODE_REPEAT && !next->optional) {
        next = next->first;
    }
    if (!next || next->kind != NODE_TEXT || next->texts->length != 1 ||
        !next->starts_word) {
        return false;
    }
    for (uint32_t i = 0; i < next->spelt; i++) {
        const char both[2] = {letter, *next->texts[i].bytes};
        if (!talk__is_word_byte(both[1])) return false;
        char *kept = talk__arena_text(search->arena, both, sizeof both);
        if (!kept) {
            search->failed = true;
            return true;
        }
        begin(search, kept, sizeof both, true, started);
    }
    return true;
}

static void see_text(struct search *search, const struct text *text,
                     const struct rest *rest, bool started)
{
    const char *at = text->bytes, *end = at + text->length;
    for (; at < end && (*at == TALK__BORDER || *at == TALK__START); at++) {
        if (*at == TALK__START) started = true;
    }
    if (at == end) {
        see_rest(search, rest, started);
        return;
    }
    const char *word = at;
    while (at < end && talk__is_word_byte(*at)) at++;
    size_t length = (size_t)(at - word);
    bool stem = at == end && rest_starts_word(rest);
    if (stem && length == 1 && see_longer(search, *word, rest, started)) {
        return;
    }
    begin(search, word, length, stem, started);
}

/* "an?", "t ?spine": the first part would be the stem of too many words. */
static bool ends_inside_word(const struct node *row)
{
    const struct node *first = row->first;
    return row->spelt && first && first->kind == NODE_TEXT &&
           first->texts->length == 1 && first->ends_word && first->next;
}

static void see_spelt(struct search *search, const struct node *row,
                      const struct rest *rest, bool started)
{
    struct texts texts;
    if (!talk__spell(search->arena, row, &texts)) {
        search->failed = true;
        return;
    }
    for (uint32_t i = 0; i < texts.count; i++) {
        see_text(search, &texts.items[i], rest, started);
    }
}

static void see_node(struct search *search, const struct node *node,
                     const struct rest *rest, bool started)
{
    if (search->failed) return;
    if (++search->steps > STEPS_MAX) {
        search->out->known = search->out->at_start = false;
        return;
    }
    switch (node->kind) {
    case NODE_OPEN: begin(search, "", 0, false, started); break;
    case NODE_TEXT:
        for (uint32_t i = 0; i < node->spelt; i++) {
            see_text(search, &node->texts[i], rest, started);
        }
        break;
    case NODE_ROW: {
        if (ends_inside_word(node)) {
            see_spelt(search, node, rest, started);
            break;
        }
        struct rest inner = {node->first, NULL, rest};
        see_rest(search, &inner, started);
        break;
    }
    case NODE_CHOICE:
        for (const struct node *way = node->first; way; way = way->next) {
            see_node(search, way, rest, started);
        }
        break;
    case NODE_REPEAT: {
        struct rest again = {NULL, node->first, rest};
        see_node(search, node->first, &again, started);
        if (node->optional) see_rest(search, rest, started);
        break;
    }
    case NODE_AHEAD: see_rest(search, rest, started); break;
    }
}

bool talk__first_words(struct key_book *book, struct arena *arena,
                       const struct node *root, struct first_words *out)
{
    struct search search = {.book = book, .arena = arena, .out = out};
    out->count = 0;
    out->known = out->at_start = true;
    see_node(&search, root, NULL, false);
    return !search.failed;
}
