/* key_book.h - the keys of all patterns, numbered, and the sets of them. */
#ifndef TALK_TEXT_KEY_BOOK_H
#define TALK_TEXT_KEY_BOOK_H

#include "frequency.h"

/* A key is a word as fold.h has them, or the first letters of one: a stem. */
enum { KEY_STEM_MAX = 31 }; /* letters; longer stems are cut */

/* Can it serve as a stem? One letter hits too much; digits may stand alone:
 * "38", "t1". length > 0. */
bool talk__is_stem(const char *text, size_t length);

struct key_set {
    const uint32_t *keys; /* each but once */
    uint32_t count;
    uint32_t cost; /* how many messages have one of them: a guess */
};

struct key_book {
    struct arena *keep;         /* for the tables */
    struct arena *scratch;      /* for the rest */
    struct frequency frequency; /* to be filled in before the first key */
    struct table words, stems;  /* to numbers from 0 */
    uint32_t stem_lengths;      /* bit n: there are stems of n letters */
    struct key_note *notes;     /* per key */
    size_t key_count, note_capacity;
    uint32_t mark;
    struct table set_numbers; /* the bytes of a set's keys to its number */
    struct key_set *sets;
    size_t set_count, set_capacity;
};

void talk__key_book_init(struct key_book *book, struct arena *keep,
                         struct arena *scratch);

/* The number of a key; a new one if need be. false: no memory. */
bool talk__key_book_key(struct key_book *book, const char *text, size_t length,
                        bool stem, uint32_t *number);
/* The same for a word whose hash is known. */
bool talk__key_book_word(struct key_book *book, const char *text,
                         size_t length, uint32_t hash, uint32_t *number);
/* Counts that a pattern spells out a word; says how often. */
void talk__key_book_spell(struct key_book *book, uint32_t key);
uint32_t talk__key_book_spelt(const struct key_book *book, uint32_t key);
uint32_t talk__key_book_cost(const struct key_book *book, uint32_t key);

/* The number of a set. A key may be named twice. The moment is an arena for
 * what need not stay. false: no memory. */
bool talk__key_book_set(struct key_book *book, struct arena *moment,
                        const uint32_t *keys, size_t count, uint32_t *number);

#endif
