/* fold.c - a message as folded text and words, with a map back.
 * In: the user's bytes.  Out: text for patterns, words, corrections.
 * Ignores what the words mean. */
#include "fold.h"

#include <string.h>

#include "buffer.h"
#include "spell.h"
#include "unicode.h"

/* Longest word that is looked up; longer ones are kept as they are. */
enum { LOOKUP_MAX = 48 };

struct folder {
    const struct fold_rules *rules;
    const char *text;
    size_t length;
    size_t at; /* of the character being read */
    struct arena *arena;
    struct buffer *out;
    struct folded *folded;
    size_t word_capacity, correction_capacity;
    bool blank_due; /* before the next word */

    /* The word being read. */
    char *raw;
    size_t raw_length, raw_capacity;
    size_t raw_from, raw_to; /* bytes of the message */
    bool raw_strange;        /* has letters beyond ASCII */
    bool failed;             /* no memory */
};

static bool is_ascii_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
    return is_ascii_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

/* ---- Writing ---- */

static void add_words(struct folder *f, size_t start, size_t from, size_t to)
{
    const char *text = f->out->text;
    size_t at = start;
    while (at < f->out->length) {
        while (at < f->out->length && !is_word_byte(text[at])) at++;
        size_t word = at;
        while (at < f->out->length && is_word_byte(text[at])) at++;
        if (at == word) break;
        if (!talk__arena_room(f->arena, (void **)&f->folded->words,
                              f->folded->word_count, &f->word_capacity,
                              sizeof *f->folded->words)) {
            f->failed = true;
            return;
        }
        f->folded->words[f->folded->word_count++] =
            (struct word){(uint32_t)word, (uint32_t)(at - word),
                          (uint32_t)from, (uint32_t)to};
    }
}

/* Writes a word, or several with blanks between. */
static void write_word(struct folder *f, const char *text, size_t length,
                       size_t from, size_t to)
{
    if (length == 0) return;
    if (f->blank_due && f->out->length) talk__buffer_add_byte(f->out, ' ');
    f->blank_due = true;
    size_t start = f->out->length;
    talk__buffer_add(f->out, text, length);
    if (f->out->status == TALK_OK) add_words(f, start, from, to);
}

/* Of two marks that meet, the one that says more stays. */
static int rank_of(char mark)
{
    static const char ranks[] = ",:;.!?";
    const char *at = strchr(ranks, mark);
    return mark && at ? (int)(at - ranks) : -1;
}

static void write_mark(struct folder *f, char mark)
{
    struct buffer *out = f->out;
    if (out->length == 0 || out->status != TALK_OK) return;
    char last = out->text[out->length - 1];
    int rank = rank_of(last);
    if (rank < 0) {
        talk__buffer_add_byte(out, mark);
    } else if (rank_of(mark) > rank) {
        out->text[out->length - 1] = mark;
    }
    f->blank_due = true;
}

static void note_correction(struct folder *f, size_t start)
{
    if (f->out->status != TALK_OK) return;
    if (!talk__arena_room(f->arena, (void **)&f->folded->corrections,
                          f->folded->correction_count, &f->correction_capacity,
                          sizeof *f->folded->corrections)) {
        f->failed = true;
        return;
    }
    f->folded->corrections[f->folded->correction_count++] =
        (struct correction){(uint32_t)f->raw_from, (uint32_t)f->raw_to,
                            (uint32_t)start,
                            (uint32_t)(f->out->length - start)};
}

/* ---- A word is complete ---- */

/* Cyrillic and Greek letters that stand for Latin ones ("раin"): only where
 * the word has Latin letters too, or consists of nothing but look-alikes. */
static void straighten(struct folder *f)
{
    size_t to = 0, strange = 0, unlike = 0, latin = 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1 && (strange == 0 || (unlike > 0 && latin == 0))) return;
        for (size_t at = 0; at < f->raw_length;) {
            uint32_t code;
            bool valid;
            size_t size = talk__unicode_read(f->raw + at, f->raw_length - at,
                                             &code, &valid);
            char like = code < 0x80 ? '\0' : talk__unicode_looks_like(code);
            if (pass == 0) {
                if (is_ascii_letter(f->raw[at])) latin++;
                if (code >= 0x80 && like) strange++;
                if (code >= 0x80 && !like) unlike++;
            } else if (like) {
                f->raw[to++] = like;
            } else {
                memmove(f->raw + to, f->raw + at, size);
                to += size;
            }
            at += size;
        }
    }
    f->raw_length = to;
}

static const char *replacement_of(const struct folder *f, const char *word,
                                  size_t length)
{
    if (!f->rules->replaced || length > LOOKUP_MAX) return NULL;
    uint32_t index = talk__table_get(f->rules->replaced, word, length);
    return index == TABLE_NONE ? NULL : f->rules->replacements[index];
}

static void write_replacement(struct folder *f, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        write_word(f, text, length, f->raw_from, f->raw_to);
        text += length;
        while (*text == ' ') text++;
    }
}

/* "hasn't" -> "has not", whatever verb it is. The table knows the odd ones
 * ("won't"). A possessive keeps its 's. */
static bool write_negated_verb(struct folder *f)
{
    static const char ending[] = "n't";
    size_t cut = sizeof ending - 1;
    if (f->raw_length <= cut ||
        memcmp(f->raw + f->raw_length - cut, ending, cut) != 0) {
        return false;
    }
    write_word(f, f->raw, f->raw_length - cut, f->raw_from, f->raw_to);
    write_word(f, "not", 3, f->raw_from, f->raw_to);
    return true;
}

/* "b/c" that the table does not know: two words. */
static void write_apart(struct folder *f)
{
    size_t start = 0;
    for (size_t i = 0; i <= f->raw_length; i++) {
        if (i < f->raw_length && f->raw[i] != '/') continue;
        write_word(f, f->raw + start, i - start, f->raw_from, f->raw_to);
        start = i + 1;
    }
}

static void end_word(struct folder *f)
{
    if (f->raw_length == 0) return;
    if (f->raw_strange) straighten(f);
    while (f->raw_length && f->raw[f->raw_length - 1] == '\'') f->raw_length--;
    const char *other = replacement_of(f, f->raw, f->raw_length);
    char fixed[SPELL_MAX];
    size_t fixed_length = 0;
    if (other) {
        write_replacement(f, other);
    } else if (write_negated_verb(f)) {
        /* done */
    } else if (memchr(f->raw, '/', f->raw_length) &&
               is_ascii_letter(f->raw[0])) {
        write_apart(f);
    } else if (f->rules->speller &&
               talk__spell_correct(f->rules->speller, f->raw, f->raw_length,
                                   fixed, &fixed_length)) {
        size_t start = f->out->length;
        if (f->blank_due && start) start++;
        other = replacement_of(f, fixed, fixed_length);
        if (other) {
            write_replacement(f, other);
        } else {
            write_word(f, fixed, fixed_length, f->raw_from, f->raw_to);
        }
        note_correction(f, start);
    } else {
        write_word(f, f->raw, f->raw_length, f->raw_from, f->raw_to);
    }
    f->raw_length = 0;
    f->raw_strange = false;
}

static void raw_add(struct folder *f, const char *bytes, size_t count,
                    size_t from, size_t to)
{
    if (f->raw_length == 0) f->raw_from = from;
    f->raw_to = to;
    while (f->raw_length + count > f->raw_capacity) {
        size_t capacity = f->raw_capacity ? f->raw_capacity * 2 : 64;
        char *bigger = talk__arena_take(f->arena, capacity);
        if (!bigger) {
            f->failed = true;
            return;
        }
        if (f->raw_length) memcpy(bigger, f->raw, f->raw_length);
        f->raw = bigger;
        f->raw_capacity = capacity;
    }
    memcpy(f->raw + f->raw_length, bytes, count);
    f->raw_length += count;
}

/* ---- Reading ---- */

/* The byte of the message behind the character being read; blank at the
 * end. Only ASCII is of interest. */
static char byte_at(const struct folder *f, size_t at)
{
    char c = at < f->length ? f->text[at] : ' ';
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* "<b>", "</script>": markup, read as a blank. Returns its length or 0. */
static size_t tag_length(const struct folder *f)
{
    enum { TAG_MAX = 32 };
    char first = byte_at(f, f->at + 1);
    if (first != '/' && !is_ascii_letter(first)) return 0;
    for (size_t i = 2; i < TAG_MAX && f->at + i < f->length; i++) {
        if (f->text[f->at + i] == '>') return i + 1;
    }
    return 0;
}

/* Does a mark between digits belong to a number? "7.5", "2-3", "7/10",
 * "9:30". */
static bool inside_number(const struct folder *f, size_t next)
{
    return f->raw_length && is_digit(f->raw[f->raw_length - 1]) &&
           is_digit(byte_at(f, next));
}

/* "e.g.", "a.m.": single letters with points. */
static bool inside_initials(const struct folder *f, size_t next)
{
    char before = byte_at(f, f->raw_to);
    (void)before;
    if (f->raw_length == 0 || !is_ascii_letter(f->raw[f->raw_length - 1])) {
        return false;
    }
    bool one = f->raw_length == 1 ||
               (f->raw_to - f->raw_from == 2 * f->raw_length - 1);
    return one && is_ascii_letter(byte_at(f, next)) &&
           !is_word_byte(byte_at(f, next + 1));
}

static void read_punctuation(struct folder *f, char mark, size_t next)
{
    if ((mark == '.' || mark == ':') && inside_number(f, next)) {
        raw_add(f, &mark, 1, f->at, next);
        return;
    }
    if (mark == '.' && inside_initials(f, next)) return;
    end_word(f);
    /* Three points are a pause, not an end. */
    bool pause = mark == '.' &&
                 ((byte_at(f, next) == '.' && byte_at(f, next + 1) == '.') ||
                  (f->at > 0 && f->text[f->at - 1] == '.'));
    if (pause && f->out->length && f->out->status == TALK_OK &&
        f->out->text[f->out->length - 1] == '.') {
        f->out->text[f->out->length - 1] = ',';
    }
    write_mark(f, pause ? ',' : mark);
}

/* "mid-back" is two words, "2-3" a number, " - " a pause. */
static void read_dash(struct folder *f, size_t next)
{
    if (inside_number(f, next)) {
        raw_add(f, "-", 1, f->at, next);
        return;
    }
    bool joined = f->raw_length && byte_at(f, next) != ' ' &&
                  byte_at(f, next) != '-' && byte_at(f, next) != '\n';
    end_word(f);
    if (!joined) write_mark(f, ',');
    f->blank_due = true;
}

static void read_symbol(struct folder *f, uint32_t code, size_t next)
{
    char bytes[4];
    size_t size = talk__unicode_write(code, bytes);
    if (code == '/') {
        if (inside_number(f, next) ||
            (f->raw_length == 1 && is_ascii_letter(f->raw[0]))) {
            raw_add(f, "/", 1, f->at, next);
            return;
        }
        end_word(f);
        write_mark(f, ',');
        return;
    }
    end_word(f);
    f->raw_from = f->at;
    f->raw_to = next;
    if (code == '&' || code == '+') {
        write_word(f, "and", 3, f->at, next);
    } else {
        const char *other = replacement_of(f, bytes, size);
        if (other) write_replacement(f, other);
    }
    f->blank_due = true;
}

static void read_folded(struct folder *f, struct folded_char c, size_t next)
{
    char bytes[4];
    switch (c.class) {
    case CHAR_WORD: {
        size_t size = talk__unicode_write(c.code, bytes);
        if (size > 1) f->raw_strange = true;
        raw_add(f, bytes, size, f->at, next);
        break;
    }
    case CHAR_APOSTROPHE:
        if (f->raw_length) {
            raw_add(f, "'", 1, f->at, next);
        } else {
            f->blank_due = true;
        }
        break;
    case CHAR_BLANK:
        end_word(f);
        f->blank_due = true;
        break;
    case CHAR_NEWLINE:
        end_word(f);
        write_mark(f, '.');
        break;
    case CHAR_PUNCTUATION: read_punctuation(f, (char)c.code, next); break;
    case CHAR_DASH: read_dash(f, next); break;
    case CHAR_BRACKET:
        end_word(f);
        write_mark(f, ',');
        break;
    case CHAR_SYMBOL: read_symbol(f, c.code, next); break;
    case CHAR_NOTHING: break;
    }
}

static void read_all(struct folder *f)
{
    while (f->at < f->length && !f->failed && f->out->status == TALK_OK) {
        /* Most of most messages: a run of plain lower-case letters. */
        size_t run = f->at;
        while (run < f->length && is_ascii_letter(f->text[run])) run++;
        if (run > f->at) {
            raw_add(f, f->text + f->at, run - f->at, f->at, run);
            f->at = run;
            continue;
        }
        if (f->text[f->at] == '<') {
            size_t tag = tag_length(f);
            if (tag) {
                end_word(f);
                f->blank_due = true;
                f->at += tag;
                continue;
            }
        }
        uint32_t code;
        bool valid;
        size_t size = talk__unicode_read(f->text + f->at, f->length - f->at,
                                         &code, &valid);
        if (!valid) f->folded->invalid++;
        struct folded_char chars[FOLD_MAX];
        size_t count = talk__unicode_fold(code, chars);
        for (size_t i = 0; i < count; i++) {
            read_folded(f, chars[i], f->at + size);
        }
        f->at += size;
    }
    end_word(f);
}

talk_status talk__fold(const struct fold_rules *rules, const char *text,
                       size_t length, size_t ceiling, struct arena *arena,
                       struct folded *out)
{
    struct buffer buffer;
    *out = (struct folded){0};
    talk__buffer_init(&buffer, arena, ceiling);
    struct folder folder = {.rules = rules,
                            .text = text,
                            .length = length,
                            .arena = arena,
                            .out = &buffer,
                            .folded = out};
    read_all(&folder);
    if (folder.failed) return TALK_NOMEM;
    if (buffer.status != TALK_OK) return buffer.status;
    out->text = buffer.text;
    out->length = buffer.length;
    return TALK_OK;
}

/* ---- Asking ---- */

size_t talk__folded_word_at(const struct folded *folded, size_t offset)
{
    size_t low = 0, high = folded->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct word *word = &folded->words[middle];
        if (word->start + word->length > offset) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void talk__folded_origin(const struct folded *folded, size_t start, size_t end,
                         size_t *from, size_t *to)
{
    *from = *to = 0;
    if (folded->word_count == 0) return;
    size_t first = talk__folded_word_at(folded, start);
    if (first == folded->word_count) first--;
    *from = folded->words[first].from;
    *to = folded->words[first].to;
    for (size_t i = first; i < folded->word_count; i++) {
        if (folded->words[i].start >= end) break;
        if (folded->words[i].to > *to) *to = folded->words[i].to;
    }
}

bool talk__fold_pattern(struct arena *arena, const char *pattern,
                        size_t length, const char **out, size_t *out_length)
{
    struct buffer buffer;
    talk__buffer_init(&buffer, arena, length * FOLD_MAX + 1);
    for (size_t at = 0; at < length;) {
        uint32_t code;
        bool valid;
        size_t size =
            talk__unicode_read(pattern + at, length - at, &code, &valid);
        struct folded_char chars[FOLD_MAX];
        if (code < 0x80) {
            talk__buffer_add_byte(&buffer, pattern[at]);
        } else {
            size_t count = talk__unicode_fold(code, chars);
            for (size_t i = 0; i < count; i++) {
                char bytes[4];
                size_t width = talk__unicode_write(chars[i].code, bytes);
                if (chars[i].class != CHAR_NOTHING) {
                    talk__buffer_add(&buffer, bytes, width);
                }
            }
        }
        at += size;
    }
    *out = buffer.text;
    *out_length = buffer.length;
    return buffer.status == TALK_OK;
}
