/* spell_search.c - of the pack's words, the one that was most likely meant.
 * In: what was typed.  Out: the word that costs least to mistype so.
 * Ignores whether it was meant at all.
 *
 * Every word of about the right length is looked at, in three steps each of
 * which leaves few to the next: are nearly all letters of the one in the
 * other, a bit for each? How many slips apart are they (bit-parallel, Hyyrö
 * 2003)? And what do those cost? */
#include "spell_search.h"

#include <string.h>

#include "typing.h"

enum {
    WORD_MIN = 4,  /* letters of a word that may be meant */
    TWO_MIN = 6,   /* letters of a word that may have two slips */
    SHORT_MAX = 5, /* letters typed that may have a cheap slip only */
    BLOCK = 16     /* words that are sifted together */
};

/* What slips may cost; see typing.h. */
enum {
    COST_NAME = 8,       /* one, in a word that looks like a name */
    COST_SHORT = 10,     /* one, in a short word */
    COST_ONE = 16,       /* one */
    COST_TWO = 10,       /* two: this much, */
    COST_TWO_LETTER = 2, /* and so much for each letter typed */
    COST_MAX = 28
};

/* ---- The bank ---- */

static uint32_t letters_of(const char *text, size_t length)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < length; i++) letters |= 1u << (text[i] - 'a');
    return letters;
}

uint32_t talk__word_bank_count(const struct word_bank *bank)
{
    return bank->starts[SPELL_MAX + 1];
}

bool talk__word_bank_init(struct word_bank *bank, struct arena *arena,
                          const struct spell_word *words, size_t count)
{
    *bank = (struct word_bank){0};
    struct spell_word *sorted =
        talk__arena_array(arena, count, sizeof *sorted);
    bank->letters =
        talk__arena_array(arena, count + BLOCK, sizeof *bank->letters);
    if (!sorted || !bank->letters) return false;
    uint32_t *starts = bank->starts;
    for (size_t i = 0; i < count; i++) {
        if (words[i].length <= SPELL_MAX) starts[words[i].length + 1]++;
    }
    for (size_t i = 1; i <= SPELL_MAX + 1; i++) starts[i] += starts[i - 1];
    uint32_t next[SPELL_MAX + 1];
    memcpy(next, starts, sizeof next);
    for (size_t i = 0; i < count; i++) {
        if (words[i].length > SPELL_MAX) continue;
        uint32_t place = next[words[i].length]++;
        sorted[place] = words[i];
        bank->letters[place] = letters_of(words[i].text, words[i].length);
    }
    bank->words = sorted;
    return true;
}

/* ---- How many slips ---- */

struct search {
    const struct word_bank *bank;
    const char *typed;
    size_t length;
    bool name;
    size_t slips; /* at most */
    uint32_t letters;
    uint32_t places[26]; /* of each letter: bit 0 is the first typed */
    struct found_word best;
};

/* Optimal string alignment, a column of its table in a machine word. */
static size_t count_slips(const struct search *s,
                          const struct spell_word *word)
{
    uint32_t last = 1u << (s->length - 1);
    uint32_t up = ~0u, down = 0, same = 0, before = 0;
    size_t slips = s->length;
    for (uint32_t i = 0; i < word->length; i++) {
        uint32_t here = s->places[word->text[i] - 'a'];
        uint32_t swapped = ((~same & here) << 1) & before;
        same = (((here & up) + up) ^ up) | here | down | swapped;
        uint32_t right = down | ~(same | up);
        uint32_t left = same & up;
        if (right & last) slips++;
        if (left & last) slips--;
        right = right << 1 | 1;
        left <<= 1;
        up = left | ~(same | right);
        down = same & right;
        before = here;
    }
    return slips;
}

/* ---- The best ---- */

static bool is_better(const struct found_word *best,
                      const struct spell_word *word, unsigned cost)
{
    const struct spell_word *other = best->word;
    if (cost != best->cost) return cost < best->cost;
    if (!other) return true;
    if (word->weight != other->weight) return word->weight > other->weight;
    if (word->length != other->length) return word->length < other->length;
    return memcmp(word->text, other->text, word->length) < 0;
}

/* A long word is still itself after two odd slips, a short one is not. */
static unsigned cost_max(const struct search *s, size_t slips)
{
    if (s->name) return COST_NAME;
    if (slips == 1) return s->length <= SHORT_MAX ? COST_SHORT : COST_ONE;
    unsigned most = COST_TWO + COST_TWO_LETTER * (unsigned)s->length;
    return most < COST_MAX ? most : COST_MAX;
}

static void try_word(struct search *s, const struct spell_word *word)
{
    size_t slips = count_slips(s, word);
    if (slips > s->slips || slips == 0) return;
    unsigned most = cost_max(s, slips);
    if (most > s->best.cost) most = s->best.cost;
    unsigned cost =
        talk__typing_cost(s->typed, s->length, word->text, word->length, most);
    if (cost > most || !is_better(&s->best, word, cost)) return;
    s->best = (struct found_word){word, cost, slips};
}

/* Not 0 when more bits are set than slips explain: one, or without `one` two.
 * No branch, so that the compiler can do several words at a time. */
static uint32_t beyond(uint32_t bits, uint32_t one)
{
    bits &= bits - 1;
    return bits & ((bits - 1) | one);
}

/* False when none of the words is near. */
static bool sift(const struct search *s, const uint32_t *restrict letters,
                 uint32_t misfits[restrict BLOCK])
{
    const uint32_t typed = s->letters, one = s->slips == 1 ? ~0u : 0;
    uint32_t near = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        misfits[i] = beyond(typed & ~letters[i], one) |
                     beyond(letters[i] & ~typed, one);
        near |= misfits[i] == 0;
    }
    return near != 0;
}

static void try_length(struct search *s, size_t length)
{
    if (length < WORD_MIN || length > SPELL_MAX ||
        (s->slips > 1 && length < TWO_MIN)) {
        return;
    }
    uint32_t misfits[BLOCK];
    uint32_t end = s->bank->starts[length + 1];
    for (uint32_t i = s->bank->starts[length]; i < end; i += BLOCK) {
        if (!sift(s, s->bank->letters + i, misfits)) continue;
        for (uint32_t j = 0; j < BLOCK && i + j < end; j++) {
            if (misfits[j] == 0) try_word(s, &s->bank->words[i + j]);
        }
    }
}

struct found_word talk__spell_search(const struct word_bank *bank,
                                     const char *typed, size_t length,
                                     bool name)
{
    struct search s = {.bank = bank,
                       .typed = typed,
                       .length = length,
                       .letters = letters_of(typed, length),
                       .name = name,
                       .best = {NULL, COST_MAX, 0}};
    for (size_t i = 0; i < length; i++) {
        s.places[typed[i] - 'a'] |= 1u << i;
    }
    /* Two slips are hardly ever cheaper than one. */
    size_t slips_max = name ? 1 : 2;
    for (s.slips = 1; s.slips <= slips_max && !s.best.word; s.slips++) {
        for (size_t apart = 0; apart <= s.slips; apart++) {
            try_length(&s, length + apart);
            if (apart && length > apart) try_length(&s, length - apart);
        }
    }
    return s.best;
}
