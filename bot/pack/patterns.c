/* patterns.c - from the patterns of an author to those that the engine runs.
 * In: wishes, as the readers made them.  Out: compiled patterns in the pack.
 * Ignores who owns a pattern and what its match means. */
#include <string.h>

#include "alternatives.h"
#include "fold.h"
#include "macros.h"
#include "pattern_check.h"
#include "sort.h"

/* Bytes of all patterns with their macros written out: a hundred times the
 * shipped pack. */
enum { EXPANDED_ALL_MAX = 64 * 1024 * 1024 };

/* Bytes of patterns that become machine code although they need not: those
 * that are tried most often. More cost more time of loading (60 ns a byte)
 * than a conversation will ever win. */
enum { JIT_BYTES = 64 * 1024 };

/* For the one match that is tried here, against the empty text. */
enum { EMPTY_MATCH_LIMIT = 2000 };

void talk__patterns_wish(struct loading *loading, struct pattern_wish wish,
                         const struct tree *list)
{
    for (const struct tree *item = list->first; item; item = item->next) {
        void *wishes = loading->wishes;
        if (!talk__arena_room(&loading->scratch, &wishes, loading->wish_count,
                              &loading->wish_capacity, sizeof wish)) {
            return; /* the arena remembers */
        }
        loading->wishes = wishes;
        wish.text = item;
        loading->wishes[loading->wish_count++] = wish;
    }
}

/* ---- Faults ---- */

/* A fault in what the author did not see: the written-out text is shown. */
static void complain_expanded(struct loading *loading,
                              const struct tree *pattern,
                              const struct expanded *whole,
                              const struct regex_fault *fault)
{
    struct expanded near = talk__macros_near(whole, fault->offset);
    TALK__COMPLAIN(loading, pattern->place,
                   "at byte %zu of the pattern with its macros written out: "
                   "%s; near '%.*s'",
                   fault->offset, fault->message, (int)near.length, near.text);
}

static void complain_fault(struct loading *loading, const struct tree *pattern,
                           enum macro_result macros,
                           const struct expanded *whole,
                           const struct regex_fault *fault)
{
    if (macros == MACRO_NONE) {
        TALK__COMPLAIN(loading, pattern->place,
                       "at byte %zu of the pattern: %s",
                       fault->offset ? fault->offset : 1, fault->message);
    } else if (!talk__macros_blame(loading, pattern)) {
        complain_expanded(loading, pattern, whole, fault);
    }
}

static bool matches_nothing(struct regex_space *space,
                            const struct regex *regex)
{
    const struct subject empty = {"", 0, false};
    size_t start, end;
    return talk__regex_find(space, regex, &empty, 0, &start, &end) ==
           REGEX_MATCH;
}

/* ---- Compiling ---- */

/* Patterns are folded as messages are, but for what is ASCII. */
static bool fold(struct loading *loading, const char **text, size_t *length)
{
    for (size_t i = 0; i < *length; i++) {
        if ((unsigned char)(*text)[i] < 0x80) continue;
        return talk__fold_pattern(&loading->scratch, *text, *length, text,
                                  length);
    }
    return true;
}

/* Per wish. */
struct sources {
    struct index_source *raw;
    enum macro_result *macros;
};

/* Writes a pattern out; one with a fault is not. False: no memory. */
static bool expand(struct loading *loading, const struct tree *text,
                   struct index_source *raw, enum macro_result *macros,
                   struct pattern *pattern)
{
    struct expanded whole;
    if (!talk__pattern_check(loading, text)) return true;
    *macros = talk__macros_expand(loading, text, &whole);
    if (*macros == MACRO_BROKEN) return !talk__loading_failed(loading);
    *raw = (struct index_source){text->text, text->length};
    if (!fold(loading, &whole.text, &whole.length) ||
        !fold(loading, &raw->text, &raw->length)) {
        return false;
    }
    pattern->whole = whole.text;
    pattern->whole_length = (uint32_t)whole.length;
    pattern->text = talk__keep_text(loading, text);
    pattern->place = text->place;
    return !loading->limits->alternatives ||
           talk__alternatives_mark(loading, text, pattern);
}

static bool keep_alternatives(struct loading *loading)
{
    struct pack *pack = loading->pack;
    size_t count = loading->alternative_count;
    pack->alternatives_told = loading->limits->alternatives;
    if (count == 0) return true;
    pack->alternatives =
        talk__arena_array(&pack->arena, count, sizeof *pack->alternatives);
    if (!pack->alternatives) return false;
    memcpy(pack->alternatives, loading->alternatives,
           count * sizeof *pack->alternatives);
    pack->alternative_count = (uint32_t)count;
    return true;
}

static bool expand_all(struct loading *loading, struct sources *sources)
{
    struct pack *pack = loading->pack;
    size_t bytes = 0;
    for (size_t i = 0; i < loading->wish_count; i++) {
        const struct pattern_wish *wish = &loading->wishes[i];
        struct pattern *pattern = &pack->patterns[pack->pattern_count++];
        *pattern = (struct pattern){.kind = wish->kind,
                                    .owner = wish->owner,
                                    .detail = wish->detail,
                                    .when_asked = wish->when_asked};
        if (!expand(loading, wish->text, &sources->raw[i], &sources->macros[i],
                    pattern))
            return false;
        bytes += pattern->whole_length;
        if (bytes > EXPANDED_ALL_MAX) {
            TALK__COMPLAIN(loading, wish->text->place,
                           "here the patterns of the pack have more than %d "
                           "bytes when their macros are written out",
                           EXPANDED_ALL_MAX);
            break;
        }
    }
    return true;
}

talk_status talk__pattern_compile(const struct pattern *pattern,
                                  const struct memory *memory,
                                  struct regex **out,
                                  struct regex_fault *fault)
{
    bool anchored = pattern->at_start || pattern->leading != NO_INDEX;
    unsigned flags =
        (anchored ? REGEX_ANCHORED : 0u) | (pattern->jit ? REGEX_JIT : 0u);
    return talk__regex_new(memory, pattern->whole, pattern->whole_length,
                           flags, out, fault);
}

/* False when there is no memory. A pattern with a fault has no regex. */
static bool compile(struct loading *loading, struct regex_space *space,
                    const struct tree *text, enum macro_result macros,
                    struct pattern *pattern)
{
    struct regex_fault fault;
    struct expanded whole = {pattern->whole, pattern->whole_length};
    talk_status status = talk__pattern_compile(pattern, &loading->pack->memory,
                                               &pattern->regex, &fault);
    pattern->whole = NULL;
    if (status == TALK_RULE) {
        complain_fault(loading, text, macros, &whole, &fault);
    }
    if (status != TALK_OK) return status == TALK_RULE;
    pattern->value_group = talk__regex_group(pattern->regex, "value");
    if (matches_nothing(space, pattern->regex)) {
        TALK__COMPLAIN(loading, text->place,
                       "the pattern matches the empty text; something in it "
                       "must be required");
    }
    return true;
}

/* ---- What is compiled when ---- */

static int compare_tries(const void *a, const void *b)
{
    const struct pattern *left = *(const struct pattern *const *)a;
    const struct pattern *right = *(const struct pattern *const *)b;
    if (left->tries != right->tries)
        return left->tries > right->tries ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* What may begin anywhere, or looks as if it could take long, becomes machine
 * code in any case. */
static bool choose_jit(struct loading *loading)
{
    struct pack *pack = loading->pack;
    size_t bytes = 0;
    struct pattern **order = talk__arena_array(
        &loading->scratch, pack->pattern_count, sizeof *order);
    if (!order) return false;
    for (size_t i = 0; i < pack->pattern_count; i++) {
        order[i] = &pack->patterns[i];
    }
    talk__sort(order, pack->pattern_count, sizeof *order, compare_tries);
    for (size_t i = 0; i < pack->pattern_count; i++) {
        struct pattern *pattern = order[i];
        bool anchored = pattern->at_start || pattern->leading != NO_INDEX;
        bytes += pattern->whole_length;
        pattern->jit = bytes <= JIT_BYTES || !anchored || pattern->slow;
    }
    return true;
}

static bool compile_one(struct loading *loading, struct regex_space *space,
                        size_t index, enum macro_result macros)
{
    struct pattern *pattern = &loading->pack->patterns[index];
    if (!pattern->whole) return true; /* it has a fault */
    if (!pattern->plain) {
        return compile(loading, space, loading->wishes[index].text, macros,
                       pattern);
    }
    pattern->whole = talk__arena_text(&loading->pack->arena, pattern->whole,
                                      pattern->whole_length);
    return pattern->whole;
}

static bool compile_all(struct loading *loading, const struct sources *sources)
{
    const struct memory *memory = &loading->pack->memory;
    struct regex_limits limits = {EMPTY_MATCH_LIMIT, false};
    struct regex_space *space = NULL;
    if (!choose_jit(loading)) return false;
    if (talk__regex_space_new(memory, &limits, &space) != TALK_OK) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < loading->pack->pattern_count; i++) {
        done = compile_one(loading, space, i, sources->macros[i]);
    }
    talk__regex_space_free(memory, space);
    return done;
}

/* The index comes first: it knows which words a pattern can begin with. */
void talk__patterns_compile(struct loading *loading)
{
    struct pack *pack = loading->pack;
    size_t count = loading->wish_count;
    struct macro_finder finder = talk__macros_finder(loading);
    struct sources sources = {
        talk__arena_array(&loading->scratch, count, sizeof *sources.raw),
        talk__arena_array(&loading->scratch, count, sizeof *sources.macros)};
    pack->patterns =
        talk__arena_array(&pack->arena, count, sizeof *pack->patterns);
    if (!sources.raw || !sources.macros || !pack->patterns) return;
    if (!expand_all(loading, &sources) || !keep_alternatives(loading) ||
        !talk__index_build(pack, sources.raw, &finder) ||
        !compile_all(loading, &sources)) {
        loading->nomem = true;
    }
}
