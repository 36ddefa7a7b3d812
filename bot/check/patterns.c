/* patterns.c - patterns that nothing reaches, that need no word, that lose to
 * others; macros that nothing uses.
 * In: the pack, what its examples reached.  Out: problems. */
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "check_desk.h"
#include "index.h"

enum { LISTED_MAX = 400 }; /* bytes of a list of alternatives */

static void check_words(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    for (int pass = 0; pass < PASS_COUNT; pass++) {
        const struct pass_index *index = &pack->index->passes[pass];
        for (uint32_t i = 0; i < index->always_count; i++) {
            const struct pattern *pattern =
                &pack->patterns[index->always[i].pattern];
            talk__desk_tell(desk, RULE_NO_WORD, pattern->place,
                            "%s: '%.100s' needs no word",
                            talk__desk_owner(pack, pattern), pattern->text);
        }
    }
}

/* ---- Reached by examples ---- */

/* What counts only while a question is open is no example of anything. */
static bool can_be_reached(const struct pattern *pattern)
{
    return pattern->kind != PATTERN_ANSWER && !pattern->when_asked;
}

/* Alternatives that no example goes through, but for those inside of others
 * that none does. Returns how many. */
static size_t list_ways(const struct check_desk *desk,
                        const struct pattern *pattern, struct buffer *out)
{
    const struct pack *pack = desk->pack;
    size_t count = 0;
    for (uint32_t i = 0; i < pattern->alternative_count; i++) {
        uint32_t number = pattern->first_alternative + i;
        const struct alternative *way = &pack->alternatives[number];
        if (desk->ways[number] ||
            (way->inside != NO_INDEX && !desk->ways[way->inside])) {
            continue;
        }
        if (out->length < LISTED_MAX) {
            talk__buffer_add_text(out, count ? " | " : "");
            talk__buffer_add_text(out, way->text);
        }
        count++;
    }
    return count;
}

static void check_reached(struct check_desk *desk, uint32_t index)
{
    const struct pattern *pattern = &desk->pack->patterns[index];
    struct buffer list;
    if (!can_be_reached(pattern)) return;
    if (!desk->reached[index]) {
        talk__desk_tell(desk, RULE_UNREACHED, pattern->place,
                        "%s: no example matches '%.100s'",
                        talk__desk_owner(desk->pack, pattern), pattern->text);
        return;
    }
    talk__buffer_init(&list, &desk->scratch, 64 * 1024);
    size_t count = list_ways(desk, pattern, &list);
    if (count == 0 || !list.text) return;
    talk__desk_tell(desk, RULE_UNREACHED_WAY, pattern->place,
                    "%s: %zu of %u alternatives: %.*s",
                    talk__desk_owner(desk->pack, pattern), count,
                    pattern->alternative_count, LISTED_MAX, list.text);
}

static void check_shadow(struct check_desk *desk, uint32_t index)
{
    const struct pack *pack = desk->pack;
    const struct pattern *pattern = &pack->patterns[index];
    const struct witness *witness = &desk->witnesses[index];
    if (pattern->kind != PATTERN_TOPIC || pattern->detail == FIT_LOOSE ||
        pack->topics[pattern->owner].alone || !witness->example ||
        witness->chosen) {
        return;
    }
    talk__desk_tell(desk, RULE_SHADOWED, pattern->place,
                    "%s: '%.60s' always loses, first to %s in '%.200s'",
                    pack->topics[pattern->owner].name, pattern->text,
                    pack->topics[witness->lost_to].name,
                    witness->example->text);
}

static void check_rivals(struct check_desk *desk, uint32_t topic)
{
    const struct pack *pack = desk->pack;
    for (const struct rival *rival = desk->rivals[topic]; rival;
         rival = rival->next) {
        talk__desk_tell(desk, RULE_OVERLAP, pack->topics[topic].place,
                        "%s and %s in %zu example%s, first '%.200s'",
                        pack->topics[topic].name,
                        pack->topics[rival->winner].name, rival->count,
                        rival->count == 1 ? "" : "s", rival->first->text);
    }
}

bool talk__check_patterns(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    check_words(desk);
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        check_reached(desk, i);
        check_shadow(desk, i);
    }
    for (uint32_t i = 0; i < pack->topic_count; i++) check_rivals(desk, i);
    for (uint32_t i = 0; i < pack->written_macro_count; i++) {
        const struct written_macro *macro = &pack->written_macros[i];
        if (!macro->idle) continue;
        talk__desk_tell(desk, RULE_IDLE_MACRO, macro->place,
                        "no pattern uses the macro '%s'", macro->name);
    }
    return true;
}
