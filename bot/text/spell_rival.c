/* spell_rival.c - was a common word meant that the pack does not use?
 * In: a word that is no word, what its correction costs.  Out: yes or no.
 * Ignores which: the word then stays as it was typed.
 *
 * The lexicon has no words, only hashes; so every word that is one slip away
 * is made and looked up (Norvig 2007), as far as its kind is cheap enough. */
#include "spell_rival.h"

#include <string.h>

#include "typing.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

struct rivals {
    const struct lexicon *known;
    const char *word;
    size_t length;
    unsigned cost;
    uint64_t heads[TYPING_MAX + 1]; /* hashes of the first letters */
};

/* The first `head` letters, perhaps two more, and the rest from `tail`. */
static bool is_rival(const struct rivals *r, size_t head, const char *middle,
                     size_t middle_length, size_t tail)
{
    uint64_t hash = r->heads[head];
    for (size_t i = 0; i < middle_length; i++) {
        hash = talk__lexicon_step(hash, middle[i]);
    }
    for (size_t i = tail; i < r->length; i++) {
        hash = talk__lexicon_step(hash, r->word[i]);
    }
    if (talk__lexicon_rank(r->known, hash) != LEXICON_COMMON) return false;
    char meant[TYPING_MAX + 2];
    size_t length = head + middle_length + r->length - tail;
    memcpy(meant, r->word, head);
    memcpy(meant + head, middle, middle_length);
    memcpy(meant + head + middle_length, r->word + tail, r->length - tail);
    return talk__typing_cost(r->word, r->length, meant, length, r->cost) <
           r->cost;
}

static bool is_doubled(const struct rivals *r, size_t at, char c,
                       size_t behind)
{
    return (at > 0 && r->word[at - 1] == c) ||
           (behind < r->length && r->word[behind] == c);
}

static bool added(const struct rivals *r)
{
    for (size_t i = 0; i < r->length; i++) {
        bool cheap = is_doubled(r, i, r->word[i], i + 1);
        if (r->cost <= TYPING_ADD_KEY && !cheap) continue;
        if (is_rival(r, i, "", 0, i + 1)) return true;
    }
    return false;
}

static bool swapped(const struct rivals *r)
{
    if (r->cost <= TYPING_SWAP) return false;
    for (size_t i = 0; i + 1 < r->length; i++) {
        char pair[2] = {r->word[i + 1], r->word[i]};
        if (is_rival(r, i, pair, 2, i + 2)) return true;
    }
    return false;
}

static bool dropped(const struct rivals *r)
{
    for (size_t i = 0; i <= r->length; i++) {
        for (const char *c = letters; *c; c++) {
            bool cheap = *c == 'g' || is_doubled(r, i, *c, i);
            if (r->cost <= TYPING_DROP && !cheap) continue;
            if (is_rival(r, i, c, 1, i)) return true;
        }
    }
    return false;
}

static bool mistaken(const struct rivals *r)
{
    if (r->cost <= TYPING_KEY) return false;
    for (size_t i = 0; i < r->length; i++) {
        for (const char *c = letters; *c; c++) {
            if (is_rival(r, i, c, 1, i + 1)) return true;
        }
    }
    return false;
}

bool talk__spell_rival(const struct lexicon *known, const char *word,
                       size_t length, unsigned cost)
{
    struct rivals r = {known, word, length, cost, {TALK__LEXICON_SEED}};
    for (size_t i = 0; i < length; i++) {
        r.heads[i + 1] = talk__lexicon_step(r.heads[i], word[i]);
    }
    return added(&r) || swapped(&r) || dropped(&r) || mistaken(&r);
}
