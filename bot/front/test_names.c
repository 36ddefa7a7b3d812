/* test_names.c - what a script and its runs are called, and whether the names
 * that it uses are names of the pack.
 * In: a script, a bot.  Out: a problem for each name that is none. */
#include "posix.h"

#include "test_script.h"

#include "nearest.h"

#include <stdio.h>
#include <string.h>

/* ---- Names of the pack ------------------------------------------------- */

static const struct name_kind {
    enum expect_kind expect;
    talk_kind kind;
    const char *word;
} kinds[] = {
    {EXPECT_TOPIC, TALK_TOPICS, "topic"},
    {EXPECT_FINDING, TALK_FINDINGS, "finding"},
    {EXPECT_RESPONSE, TALK_RESPONSES, "response"},
    {EXPECT_SLOT, TALK_SLOTS, "slot"},
};

static bool is_known(const talk_bot *bot, talk_kind kind, const char *name)
{
    size_t count = talk_bot_count(bot, kind);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(talk_bot_name(bot, kind, i), name) == 0) return true;
    }
    return false;
}

static void check_name(struct script *script, struct spot spot,
                       const talk_bot *bot, const struct name_kind *kind,
                       const char *name)
{
    struct nearest near;
    char hint[120];
    if (strchr(name, '*') || is_known(bot, kind->kind, name)) return;
    nearest_init(&near, name);
    size_t count = talk_bot_count(bot, kind->kind);
    for (size_t i = 0; i < count; i++) {
        nearest_try(&near, talk_bot_name(bot, kind->kind, i));
    }
    script_complain(script, spot, "the pack has no %s '%.60s'%s", kind->word,
                    name, nearest_hint(&near, "", hint, sizeof hint));
}

void script_check_names(struct script *script, const talk_bot *bot)
{
    const struct name_kind slot = {EXPECT_SLOT, TALK_SLOTS, "slot"};
    for (size_t i = 0; i < script->preset_count; i++) {
        struct preset *preset = &script->presets[i];
        preset->variable = is_known(bot, TALK_VARIABLES, preset->name);
        if (preset->variable) continue;
        check_name(script, preset->spot, bot, &slot, preset->name);
    }
    for (size_t i = 0; i < script->expect_count; i++) {
        const struct expect *expect = &script->expects[i];
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (kinds[k].expect != expect->kind) continue;
            check_name(script, expect->spot, bot, &kinds[k], expect->args[0]);
        }
    }
}

/* ---- Runs -------------------------------------------------------------- */

/* The runs count through the lists, the last list fastest. */
static size_t item_of(const struct script *script, size_t run, size_t index)
{
    for (size_t i = script->exchange_count; i > index + 1; i--) {
        const struct list *list = script->exchanges[i - 1].list;
        if (list) run /= list->count;
    }
    return run % script->exchanges[index].list->count;
}

struct said script_said(const struct script *script, size_t run, size_t index)
{
    const struct exchange *exchange = &script->exchanges[index];
    if (!exchange->list)
        return (struct said){exchange->said, exchange->length};
    const char *text = exchange->list->items[item_of(script, run, index)].text;
    return (struct said){text, strlen(text)};
}

const char *script_run_name(const struct script *script, size_t run, char *out,
                            size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    if (script->run_count < 2) return out;
    for (size_t i = 0; i < script->exchange_count; i++) {
        const struct list *list = script->exchanges[i].list;
        if (!list || length + 1 >= size) continue;
        int written = snprintf(out + length, size - length, "%s%s %zu",
                               length ? ", " : "", list->name,
                               item_of(script, run, i) + 1);
        if (written > 0) length += (size_t)written;
    }
    return out;
}
