/* fold_word.c - a word of a message once all its letters are read.
 * In: its letters, folded one by one.  Out: the word, or those that the pack
 * or the speller read it as.  Ignores marks and blanks. */
#include "fold_word.h"

#include <string.h>

#include "ascii.h"
#include "spell.h"
#include "unicode.h"

enum {
    LOOKUP_MAX = 48, /* longest word that is looked up; longer ones stay */
    SPELT_MAX = 1000 /* words of a message that are spelt: some ten ms */
};

/* Cyrillic and Greek letters that stand for Latin ones ("раin"): only where
 * the word has Latin letters too, or consists of nothing but look-alikes. */
static bool is_disguised(const struct raw_word *raw)
{
    size_t like = 0, unlike = 0, latin = 0;
    for (size_t at = 0; at < raw->length;) {
        uint32_t code;
        bool valid;
        at += talk__unicode_read(raw->text + at, raw->length - at, &code,
                                 &valid);
        if (code < 0x80) {
            latin += talk__is_small((char)code);
        } else if (talk__unicode_looks_like(code)) {
            like++;
        } else {
            unlike++;
        }
    }
    return like > 0 && (unlike == 0 || latin > 0);
}

static void straighten(struct raw_word *raw)
{
    size_t to = 0;
    for (size_t at = 0; at < raw->length;) {
        uint32_t code;
        bool valid;
        size_t size = talk__unicode_read(raw->text + at, raw->length - at,
                                         &code, &valid);
        char like = talk__unicode_looks_like(code);
        if (like) {
            raw->text[to++] = like;
        } else {
            memmove(raw->text + to, raw->text + at, size);
            to += size;
        }
        at += size;
    }
    raw->length = to;
}

const char *talk__fold_replacement(const struct fold_rules *rules,
                                   const char *word, size_t length)
{
    if (!rules->replaced || length > LOOKUP_MAX) return NULL;
    uint32_t index = talk__table_get(rules->replaced, word, length);
    return index == TABLE_NONE ? NULL : rules->replacements[index];
}

static void write_text(struct word_ender *e, const char *text,
                       const struct raw_word *raw)
{
    talk__fold_out_words(e->out, text, strlen(text), raw->origin);
}

static void write_bytes(struct word_ender *e, const char *text, size_t length,
                        const struct raw_word *raw)
{
    talk__fold_out_words(e->out, text, length, raw->origin);
}

/* ---- Spelling ---- */

/* Capitals in the middle of a sentence are for names. */
static bool is_name(const struct word_ender *e, const struct raw_word *raw)
{
    const struct buffer *text = &e->out->buffer;
    return raw->capital && text->length &&
           !strchr(".?!:", text->text[text->length - 1]);
}

static bool find_correction(struct word_ender *e, const struct raw_word *raw,
                            size_t length, char fixed[SPELL_MAX],
                            size_t *fixed_length)
{
    const struct speller *speller = e->rules->speller;
    if (!speller || talk__spell_is_right(speller, raw->text, length)) {
        return false;
    }
    if (e->spelt == SPELT_MAX) {
        e->out->folded->unspelt++;
        return false;
    }
    e->spelt++;
    return talk__spell_correct(speller, raw->text, length, is_name(e, raw),
                               fixed, fixed_length);
}

/* What the speller found may be ways to write something else: "dosnt", and
 * "armcant" for "arm cant". */
static void write_correction(struct word_ender *e, const char *fixed,
                             size_t length, const struct raw_word *raw)
{
    struct fold_out *out = e->out;
    size_t start = out->buffer.length + (out->blank_due && out->buffer.length);
    while (length > 0) {
        const char *blank = memchr(fixed, ' ', length);
        size_t part = blank ? (size_t)(blank - fixed) : length;
        const char *other = talk__fold_replacement(e->rules, fixed, part);
        if (other) {
            write_text(e, other, raw);
        } else {
            write_bytes(e, fixed, part, raw);
        }
        part += blank != NULL;
        fixed += part;
        length -= part;
    }
    talk__fold_out_correction(out, start, raw->origin);
}

/* "fore arm": the last word was written as it was typed, and a blank is all
 * that came since. */
static bool join_last(struct word_ender *e, const struct raw_word *raw)
{
    const struct folded *folded = e->out->folded;
    if (!e->rules->speller || e->plain == 0 ||
        e->plain != folded->word_count) {
        return false;
    }
    const struct word *last = &folded->words[e->plain - 1];
    const char *text = e->out->buffer.text;
    if (last->start + last->length != e->out->buffer.length ||
        !talk__spell_joins(e->rules->speller, text + last->start, last->length,
                           raw->text, raw->length)) {
        return false;
    }
    talk__fold_out_join(e->out, raw->text, raw->length, raw->origin);
    return true;
}

/* ---- Numbers ---- */

/* Letters behind digits that may be a word: "am" and "kg" are none. */
enum { GLUED_WORD_MIN = 3 };

static bool is_ordinal(const char *rest, size_t length)
{
    static const char endings[][3] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (length == 2 && memcmp(rest, endings[i], 2) == 0) return true;
    }
    return false;
}

/* The bytes of "3" in "3weeks", of "3-4" in "3-4weeks", when a word follows
 * them; else 0. */
static size_t glued_digits(const struct word_ender *e,
                           const struct raw_word *raw)
{
    size_t digits = 0;
    while (digits < raw->length && !talk__is_small(raw->text[digits]))
        digits++;
    const char *rest = raw->text + digits;
    size_t length = raw->length - digits;
    if (digits == 0 || length == 0 || raw->strange || !e->rules->speller ||
        is_ordinal(rest, length)) {
        return 0;
    }
    bool known = talk__fold_replacement(e->rules, rest, length) ||
                 (length >= GLUED_WORD_MIN &&
                  talk__spell_is_known(e->rules->speller, rest, length));
    return known ? digits : 0;
}

static void write_word(struct word_ender *e, struct raw_word *raw);

static void write_glued(struct word_ender *e, const struct raw_word *raw,
                        size_t digits)
{
    struct raw_word rest = *raw;
    write_bytes(e, raw->text, digits, raw);
    rest.text += digits;
    rest.length -= digits;
    write_word(e, &rest);
}

static void write_plain(struct word_ender *e, const struct raw_word *raw)
{
    char fixed[SPELL_MAX];
    size_t length;
    size_t digits = glued_digits(e, raw);
    if (digits) {
        write_glued(e, raw, digits);
        return;
    }
    if (join_last(e, raw)) return;
    if (find_correction(e, raw, raw->length, fixed, &length)) {
        write_correction(e, fixed, length, raw);
        return;
    }
    write_bytes(e, raw->text, raw->length, raw);
    e->plain = e->out->folded->word_count;
}

/* ---- Words with an apostrophe or a slash in them ---- */

/* "did'nt" is "didnt", which the pack knows. */
static const char *replacement_without(const struct word_ender *e,
                                       const struct raw_word *raw)
{
    char bare[LOOKUP_MAX];
    size_t length = 0;
    if (raw->length > sizeof bare) return NULL;
    for (size_t i = 0; i < raw->length; i++) {
        if (raw->text[i] != '\'') bare[length++] = raw->text[i];
    }
    return talk__fold_replacement(e->rules, bare, length);
}

static bool cut_not(struct raw_word *raw)
{
    static const char ending[] = "n't";
    size_t cut = sizeof ending - 1;
    if (raw->length <= cut ||
        memcmp(raw->text + raw->length - cut, ending, cut) != 0) {
        return false;
    }
    raw->length -= cut;
    return true;
}

/* "hasn't" -> "has not", whatever verb it is; the pack's table knows the odd
 * ones ("won't"). */
static bool write_negated_verb(struct word_ender *e, struct raw_word *raw)
{
    size_t negations = 0;
    while (cut_not(raw)) negations++;
    if (negations == 0) return false;
    write_word(e, raw);
    while (negations--) write_text(e, "not", raw);
    return true;
}

/* "shouldr's": what stands before the apostrophe is spelt, the rest stays. */
static void write_possessive(struct word_ender *e, const struct raw_word *raw,
                             size_t stem)
{
    char fixed[SPELL_MAX + 4];
    size_t length, rest = raw->length - stem;
    if (rest > sizeof fixed - SPELL_MAX ||
        !find_correction(e, raw, stem, fixed, &length)) {
        write_bytes(e, raw->text, raw->length, raw);
        return;
    }
    memcpy(fixed + length, raw->text + stem, rest);
    write_correction(e, fixed, length + rest, raw);
}

static void write_with_apostrophe(struct word_ender *e, struct raw_word *raw)
{
    const char *other = replacement_without(e, raw);
    if (other) {
        write_text(e, other, raw);
    } else if (!write_negated_verb(e, raw)) {
        const char *apostrophe = memchr(raw->text, '\'', raw->length);
        write_possessive(e, raw, (size_t)(apostrophe - raw->text));
    }
}

/* "b/c" that the table does not know: two words. */
static void write_apart(struct word_ender *e, const struct raw_word *raw)
{
    size_t start = 0;
    for (size_t i = 0; i <= raw->length; i++) {
        if (i < raw->length && raw->text[i] != '/') continue;
        struct raw_word part = *raw;
        part.text += start;
        part.length = i - start;
        if (part.length) write_word(e, &part);
        start = i + 1;
    }
}

/* ---- The whole ---- */

static void write_word(struct word_ender *e, struct raw_word *raw)
{
    const char *other =
        talk__fold_replacement(e->rules, raw->text, raw->length);
    while (!other && raw->length && raw->text[raw->length - 1] == '\'') {
        raw->length--;
        other = talk__fold_replacement(e->rules, raw->text, raw->length);
    }
    if (other) {
        write_text(e, other, raw);
    } else if (memchr(raw->text, '\'', raw->length)) {
        write_with_apostrophe(e, raw);
    } else if (memchr(raw->text, '/', raw->length) &&
               talk__is_small(raw->text[0])) {
        write_apart(e, raw);
    } else {
        write_plain(e, raw);
    }
}

void talk__fold_word_end(struct word_ender *ender, struct raw_word *raw)
{
    if (raw->length == 0) return;
    if (raw->strange && is_disguised(raw)) straighten(raw);
    write_word(ender, raw);
    raw->length = 0;
    raw->strange = false;
    raw->capital = false;
}
