/* pattern_tree.c - reads a pattern into a small tree.
 * In: an expanded pattern.  Out: the tree, or "not understood".
 * Ignores what matches: that is PCRE2's. */
#include "pattern_node.h"

#include <string.h>

#include "ascii.h"

enum {
    CLASS_MAX = 12,   /* members of a class that is spelt out */
    DEPTH_MAX = 64,   /* nested groups */
    COUNT_MAX = 1000, /* in {2,3}; PCRE2 takes more */
    NAME_MAX_LETTERS = 32
};

struct reader {
    struct arena *arena;
    const struct macro_finder *macros;
    const char *at, *end;
    int depth, deepest;
    int looking; /* depth of looks around */
    bool plain, slow, resets, named;
    bool failed; /* not understood, or no memory */
};

static struct node *read_choice(struct reader *reader);

static struct node *give_up(struct reader *reader)
{
    reader->failed = true;
    return NULL;
}

/* A node that was made, or not. */
static struct node *made(struct reader *reader, struct node *node)
{
    return node ? node : give_up(reader);
}

static struct node *open_node(struct reader *reader, bool maybe_blank)
{
    return made(reader, talk__node_open(reader->arena, maybe_blank));
}

static struct node *text_node(struct reader *reader, const char *bytes,
                              uint32_t length, uint32_t count)
{
    return made(reader, talk__node_text(reader->arena, bytes, length, count));
}

static struct node *node_new(struct reader *reader, enum node_kind kind)
{
    return made(reader, talk__node_new(reader->arena, kind));
}

static const char border[] = {TALK__BORDER};
static const char start[] = {TALK__START};

/* ---- Classes and escapes ---- */

static bool is_ascii_word(char c)
{
    return (unsigned char)c < 0x80 && talk__is_word_byte(c);
}

/* Behind "[" or "[^": steps over the next member, or two ends of a range.
 * False: one that is not ASCII or stands for many. */
static bool read_member(struct reader *reader, char *from, char *to,
                        bool *blank)
{
    char c = *reader->at++;
    bool single = (unsigned char)c < 0x80;
    if (c == ' ') *blank = true;
    if (c == '\\' && reader->at < reader->end) {
        c = *reader->at++;
        single = !talk__is_word_byte(c);
        if (!single && c != 'w' && c != 'd' && c != 's') reader->plain = false;
        if (!single && c != 'w' && c != 'd') *blank = true;
    }
    *from = *to = c;
    size_t left = (size_t)(reader->end - reader->at);
    if (left < 2 || reader->at[0] != '-' || reader->at[1] == ']') {
        return single;
    }
    *to = reader->at[1];
    reader->at += 2;
    bool range = single && is_ascii_word(*from) && is_ascii_word(*to);
    if (!range || *from > *to) {
        reader->plain = false;
        *blank = true;
    }
    return range;
}

/* Behind "[". Spelt out when it is a short list of plain ASCII. */
static struct node *read_class(struct reader *reader)
{
    char members[CLASS_MAX];
    uint32_t count = 0;
    bool few = true, blank = false;
    if (reader->at < reader->end && *reader->at == '^') {
        few = false;
        blank = true;
        reader->at++;
    }
    for (bool first = true;; first = false) {
        if (reader->at >= reader->end) return give_up(reader);
        if (*reader->at == ']' && !first) break;
        if (*reader->at == '[' && reader->end - reader->at > 1 &&
            strchr(":.=", reader->at[1])) {
            return give_up(reader); /* [:alpha:] and its kind */
        }
        char from, to;
        few &= read_member(reader, &from, &to, &blank);
        for (int c = (unsigned char)from; few && c <= to; c++) {
            if (count == CLASS_MAX) few = false;
            if (few) members[count++] = (char)c;
        }
    }
    reader->at++;
    if (!few || count == 0) return open_node(reader, blank);
    const char *copy = talk__arena_text(reader->arena, members, count);
    return copy ? text_node(reader, copy, 1, count) : give_up(reader);
}

/* Behind "\". */
static struct node *read_escape(struct reader *reader)
{
    if (reader->at >= reader->end) return give_up(reader);
    char c = *reader->at++;
    switch (c) {
    case 'b': return text_node(reader, border, 1, 1);
    case 's': return text_node(reader, " ", 1, 1);
    /* The match starts anew, but what stands before is still required. */
    case 'K':
        reader->resets = true;
        if (reader->looking) reader->plain = false;
        return text_node(reader, "", 0, 1);
    case 'd': return text_node(reader, "0123456789", 1, 10);
    case 'w':
    case 'S': return open_node(reader, false);
    case 'W':
    case 'D': return open_node(reader, true);
    }
    /* \p{…}, \Q, \1, …: legal, rare, not worth the code. */
    if (talk__is_word_byte(c)) return give_up(reader);
    return text_node(reader, reader->at - 1, 1, 1);
}

/* ---- Groups ---- */

enum group {
    GROUP_PLAIN,
    GROUP_AHEAD,
    GROUP_NOT_AHEAD, /* this and the next spell nothing */
    GROUP_BEHIND
};

/* Of a group, up to its ">". PCRE2 refuses strange ones, and one that stands
 * twice. */
static void read_name(struct reader *reader, const char *name)
{
    const char *at = name;
    while (at < reader->end && *at >= 'a' && *at <= 'z') at++;
    bool good = at > name && at - name <= NAME_MAX_LETTERS &&
                at < reader->end && *at == '>';
    if (!good || reader->named) reader->plain = false;
    reader->named = true;
    while (at < reader->end && *at != '>') at++;
    reader->at = at < reader->end ? at + 1 : at;
}

/* Behind "(": what kind of group, and the reader behind its head. */
static enum group read_head(struct reader *reader)
{
    const char *at = reader->at;
    if (at < reader->end && *at == '*') reader->failed = true;
    if (at >= reader->end || *at != '?') return GROUP_PLAIN;
    char c = at + 1 < reader->end ? at[1] : '\0';
    char d = at + 2 < reader->end ? at[2] : '\0';
    reader->at = at + 2;
    if (c == '=') return GROUP_AHEAD;
    if (c == '!') return GROUP_NOT_AHEAD;
    if (c == '<' && (d == '=' || d == '!')) {
        reader->at++;
        return GROUP_BEHIND;
    }
    if (c == '<' || (c == 'P' && d == '<')) {
        read_name(reader, at + (c == '<' ? 2 : 3));
    } else if (c != ':' && c != '>') {
        reader->failed = true; /* flags, conditions, recursion */
    }
    return GROUP_PLAIN;
}

/* Behind "(": steps over what asks for the border of a word. */
static bool skip_border(struct reader *reader)
{
    static const char *const borders[] = {"?!\\w)", "?<!\\w)"};
    size_t left = (size_t)(reader->end - reader->at);
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++) {
        size_t length = strlen(borders[i]);
        if (length > left || memcmp(reader->at, borders[i], length) != 0) {
            continue;
        }
        reader->at += length;
        return true;
    }
    return false;
}

/* Letters, or something that is one character, such as \w. */
static bool is_of_letters(const struct node *node)
{
    return node->kind == NODE_TEXT || node->kind == NODE_OPEN;
}

static bool is_row_of_letters(const struct node *node)
{
    if (node->kind != NODE_ROW) return is_of_letters(node);
    for (node = node->first; node; node = node->next) {
        if (!is_of_letters(node)) return false;
    }
    return true;
}

/* What PCRE2 can look behind for: texts, each of a length of its own. No
 * groups, as those may be of several. */
static bool has_fixed_length(const struct node *node, const char *from,
                             const char *to)
{
    size_t length = (size_t)(to - from);
    if (memchr(from, '(', length) || memchr(from, '{', length)) return false;
    if (node->kind != NODE_CHOICE) return is_row_of_letters(node);
    for (node = node->first; node; node = node->next) {
        if (!is_row_of_letters(node)) return false;
    }
    return true;
}

static void go_deeper(struct reader *reader, int levels)
{
    int depth = reader->depth + levels;
    if (depth > reader->deepest) reader->deepest = depth;
}

/* Behind "(". */
static struct node *read_group(struct reader *reader)
{
    if (skip_border(reader)) return text_node(reader, border, 1, 1);
    enum group group = read_head(reader);
    if (reader->failed || reader->depth == DEPTH_MAX) return give_up(reader);
    const char *from = reader->at;
    go_deeper(reader, 1);
    reader->depth++;
    reader->looking += group != GROUP_PLAIN;
    struct node *inside = read_choice(reader);
    reader->depth--;
    reader->looking -= group != GROUP_PLAIN;
    if (reader->failed || reader->at >= reader->end || *reader->at != ')') {
        return give_up(reader);
    }
    reader->at++;
    inside->weight += NODE_GROUP_WEIGHT;
    if (group == GROUP_PLAIN) return inside;
    if (group == GROUP_BEHIND && !has_fixed_length(inside, from, reader->at)) {
        reader->plain = false;
    }
    return made(reader,
                talk__node_look(reader->arena, inside, group == GROUP_AHEAD));
}

/* ---- Rows and choices ---- */

/* As many plain letters as belong together: a sign of repeating binds the
 * last of them alone. A letter beyond ASCII is several bytes. */
static struct node *read_letters(struct reader *reader)
{
    const char *from = reader->at, *last = from;
    while (reader->at < reader->end && talk__is_plain(*reader->at)) {
        last = reader->at++;
        if (!talk__is_beyond_ascii(*last)) continue;
        while (reader->at < reader->end && !talk__is_first_byte(*reader->at)) {
            reader->at++;
        }
    }
    if (last > from && reader->at < reader->end &&
        talk__is_repeat(*reader->at)) {
        reader->at = last;
    }
    return text_node(reader, from, (uint32_t)(reader->at - from), 1);
}

/* Behind "{". */
static struct node *read_macro(struct reader *reader)
{
    const char *name = reader->at;
    size_t left = (size_t)(reader->end - name);
    const char *end = memchr(name, '}', left);
    struct macro_tree *macro =
        end ? reader->macros->find(reader->macros->payload, name,
                                   (size_t)(end - name))
            : NULL;
    if (!macro || !macro->tree.root) return give_up(reader);
    reader->at = end + 1;
    go_deeper(reader, 1 + macro->tree.depth);
    reader->slow |= macro->tree.slow;
    reader->resets |= macro->tree.resets;
    if (!macro->tree.plain || (macro->tree.resets && reader->looking) ||
        (macro->tree.named && reader->named)) {
        reader->plain = false;
    }
    reader->named |= macro->tree.named;
    struct node *copy = node_new(reader, NODE_ROW);
    if (!copy) return NULL;
    *copy = *macro->tree.root;
    copy->next = NULL;
    copy->macro = macro;
    copy->weight += NODE_GROUP_WEIGHT;
    return copy;
}

static struct node *read_one(struct reader *reader)
{
    if (talk__is_plain(*reader->at)) return read_letters(reader);
    char c = *reader->at++;
    switch (c) {
    case '(': return read_group(reader);
    case '[': return read_class(reader);
    case '\\': return read_escape(reader);
    case '.': return open_node(reader, true);
    case '^': return text_node(reader, start, 1, 1);
    case '$': return text_node(reader, border, 1, 1);
    case '{': return read_macro(reader);
    default: return give_up(reader);
    }
}

/* "{2,3}": *min and *max, and the reader behind it; false: a plain brace. */
static bool read_counts(struct reader *reader, unsigned *min, unsigned *max)
{
    const char *at = reader->at + 1;
    char first = at < reader->end ? *at : '\0';
    unsigned numbers[2] = {0, 0};
    bool comma = false, digits = false, upper = false;
    for (; at < reader->end && *at != '}'; at++) {
        if (*at == ',' && !comma) {
            comma = true;
        } else if (talk__is_digit(*at)) {
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
    /* "{,3}" is a count for some versions of PCRE2 only. */
    if (*min > *max || *min > COUNT_MAX || numbers[1] > COUNT_MAX ||
        first == ',') {
        reader->plain = false;
    }
    return true;
}

static struct node *read_repeat(struct reader *reader)
{
    struct node *one = read_one(reader);
    if (reader->failed || reader->at >= reader->end) return one;
    unsigned min = 1, max = 1;
    bool group = reader->at[-1] == ')' || reader->at[-1] == '}';
    char c = *reader->at;
    if (c == '?' || c == '*' || c == '+') {
        min = c == '+' ? 1 : 0;
        max = c == '?' ? 1 : UINT32_MAX;
        reader->at++;
    } else if (c != '{' || !read_counts(reader, &min, &max)) {
        return one;
    }
    bool keeps = false; /* possessive: it never gives back */
    if (reader->at < reader->end &&
        (*reader->at == '?' || *reader->at == '+')) {
        keeps = *reader->at++ == '+';
    }
    if (!talk__node_has_width(one)) reader->plain = false;
    if (min == 1 && max == 1) return one;
    struct node *repeat =
        talk__node_repeat(reader->arena, one, min, max, group);
    if (!repeat) return give_up(reader);
    if (keeps) repeat->ends_loose = false;
    if (max > 1 && one->starts_loose && one->ends_loose) reader->slow = true;
    return repeat;
}

static bool ends_row(const struct reader *reader)
{
    return reader->at >= reader->end || *reader->at == '|' ||
           *reader->at == ')';
}

/* Many rows are but one node, and then it stands for the row. */
static struct node *read_row(struct reader *reader)
{
    struct node *child = ends_row(reader) ? NULL : read_repeat(reader);
    if (child && ends_row(reader)) return child;
    struct node *row = reader->failed ? NULL : node_new(reader, NODE_ROW);
    if (!row) return NULL;
    struct node **tail = &row->first;
    row->spelt = 1;
    row->empty = true;
    while (child) {
        if (row->ends_loose && child->starts_loose) reader->slow = true;
        talk__node_row_take(row, child);
        *tail = child;
        tail = &child->next;
        if (ends_row(reader)) return row;
        child = read_repeat(reader);
    }
    return reader->failed ? NULL : row;
}

static struct node *read_choice(struct reader *reader)
{
    struct node *way = read_row(reader);
    if (reader->failed || reader->at >= reader->end || *reader->at != '|') {
        return way;
    }
    struct node *choice = node_new(reader, NODE_CHOICE);
    if (!choice) return NULL;
    struct node **tail = &choice->first;
    while (way) {
        talk__node_choice_take(choice, way);
        *tail = way;
        tail = &way->next;
        if (reader->at >= reader->end || *reader->at != '|') return choice;
        reader->at++;
        way = read_row(reader);
    }
    return NULL;
}

bool talk__pattern_read(struct arena *arena, const struct macro_finder *macros,
                        const char *pattern, size_t length,
                        struct pattern_tree *out)
{
    struct reader reader = {.arena = arena,
                            .macros = macros,
                            .at = pattern,
                            .end = pattern + length,
                            .plain = true};
    *out = (struct pattern_tree){0};
    struct node *root = read_choice(&reader);
    if (reader.failed || reader.at != reader.end) return !arena->failed;
    bool fits = root->weight <= NODE_WEIGHT_MAX && reader.deepest <= DEPTH_MAX;
    *out = (struct pattern_tree){.root = root,
                                 .plain = reader.plain && fits,
                                 .slow = reader.slow,
                                 .resets = reader.resets,
                                 .named = reader.named,
                                 .depth = reader.deepest};
    return true;
}
