/* pattern_tree.c - reads a pattern into a small tree.
 * In: an expanded pattern.  Out: the tree, or "not understood".
 * Ignores what matches: that is PCRE2's. */
#include "pattern_tree.h"

enum {
    CLASS_MAX = 8, /* members of a class that is spelt out */
    DEPTH_MAX = 64 /* nested groups */
};

struct reader {
    struct arena *arena;
    const char *at, *end;
    int depth;
    bool failed; /* not understood, or no memory */
};

static struct node *read_choice(struct reader *reader);

static struct node *node_new(struct reader *reader, enum node_kind kind)
{
    struct node *node = talk__arena_take(reader->arena, sizeof *node);
    if (!node) {
        reader->failed = true;
        return NULL;
    }
    node->kind = kind;
    return node;
}

static struct node *text_node(struct reader *reader, const char *text,
                              size_t length)
{
    struct node *node = node_new(reader, NODE_TEXT);
    if (!node) return NULL;
    node->texts = talk__arena_array(reader->arena, 1, sizeof *node->texts);
    char *copy = talk__arena_text(reader->arena, text, length);
    if (!node->texts || !copy) {
        reader->failed = true;
        return NULL;
    }
    node->texts[0] = copy;
    node->text_count = 1;
    return node;
}

/* Behind "[". Spelt out when it is a short list of plain ASCII. */
static struct node *read_class(struct reader *reader)
{
    char members[CLASS_MAX];
    size_t count = 0;
    bool plain = true;
    if (reader->at < reader->end && *reader->at == '^') {
        plain = false;
        reader->at++;
    }
    for (bool first = true;; first = false) {
        if (reader->at >= reader->end) {
            reader->failed = true;
            return NULL;
        }
        char c = *reader->at++;
        if (c == ']' && !first) break;
        if (c == '[' && reader->at < reader->end &&
            (*reader->at == ':' || *reader->at == '.' || *reader->at == '=')) {
            reader->failed = true; /* [:alpha:] and its kind */
            return NULL;
        }
        if (c == '\\') {
            plain = false;
            if (reader->at < reader->end) reader->at++;
            continue;
        }
        if (c == '-' || (unsigned char)c >= 0x80) plain = false;
        if (count < CLASS_MAX) members[count] = c;
        count++;
    }
    if (!plain || count > CLASS_MAX) return node_new(reader, NODE_OPEN);
    struct node *node = node_new(reader, NODE_TEXT);
    if (!node) return NULL;
    node->texts = talk__arena_array(reader->arena, count, sizeof *node->texts);
    for (size_t i = 0; node->texts && i < count; i++) {
        node->texts[i] = talk__arena_text(reader->arena, &members[i], 1);
        if (!node->texts[i]) reader->failed = true;
    }
    if (!node->texts) reader->failed = true;
    node->text_count = count;
    return node;
}

/* Behind "\". */
static struct node *read_escape(struct reader *reader)
{
    if (reader->at >= reader->end) {
        reader->failed = true;
        return NULL;
    }
    char c = *reader->at++;
    if (c == 'b') return text_node(reader, TALK__BORDER, 1);
    if (c == 's') return text_node(reader, " ", 1);
    /* The match starts anew, but what stands before is still required. */
    if (c == 'K') return text_node(reader, "", 0);
    if (c == 'w' || c == 'd' || c == 'W' || c == 'D' || c == 'S') {
        return node_new(reader, NODE_OPEN);
    }
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9');
    if (letter) { /* \p{…}, \Q, \1, …: legal, rare, not worth the code */
        reader->failed = true;
        return NULL;
    }
    return text_node(reader, &c, 1);
}

/* Behind "(". */
static struct node *read_group(struct reader *reader)
{
    bool width = true; /* false for a look around, which spells nothing */
    if (reader->at < reader->end && *reader->at == '*') reader->failed = true;
    if (reader->at < reader->end && *reader->at == '?') {
        reader->at++;
        char c = reader->at < reader->end ? *reader->at++ : '\0';
        char d = reader->at < reader->end ? *reader->at : '\0';
        if (c == '=' || c == '!') {
            width = false;
        } else if (c == '<' && (d == '=' || d == '!')) {
            reader->at++;
            width = false;
        } else if (c == '<' || (c == 'P' && d == '<')) {
            while (reader->at < reader->end && *reader->at != '>') {
                reader->at++;
            }
            if (reader->at < reader->end) reader->at++;
        } else if (c != ':' && c != '>') {
            reader->failed = true; /* flags, conditions, recursion */
        }
    }
    if (reader->failed || ++reader->depth > DEPTH_MAX) {
        reader->failed = true;
        return NULL;
    }
    struct node *node = read_choice(reader);
    reader->depth--;
    if (reader->failed || reader->at >= reader->end || *reader->at != ')') {
        reader->failed = true;
        return NULL;
    }
    reader->at++;
    return width ? node : text_node(reader, "", 0);
}

static struct node *read_one(struct reader *reader)
{
    char c = *reader->at++;
    switch (c) {
    case '(': return read_group(reader);
    case '[': return read_class(reader);
    case '\\': return read_escape(reader);
    case '.': return node_new(reader, NODE_OPEN);
    case '^':
    case '$': return text_node(reader, TALK__BORDER, 1);
    case '*':
    case '+':
    case '?': reader->failed = true; return NULL;
    default: return text_node(reader, &c, 1);
    }
}

/* "{2,3}": *min and *max, and the reader behind it; false: a plain brace. */
static bool read_counts(struct reader *reader, unsigned *min, unsigned *max)
{
    const char *at = reader->at + 1;
    unsigned numbers[2] = {0, 0};
    bool comma = false, digits = false, upper = false;
    for (; at < reader->end && *at != '}'; at++) {
        if (*at == ',' && !comma) {
            comma = true;
        } else if (*at >= '0' && *at <= '9') {
            unsigned *number = &numbers[comma ? 1 : 0];
            if (*number < 10000) {
                *number = *number * 10 + (unsigned)(*at - '0');
            }
            if (comma) upper = true;
            digits = true;
        } else {
            return false;
        }
    }
    if (at >= reader->end || !digits) return false;
    reader->at = at + 1;
    *min = numbers[0];
    *max = !comma ? numbers[0] : upper ? numbers[1] : UINT32_MAX;
    return true;
}

static struct node *read_repeat(struct reader *reader)
{
    struct node *one = read_one(reader);
    if (reader->failed || reader->at >= reader->end) return one;
    unsigned min = 1, max = 1;
    char c = *reader->at;
    if (c == '?' || c == '*' || c == '+') {
        min = c == '+' ? 1 : 0;
        max = c == '?' ? 1 : UINT32_MAX;
        reader->at++;
    } else if (c != '{' || !read_counts(reader, &min, &max)) {
        return one;
    }
    if (reader->at < reader->end &&
        (*reader->at == '?' || *reader->at == '+')) {
        reader->at++; /* lazy, possessive: the same words */
    }
    if (min == 1 && max == 1) return one;
    struct node *repeat = node_new(reader, NODE_REPEAT);
    if (!repeat) return NULL;
    repeat->first = one;
    repeat->optional = min == 0;
    repeat->once = max <= 1;
    return repeat;
}

static struct node *read_row(struct reader *reader)
{
    struct node *row = node_new(reader, NODE_ROW);
    if (!row) return NULL;
    struct node **tail = &row->first;
    while (reader->at < reader->end && *reader->at != '|' &&
           *reader->at != ')') {
        struct node *child = read_repeat(reader);
        if (reader->failed) return NULL;
        *tail = child;
        tail = &child->next;
    }
    return row;
}

static struct node *read_choice(struct reader *reader)
{
    struct node *choice = node_new(reader, NODE_CHOICE);
    if (!choice) return NULL;
    struct node **tail = &choice->first;
    for (;;) {
        struct node *row = read_row(reader);
        if (reader->failed) return NULL;
        *tail = row;
        tail = &row->next;
        if (reader->at >= reader->end || *reader->at != '|') break;
        reader->at++;
    }
    if (!choice->first->next) return choice->first;
    return choice;
}

struct node *talk__pattern_read(struct arena *arena, const char *pattern,
                                size_t length)
{
    struct reader reader = {arena, pattern, pattern + length, 0, false};
    struct node *tree = read_choice(&reader);
    if (reader.failed || reader.at != reader.end) return NULL;
    return tree;
}
