/* conditions.h - a pack's conditions in words, for people. */
#ifndef TALK_CHECK_CONDITIONS_H
#define TALK_CHECK_CONDITIONS_H

#include "markup.h"
#include "pack.h"

/* "tier none or avoid; with pain; without onset"; nothing for a condition
 * that always holds. */
void talk__condition_write(struct markup *out, const struct pack *pack,
                           const struct when *when);

/* Whether the wording can be said at the tier, as far as marks and the tiers
 * of its condition go. */
bool talk__wording_fits(const struct response *response,
                        const struct wording *wording, int tier);

/* Whether some wording of the response can. */
bool talk__response_fits(const struct response *response, int tier);

#endif
