/* spell_rival.h - was a common word meant that the pack does not use? */
#ifndef TALK_TEXT_SPELL_RIVAL_H
#define TALK_TEXT_SPELL_RIVAL_H

#include "lexicon.h"

/* Is a common word one slip away that costs less than `cost`? The word has at
 * most TYPING_MAX letters a to z. */
bool talk__spell_rival(const struct lexicon *known, const char *word,
                       size_t length, unsigned cost);

#endif
