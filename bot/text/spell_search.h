/* spell_search.h - of the pack's words, the one that was most likely meant.
 * Used by spell.c only. */
#ifndef TALK_TEXT_SPELL_SEARCH_H
#define TALK_TEXT_SPELL_SEARCH_H

#include "spell.h"

struct word_bank {
    const struct spell_word *words;
    uint32_t *letters;              /* of each word: bit 0 is a */
    uint32_t starts[SPELL_MAX + 2]; /* the first word of each length */
};

/* Sorts the words by length; those that are too long are left out. false: no
 * memory. */
bool talk__word_bank_init(struct word_bank *bank, struct arena *arena,
                          const struct spell_word *words, size_t count);
uint32_t talk__word_bank_count(const struct word_bank *bank);

struct found_word {
    const struct spell_word *word; /* NULL: none */
    unsigned cost;                 /* as in typing.h */
    size_t slips;
};

/* Small letters only, at most SPELL_MAX. name: it looks like one. */
struct found_word talk__spell_search(const struct word_bank *bank,
                                     const char *typed, size_t length,
                                     bool name);

#endif
