/* regexes.c - the regexes of a worker.
 * In: patterns.  Out: their regexes, compiled at the first call.
 * Ignores what they are matched with. */
#include "regexes.h"

#include <string.h>

#include "prefetch.h"
#include "regex.h"

enum { AHEAD = 6 }; /* candidates whose code is asked for before its time */

struct regexes {
    const struct pack *pack;
    struct memory memory;
    struct regex *own[]; /* two per pattern, see own_of; or NULL */
};

static size_t own_count(const struct pack *pack)
{
    return 2 * (size_t)pack->pattern_count;
}

static size_t size_of(const struct pack *pack)
{
    return sizeof(struct regexes) + own_count(pack) * sizeof(struct regex *);
}

/* Of a pattern, the one for any text or the one for ASCII. */
static size_t own_of(uint32_t pattern, bool ascii)
{
    return 2 * (size_t)pattern + ascii;
}

struct regexes *talk__regexes_new(const struct pack *pack,
                                  const struct memory *memory)
{
    struct regexes *r = talk__memory_take(memory, size_of(pack));
    if (!r) return NULL;
    memset(r, 0, size_of(pack));
    r->pack = pack;
    r->memory = *memory;
    return r;
}

void talk__regexes_free(struct regexes *r)
{
    if (!r) return;
    struct memory memory = r->memory;
    for (size_t i = 0; i < own_count(r->pack); i++) {
        talk__regex_free(&memory, r->own[i]);
    }
    talk__memory_give(&memory, r, size_of(r->pack));
}

talk_status talk__regexes_get(struct regexes *r, uint32_t pattern, bool ascii,
                              const struct regex **out)
{
    const struct pattern *source = &r->pack->patterns[pattern];
    struct regex **own = &r->own[own_of(pattern, ascii)];
    struct regex_fault fault;
    talk_status status = TALK_OK;
    if (!source->regex && !*own) {
        status = talk__pattern_compile(r->pack, source, ascii, &r->memory, own,
                                       &fault);
    }
    *out = source->regex ? source->regex : *own;
    return status;
}

void talk__regexes_expect_all(const struct regexes *r, bool ascii,
                              const struct candidate *candidates,
                              uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        talk__prefetch(&r->pack->patterns[candidates[i].pattern]);
        talk__prefetch(&r->own[own_of(candidates[i].pattern, ascii)]);
    }
    for (uint32_t i = 0; i < count; i++) {
        talk__prefetch(r->own[own_of(candidates[i].pattern, ascii)]);
    }
    for (uint32_t i = 0; i < AHEAD && i < count; i++) {
        talk__regex_expect(r->own[own_of(candidates[i].pattern, ascii)]);
    }
}

void talk__regexes_expect(const struct regexes *r, bool ascii,
                          const struct candidate *candidates, uint32_t count,
                          uint32_t number)
{
    if (count - number <= AHEAD) return;
    uint32_t pattern = candidates[number + AHEAD].pattern;
    talk__regex_expect(r->own[own_of(pattern, ascii)]);
}
