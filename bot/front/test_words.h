/* test_words.h - the keywords of transcripts, and what stands behind them. */
#ifndef FRONT_TEST_WORDS_H
#define FRONT_TEST_WORDS_H

#include "test_script.h"
#include "test_source.h"

/* Where a keyword may stand; bits. */
enum section {
    SECTION_TITLE = 1, /* before the first section */
    SECTION_BEGIN = 2,
    SECTION_INCLUDE = 4,
    SECTION_ME = 8,
    SECTION_BOT = 16
};

enum word {
    WORD_ASSERTION, /* becomes an expect of its kind */
    WORD_CLOCK,
    WORD_SEED,
    WORD_SET,
    WORD_BYTES,
    WORD_INCLUDE
};

struct keyword {
    const char *name;
    enum word word;
    enum expect_kind kind; /* of an assertion */
    unsigned sections;
    size_t least, most; /* arguments; the last takes the rest of the line */
    const char *sample;
};

/* The keyword that the text begins with; NULL: none. */
const struct keyword *keyword_of(const char *text);
/* The text begins with a word that is written as keywords are. */
bool keyword_is_like(const char *text);
void keyword_complain_unknown(struct script *script, struct spot spot,
                              const char *text);

/* Splits what stands behind the keyword, in place; fills the expect. false:
 * it makes no sense, and the script has the problem. */
bool keyword_read_expect(struct script *script, const struct keyword *keyword,
                         char *text, struct expect *expect);
/* The same for the others: one argument, NULL when there is a problem. */
char *keyword_read_argument(struct script *script,
                            const struct keyword *keyword, struct spot spot,
                            char *text);

#endif
