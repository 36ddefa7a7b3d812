/* render.h - a wording in all the words that it can come in. */
#ifndef TALK_CHECK_RENDER_H
#define TALK_CHECK_RENDER_H

#include "check_desk.h"

/* Where a response can be said: bit (1 << tier), for any number of tiers. */
enum { ALL_TIERS = (1u << TIER_COUNT) - 1 };

/* Told of each text that a wording can come to. True: go on. */
typedef bool (*render_fn)(void *payload, const char *text, size_t length);

/* Tells every combination of what may stand in its holes; where there are
 * too many, each hole in turn takes all that may stand in it. Labels are those
 * of findings that can decide at one of the tiers. Nothing is told when
 * nothing can fill a hole. False: no memory. */
bool talk__render(struct check_desk *desk, const struct wording *wording,
                  unsigned tiers, render_fn tell, void *payload);

#endif
