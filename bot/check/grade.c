/* grade.c - how hard a text is to read.
 * In: English.  Out: a school grade.  Ignores what it says. */
#include "grade.h"

#include <stdbool.h>
#include <string.h>

#include "ascii.h"

static bool is_letter(char c)
{
    return talk__is_small(c) || talk__is_capital(c) || c == '\'' ||
           talk__is_beyond_ascii(c);
}

static bool is_vowel(char c)
{
    return c && strchr("aeiouyAEIOUY", c);
}

static bool ends_in(const char *word, size_t length, const char *ending)
{
    size_t cut = strlen(ending);
    return length > cut && memcmp(word + length - cut, ending, cut) == 0;
}

/* "were", "baked" and "comes" end in an e that is not spoken; "table",
 * "wanted" and "houses" in one that is. */
static bool ends_silent(const char *word, size_t length)
{
    if (ends_in(word, length, "e")) {
        if (ends_in(word, length, "que") || ends_in(word, length, "gue")) {
            return true; /* "technique" */
        }
        if (is_vowel(word[length - 2])) return false;
        return !ends_in(word, length, "le") || is_vowel(word[length - 3]);
    }
    if (ends_in(word, length, "ed")) {
        return !strchr("td", word[length - 3]);
    }
    if (ends_in(word, length, "es")) {
        return !strchr("sxzcg", word[length - 3]) &&
               !ends_in(word, length, "ches") &&
               !ends_in(word, length, "shes");
    }
    return false;
}

size_t talk__grade_syllables(const char *word, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
    }
    if (length > 3 && count > 1 && ends_silent(word, length)) count--;
    return count ? count : 1;
}

struct counts {
    size_t words, sentences, syllables;
};

static struct counts count_all(const char *text, size_t length)
{
    struct counts counts = {0};
    bool open = false; /* words behind the last end of a sentence */
    for (size_t i = 0; i < length;) {
        size_t start = i;
        while (i < length && (is_letter(text[i]) || talk__is_digit(text[i])))
            i++;
        if (i > start) {
            counts.words++;
            counts.syllables +=
                talk__is_digit(text[start])
                    ? 1
                    : talk__grade_syllables(text + start, i - start);
            open = true;
            continue;
        }
        bool end =
            strchr(".!?", text[i]) && (i + 1 == length || text[i + 1] == ' ');
        counts.sentences += open && end;
        open = open && !end;
        i++;
    }
    counts.sentences += open;
    return counts;
}

size_t talk__grade_words(const char *text, size_t length)
{
    return count_all(text, length).words;
}

double talk__grade(const char *text, size_t length)
{
    struct counts counts = count_all(text, length);
    if (counts.words == 0) return 0;
    double words = (double)counts.words;
    return 0.39 * words / (double)counts.sentences +
           11.8 * (double)counts.syllables / words - 15.59;
}
