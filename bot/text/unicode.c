/* unicode.c - the wall round utf8proc: the only file that includes it.
 * In: bytes and characters.  Out: folded characters, and what they are.
 * Method: NFKC and case folding (Unicode annex 15, chapter 3.13), then marks
 * are dropped, so that "cafe" and "café" are one word. */
#include "unicode.h"

#include <utf8proc.h>

size_t talk__unicode_read(const char *text, size_t length, uint32_t *code,
                          bool *valid)
{
    if ((unsigned char)*text < 0x80) {
        *code = (unsigned char)*text;
        *valid = true;
        return 1;
    }
    utf8proc_int32_t point = -1;
    utf8proc_ssize_t most = length > 4 ? 4 : (utf8proc_ssize_t)length;
    utf8proc_ssize_t read =
        utf8proc_iterate((const utf8proc_uint8_t *)text, most, &point);
    *valid = read > 0 && point >= 0;
    *code = *valid ? (uint32_t)point : 0xFFFD;
    return *valid ? (size_t)read : 1;
}

bool talk__unicode_is_valid(const char *text, size_t length)
{
    bool valid = true;
    for (size_t at = 0; valid && at < length;) {
        uint32_t code;
        at += talk__unicode_read(text + at, length - at, &code, &valid);
    }
    return valid;
}

size_t talk__unicode_write(uint32_t code, char out[4])
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code,
                                        (utf8proc_uint8_t *)out);
}

static enum char_class class_of_ascii(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
        return CHAR_WORD;
    }
    switch (code) {
    case '\'':
    case '`': return CHAR_APOSTROPHE;
    case '\n':
    case '\r': return CHAR_NEWLINE;
    case ',':
    case '.':
    case '?':
    case '!':
    case ';':
    case ':': return CHAR_PUNCTUATION;
    case '-': return CHAR_DASH;
    case '(':
    case ')':
    case '[':
    case ']': return CHAR_BRACKET;
    case '&':
    case '+':
    case '/':
    case '<': return CHAR_SYMBOL;
    default: return CHAR_BLANK;
    }
}

static enum char_class class_of(uint32_t code)
{
    if (code < 0x80) return class_of_ascii(code);
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return CHAR_WORD;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_SK: return CHAR_NOTHING; /* also skin tones */
    case UTF8PROC_CATEGORY_PD: return CHAR_DASH;
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE: return CHAR_BRACKET;
    case UTF8PROC_CATEGORY_SO: return CHAR_SYMBOL;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return CHAR_NEWLINE;
    default: return CHAR_BLANK;
    }
}

static bool is_apostrophe(uint32_t code)
{
    return code == 0x2018 || code == 0x2019 || code == 0x201B ||
           code == 0x02BC || code == 0x00B4 || code == 0x2032;
}

/* Characters that folding would not bring to what people mean by them: as
 * three points an ellipsis would look like the ends of sentences. */
static struct folded_char plain(uint32_t code)
{
    enum { ELLIPSIS = 0x2026 };
    if (is_apostrophe(code))
        return (struct folded_char){'\'', CHAR_APOSTROPHE};
    if (code == ELLIPSIS) return (struct folded_char){',', CHAR_PUNCTUATION};
    return (struct folded_char){code, class_of(code)};
}

size_t talk__unicode_fold(uint32_t code, struct folded_char out[FOLD_MAX])
{
    if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
    out[0] = plain(code);
    if (code < 0x80 || code == 0xFFFD || out[0].code != code) return 1;
    utf8proc_int32_t points[FOLD_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code, points, FOLD_MAX,
        UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
            UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK,
        &boundary);
    if (count < 0 || count > FOLD_MAX) { /* not assigned: leave it */
        out[0].class = CHAR_BLANK;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        out[i] = plain((uint32_t)points[i]);
    }
    return (size_t)count;
}

/* Rows: a letter, the Latin one that it looks like. After Unicode's
 * confusables (UTS 39): small letters of Cyrillic, Greek and Armenian, and the
 * small capitals that some keyboards have as a font. */
static const struct {
    uint16_t code;
    char latin;
} look_alikes[] = {
    {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'},
    {0x0443, 'y'}, {0x0445, 'x'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x0455, 's'},
    {0x04BB, 'h'}, {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'}, {0x043D, 'h'},
    {0x043A, 'k'}, {0x043C, 'm'}, {0x0442, 't'}, {0x0432, 'b'}, {0x0433, 'r'},
    {0x043F, 'n'}, {0x0475, 'v'}, {0x04CF, 'l'}, {0x03B1, 'a'}, {0x03B5, 'e'},
    {0x03BF, 'o'}, {0x03C3, 'o'}, {0x03C1, 'p'}, {0x03C5, 'u'}, {0x03BD, 'v'},
    {0x03B9, 'i'}, {0x03BA, 'k'}, {0x03C7, 'x'}, {0x03C4, 't'}, {0x03B7, 'n'},
    {0x03B3, 'y'}, {0x03C9, 'w'}, {0x0578, 'n'}, {0x057D, 'u'}, {0x0585, 'o'},
    {0x0570, 'h'}, {0x0131, 'i'}, {0x0251, 'a'}, {0x0261, 'g'}, {0x1D00, 'a'},
    {0x0299, 'b'}, {0x1D04, 'c'}, {0x1D05, 'd'}, {0x1D07, 'e'}, {0xA730, 'f'},
    {0x0262, 'g'}, {0x029C, 'h'}, {0x026A, 'i'}, {0x1D0A, 'j'}, {0x1D0B, 'k'},
    {0x029F, 'l'}, {0x1D0D, 'm'}, {0x0274, 'n'}, {0x1D0F, 'o'}, {0x1D18, 'p'},
    {0x0280, 'r'}, {0xA731, 's'}, {0x1D1B, 't'}, {0x1D1C, 'u'}, {0x1D20, 'v'},
    {0x1D21, 'w'}, {0x028F, 'y'}, {0x1D22, 'z'},
};

char talk__unicode_looks_like(uint32_t code)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++) {
        if (look_alikes[i].code == code) return look_alikes[i].latin;
    }
    return '\0';
}

const char *talk__unicode_repair(struct arena *arena, const char *text,
                                 size_t length, size_t *out_length)
{
    enum { REPLACEMENT_SIZE = 3 }; /* U+FFFD in UTF-8 */
    size_t invalid = 0;
    uint32_t code;
    bool valid;
    for (size_t at = 0; at < length; invalid += !valid) {
        at += talk__unicode_read(text + at, length - at, &code, &valid);
    }
    *out_length = length;
    if (invalid == 0) return text;
    char *out = talk__arena_take(arena, length + invalid * REPLACEMENT_SIZE);
    if (!out) return NULL;
    size_t to = 0;
    for (size_t at = 0; at < length;) {
        at += talk__unicode_read(text + at, length - at, &code, &valid);
        to += talk__unicode_write(code, out + to);
    }
    *out_length = to;
    return out;
}

size_t talk__unicode_border(const char *text, size_t length, size_t most)
{
    size_t border = 0, part = 0;
    uint32_t before = 0;
    utf8proc_int32_t state = 0;
    for (size_t at = 0; at <= most;) {
        uint32_t code;
        bool valid;
        size_t bytes =
            talk__unicode_read(text + at, length - at, &code, &valid);
        if (at > 0) {
            part = at;
            if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
                                                 (utf8proc_int32_t)code,
                                                 &state)) {
                border = at;
            }
        }
        before = code;
        at += bytes;
    }
    return border ? border : part;
}
