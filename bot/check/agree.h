/* agree.h - whether an example was understood as it says. */
#ifndef TALK_CHECK_AGREE_H
#define TALK_CHECK_AGREE_H

#include "turn.h"

/* A topic that counts only after another: an example of that one is to be
 * said before. NULL: nothing is. */
const struct example *talk__agree_before(const struct pack *pack,
                                         const struct example *example);
/* A topic's example must be mainly about the topic, a finding's name the
 * finding with its polarity; a counter-example must do neither. */
bool talk__agrees(const talk_turn *turn, const struct example *example);
/* The finding was heard; polarity POLARITY_COUNT: in any. */
bool talk__agree_heard(const talk_turn *turn, uint32_t finding,
                       enum polarity polarity);
/* "topic sound + thanks, numbness absent", cut to the size. */
void talk__agree_got(const talk_turn *turn, char *out, size_t size);

#endif
