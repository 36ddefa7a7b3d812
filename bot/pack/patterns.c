/* patterns.c - from the patterns of an author to those that the engine runs.
 * In: wishes, as the readers made them.  Out: compiled patterns in the pack.
 * Ignores who owns a pattern and what its match means. */
#include <string.h>

#include "alternatives.h"
#include "ascii.h"
#include "fold.h"
#include "macros.h"

/* Bytes of all patterns with their macros written out: a hundred times the
 * shipped pack. */
enum { EXPANDED_ALL_MAX = 64 * 1024 * 1024 };

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

/* As messages are, but for what is ASCII. False: no memory. */
static bool fold(struct loading *loading, const struct tree *text,
                 size_t whole_length, struct pattern *pattern)
{
    size_t length = text->length;
    pattern->folded = pattern->text;
    if (!talk__is_ascii(text->text, text->length) &&
        !talk__fold_pattern(&loading->pack->arena, text->text, text->length,
                            &pattern->folded, &length)) {
        return false;
    }
    pattern->folded_length = (uint32_t)length;
    pattern->whole_length = (uint32_t)(whole_length - text->length + length);
    return true;
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

static bool is_letter(char c)
{
    return talk__is_small(c) || talk__is_digit(c);
}

static bool is_literal(const char *text, size_t length)
{
    if (length == 0 || !is_letter(text[0]) || !is_letter(text[length - 1])) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(text[i]) && text[i] != ' ' && text[i] != '\'') {
            return false;
        }
    }
    return true;
}

/* What has a fault is not folded. False: no memory. */
static bool prepare(struct loading *loading, const struct tree *text,
                    enum macro_result *macros, struct pattern *pattern)
{
    size_t length;
    *macros = talk__macros_use(loading, text, &length);
    if (*macros == MACRO_BROKEN) return !talk__loading_failed(loading);
    pattern->text = talk__keep_text(loading, text);
    pattern->place = text->place;
    if (!fold(loading, text, length, pattern)) return false;
    pattern->literal = is_literal(pattern->folded, pattern->folded_length);
    return !loading->limits->alternatives ||
           talk__alternatives_mark(loading, text, pattern);
}

static bool prepare_all(struct loading *loading, enum macro_result *macros)
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
        pattern->conditional = wish->kind == PATTERN_TOPIC &&
                               pack->topics[wish->owner].when != NULL;
        if (!prepare(loading, wish->text, &macros[i], pattern)) return false;
        bytes += pattern->whole_length;
        if (bytes > EXPANDED_ALL_MAX) {
            TALK__COMPLAIN(loading, wish->text->place,
                           "here the patterns of the pack have more than %d "
                           "bytes when their macros are written out",
                           EXPANDED_ALL_MAX);
            break;
        }
    }
    if (loading->limits->alternatives) talk__macros_keep_written(loading);
    return talk__macros_keep(loading);
}

/* False when there is no memory. */
static bool blame(struct loading *loading, const struct tree *text,
                  enum macro_result macros, const struct pattern *pattern,
                  const struct regex_fault *fault)
{
    char *bytes =
        talk__arena_take(&loading->scratch, pattern->whole_length + 1);
    if (!bytes) return false;
    talk__pattern_write(loading->pack, pattern, bytes);
    struct expanded whole = {bytes, pattern->whole_length};
    complain_fault(loading, text, macros, &whole, fault);
    return true;
}

/* False when there is no memory. A pattern with a fault has no regex. */
static bool compile(struct loading *loading, struct regex_space *space,
                    const struct tree *text, enum macro_result macros,
                    struct pattern *pattern)
{
    struct pack *pack = loading->pack;
    struct regex_fault fault;
    talk_status status = talk__pattern_compile(
        pack, pattern, false, &pack->memory, &pattern->regex, &fault);
    if (status == TALK_RULE) {
        return blame(loading, text, macros, pattern, &fault);
    }
    if (status != TALK_OK) return false;
    if (matches_nothing(space, pattern->regex)) {
        TALK__COMPLAIN(loading, text->place,
                       "the pattern matches the empty text; something in it "
                       "must be required");
    }
    return true;
}

/* ---- What is compiled when ---- */

/* What may begin anywhere, or looks as if it could take long, becomes machine
 * code in any case. */
static void choose_jit(struct pack *pack)
{
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        struct pattern *pattern = &pack->patterns[i];
        bool anchored = pattern->at_start || pattern->leading != NO_INDEX;
        pattern->jit = !anchored || (pattern->slow && !pattern->literal);
    }
}

static bool compile_all(struct loading *loading,
                        const enum macro_result *macros)
{
    const struct memory *memory = &loading->pack->memory;
    struct regex_limits limits = {EMPTY_MATCH_LIMIT, false};
    struct regex_space *space = NULL;
    choose_jit(loading->pack);
    if (talk__regex_space_new(memory, &limits, &space) != TALK_OK) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < loading->pack->pattern_count; i++) {
        struct pattern *pattern = &loading->pack->patterns[i];
        if (!pattern->folded || pattern->plain) continue;
        done = compile(loading, space, loading->wishes[i].text, macros[i],
                       pattern);
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
    enum macro_result *macros =
        talk__arena_array(&loading->scratch, count, sizeof *macros);
    pack->patterns =
        talk__arena_array(&pack->arena, count, sizeof *pack->patterns);
    if (!macros || !pack->patterns) return;
    if (!prepare_all(loading, macros) || !keep_alternatives(loading) ||
        !talk__index_build(pack, &finder) || !compile_all(loading, macros)) {
        loading->nomem = true;
    }
}
