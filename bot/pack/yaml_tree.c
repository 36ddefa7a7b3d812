/* yaml_tree.c - the wall round libyaml: the only file that includes yaml.h.
 * In: the bytes of one file.  Out: a tree of texts, lists and maps, and what
 * of YAML packs may not use.  Knows nothing of what the keys mean. */
#include "yaml_tree.h"

#include <assert.h>
#include <string.h>
#include <yaml.h>

#include "ascii.h"

/* Lists and maps inside each other. The deepest of a pack is nine:
 * file, responses, one, say, wording, when, finding, list, text. */
enum { DEPTH_MAX = 32 };

/* A file with more mistakes than this is not read on. */
enum { SINS_MAX = 100 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static const char quote_it[] = "quote it with '…'";

/* A list or map that is being read. */
struct frame {
    struct tree *node;
    struct tree *last; /* of its items or values */
    struct tree *key;  /* read, its value not yet */
    struct table keys; /* of a map: to tell those that stand twice */
};

struct reader {
    const struct yaml_input *input;
    struct arena *arena;
    struct problems *problems;
    size_t found_before; /* problems of other files */
    struct tree *root;
    struct frame frames[DEPTH_MAX];
    size_t depth;
    size_t byte, character; /* a place in the file, to find marks again */
    bool has_sticky;        /* a # that sticks to a word stands in the file */
    bool stopped;           /* no use in reading on; was reported */
};

/* ---- Places ---- */

static struct place place_of(const struct reader *r, yaml_mark_t mark)
{
    return (struct place){r->input->source,
                          r->input->line + (uint32_t)mark.line + 1,
                          (uint32_t)mark.column + 1};
}

/* The place of a byte, for errors that know no line. */
static struct place place_of_byte(const struct reader *r, size_t offset)
{
    const char *bytes = r->input->bytes;
    struct place place = {r->input->source, r->input->line + 1, 1};
    for (size_t i = 0; i < offset && i < r->input->length; i++) {
        bool crlf = bytes[i] == '\r' && i + 1 < r->input->length &&
                    bytes[i + 1] == '\n';
        if (bytes[i] == '\n' || (bytes[i] == '\r' && !crlf)) {
            place.line++;
            place.column = 1;
        } else if (talk__is_first_byte(bytes[i])) {
            place.column++;
        }
    }
    return place;
}

#define COMPLAIN(r, place, ...) \
    talk__problems_add((r)->problems, TALK_YAML, place, __VA_ARGS__)

static void stop(struct reader *r, struct place place, const char *why)
{
    COMPLAIN(r, place, "%s", why);
    r->stopped = true;
}

/* ---- What packs may not use ---- */

/* Reports an anchor or a tag. True when there was one. */
static bool is_decorated(struct reader *r, const yaml_char_t *anchor,
                         const yaml_char_t *tag, struct place place)
{
    if (anchor) {
        COMPLAIN(r, place,
                 "'&%.40s' is an anchor of YAML, which packs may not use; if "
                 "it is text, %s",
                 (const char *)anchor, quote_it);
    }
    if (tag) {
        static const char prefix[] = "tag:yaml.org,2002:";
        bool standard =
            strncmp((const char *)tag, prefix, strlen(prefix)) == 0;
        COMPLAIN(r, place,
                 "'%s%.40s' is a tag of YAML, which packs may not use; if it "
                 "is text, %s",
                 standard ? "!!" : "",
                 (const char *)tag + (standard ? strlen(prefix) : 0),
                 quote_it);
    }
    return anchor || tag;
}

/* Eight bytes at a time: neither control characters nor anything beyond ASCII.
 * Errs to no only. (Bit tricks: Anderson, "Bit Twiddling Hacks", hasless and
 * haszero.) */
static size_t printable_bytes(const char *text, size_t length)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    size_t at = 0;
    uint64_t eight;
    for (; length - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        uint64_t low = (eight - ones * 0x20) & ~eight;
        uint64_t del = ((eight ^ ones * 0x7F) - ones) & ~(eight ^ ones * 0x7F);
        if ((eight | low | del) & tops) break;
    }
    return at;
}

/* The first control character but a line's end, or -1. Those beyond ASCII are
 * U+0080 to U+009F: two bytes, of which the first is C2. */
static int control_in(const char *text, size_t length)
{
    for (size_t i = printable_bytes(text, length); i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte < 0x7F) continue;
        unsigned char next =
            i + 1 < length ? (unsigned char)text[i + 1] : 0xFF;
        if ((byte < 0x20 && byte != '\n') || byte == 0x7F) return byte;
        if (byte == 0xC2 && next < 0xA0) return next;
        if (length - i >= 3 && memcmp(text + i, byte_order_mark, 3) == 0) {
            return 0xFEFF;
        }
    }
    return -1;
}

static bool holds_control(struct reader *r, const yaml_event_t *event,
                          struct place place)
{
    int code = control_in((const char *)event->data.scalar.value,
                          event->data.scalar.length);
    if (code < 0) return false;
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        COMPLAIN(r, place,
                 "control character U+%04X in the text: in double quotes \\ "
                 "begins an escape; %s instead",
                 (unsigned)code, quote_it);
    } else {
        COMPLAIN(r, place, "control character U+%04X in the text; delete it",
                 (unsigned)code);
    }
    return true;
}

/* The byte at a mark, which libyaml counts in characters. Marks come in the
 * order of the file, so that the search never goes back. */
static char byte_of(struct reader *r, yaml_mark_t mark)
{
    const char *bytes = r->input->bytes;
    size_t length = r->input->length;
    while (r->character < mark.index && r->byte < length) {
        r->byte++;
        while (r->byte < length && !talk__is_first_byte(bytes[r->byte]))
            r->byte++;
        r->character++;
    }
    return r->byte < length ? bytes[r->byte] : '\0';
}

/* A # with a blank before it, and none behind it. */
static bool is_sticky(const struct reader *r, size_t at)
{
    const char *bytes = r->input->bytes;
    return at > 0 && r->input->length - at >= 2 && bytes[at] == '#' &&
           bytes[at - 1] == ' ' && !strchr(" #\t\r\n-=", bytes[at + 1]);
}

static bool has_sticky(const struct reader *r)
{
    const char *bytes = r->input->bytes, *at = bytes;
    const char *end = bytes + r->input->length;
    while ((at = memchr(at, '#', (size_t)(end - at))) != NULL) {
        if (is_sticky(r, (size_t)(at - bytes))) return true;
        at++;
    }
    return false;
}

/* `hi #there` loses its end. An ordinary comment has a blank behind its #,
 * so only a # that sticks to a word is taken for text. */
static bool lost_a_comment(struct reader *r, const yaml_event_t *event)
{
    if (!r->has_sticky) return false;
    const char *bytes = r->input->bytes;
    size_t length = r->input->length;
    (void)byte_of(r, event->end_mark);
    size_t at = r->byte;
    while (at < length && bytes[at] == ' ') at++;
    if (at == r->byte || !is_sticky(r, at)) return false;
    struct place place = place_of(r, event->end_mark);
    place.column += (uint32_t)(at - r->byte);
    COMPLAIN(r, place,
             "' #' begins a comment, what follows is lost: if it is text, "
             "quote the whole with '…'; if not, put a blank behind the #");
    return true;
}

/* ---- The tree grows ---- */

static struct tree *node_new(struct reader *r, enum tree_kind kind,
                             struct place place)
{
    if (*r->input->nodes_left == 0) {
        stop(r, place, "the pack holds too many texts, lists and maps");
        return NULL;
    }
    --*r->input->nodes_left;
    struct tree *node = talk__arena_take(r->arena, sizeof *node);
    if (!node) {
        r->stopped = true;
        return NULL;
    }
    node->kind = kind;
    node->place = place;
    return node;
}

static struct frame *innermost(struct reader *r)
{
    return r->depth ? &r->frames[r->depth - 1] : NULL;
}

static bool wants_key(const struct frame *frame)
{
    return frame && frame->node->kind == TREE_MAP && !frame->key;
}

/* Where the key stood before. Values are walked, which is slow, and done for
 * SINS_MAX of them at most. */
static struct place first_of(const struct frame *frame, const struct tree *key)
{
    const struct tree *value = frame->node->first;
    while (value->key->length != key->length ||
           memcmp(value->key->text, key->text, key->length) != 0) {
        value = value->next;
    }
    return value->key->place;
}

/* What is hung in is found again by its key, unless it stands twice. */
static bool is_first_of_its_name(struct reader *r, struct frame *frame)
{
    const struct tree *key = frame->key;
    if (key->kind == TREE_BROKEN) return false;
    if (talk__table_get(&frame->keys, key->text, key->length) != TABLE_NONE) {
        struct place first = first_of(frame, key);
        COMPLAIN(r, key->place, "'%.80s' stands twice; first at %u:%u",
                 key->text, first.line, first.column);
        return false;
    }
    if (!talk__table_set(&frame->keys, key->text, key->length, 0)) {
        r->stopped = true;
        return false;
    }
    return true;
}

/* Hangs a value under what is being read. */
static void hang(struct reader *r, struct tree *node)
{
    struct frame *frame = innermost(r);
    if (!frame) {
        r->root = node;
        return;
    }
    if (frame->node->kind == TREE_MAP) {
        bool kept = is_first_of_its_name(r, frame);
        node->key = frame->key;
        frame->key = NULL;
        if (!kept) return;
    }
    if (frame->last) {
        frame->last->next = node;
    } else {
        frame->node->first = node;
    }
    frame->last = node;
}

static void check_key(struct reader *r, struct tree *key)
{
    if (key->kind == TREE_BROKEN) return;
    if (!key->quoted && strcmp(key->text, "<<") == 0) {
        COMPLAIN(r, key->place,
                 "'<<' is a merge key of YAML, which packs may not use; "
                 "write the entries out");
        key->kind = TREE_BROKEN;
    } else if (key->length == 0) {
        COMPLAIN(r, key->place, "a key without a name");
        key->kind = TREE_BROKEN;
    }
}

/* ---- Events ---- */

static void read_scalar(struct reader *r, const yaml_event_t *event)
{
    struct frame *frame = innermost(r);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    struct tree *node = node_new(r, TREE_TEXT, place_of(r, event->start_mark));
    if (!node) return;
    size_t length = event->data.scalar.length;
    const char *text = (const char *)event->data.scalar.value;
    if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
        event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE) {
        /* The end of the last line of a block is not part of its text. */
        while (length && text[length - 1] == '\n') length--;
    }
    node->quoted = !plain;
    node->length = (uint32_t)length;
    node->text = talk__arena_text(r->arena, text, length);
    if (!node->text) {
        r->stopped = true;
        return;
    }
    bool bad = is_decorated(r, event->data.scalar.anchor,
                            event->data.scalar.tag, node->place);
    bad |= holds_control(r, event, node->place);
    if (plain && length && !wants_key(frame)) bad |= lost_a_comment(r, event);
    if (bad) node->kind = TREE_BROKEN;
    if (wants_key(frame)) {
        check_key(r, node);
        frame->key = node;
    } else {
        hang(r, node);
    }
}

static void read_alias(struct reader *r, const yaml_event_t *event)
{
    struct frame *frame = innermost(r);
    struct tree *node =
        node_new(r, TREE_BROKEN, place_of(r, event->start_mark));
    if (!node) return;
    COMPLAIN(r, node->place,
             "'*%.40s' is an alias of YAML, which packs may not use; if it "
             "is text, %s",
             (const char *)event->data.alias.anchor, quote_it);
    if (wants_key(frame)) {
        frame->key = node;
    } else {
        hang(r, node);
    }
}

static void read_start(struct reader *r, enum tree_kind kind,
                       const yaml_char_t *anchor, const yaml_char_t *tag,
                       yaml_mark_t mark)
{
    struct frame *frame = innermost(r);
    struct tree *node = node_new(r, kind, place_of(r, mark));
    if (!node) return;
    if (r->depth == DEPTH_MAX) {
        stop(r, node->place, "lists and maps stand too deep in each other");
        return;
    }
    (void)is_decorated(r, anchor, tag, node->place);
    if (wants_key(frame)) {
        stop(r, node->place,
             "a key must be a text; a text that begins with [ or { must be "
             "quoted with '…'");
        return;
    }
    hang(r, node);
    struct frame *deeper = &r->frames[r->depth++];
    *deeper = (struct frame){.node = node};
    talk__table_init(&deeper->keys, r->arena);
}

static void read_event(struct reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (!r->root) break;
        stop(r, place_of(r, event->start_mark),
             "here another document begins; behind its rules a file may have "
             "one, with examples, after a line '---'");
        break;
    case YAML_SCALAR_EVENT: read_scalar(r, event); break;
    case YAML_ALIAS_EVENT: read_alias(r, event); break;
    case YAML_SEQUENCE_START_EVENT:
        read_start(r, TREE_LIST, event->data.sequence_start.anchor,
                   event->data.sequence_start.tag, event->start_mark);
        break;
    case YAML_MAPPING_START_EVENT:
        read_start(r, TREE_MAP, event->data.mapping_start.anchor,
                   event->data.mapping_start.tag, event->start_mark);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        assert(r->depth > 0);
        r->depth--;
        break;
    default: break; /* begin and end of the stream, end of the document */
    }
}

/* libyaml knows two places: where it was stuck, and where what it was reading
 * began. What is never closed is best mended where it began. */
static talk_status fail(struct reader *r, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR) return TALK_NOMEM;
    struct place place = place_of(r, parser->problem_mark);
    if (parser->error == YAML_READER_ERROR) {
        place = place_of_byte(r, parser->problem_offset);
    } else if (parser->context && parser->problem &&
               strstr(parser->context, "quoted scalar") &&
               (strstr(parser->problem, "end of stream") ||
                strstr(parser->problem, "document indicator"))) {
        place = place_of(r, parser->context_mark);
    }
    const char *problem = parser->problem;
    if (byte_of(r, parser->problem_mark) == '\t') problem = "tab character";
    stop(r, place, talk__yaml_advice(parser->context, problem));
    return TALK_YAML;
}

talk_status talk__yaml_read(const struct yaml_input *input,
                            struct arena *arena, struct problems *problems,
                            struct tree **out)
{
    struct yaml_input body = *input;
    struct reader r = {.input = &body, .arena = arena, .problems = problems};
    r.found_before = problems->found;
    *out = NULL;
    /* libyaml would skip the mark too, but count it as a column. */
    if (body.length >= 3 && memcmp(body.bytes, byte_order_mark, 3) == 0) {
        body.bytes += 3;
        body.length -= 3;
    }
    r.has_sticky = has_sticky(&r);
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) return TALK_NOMEM;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)body.bytes,
                                 body.length);
    talk_status status = TALK_OK;
    for (bool ended = false; !ended && status == TALK_OK;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            status = fail(&r, &parser);
            break;
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        read_event(&r, &event);
        yaml_event_delete(&event);
        if (problems->found - r.found_before > SINS_MAX) r.stopped = true;
        if (r.stopped) status = arena->failed ? TALK_NOMEM : TALK_YAML;
    }
    yaml_parser_delete(&parser);
    if (status == TALK_OK) *out = r.root;
    return status;
}
