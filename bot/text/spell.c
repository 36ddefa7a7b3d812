/* spell.c - words that are no words are read as the nearest known one.
 * In: a folded word.  Out: the word of the pack that was most likely meant.
 * Ignores the words round it.
 *
 * Every word of the pack of about the right length is a candidate, unless its
 * letters differ too much (one bit for each letter says so at once); of the
 * rest the one that costs least to mistype wins. When a common English word
 * would cost less, that one was meant, and nothing is corrected: "recieve" is
 * not "relieve". */
#include "spell.h"

#include <string.h>

#include "nearest.h"
#include "spell_rival.h"
#include "typing.h"

enum {
    TYPED_MIN = 4,  /* letters of a word that may be mended */
    WORD_MIN = 4,   /* letters of a word that is meant */
    TWO_MIN = 6,    /* letters of a word that may have two slips */
    SHORT_MAX = 5,  /* letters of a word that may have cheap slips only */
    JOIN_MIN = 5,   /* letters of two words that may be one */
    PART_MIN = 2,   /* letters of each of two words that may be run together */
    STRETCH_MIN = 3 /* times that no letter comes in a row in English */
};

/* What slips may cost; see typing.c. */
enum {
    COST_SHORT = 10,
    COST_ONE = 16,
    COST_TWO = 28,
    COST_BLANK = 12 /* a blank dropped */
};

/* A word with a blank in it is rarer than it would be as two words: "upper"
 * against "up" and "per" here, and not "maybe" against "may" and "be". */
enum { JOIN_FACTOR = 8 };

struct speller {
    const struct lexicon *known;
    const struct spell_word *words; /* the pack's, by length */
    uint32_t *letters;              /* of each: bit 0 is a */
    uint32_t starts[SPELL_MAX + 2]; /* the first one of each length */
    uint32_t *index;                /* by hash: a word's number + 1 */
    size_t index_size;              /* a power of two */
};

/* ---- Making ---- */

static uint32_t letters_of(const char *text, size_t length)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < length; i++) letters |= 1u << (text[i] - 'a');
    return letters;
}

static bool is_known(const struct lexicon *known, const char *word,
                     size_t length)
{
    return talk__lexicon_rank(known, talk__lexicon_hash(word, length)) !=
           LEXICON_NONE;
}

static void sort_by_length(struct speller *speller,
                           const struct spell_word *words, size_t count,
                           struct spell_word *sorted)
{
    uint32_t *starts = speller->starts;
    for (size_t i = 0; i < count; i++) {
        if (words[i].length <= SPELL_MAX) starts[words[i].length + 1]++;
    }
    for (size_t i = 1; i <= SPELL_MAX + 1; i++) starts[i] += starts[i - 1];
    uint32_t next[SPELL_MAX + 1];
    memcpy(next, starts, sizeof next);
    for (size_t i = 0; i < count; i++) {
        if (words[i].length > SPELL_MAX) continue;
        sorted[next[words[i].length]++] = words[i];
    }
    speller->words = sorted;
}

static size_t place_of(const struct speller *speller, const char *word,
                       size_t length)
{
    uint32_t hash = talk__hash(word, length);
    size_t place = (hash ^ hash >> 15) & (speller->index_size - 1);
    while (speller->index[place]) {
        const struct spell_word *own =
            &speller->words[speller->index[place] - 1];
        if (own->length == length && memcmp(own->text, word, length) == 0) {
            break;
        }
        place = (place + 1) & (speller->index_size - 1);
    }
    return place;
}

struct speller *talk__speller_new(struct arena *arena, struct lexicon *known,
                                  const struct spell_word *words, size_t count)
{
    struct speller *speller = talk__arena_take(arena, sizeof *speller);
    struct spell_word *sorted =
        talk__arena_array(arena, count, sizeof *sorted);
    uint32_t *letters = talk__arena_array(arena, count, sizeof *letters);
    size_t size = 16;
    while (count > size / 2) size *= 2;
    uint32_t *index = talk__arena_array(arena, size, sizeof *index);
    if (!speller || !sorted || !letters || !index) return NULL;
    *speller = (struct speller){.known = known,
                                .letters = letters,
                                .index = index,
                                .index_size = size};
    sort_by_length(speller, words, count, sorted);
    for (uint32_t i = 0; i < speller->starts[SPELL_MAX + 1]; i++) {
        const struct spell_word *word = &sorted[i];
        letters[i] = letters_of(word->text, word->length);
        index[place_of(speller, word->text, word->length)] = i + 1;
        talk__lexicon_add(known, talk__lexicon_hash(word->text, word->length),
                          LEXICON_RARE);
    }
    return speller;
}

/* How often the pack uses it; 0: not at all. */
static uint32_t weight_of(const struct speller *speller, const char *word,
                          size_t length)
{
    uint32_t number = speller->index[place_of(speller, word, length)];
    return number ? speller->words[number - 1].weight : 0;
}

/* ---- The nearest word ---- */

struct search {
    const struct speller *speller;
    const char *typed;
    size_t length;
    uint32_t letters;
    size_t slips_max;
    unsigned cost; /* of the best so far, or the most that is allowed */
    const struct spell_word *best;
};

static bool is_better(const struct search *s, const struct spell_word *word,
                      unsigned cost)
{
    if (!s->best || cost < s->cost) return cost <= s->cost;
    if (cost > s->cost) return false;
    if (word->weight != s->best->weight) return word->weight > s->best->weight;
    if (word->length != s->best->length) return word->length < s->best->length;
    return memcmp(word->text, s->best->text, word->length) < 0;
}

static void try_word(struct search *s, const struct spell_word *word,
                     size_t slips)
{
    size_t needed = talk__edit_distance(s->typed, s->length, word->text,
                                        word->length, slips);
    if (needed > slips) return;
    unsigned most = s->length <= SHORT_MAX ? COST_SHORT : COST_ONE;
    if (needed > 1 || most > s->cost) most = s->cost;
    unsigned cost =
        talk__typing_cost(s->typed, s->length, word->text, word->length, most);
    if (cost > most || !is_better(s, word, cost)) return;
    s->cost = cost;
    s->best = word;
}

/* Are more than `most` bits set? */
static bool has_more(uint32_t bits, size_t most)
{
    while (bits && most--) bits &= bits - 1;
    return bits != 0;
}

static void try_length(struct search *s, size_t length)
{
    size_t slips = length >= TWO_MIN ? s->slips_max : 1;
    size_t apart =
        length > s->length ? length - s->length : s->length - length;
    if (length < WORD_MIN || length > SPELL_MAX || apart > slips) return;
    uint32_t end = s->speller->starts[length + 1];
    for (uint32_t i = s->speller->starts[length]; i < end; i++) {
        uint32_t letters = s->speller->letters[i];
        if (has_more(s->letters & ~letters, slips) ||
            has_more(letters & ~s->letters, slips)) {
            continue;
        }
        try_word(s, &s->speller->words[i], slips);
    }
}

static struct search search(const struct speller *speller, const char *word,
                            size_t length, bool name)
{
    struct search s = {.speller = speller,
                       .typed = word,
                       .length = length,
                       .letters = letters_of(word, length),
                       .slips_max = name ? 1 : 2,
                       .cost = COST_TWO};
    try_length(&s, length);
    try_length(&s, length + 1);
    try_length(&s, length - 1);
    try_length(&s, length + 2);
    if (length > 2) try_length(&s, length - 2);
    return s;
}

/* ---- Other ways to go wrong ---- */

static bool is_letters(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (word[i] < 'a' || word[i] > 'z') return false;
    }
    return true;
}

/* Letters that come three times or more come `keep` times. */
static size_t squeeze(const char *word, size_t length, size_t keep, char *out)
{
    size_t used = 0;
    for (size_t i = 0; i < length;) {
        size_t run = 1;
        while (i + run < length && word[i + run] == word[i]) run++;
        size_t kept = run >= STRETCH_MIN ? keep : run;
        memset(out + used, word[i], kept);
        used += kept;
        i += run;
    }
    return used;
}

static bool is_stretched(const char *word, size_t length)
{
    for (size_t i = 2; i < length; i++) {
        if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
    }
    return false;
}

/* May it be a half of two words run together? Short ones are often something
 * else, so they must be words that everybody uses. */
static bool is_part(const struct speller *speller, const char *word,
                    size_t length)
{
    if (weight_of(speller, word, length) == 0) return false;
    if (length > 3) return true;
    return talk__lexicon_rank(speller->known,
                              talk__lexicon_hash(word, length)) ==
           LEXICON_COMMON;
}

/* "footnumb": the length of the first word, or 0. Of several ways the one
 * with the more frequent words. */
static size_t find_blank(const struct speller *speller, const char *word,
                         size_t length)
{
    size_t best = 0;
    uint64_t best_weight = 0;
    for (size_t i = PART_MIN; i + PART_MIN <= length; i++) {
        if (!is_part(speller, word, i) ||
            !is_part(speller, word + i, length - i)) {
            continue;
        }
        uint64_t weight = (uint64_t)weight_of(speller, word, i) *
                          weight_of(speller, word + i, length - i);
        if (weight > best_weight) {
            best = i;
            best_weight = weight;
        }
    }
    return best;
}

/* ---- The whole ---- */

static bool give(char out[SPELL_MAX], size_t *out_length, const char *word,
                 size_t length)
{
    memcpy(out, word, length);
    *out_length = length;
    return true;
}

static bool correct(const struct speller *speller, const char *word,
                    size_t length, bool name, char out[SPELL_MAX],
                    size_t *out_length)
{
    struct search found = search(speller, word, length, name);
    size_t blank = 0;
    if (found.cost > COST_BLANK && !name && length < SPELL_MAX) {
        blank = find_blank(speller, word, length);
        if (blank) found.cost = COST_BLANK;
    }
    if (!blank && !found.best) return false;
    if (talk__spell_rival(speller->known, word, length, found.cost)) {
        return false;
    }
    if (!blank) {
        return give(out, out_length, found.best->text, found.best->length);
    }
    memcpy(out, word, blank);
    out[blank] = ' ';
    memcpy(out + blank + 1, word + blank, length - blank);
    *out_length = length + 1;
    return true;
}

bool talk__spell_correct(const struct speller *speller, const char *word,
                         size_t length, bool name, char out[SPELL_MAX],
                         size_t *out_length)
{
    char squeezed[SPELL_MAX];
    if (is_known(speller->known, word, length) || length > SPELL_MAX ||
        !is_letters(word, length)) {
        return false;
    }
    if (is_stretched(word, length)) {
        size_t twice = squeeze(word, length, 2, squeezed);
        if (is_known(speller->known, squeezed, twice)) {
            return give(out, out_length, squeezed, twice);
        }
        size_t once = squeeze(word, length, 1, squeezed);
        if (once > 1 && is_known(speller->known, squeezed, once)) {
            return give(out, out_length, squeezed, once);
        }
        length = squeeze(word, length, 2, squeezed);
        word = squeezed;
    }
    if (length < TYPED_MIN) return false;
    return correct(speller, word, length, name, out, out_length);
}

bool talk__spell_joins(const struct speller *speller, const char *first,
                       size_t first_length, const char *second,
                       size_t second_length)
{
    char whole[SPELL_MAX];
    size_t length = first_length + second_length;
    if (length < JOIN_MIN || length > SPELL_MAX) return false;
    memcpy(whole, first, first_length);
    memcpy(whole + first_length, second, second_length);
    uint32_t weight = weight_of(speller, whole, length);
    if (weight == 0) return false;
    uint32_t rarer = weight_of(speller, first, first_length);
    uint32_t other = weight_of(speller, second, second_length);
    if (other < rarer) rarer = other;
    return weight > rarer * JOIN_FACTOR;
}
