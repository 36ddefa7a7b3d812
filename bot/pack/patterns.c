/* patterns.c - from the patterns of an author to those that the engine runs.
 * In: wishes, as the readers made them.  Out: compiled patterns in the pack.
 * Ignores who owns a pattern and what its match means. */
#include <string.h>

#include "fold.h"
#include "macros.h"
#include "pattern_check.h"

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

/* Per wish: the pattern with its macros written out. */
struct sources {
    struct expanded *whole; /* no text: it has a fault */
    enum macro_result *macros;
};

/* Patterns are folded as messages are, but for what is ASCII. */
static bool fold(struct loading *loading, struct expanded *whole)
{
    for (size_t i = 0; i < whole->length; i++) {
        if ((unsigned char)whole->text[i] < 0x80) continue;
        return talk__fold_pattern(&loading->scratch, whole->text,
                                  whole->length, &whole->text, &whole->length);
    }
    return true;
}

/* Writes a pattern out; one with a fault is not. False: no memory. */
static bool expand(struct loading *loading, const struct tree *text,
                   struct expanded *out, enum macro_result *macros)
{
    struct expanded whole;
    if (!talk__pattern_check(loading, text)) return true;
    *macros = talk__macros_expand(loading, text, &whole);
    if (*macros == MACRO_BROKEN) return !talk__loading_failed(loading);
    if (!fold(loading, &whole)) return false;
    *out = whole;
    return true;
}

/* False when there is no memory. A pattern with a fault has no regex. */
static bool compile(struct loading *loading, struct regex_space *space,
                    const struct tree *text, const struct expanded *whole,
                    enum macro_result macros, struct pattern *pattern)
{
    struct regex_fault fault;
    bool anchored = pattern->at_start || pattern->leading != NO_INDEX;
    talk_status status = talk__regex_new(
        &loading->pack->memory, whole->text, whole->length,
        anchored ? REGEX_ANCHORED : 0, &pattern->regex, &fault);
    if (status == TALK_RULE) {
        complain_fault(loading, text, macros, whole, &fault);
    }
    if (status != TALK_OK) return status == TALK_RULE;
    pattern->value_group = talk__regex_group(pattern->regex, "value");
    if (matches_nothing(space, pattern->regex)) {
        TALK__COMPLAIN(loading, text->place,
                       "the pattern matches the empty text; something in it "
                       "must be required");
    }
    pattern->text = talk__keep_text(loading, text);
    pattern->place = text->place;
    return true;
}

static bool expand_all(struct loading *loading, struct sources *sources)
{
    struct pack *pack = loading->pack;
    size_t bytes = 0;
    for (size_t i = 0; i < loading->wish_count; i++) {
        const struct pattern_wish *wish = &loading->wishes[i];
        pack->patterns[pack->pattern_count++] =
            (struct pattern){.kind = wish->kind,
                             .owner = wish->owner,
                             .detail = wish->detail,
                             .when_asked = wish->when_asked};
        if (!expand(loading, wish->text, &sources->whole[i],
                    &sources->macros[i])) {
            return false;
        }
        bytes += sources->whole[i].length;
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

static bool compile_all(struct loading *loading, const struct sources *sources)
{
    struct pack *pack = loading->pack;
    struct regex_limits limits = {EMPTY_MATCH_LIMIT};
    struct regex_space *space = NULL;
    if (talk__regex_space_new(&pack->memory, &limits, &space) != TALK_OK) {
        return false;
    }
    bool done = true;
    for (size_t i = 0; done && i < pack->pattern_count; i++) {
        if (!sources->whole[i].text) continue;
        done = compile(loading, space, loading->wishes[i].text,
                       &sources->whole[i], sources->macros[i],
                       &pack->patterns[i]);
    }
    talk__regex_space_free(&pack->memory, space);
    return done;
}

/* The index comes first: it knows which words a pattern can begin with. */
void talk__patterns_compile(struct loading *loading)
{
    struct pack *pack = loading->pack;
    size_t count = loading->wish_count;
    struct sources sources = {
        talk__arena_array(&loading->scratch, count, sizeof *sources.whole),
        talk__arena_array(&loading->scratch, count, sizeof *sources.macros)};
    pack->patterns =
        talk__arena_array(&pack->arena, count, sizeof *pack->patterns);
    if (!sources.whole || !sources.macros || !pack->patterns) return;
    if (!expand_all(loading, &sources) ||
        !talk__index_build(pack, sources.whole) ||
        !compile_all(loading, &sources)) {
        loading->nomem = true;
    }
}
