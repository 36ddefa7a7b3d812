/* regexes.c - the regexes of a worker.
 * In: patterns.  Out: their regexes, compiled at the first call; machine code
 * of those that many turns call for, as that takes three times as long and has
 * ten times the size.  Ignores what they are matched with. */
#include "regexes.h"

#include <string.h>

#include "prefetch.h"

enum { AHEAD = 6 }; /* candidates whose code is asked for before its time */

enum {
    CALLS_MANY = 8, /* turns */
    /* Bytes of patterns that become machine code for that: with more of it
     * the caches no longer hold what most messages need. */
    QUICK_BYTES = 128 * 1024
};

struct regexes {
    const struct pack *pack;
    struct memory memory;
    bool interpret;
    size_t quick_bytes;  /* of patterns that became machine code */
    uint8_t *calls;      /* of each of `own`, up to CALLS_MANY */
    struct regex *own[]; /* two per pattern, see own_of; or NULL */
};

static size_t own_count(const struct pack *pack)
{
    return 2 * (size_t)pack->pattern_count;
}

static size_t size_of(const struct pack *pack)
{
    return sizeof(struct regexes) +
           own_count(pack) * (sizeof(struct regex *) + sizeof(uint8_t));
}

/* Of a pattern, the one for any text or the one for ASCII. */
static size_t own_of(uint32_t pattern, bool ascii)
{
    return 2 * (size_t)pattern + ascii;
}

struct regexes *talk__regexes_new(const struct pack *pack,
                                  const struct memory *memory, bool interpret)
{
    struct regexes *r = talk__memory_take(memory, size_of(pack));
    if (!r) return NULL;
    memset(r, 0, size_of(pack));
    r->pack = pack;
    r->memory = *memory;
    r->interpret = interpret;
    r->calls = (uint8_t *)(r->own + own_count(pack));
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

/* A turn asks for one of its own. TALK_NOMEM. */
static talk_status count(struct regexes *r, size_t own, size_t length)
{
    bool made;
    if (r->interpret || r->calls[own] == CALLS_MANY) return TALK_OK;
    if (r->calls[own] + 1 == CALLS_MANY &&
        length <= QUICK_BYTES - r->quick_bytes) {
        if (talk__regex_quicken(r->own[own], &made) != TALK_OK) {
            return TALK_NOMEM; /* the next turn tries again */
        }
        r->quick_bytes += length;
    }
    r->calls[own]++;
    return TALK_OK;
}

talk_status talk__regexes_get(struct regexes *r, uint32_t pattern, bool ascii,
                              bool again, const struct regex **out)
{
    const struct pattern *source = &r->pack->patterns[pattern];
    size_t own = own_of(pattern, ascii);
    struct regex_fault fault;
    talk_status status = TALK_OK;
    *out = source->regex;
    if (source->regex) return TALK_OK;
    if (!r->own[own]) {
        status = talk__pattern_compile(r->pack, source, ascii, &r->memory,
                                       &r->own[own], &fault);
    }
    if (status == TALK_OK && !again) {
        status = count(r, own, source->whole_length);
    }
    *out = r->own[own];
    return status;
}

enum regex_result talk__regexes_find(struct regexes *r, uint32_t pattern,
                                     bool ascii, struct regex_space *space,
                                     const struct subject *subject,
                                     size_t from, size_t *start, size_t *end)
{
    const struct regex *shared = r->pack->patterns[pattern].regex;
    struct regex *own = r->own[own_of(pattern, ascii)];
    const struct regex *regex = shared ? shared : own;
    bool made;
    enum regex_result result =
        talk__regex_find(space, regex, subject, from, start, end);
    if (result != REGEX_GAVE_UP || shared || r->interpret) return result;
    if (talk__regex_quicken(own, &made) != TALK_OK) return REGEX_NO_MEMORY;
    if (!made) return result;
    return talk__regex_find(space, regex, subject, from, start, end);
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
