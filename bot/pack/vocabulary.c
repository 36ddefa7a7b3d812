/* vocabulary.c - the words that the patterns of a pack can spell out.
 * In: a pattern as its author wrote it.  Out: its words: of "crack(?:s|ed)?"
 * crack, cracks and cracked.  Ignores what stands in macros: they are added
 * as patterns of their own.
 *
 * A pattern is read once from left to right with all forms that the word
 * under way may have by then. What can be anything (\w+, a macro) makes it
 * open: nothing is known of it up to its end. */
#include "vocabulary.h"

#include <string.h>

#include "pattern_scan.h"

enum {
    SLOTS_MIN = 4096,
    FORMS_MAX = 2000, /* at a time; more are not taken */
    NESTED_MAX = 64   /* groups in each other; what is deeper is not read */
};

/* What a word under way may be. */
struct form {
    char text[SPELL_MAX]; /* zero bytes behind its end */
    uint8_t length;
    bool open; /* nothing is known of it */
};

/* The forms of a word are those from some index up to count. */
struct reader {
    struct vocabulary *vocabulary;
    struct form *forms;
    size_t count;
    struct pattern_scan scan;
    bool more; /* scan holds a part that was not yet read */
    int depth;
    bool failed; /* no memory */
};

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- Words ---- */

bool talk__vocabulary_init(struct vocabulary *vocabulary, struct arena *arena,
                           struct arena *scratch)
{
    *vocabulary = (struct vocabulary){
        .arena = arena, .scratch = scratch, .slot_count = SLOTS_MIN};
    vocabulary->slots =
        talk__arena_array(scratch, SLOTS_MIN, sizeof *vocabulary->slots);
    vocabulary->forms =
        talk__arena_array(scratch, FORMS_MAX, sizeof *vocabulary->forms);
    return vocabulary->slots && vocabulary->forms;
}

/* Eight letters at a time. */
static uint32_t hash_of(const struct form *form)
{
    uint64_t hash = form->length;
    for (size_t i = 0; i < form->length; i += sizeof hash) {
        uint64_t letters;
        memcpy(&letters, form->text + i, sizeof letters);
        hash = (hash ^ letters) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

static bool grow(struct vocabulary *v)
{
    size_t count = v->slot_count * 2;
    uint64_t *slots = talk__arena_array(v->scratch, count, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < v->slot_count; i++) {
        if (!v->slots[i]) continue;
        size_t place = (v->slots[i] >> 32) & (count - 1);
        while (slots[place]) place = (place + 1) & (count - 1);
        slots[place] = v->slots[i];
    }
    v->slots = slots;
    v->slot_count = count;
    return true;
}

static bool add_new(struct vocabulary *v, const struct form *form,
                    uint64_t *slot, uint32_t hash)
{
    void *words = v->words;
    char *text = talk__arena_text(v->arena, form->text, form->length);
    if (!text || !talk__arena_room(v->scratch, &words, v->count, &v->capacity,
                                   sizeof *v->words)) {
        return false;
    }
    v->words = words;
    v->words[v->count++] = (struct spell_word){text, form->length, 1};
    *slot = (uint64_t)hash << 32 | v->count;
    return v->count <= v->slot_count / 2 || grow(v);
}

static bool add_form(struct vocabulary *v, const struct form *form)
{
    if (form->length == 0) return true;
    uint32_t hash = hash_of(form);
    size_t place = hash & (v->slot_count - 1);
    for (; v->slots[place]; place = (place + 1) & (v->slot_count - 1)) {
        if (v->slots[place] >> 32 != hash) continue;
        struct spell_word *word = &v->words[(uint32_t)v->slots[place] - 1];
        if (word->length != form->length ||
            memcmp(word->text, form->text, form->length) != 0) {
            continue;
        }
        word->weight++;
        return true;
    }
    return add_new(v, form, &v->slots[place], hash);
}

bool talk__vocabulary_add(struct vocabulary *v, const char *word,
                          size_t length)
{
    struct form form = {.length = 0};
    if (length > sizeof form.text) return true;
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(word[i])) return true;
        form.text[form.length++] = word[i];
    }
    return add_form(v, &form);
}

/* ---- Forms of the word under way ---- */

static void push(struct reader *r, struct form form)
{
    if (r->count < FORMS_MAX) r->forms[r->count++] = form;
}

static void start_word(struct reader *r, size_t from)
{
    r->count = from;
    push(r, (struct form){.length = 0});
}

static void open_word(struct reader *r, size_t from)
{
    r->count = from;
    push(r, (struct form){.open = true});
}

static void end_word(struct reader *r, size_t from)
{
    for (size_t i = from; i < r->count && !r->failed; i++) {
        const struct form *form = &r->forms[i];
        if (form->open) continue;
        if (!add_form(r->vocabulary, form)) {
            r->failed = true;
        }
    }
    start_word(r, from);
}

static void add_letters(struct reader *r, size_t from, const char *text,
                        size_t length)
{
    for (size_t i = from; i < r->count; i++) {
        struct form *form = &r->forms[i];
        if (length > sizeof form->text - form->length) form->open = true;
        if (form->open) continue;
        memcpy(form->text + form->length, text, length);
        form->length = (uint8_t)(form->length + length);
    }
}

/* Puts a copy of the forms [from, to) behind all. */
static void copy_forms(struct reader *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) push(r, r->forms[i]);
}

/* The forms from `other` take the place of those from `from`. */
static void replace_forms(struct reader *r, size_t from, size_t other)
{
    memmove(r->forms + from, r->forms + other,
            (r->count - other) * sizeof *r->forms);
    r->count -= other - from;
}

/* Joins the forms from `more` to those before them: most lists of words begin
 * and end at a blank, and then it is all the same empty form. */
struct joined {
    bool empty, open; /* is there one? */
};

static void join_forms(struct reader *r, size_t more, struct joined *joined)
{
    size_t end = r->count;
    r->count = more;
    for (size_t i = more; i < end; i++) {
        const struct form *form = &r->forms[i];
        bool empty = !form->open && form->length == 0;
        if (form->open ? joined->open : empty && joined->empty) continue;
        joined->open |= form->open;
        joined->empty |= empty;
        if (r->count != i) r->forms[r->count] = *form;
        r->count++;
    }
}

/* ---- Reading ---- */

static void next(struct reader *r)
{
    r->more = talk__scan_next(&r->scan);
}

static bool is_sign(const struct reader *r, char sign)
{
    return r->more && r->scan.part == PART_TEXT &&
           r->scan.text[r->scan.start] == sign;
}

/* Does ?, *, + or {2,3} stand there? */
static bool repeats(const struct reader *r, size_t at)
{
    char c = at < r->scan.length ? r->scan.text[at] : '\0';
    return c == '?' || c == '*' || c == '+' || c == '{';
}

/* Skips ?, *, + and {2,3} behind a part. True when it may be missing. That it
 * may come more than once adds no word. */
static bool skip_repeat(struct reader *r)
{
    bool optional = false;
    for (;; next(r)) {
        if (is_sign(r, '?') || is_sign(r, '*')) {
            optional = true;
        } else if (r->more && r->scan.part == PART_REPEAT) {
            optional |= r->scan.text[r->scan.start + 1] == '0';
        } else if (!is_sign(r, '+')) {
            return optional;
        }
    }
}

static void read_choice(struct reader *r, size_t from);

/* Behind "[": a few letters are spelt out. */
static void read_class(struct reader *r, size_t from)
{
    size_t all = r->count;
    bool plain = r->scan.at - r->scan.start == 1;
    for (next(r); r->more && r->scan.in_class; next(r)) {
        const char *letter = r->scan.text + r->scan.start;
        if (r->scan.part != PART_TEXT || !is_letter(*letter)) plain = false;
        size_t one = r->count;
        if (!plain) continue;
        copy_forms(r, from, all);
        add_letters(r, one, letter, 1);
    }
    if (!plain || r->count == all) {
        open_word(r, from);
        return;
    }
    replace_forms(r, from, all);
}

/* "(?=", "(?!", "(?<=", "(?<!": beside the words, not part of one. */
static bool looks_around(const struct reader *r)
{
    const char *head = r->scan.text + r->scan.start;
    size_t length = r->scan.at - r->scan.start;
    return length > 2 && (head[length - 1] == '=' || head[length - 1] == '!');
}

/* Behind "(?:" and its kin, up to the ")". */
static void read_group(struct reader *r, size_t from)
{
    bool aside = looks_around(r);
    size_t inner = aside ? r->count : from;
    if (aside) start_word(r, inner);
    next(r);
    if (++r->depth > NESTED_MAX) r->more = false;
    read_choice(r, inner);
    r->depth--;
    if (!aside) return;
    end_word(r, inner);
    r->count = inner;
}

/* Signs between words and \b end a word, \K is nothing, the rest is open. */
static void read_part(struct reader *r, size_t from)
{
    const char *text = r->scan.text + r->scan.start;
    switch (r->scan.part) {
    case PART_GROUP: read_group(r, from); return;
    case PART_CLASS: read_class(r, from); return;
    case PART_TEXT:
        if (is_letter(*text)) {
            add_letters(r, from, text, 1);
        } else if (*text == '.' || is_digit(*text) ||
                   (unsigned char)*text >= 0x80) {
            open_word(r, from);
        } else {
            end_word(r, from);
        }
        return;
    case PART_ESCAPE:
        if (r->scan.at - r->scan.start != 2 ||
            strchr("wWdDSpPxonN", text[1])) {
            open_word(r, from);
        } else if (text[1] != 'K') {
            end_word(r, from);
        }
        return;
    case PART_MACRO: /* its first sign and its last one are blanks */
    case PART_REPEAT:
    case PART_BRACE: end_word(r, from); return;
    }
}

/* Most of most patterns: letters with nothing to repeat behind them. */
static bool read_letters(struct reader *r, size_t from)
{
    const char *text = r->scan.text;
    size_t end = r->scan.start;
    if (r->scan.part != PART_TEXT) return false;
    while (end < r->scan.length && is_letter(text[end])) end++;
    if (end > r->scan.start && repeats(r, end)) end--;
    if (end == r->scan.start) return false;
    add_letters(r, from, text + r->scan.start, end - r->scan.start);
    r->scan.at = end;
    next(r);
    return true;
}

/* A part that may be missing, or more often be there. */
static void read_repeated(struct reader *r, size_t from)
{
    size_t with = r->count;
    copy_forms(r, from, with);
    read_part(r, with);
    next(r);
    if (skip_repeat(r)) {
        struct joined joined = {0};
        join_forms(r, from, &joined);
        return;
    }
    replace_forms(r, from, with);
}

static void read_row(struct reader *r, size_t from)
{
    while (r->more && !is_sign(r, '|') && !is_sign(r, ')')) {
        if (read_letters(r, from)) continue;
        bool group = r->scan.part == PART_GROUP || r->scan.part == PART_CLASS;
        if (group || repeats(r, r->scan.at)) {
            read_repeated(r, from);
        } else {
            read_part(r, from);
            next(r);
        }
    }
}

static void read_choice(struct reader *r, size_t from)
{
    struct joined joined = {0};
    size_t all = r->count;
    for (;;) {
        size_t way = r->count;
        copy_forms(r, from, all);
        read_row(r, way);
        join_forms(r, way, &joined);
        if (!is_sign(r, '|')) break;
        next(r);
    }
    replace_forms(r, from, all);
}

bool talk__vocabulary_add_pattern(struct vocabulary *vocabulary,
                                  const char *pattern, size_t length)
{
    struct reader r = {.vocabulary = vocabulary, .forms = vocabulary->forms};
    talk__scan_init(&r.scan, pattern, length);
    start_word(&r, 0);
    next(&r);
    while (r.more) { /* a ")" without its "(" ends a row, too */
        read_choice(&r, 0);
        end_word(&r, 0);
        next(&r);
    }
    return !r.failed;
}
