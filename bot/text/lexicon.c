/* lexicon.c - a set of words: open addressing, linear steps.
 * In: hashes of words.  Out: whether a word is there, and how common it is.
 * Ignores the words themselves: a long list must cost little to load. */
#include "lexicon.h"

#include <assert.h>

enum { CAPACITY_MIN = 16 };

uint64_t talk__lexicon_hash(const char *text, size_t length)
{
    uint64_t hash = TALK__LEXICON_SEED;
    for (size_t i = 0; i < length; i++) {
        hash = talk__lexicon_step(hash, text[i]);
    }
    return hash;
}

/* The lowest bit is for the rank; 0 as a whole is an empty place. */
static uint32_t mark_of(uint64_t hash)
{
    uint32_t mark = (uint32_t)(hash >> 32) & ~1u;
    return mark ? mark : 2;
}

static size_t place_of(const struct lexicon *lexicon, uint64_t hash)
{
    uint32_t mark = mark_of(hash);
    size_t place = (size_t)hash & (lexicon->capacity - 1);
    while (lexicon->marks[place] && (lexicon->marks[place] & ~1u) != mark) {
        place = (place + 1) & (lexicon->capacity - 1);
    }
    return place;
}

bool talk__lexicon_init(struct lexicon *lexicon, struct arena *arena,
                        size_t count)
{
    *lexicon = (struct lexicon){.capacity = CAPACITY_MIN};
    while (count > lexicon->capacity / 4 * 3) lexicon->capacity *= 2;
    lexicon->marks =
        talk__arena_array(arena, lexicon->capacity, sizeof *lexicon->marks);
    return lexicon->marks != NULL;
}

void talk__lexicon_add(struct lexicon *lexicon, uint64_t hash,
                       enum lexicon_rank rank)
{
    size_t place = place_of(lexicon, hash);
    if (!lexicon->marks[place]) {
        lexicon->count++;
        assert(lexicon->count < lexicon->capacity);
        lexicon->marks[place] = mark_of(hash);
    }
    if (rank == LEXICON_COMMON) lexicon->marks[place] |= 1;
}

enum lexicon_rank talk__lexicon_rank(const struct lexicon *lexicon,
                                     uint64_t hash)
{
    uint32_t mark = lexicon->marks[place_of(lexicon, hash)];
    if (!mark) return LEXICON_NONE;
    return mark & 1 ? LEXICON_COMMON : LEXICON_RARE;
}
