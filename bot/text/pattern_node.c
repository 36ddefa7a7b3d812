/* pattern_node.c - the nodes of a pattern's tree, made from the leaves up.
 * In: leaves, and how they hang together.  Out: what is known of each node.
 * Ignores how patterns are written. */
#include "pattern_node.h"

/* [\w'] and the like. */
enum { CLASS_WEIGHT = 64 };

struct node *talk__node_new(struct arena *arena, enum node_kind kind)
{
    struct node *node = talk__arena_raw(arena, sizeof *node);
    if (node) *node = (struct node){.kind = kind};
    return node;
}

/* ---- Blanks and weights: both have an end ---- */

static uint8_t no_further(uint64_t blanks)
{
    return blanks > BLANKS_FAR ? BLANKS_FAR : (uint8_t)blanks;
}

struct blanks talk__blanks_add(struct blanks a, struct blanks b)
{
    return (struct blanks){no_further((uint64_t)a.least + b.least),
                           no_further((uint64_t)a.most + b.most)};
}

static uint32_t no_heavier(uint64_t weight)
{
    return weight > NODE_WEIGHT_MAX ? NODE_WEIGHT_MAX + 1 : (uint32_t)weight;
}

static uint8_t blanks_of(const struct text *text)
{
    uint64_t blanks = 0;
    for (uint32_t i = 0; i < text->length; i++) {
        blanks += text->bytes[i] == ' ';
    }
    return no_further(blanks);
}

/* ---- Leaves ---- */

struct node *talk__node_open(struct arena *arena, bool maybe_blank)
{
    struct node *node = talk__node_new(arena, NODE_OPEN);
    if (!node) return NULL;
    node->blanks.most = maybe_blank;
    node->starts_word = node->ends_word = true;
    node->weight = CLASS_WEIGHT;
    return node;
}

struct node *talk__node_text(struct arena *arena, const char *bytes,
                             uint32_t length, uint32_t count)
{
    struct node *node =
        talk__arena_raw(arena, sizeof *node + count * sizeof *node->texts);
    if (!node) return NULL;
    *node = (struct node){.kind = NODE_TEXT};
    node->texts = (struct text *)(node + 1);
    for (uint32_t i = 0; i < count; i++) {
        struct text *text = &node->texts[i];
        *text = (struct text){bytes + i * (size_t)length, length};
        uint8_t blanks = blanks_of(text);
        if (i == 0 || blanks < node->blanks.least) node->blanks.least = blanks;
        if (blanks > node->blanks.most) node->blanks.most = blanks;
        if (length == 0) continue;
        node->starts_word |= talk__is_word_byte(text->bytes[0]);
        node->ends_word |= talk__is_word_byte(text->bytes[length - 1]);
    }
    node->spelt = count;
    node->empty = length == 0;
    node->weight = count > 1 ? CLASS_WEIGHT : no_heavier(2 * (uint64_t)length);
    return node;
}

bool talk__node_has_width(const struct node *node)
{
    if (node->kind == NODE_AHEAD) return false;
    if (node->kind != NODE_TEXT) return true;
    const struct text *text = &node->texts[0];
    return text->length > 0 && *text->bytes != TALK__BORDER &&
           *text->bytes != TALK__START;
}

/* ---- What others hang on ---- */

struct node *talk__node_look(struct arena *arena, struct node *inside,
                             bool ahead)
{
    struct node *look = ahead ? talk__node_new(arena, NODE_AHEAD)
                              : talk__node_text(arena, "", 0, 1);
    if (!look) return NULL;
    look->first = inside;
    look->weight = inside->weight;
    look->spelt = 1;
    look->empty = true;
    return look;
}

static bool is_letter(const struct node *node)
{
    return node->kind == NODE_OPEN ||
           (node->kind == NODE_TEXT && node->texts[0].length == 1);
}

static uint32_t repeated_weight(const struct node *one, unsigned min,
                                unsigned max, bool group)
{
    uint64_t weight = (uint64_t)one->weight + NODE_GROUP_WEIGHT;
    if (!group && is_letter(one)) return no_heavier(weight);
    uint64_t times = max < UINT32_MAX ? max : min + (uint64_t)1;
    return no_heavier(weight * (times ? times : 1));
}

struct node *talk__node_repeat(struct arena *arena, struct node *one,
                               unsigned min, unsigned max, bool group)
{
    struct node *repeat = talk__node_new(arena, NODE_REPEAT);
    if (!repeat) return NULL;
    repeat->first = one;
    repeat->optional = min == 0;
    repeat->blanks =
        (struct blanks){no_further((uint64_t)one->blanks.least * min),
                        no_further((uint64_t)one->blanks.most * max)};
    repeat->empty = one->empty || min == 0;
    repeat->starts_word = one->starts_word;
    repeat->ends_word = one->ends_word;
    repeat->weight = repeated_weight(one, min, max, group);
    bool loose = is_letter(one) && max > 1;
    repeat->starts_loose = loose || one->starts_loose;
    repeat->ends_loose = loose || one->ends_loose;
    bool finite = max == 1 && one->spelt && one->spelt < SPELT_MAX;
    repeat->spelt = finite ? one->spelt + 1 : 0;
    return repeat;
}

void talk__node_row_take(struct node *row, const struct node *child)
{
    if (row->empty) row->starts_word |= child->starts_word;
    if (row->empty) row->starts_loose |= child->starts_loose;
    row->ends_word = child->ends_word || (child->empty && row->ends_word);
    row->ends_loose = child->ends_loose || (child->empty && row->ends_loose);
    row->empty &= child->empty;
    row->blanks = talk__blanks_add(row->blanks, child->blanks);
    row->weight = no_heavier((uint64_t)row->weight + child->weight);
    row->spelt *= child->spelt;
    if (row->spelt > SPELT_MAX) row->spelt = 0;
}

void talk__node_choice_take(struct node *choice, const struct node *way)
{
    bool first = !choice->first;
    bool finite = (choice->spelt || first) && way->spelt;
    if (first || way->blanks.least < choice->blanks.least) {
        choice->blanks.least = way->blanks.least;
    }
    if (way->blanks.most > choice->blanks.most) {
        choice->blanks.most = way->blanks.most;
    }
    choice->spelt += way->spelt;
    if (!finite || choice->spelt > SPELT_MAX) choice->spelt = 0;
    choice->starts_word |= way->starts_word;
    choice->ends_word |= way->ends_word;
    choice->empty |= way->empty;
    choice->starts_loose |= way->starts_loose;
    choice->ends_loose |= way->ends_loose;
    choice->weight =
        no_heavier((uint64_t)choice->weight + way->weight + NODE_GROUP_WEIGHT);
}
