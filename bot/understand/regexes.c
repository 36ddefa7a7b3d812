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
    struct regex **own[2]; /* per pattern: for any text, for ASCII; or NULL */
};

static size_t size_of(const struct pack *pack)
{
    return ((size_t)pack->pattern_count + 1) * sizeof(struct regex *);
}

struct regexes *talk__regexes_new(const struct pack *pack,
                                  const struct memory *memory)
{
    struct regexes *r = talk__memory_take(memory, sizeof *r);
    if (!r) return NULL;
    *r = (struct regexes){.pack = pack, .memory = *memory};
    for (int ascii = 0; ascii < 2; ascii++) {
        r->own[ascii] = talk__memory_take(memory, size_of(pack));
        if (!r->own[ascii]) {
            talk__regexes_free(r);
            return NULL;
        }
        memset(r->own[ascii], 0, size_of(pack));
    }
    return r;
}

void talk__regexes_free(struct regexes *r)
{
    if (!r) return;
    struct memory memory = r->memory;
    for (int ascii = 0; ascii < 2; ascii++) {
        struct regex **own = r->own[ascii];
        for (uint32_t i = 0; own && i < r->pack->pattern_count; i++) {
            talk__regex_free(&memory, own[i]);
        }
        talk__memory_give(&memory, own, size_of(r->pack));
    }
    talk__memory_give(&memory, r, sizeof *r);
}

talk_status talk__regexes_get(struct regexes *r, uint32_t pattern, bool ascii,
                              const struct regex **out)
{
    const struct pattern *source = &r->pack->patterns[pattern];
    struct regex **own = &r->own[ascii][pattern];
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
    struct regex *const *own = r->own[ascii];
    for (uint32_t i = 0; i < count; i++) {
        talk__prefetch(&r->pack->patterns[candidates[i].pattern]);
        talk__prefetch(&own[candidates[i].pattern]);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct regex *regex = own[candidates[i].pattern];
        if (regex) talk__prefetch(regex);
    }
    for (uint32_t i = 0; i < AHEAD && i < count; i++) {
        talk__regex_expect(own[candidates[i].pattern]);
    }
}

void talk__regexes_expect(const struct regexes *r, bool ascii,
                          const struct candidate *candidates, uint32_t count,
                          uint32_t number)
{
    if (count - number <= AHEAD) return;
    talk__regex_expect(r->own[ascii][candidates[number + AHEAD].pattern]);
}
