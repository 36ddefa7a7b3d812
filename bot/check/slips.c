/* slips.c - words of patterns and macros that are slips.
 * In: the pack as its author wrote it, the speller.  Out: problems, each word
 * once. */
#include <string.h>

#include "ascii.h"
#include "check_desk.h"
#include "spell.h"

/* Whether a bracket is one, and not "\\(" or in a class: the first is seen,
 * the second is taken as if it were. */
static bool is_bracket(const char *text, size_t at, char bracket)
{
    return text[at] == bracket && (at == 0 || text[at - 1] != '\\');
}

/* Where the group begins that holds the place, or 0. */
static size_t group_start(const char *text, size_t at)
{
    for (size_t open = 1; at > 0; at--) {
        open += is_bracket(text, at - 1, ')');
        if (is_bracket(text, at - 1, '(') && --open == 0) return at - 1;
    }
    return 0;
}

/* Where it ends, behind its bracket, or where the text does. */
static size_t group_end(const char *text, size_t at)
{
    for (size_t open = 1; text[at]; at++) {
        open += is_bracket(text, at, '(');
        if (is_bracket(text, at, ')') && --open == 0) return at + 1;
    }
    return at;
}

/* No letter can stand right before the word: what goes before a group goes
 * before each of its alternatives. */
static bool begins_whole(const char *text, size_t at)
{
    while (at > 0 && strchr("|(:", text[at - 1])) {
        at = group_start(text, at);
    }
    return at == 0 || strchr(" =!", text[at - 1]) != NULL;
}

/* "(?=", "(?!", "(?<=", "(?<!": what stands there may be a part of a word. */
static bool looks_around(const char *group)
{
    if (strncmp(group, "(?", 2) != 0) return false;
    return strchr("=!", group[2]) ||
           (group[2] == '<' && group[3] && strchr("=!", group[3]));
}

static bool ends_whole(const char *text, size_t at)
{
    while (text[at] == '|' || text[at] == ')') {
        if (looks_around(text + group_start(text, at))) return false;
        at = group_end(text, at);
        if (text[at] == '?') at++;
    }
    return !text[at] || strchr(" ,.", text[at]) ||
           strncmp(text + at, "( ", 2) == 0 ||   /* "word( word)" */
           strncmp(text + at, "(?: ", 4) == 0 || /* the same */
           looks_around(text + at);
}

/* The next word from `at` on that stands in the pattern from end to end:
 * "throbb" of "throbb(?:ed|ing)" is none, nor is "ing". Its length; 0: there
 * is none. */
static size_t next_word(const char *text, size_t *at)
{
    for (;;) {
        while (text[*at] && !talk__is_small(text[*at])) ++*at;
        size_t end = *at;
        while (talk__is_small(text[end])) end++;
        if (end == *at) return 0;
        if (begins_whole(text, *at) && ends_whole(text, end)) {
            return end - *at;
        }
        *at = end;
    }
}

/* Words of patterns and macros, each looked at where it stands first. */
struct slips {
    struct check_desk *desk;
    struct table seen;
};

static bool check_text(struct slips *slips, const char *owner,
                       const char *text, struct place place)
{
    const struct speller *speller = slips->desk->pack->speller;
    char meant[SPELL_MAX];
    size_t size, length;
    for (size_t at = 0; (size = next_word(text, &at)) > 0; at += size) {
        const char *word = text + at;
        if (talk__table_get(&slips->seen, word, size) != TABLE_NONE) continue;
        if (!talk__table_set(&slips->seen, word, size, 0)) return false;
        if (size > SPELL_MAX ||
            !talk__spell_correct(speller, word, size, false, meant, &length)) {
            continue;
        }
        talk__desk_tell(slips->desk, RULE_MISSPELT, place,
                        "%s: '%.*s' is read as '%.*s'", owner, (int)size, word,
                        (int)length, meant);
    }
    return true;
}

bool talk__check_slips(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    struct slips slips = {.desk = desk};
    talk__table_init(&slips.seen, &desk->scratch);
    if (!pack->speller) return true;
    for (uint32_t i = 0; i < pack->written_macro_count; i++) {
        const struct written_macro *macro = &pack->written_macros[i];
        for (uint32_t n = 0; n < macro->count; n++) {
            if (!check_text(&slips, macro->name, macro->items[n],
                            macro->places[n])) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        const struct pattern *pattern = &pack->patterns[i];
        if (!check_text(&slips, talk__desk_owner(pack, pattern), pattern->text,
                        pattern->place)) {
            return false;
        }
    }
    return true;
}
