/* mutate.c - small changes of a pack: all that there are, and one of them.
 * In: a folder, the number of a change.  Out: what can be changed; a choice of
 * it; a bot whose pack was changed while it was loaded. No file is written. */
#include "mutate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mutate_model.h"
#include "sort.h"
#include "turn.h"

enum { WHAT_MAX = 400 }; /* bytes of what a change is */

static const struct check_rule rules[MUTATE_COUNT] = {
#define ENTRY(id, name, of_care, why, mend) {name, CHECK_WARNING, why, mend},
    MUTATE_RULES(ENTRY)
#undef ENTRY
};

static const bool of_care[MUTATE_COUNT] = {
#define ENTRY(id, name, of_care, why, mend) of_care,
    MUTATE_RULES(ENTRY)
#undef ENTRY
};

size_t talk__mutate_rule_count(void)
{
    return MUTATE_COUNT;
}

const struct check_rule *talk__mutate_rule(size_t index)
{
    return &rules[index];
}

/* ---- What those who change use ---- */

static void note(struct mutants *found, enum mutate_rule rule,
                 struct place place, const char *what)
{
    void *items = found->items;
    if (!talk__arena_room(&found->arena, &items, found->count,
                          &found->capacity, sizeof *found->items)) {
        return; /* the arena remembers */
    }
    found->items = items;
    /* The place's source lives as long as the pack. */
    place.source =
        talk__arena_text(&found->arena, place.source, strlen(place.source));
    size_t number = found->count++;
    found->items[number] = (struct mutant){
        number, &rules[rule], place,
        talk__arena_text(&found->arena, what, strlen(what)), of_care[rule]};
}

bool talk__mutation_is_over(const struct mutation *mutation)
{
    return !mutation->found && mutation->next > mutation->wanted;
}

bool talk__mutation_offer(struct mutation *mutation, enum mutate_rule rule,
                          struct place place, const char *format, ...)
{
    char what[WHAT_MAX];
    va_list args;
    if (!mutation->found) return mutation->next++ == mutation->wanted;
    va_start(args, format);
    (void)vsnprintf(what, sizeof what, format, args);
    va_end(args);
    note(mutation->found, rule, place, what);
    return false;
}

void talk__tree_drop(struct tree *from, const struct tree *what)
{
    struct tree **link = &from->first;
    while (*link != what) link = &(*link)->next;
    *link = what->next;
}

void talk__tree_drop_item(struct tree *map, struct tree *list,
                          const struct tree *item)
{
    if (list->first == item && !item->next) {
        talk__tree_drop(map, list);
    } else {
        talk__tree_drop(list, item);
    }
}

void talk__tree_set(struct mutation *mutation, struct tree *text,
                    const char *bytes, size_t length)
{
    const char *copy =
        talk__arena_text(&mutation->loading->scratch, bytes, length);
    if (!copy) return; /* the arena remembers */
    text->text = copy;
    text->length = (uint32_t)length;
}

/* ---- All changes ---- */

static void walk(void *payload, struct loading *loading)
{
    static void (*const parts[])(struct mutation *) = {
        talk__mutate_patterns,   talk__mutate_words,    talk__mutate_cues,
        talk__mutate_conditions, talk__mutate_settings, talk__mutate_responses,
    };
    struct mutation *mutation = payload;
    mutation->loading = loading;
    talk__arena_init(&mutation->arena, &loading->pack->memory, 0);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!talk__mutation_is_over(mutation)) parts[i](mutation);
    }
    talk__arena_clear(&mutation->arena);
}

talk_status talk__mutants_find(const char *folder, const talk_options *options,
                               struct mutants *mutants, talk_error *err)
{
    struct mutation mutation = {.found = mutants, .wanted = MUTANT_NONE};
    const struct pack_change change = {walk, &mutation};
    const struct memory memory = talk__memory_from(options);
    talk_bot *bot;
    *mutants = (struct mutants){0};
    talk__arena_init(&mutants->arena, &memory, 0);
    talk_status status = talk__bot_load(folder, options, &change, &bot, err);
    if (status != TALK_OK) return status;
    mutants->wanted = bot->pack->wishes.noticed;
    talk_bot_free(bot);
    return mutants->arena.failed ? talk__fail_nomem(err) : TALK_OK;
}

void talk__mutants_keep(struct mutants *mutants, const char *kind)
{
    size_t kept = 0;
    for (size_t i = 0; i < mutants->count; i++) {
        if (!strstr(mutants->items[i].rule->name, kind)) continue;
        mutants->items[kept++] = mutants->items[i];
    }
    mutants->count = kept;
}

void talk__mutants_clear(struct mutants *mutants)
{
    talk__arena_clear(&mutants->arena);
    *mutants = (struct mutants){0};
}

talk_status talk__mutant_load(const char *folder, const talk_options *options,
                              size_t number, talk_bot **bot, talk_error *err)
{
    struct mutation mutation = {.wanted = number};
    const struct pack_change change = {walk, &mutation};
    return talk__bot_load(folder, options,
                          number == MUTANT_NONE ? NULL : &change, bot, err);
}

/* ---- A choice ---- */

/* What each kind has, and gets. */
struct share {
    size_t *indices; /* of its changes; those chosen first */
    size_t count, wanted;
};

/* Marsaglia's xorshift: the same numbers everywhere. */
static uint32_t shake(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* One for each kind in turn, until there are enough. */
static size_t deal(struct share *shares, size_t count)
{
    size_t dealt = 0;
    for (bool more = true; more && dealt < count;) {
        more = false;
        for (size_t i = 0; i < MUTATE_COUNT && dealt < count; i++) {
            if (shares[i].wanted == shares[i].count) continue;
            shares[i].wanted++;
            dealt++;
            more = true;
        }
    }
    return dealt;
}

static bool sort_out(struct mutants *mutants, struct share *shares)
{
    for (size_t i = 0; i < MUTATE_COUNT; i++) {
        shares[i].indices = talk__arena_array(
            &mutants->arena, mutants->count + 1, sizeof *shares[i].indices);
        if (!shares[i].indices) return false;
    }
    for (size_t i = 0; i < mutants->count; i++) {
        struct share *share = &shares[mutants->items[i].rule - rules];
        share->indices[share->count++] = i;
    }
    return true;
}

static int compare(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

size_t talk__mutants_choose(struct mutants *mutants, size_t count,
                            uint32_t seed, size_t **chosen)
{
    struct share shares[MUTATE_COUNT] = {0};
    /* Neighbouring seeds must not begin alike, and 0 would stay 0. */
    uint32_t state = (seed + 1) * 2654435769u;
    if (state == 0) state = 1;
    *chosen = NULL;
    size_t most = count < mutants->count ? count : mutants->count;
    size_t *out = talk__arena_array(&mutants->arena, most + 1, sizeof *out);
    if (!out || !sort_out(mutants, shares)) return 0;
    size_t dealt = deal(shares, most), done = 0;
    for (size_t i = 0; i < MUTATE_COUNT; i++) {
        struct share *share = &shares[i];
        for (size_t n = 0; n < share->wanted; n++) {
            size_t other = n + shake(&state) % (share->count - n);
            size_t index = share->indices[other];
            share->indices[other] = share->indices[n];
            share->indices[n] = index;
            out[done++] = index;
        }
    }
    if (dealt > 1) talk__sort(out, dealt, sizeof *out, compare);
    *chosen = out;
    return dealt;
}
