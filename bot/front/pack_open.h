/* pack_open.h - finds the pack and loads it. */
#ifndef FRONT_PACK_OPEN_H
#define FRONT_PACK_OPEN_H

#include "backtalk.h"

#include <stdint.h>

/* said: the folder of --pack, or NULL. */
const char *pack_folder(const char *said);

/* The defaults with the clock of the machine. */
void pack_options(talk_options *options, uint32_t seed);

/* NULL: it does not load, and stderr names every problem. *problems counts
 * them; it must live as long as the bot, which reports there what a saved
 * session names in vain. */
talk_bot *pack_open(const char *said, uint32_t seed, size_t *problems);
/* The same with more options than the seed. A report_fn of the caller's own
 * counts the problems itself. */
talk_bot *pack_load(const char *said, talk_options *options, size_t *problems);

/* On stderr, as file:line:column: message. */
void pack_print_problem(const talk_error *problem);

#endif
