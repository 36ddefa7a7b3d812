/* regexes.h - the regexes of a worker. Most patterns are rare: each worker
 * compiles what its messages call for, and keeps it. */
#ifndef TALK_UNDERSTAND_REGEXES_H
#define TALK_UNDERSTAND_REGEXES_H

#include "candidates.h"
#include "regex.h"

/* For one thread. */
struct regexes;

/* interpret: nothing becomes machine code. NULL: no memory. */
struct regexes *talk__regexes_new(const struct pack *pack,
                                  const struct memory *memory, bool interpret);
void talk__regexes_free(struct regexes *regexes);

/* The regex of a pattern, for a text that is ASCII or for any; `again`: it was
 * asked for before in this turn. What many turns ask for becomes machine code.
 * TALK_NOMEM; TALK_RULE cannot be, where the pack was loaded without a fault.
 */
talk_status talk__regexes_get(struct regexes *regexes, uint32_t pattern,
                              bool ascii, bool again,
                              const struct regex **out);

/* Finds with it, once it was got. One that gives up may be made machine code
 * for that, so it is no matter to what is found how often it was asked for. */
enum regex_result talk__regexes_find(struct regexes *regexes, uint32_t pattern,
                                     bool ascii, struct regex_space *space,
                                     const struct subject *subject,
                                     size_t from, size_t *start, size_t *end);

/* To be called before the candidates are tried, and then before each of them,
 * by its number: what will be read is asked for before its time. */
void talk__regexes_expect_all(const struct regexes *regexes, bool ascii,
                              const struct candidate *candidates,
                              uint32_t count);
void talk__regexes_expect(const struct regexes *regexes, bool ascii,
                          const struct candidate *candidates, uint32_t count,
                          uint32_t number);

#endif
