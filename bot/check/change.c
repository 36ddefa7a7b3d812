/* change.c - an example, said a little otherwise.
 * In: a sentence.  Out: the same as others would type or mean it.
 * Ignores what comes of it. */
#include "change.h"

#include <string.h>

#include "ascii.h"

static bool is_letter(char c)
{
    return talk__is_small(c) || talk__is_capital(c);
}

static bool is_word(char c)
{
    return is_letter(c) || talk__is_digit(c) || c == '\'' ||
           talk__is_beyond_ascii(c);
}

static char upper(char c)
{
    return talk__is_small(c) ? (char)(c - 'a' + 'A') : c;
}

/* ---- As it is typed ---- */

enum { SWAPPED_MIN = 6 }; /* letters of a word in which two are swapped */

/* The longest word of the finding; returns its letters. */
static size_t longest_word(const struct sentence *s, size_t *start)
{
    size_t best = 0;
    for (size_t at = s->start; at < s->end;) {
        size_t from = at;
        while (at < s->end && is_letter(s->text[at])) at++;
        bool whole = (from == 0 || !is_word(s->text[from - 1])) &&
                     (at >= s->length || !is_word(s->text[at]));
        if (whole && at - from > best) {
            best = at - from;
            *start = from;
        }
        if (at == from) at++;
    }
    return best;
}

/* Two letters inside a word change places: "nubmness". */
static bool swap_letters(const struct sentence *s, struct buffer *out)
{
    size_t start = 0;
    size_t letters = longest_word(s, &start);
    if (letters < SWAPPED_MIN) return false;
    size_t places = letters - 3;
    for (size_t i = 0; i < places; i++) {
        size_t at = start + 1 + (s->chance + i) % places;
        if (s->text[at] == s->text[at + 1]) continue;
        talk__buffer_add(out, s->text, at);
        talk__buffer_add_byte(out, s->text[at + 1]);
        talk__buffer_add_byte(out, s->text[at]);
        talk__buffer_add(out, s->text + at + 2, s->length - at - 2);
        return true;
    }
    return false;
}

static bool curl_apostrophes(const struct sentence *s, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < s->length; i++) {
        if (s->text[i] == '\'') {
            talk__buffer_add_text(out, "\xe2\x80\x99");
            any = true;
        } else {
            talk__buffer_add_byte(out, s->text[i]);
        }
    }
    return any;
}

/* Only of what stays a word of its own: not of "we're" and "i'll". */
static bool drop_apostrophes(const struct sentence *s, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < s->length; i++) {
        bool inside = i > 0 && i + 1 < s->length && s->text[i] == '\'';
        bool not = inside && talk__lower(s->text[i - 1]) == 'n' &&
                   talk__lower(s->text[i + 1]) == 't';
        bool am = inside && talk__lower(s->text[i - 1]) == 'i' &&
                  talk__lower(s->text[i + 1]) == 'm';
        if (not || am) {
            any = true;
            continue;
        }
        talk__buffer_add_byte(out, s->text[i]);
    }
    return any;
}

static bool shout(const struct sentence *s, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < s->length; i++) {
        any = any || upper(s->text[i]) != s->text[i];
        talk__buffer_add_byte(out, upper(s->text[i]));
    }
    return any;
}

/* At the first comma or full stop; else behind a greeting. */
static bool cut_in_two(const struct sentence *s, struct buffer *out)
{
    for (size_t i = 0; i + 2 < s->length; i++) {
        if (!strchr(",.;!", s->text[i]) || s->text[i + 1] != ' ' ||
            (i + 1 > s->start && i < s->end)) {
            continue;
        }
        talk__buffer_add(out, s->text, i);
        talk__buffer_add_byte(out, '\0');
        talk__buffer_add(out, s->text + i + 2, s->length - i - 2);
        return true;
    }
    talk__buffer_add(out, "hello there", sizeof "hello there");
    talk__buffer_add(out, s->text, s->length);
    return true;
}

/* ---- As it is meant ---- */

enum { PLAIN_MAX = 12 }; /* words of what can be put behind "what if" */

/* One statement, such as "my left hand is numb": no question, no story. */
static bool is_plain(const struct sentence *s)
{
    size_t words = 1;
    for (size_t i = 0; i < s->length; i++) {
        bool last = i + 1 == s->length;
        if (strchr("?!;:,\n", s->text[i])) return false;
        if (s->text[i] == '.' && !last) return false;
        words += s->text[i] == ' ';
    }
    return words <= PLAIN_MAX;
}

static bool begins(const struct sentence *s, const char *words)
{
    size_t length = strlen(words), i = 0;
    while (i < length && i < s->length && talk__lower(s->text[i]) == words[i])
        i++;
    return i == length;
}

/* "my hand is numb": "my sister's hand is numb". */
static bool tell_of_sister(const struct sentence *s, struct buffer *out)
{
    static const struct {
        const char *own, *hers;
    } heads[] = {
        {"my ", "my sister's "},          {"i have ", "my sister has "},
        {"i've ", "my sister has "},      {"i've got ", "my sister has "},
        {"i am ", "my sister is "},       {"i'm ", "my sister is "},
        {"i get ", "my sister gets "},    {"i feel ", "my sister feels "},
        {"i can't ", "my sister can't "},
    };
    if (!is_plain(s)) return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t cut = strlen(heads[i].own);
        if (!begins(s, heads[i].own)) continue;
        for (size_t at = cut; at + 3 < s->length; at++) {
            /* It goes on about its teller. */
            if (memcmp(s->text + at, " my ", 4) == 0) return false;
        }
        talk__buffer_add_text(out, heads[i].hers);
        talk__buffer_add(out, s->text + cut, s->length - cut);
        return true;
    }
    return false;
}

static bool keep_plain(const struct sentence *s, struct buffer *out)
{
    bool full = s->length && s->text[s->length - 1] == '.';
    talk__buffer_add(out, s->text, s->length - full);
    return is_plain(s) && (begins(s, "my ") || begins(s, "i") ||
                           begins(s, "the ") || begins(s, "there "));
}

static const struct {
    const char *now, *then;
} tenses[] = {
    {"is", "was"},     {"are", "were"},       {"am", "was"},
    {"i'm", "i was"},  {"i've", "i had"},     {"have", "had"},
    {"has", "had"},    {"can't", "couldn't"}, {"feel", "felt"},
    {"feels", "felt"}, {"get", "got"},        {"gets", "got"},
    {"goes", "went"},  {"hurts", "hurt"},     {"keeps", "kept"},
    {"keep", "kept"},  {"don't", "didn't"},   {"doesn't", "didn't"},
};

static const char *past_of(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof tenses / sizeof *tenses; i++) {
        size_t at = 0;
        while (at < length && talk__lower(word[at]) == tenses[i].now[at]) at++;
        if (at == length && !tenses[i].now[at]) return tenses[i].then;
    }
    return NULL;
}

/* "my hand is numb": "my hand was numb"; false: it says no verb that is known
 * here, or one that is in the past already. */
static bool tell_of_past(const struct sentence *s, struct buffer *out)
{
    size_t changed = 0;
    bool helped = false;
    if (!is_plain(s)) return false;
    for (size_t at = 0; at < s->length;) {
        size_t start = at;
        while (at < s->length && is_word(s->text[at])) at++;
        const char *then =
            helped ? NULL : past_of(s->text + start, at - start);
        if (then) {
            talk__buffer_add_text(out, then);
            changed++;
            helped = s->text[at - 1] == 't'; /* "can't feel" */
        } else {
            talk__buffer_add(out, s->text + start, at - start);
        }
        if (at < s->length && at == start) {
            if (s->text[at] != '.') talk__buffer_add_byte(out, s->text[at]);
            at++;
        }
    }
    return changed == 1;
}

/* Many end in a full stop: what follows is another sentence then. */
static bool leave_open(const struct sentence *s, struct buffer *out)
{
    size_t length = s->length;
    while (length && strchr(".!?", s->text[length - 1])) length--;
    talk__buffer_add(out, s->text, length);
    return length > 0;
}

#define NEVER_LEFT_OUT POLARITY_COUNT
static const struct change changes[] = {
    {"two letters swapped", .slip = true, .except = NEVER_LEFT_OUT,
     .make = swap_letters},
    {"curly apostrophe", .except = NEVER_LEFT_OUT, .make = curl_apostrophes},
    {"no apostrophe", .except = NEVER_LEFT_OUT, .make = drop_apostrophes},
    {"capitals", .except = NEVER_LEFT_OUT, .make = shout},
    {"emoji", .except = NEVER_LEFT_OUT, .behind = " \xf0\x9f\x98\xab"},
    {"filler", .except = NEVER_LEFT_OUT, .before = "um, like, "},
    {"polite", .except = NEVER_LEFT_OUT, .before = "hi, quick question: "},
    {"clause before", .except = NEVER_LEFT_OUT,
     .before = "i sit at a desk all day, and "},
    {"clause behind", .except = NEVER_LEFT_OUT, .make = leave_open,
     .behind = ", and i would like to know more about it"},
    {"two messages", .in_two = true, .except = NEVER_LEFT_OUT,
     .make = cut_in_two},
    {"denied", .turns = true, .except = POLARITY_ABSENT, .make = keep_plain,
     .before = "it is not true that "},
    {"long past", .turns = true, .except = POLARITY_PAST, .make = tell_of_past,
     .before = "years ago ", .behind = ", but that is long gone"},
    {"another person", .turns = true, .except = POLARITY_OTHER_PERSON,
     .make = tell_of_sister},
    {"supposed", .turns = true, .except = POLARITY_HYPOTHETICAL,
     .make = keep_plain, .before = "what if ", .behind = "?"},
};

const struct change *talk__changes(size_t *count)
{
    *count = sizeof changes / sizeof *changes;
    return changes;
}

bool talk__change(const struct change *change, const struct sentence *sentence,
                  struct buffer *out)
{
    if (change->before) talk__buffer_add_text(out, change->before);
    if (!change->make) {
        talk__buffer_add(out, sentence->text, sentence->length);
    } else if (!change->make(sentence, out)) {
        return false;
    }
    if (change->behind) talk__buffer_add_text(out, change->behind);
    return true;
}
