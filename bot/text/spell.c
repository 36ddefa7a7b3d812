/* spell.c - words that are no words are read as the nearest known one.
 * In: a folded word.  Out: the word of the pack that was most likely meant.
 * Ignores the words round it.
 *
 * The word that costs least to mistype wins. When a common English word would
 * cost less, that one was meant, and nothing is corrected: "recieve" is not
 * "relieve". */
#include "spell.h"

#include <string.h>

#include "spell_rival.h"
#include "spell_search.h"
#include "typing.h"

enum {
    TYPED_MIN = 4,   /* letters of a word that may be mended */
    JOIN_MIN = 5,    /* letters of two words that may be one */
    PART_MIN = 2,    /* letters of each of two words that are run together */
    STRETCH_MIN = 3, /* times that no letter comes in a row in English */
    COST_BLANK = 12, /* of a blank dropped; see typing.h */
    RIVAL_LEAD = 6   /* by which one slip must be cheaper than two */
};

_Static_assert((int)SPELL_MAX <= (int)TYPING_MAX,
               "longer words are not compared");

/* How many times as often the pack must use a word to be sure of it: "upper"
 * against "up" and "per", and not "maybe" against "may" and "be". */
enum { SURE_FACTOR = 8 };

struct speller {
    const struct lexicon *english;
    struct word_bank bank;
    uint32_t *index;   /* by hash: the number of a word in the bank, + 1 */
    size_t index_size; /* a power of two */
};

/* ---- Making ---- */

static size_t place_of(const struct speller *speller, const char *word,
                       size_t length)
{
    uint32_t hash = talk__hash(word, length);
    size_t place = (hash ^ hash >> 15) & (speller->index_size - 1);
    while (speller->index[place]) {
        const struct spell_word *own =
            &speller->bank.words[speller->index[place] - 1];
        if (own->length == length && memcmp(own->text, word, length) == 0) {
            break;
        }
        place = (place + 1) & (speller->index_size - 1);
    }
    return place;
}

struct speller *talk__speller_new(struct arena *arena,
                                  const struct lexicon *english,
                                  const struct spell_word *words, size_t count)
{
    struct speller *speller = talk__arena_take(arena, sizeof *speller);
    size_t size = 16;
    while (count > size / 2) size *= 2;
    uint32_t *index = talk__arena_array(arena, size, sizeof *index);
    if (!speller || !index) return NULL;
    speller->english = english;
    speller->index = index;
    speller->index_size = size;
    if (!talk__word_bank_init(&speller->bank, arena, words, count)) {
        return NULL;
    }
    for (uint32_t i = 0; i < talk__word_bank_count(&speller->bank); i++) {
        const struct spell_word *word = &speller->bank.words[i];
        index[place_of(speller, word->text, word->length)] = i + 1;
    }
    return speller;
}

/* A word of the pack, or NULL. */
static const struct spell_word *own_word(const struct speller *speller,
                                         const char *word, size_t length)
{
    uint32_t number = speller->index[place_of(speller, word, length)];
    return number ? &speller->bank.words[number - 1] : NULL;
}

/* How often the pack uses it. */
static uint32_t weight_of(const struct speller *speller, const char *word,
                          size_t length)
{
    const struct spell_word *own = own_word(speller, word, length);
    return own ? own->weight : 0;
}

static enum lexicon_rank rank_in_english(const struct speller *speller,
                                         const char *word, size_t length)
{
    return talk__lexicon_rank(speller->english,
                              talk__lexicon_hash(word, length));
}

static bool is_english(const struct speller *speller, const char *word,
                       size_t length)
{
    return rank_in_english(speller, word, length) != LEXICON_NONE;
}

/* A word of the pack alone counts as rare. */
static enum lexicon_rank rank_of(const struct speller *speller,
                                 const char *word, size_t length)
{
    enum lexicon_rank rank = rank_in_english(speller, word, length);
    if (rank == LEXICON_NONE && own_word(speller, word, length)) {
        return LEXICON_RARE;
    }
    return rank;
}

/* ---- Other ways to go wrong ---- */

static bool is_letters(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (word[i] < 'a' || word[i] > 'z') return false;
    }
    return true;
}

/* Letters that come three times or more come `keep` times. 0: too long. */
static size_t squeeze(const char *word, size_t length, size_t keep,
                      char out[SPELL_MAX])
{
    size_t used = 0;
    for (size_t i = 0; i < length;) {
        size_t run = 1;
        while (i + run < length && word[i + run] == word[i]) run++;
        size_t kept = run >= STRETCH_MIN ? keep : run;
        if (kept > SPELL_MAX - used) return 0;
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

/* "goood" is "good" and not "god", "sooo" is "so" and not "soo". */
static size_t unstretch(const struct speller *speller, const char *word,
                        size_t length, char out[SPELL_MAX])
{
    size_t once = squeeze(word, length, 1, out);
    enum lexicon_rank rank = rank_of(speller, out, once);
    size_t twice = squeeze(word, length, 2, out);
    if (once == 1 || rank_of(speller, out, twice) >= rank) return twice;
    return squeeze(word, length, 1, out);
}

/* May it be a half of two words run together? Short ones are often something
 * else, so they must be words that everybody uses. */
static bool is_part(const struct speller *speller, const char *word,
                    size_t length)
{
    if (weight_of(speller, word, length) == 0) return false;
    if (length > 3) return true;
    return rank_of(speller, word, length) == LEXICON_COMMON;
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

/* "bakc" in one pattern and "back" in a thousand: there, too, it is a slip. */
static bool is_slip(const struct spell_word *meant, unsigned cost,
                    const struct spell_word *word)
{
    if (!meant || meant->weight / SURE_FACTOR < word->weight) return false;
    return word->length > TYPED_MIN || cost <= TYPING_DOUBLE ||
           meant->length == word->length;
}

/* The word itself, or the one that it is a slip for. */
static const struct spell_word *mend_own(const struct speller *speller,
                                         const struct spell_word *word)
{
    if (word->length < TYPED_MIN ||
        is_english(speller, word->text, word->length)) {
        return word;
    }
    struct found_word found =
        talk__spell_search(&speller->bank, word->text, word->length, true);
    return is_slip(found.word, found.cost, word) ? found.word : word;
}

static bool correct(const struct speller *speller, const char *word,
                    size_t length, bool name, char out[SPELL_MAX],
                    size_t *out_length)
{
    struct found_word found =
        talk__spell_search(&speller->bank, word, length, name);
    size_t blank = 0;
    if (!name && length < SPELL_MAX && found.cost > COST_BLANK) {
        blank = find_blank(speller, word, length);
        if (blank) found = (struct found_word){NULL, COST_BLANK, 1};
    }
    if (!blank && !found.word) return false;
    unsigned most = found.slips > 1 ? found.cost - RIVAL_LEAD : found.cost;
    if (talk__spell_rival(speller->english, word, length, most)) return false;
    if (!blank) {
        const struct spell_word *meant = mend_own(speller, found.word);
        return give(out, out_length, meant->text, meant->length);
    }
    memcpy(out, word, blank);
    out[blank] = ' ';
    memcpy(out + blank + 1, word + blank, length - blank);
    *out_length = length + 1;
    return true;
}

bool talk__spell_is_right(const struct speller *speller, const char *word,
                          size_t length)
{
    return is_english(speller, word, length) || !is_letters(word, length) ||
           (length > SPELL_MAX && !is_stretched(word, length));
}

bool talk__spell_is_known(const struct speller *speller, const char *word,
                          size_t length)
{
    return is_english(speller, word, length) ||
           own_word(speller, word, length);
}

bool talk__spell_correct(const struct speller *speller, const char *word,
                         size_t length, bool name, char out[SPELL_MAX],
                         size_t *out_length)
{
    char squeezed[SPELL_MAX];
    if (talk__spell_is_right(speller, word, length)) return false;
    const struct spell_word *own = own_word(speller, word, length);
    if (own) {
        const struct spell_word *meant = name ? own : mend_own(speller, own);
        if (meant == own) return false;
        return give(out, out_length, meant->text, meant->length);
    }
    if (is_stretched(word, length)) {
        length = unstretch(speller, word, length, squeezed);
        word = squeezed;
        if (rank_of(speller, word, length) != LEXICON_NONE) {
            return give(out, out_length, word, length);
        }
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
    return weight > (rarer + 1) * SURE_FACTOR;
}
