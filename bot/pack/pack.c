/* pack.c - from a folder to a pack, and its end.
 * In: a folder.  Out: a pack that makes sense, or what is wrong with it.
 * Here stands the order of things; how each is read stands in its own file. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "aside.h"
#include "guess.h"
#include "load.h"

/* Texts, lists and maps of all files: a hundred times the shipped pack. What
 * they take is some hundred MiB at most, and given back after loading. */
enum { NODES_MAX = 1000 * 1000 };

/* ---- Reports ---- */

void talk__report(struct report *report, talk_status status,
                  struct place place, const char *format, ...)
{
    char message[TALK_MESSAGE_MAX];
    talk_error problem;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    (void)talk__fail(&problem, status, place, "%s", message);
    if (report->count++ == 0 && report->first) *report->first = problem;
    if (report->report_fn) report->report_fn(report->payload, &problem);
}

/* ---- The order of things ---- */

static talk_status read_tree(struct loading *loading,
                             const struct pack_file *file)
{
    struct tree *root = NULL;
    struct yaml_input input = {file->path, file->bytes, file->length,
                               file->line, &loading->nodes_left};
    talk_status status =
        talk__yaml_read(&input, &loading->scratch, &loading->problems, &root);
    if (status == TALK_NOMEM) return status;
    if (status != TALK_OK) {
        loading->incomplete = true;
    } else if (root) {
        talk__sections_gather(loading, root);
    } else {
        talk__problems_add(&loading->problems, TALK_YAML,
                           (struct place){file->path, file->line + 1, 1},
                           "the file says nothing");
    }
    return TALK_OK;
}

static talk_status read_files(struct loading *loading, const char *folder,
                              const struct pack_limits *limits)
{
    struct pack_files files;
    if (!talk__folder_read(folder, limits, &loading->scratch,
                           &loading->problems, &files)) {
        return TALK_NOMEM;
    }
    if (loading->problems.found) loading->incomplete = true;
    for (size_t i = 0; i < files.count; i++) {
        struct pack_file *file = &files.items[i];
        if (file->unread) continue;
        file->path = talk__arena_text(&loading->pack->arena, file->path,
                                      strlen(file->path));
        if (!file->path) return TALK_NOMEM;
        struct pack_file aside = talk__aside_cut(loading, file);
        talk_status status = read_tree(loading, file);
        if (status == TALK_OK && aside.length && limits->examples) {
            status = read_tree(loading, &aside);
        }
        if (status != TALK_OK) return status;
        if (loading->nodes_left == 0 && loading->incomplete)
            break; /* told once */
    }
    return talk__loading_failed(loading) ? TALK_NOMEM : TALK_OK;
}

/* Responses come before what may not refer to technique, values, which make
 * macros, before those, and macros before what has patterns; slots, variables
 * and actions before what has conditions and wordings. */
static void (*const readers[])(struct loading *loading) = {
    talk__read_values,    talk__read_macros, talk__read_replaced,
    talk__read_sources,   talk__read_slots,  talk__read_variables,
    talk__read_actions,   talk__read_lists,  talk__read_persons,
    talk__read_responses, talk__read_topics, talk__read_findings,
    talk__read_normal,    talk__read_apart,  talk__read_answers,
    talk__read_cues,      talk__read_pack,   talk__read_policy,
    talk__read_forms,     talk__read_hooks,  talk__read_check,
};

static talk_status fill_in(struct loading *loading)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        readers[i](loading);
        if (talk__loading_failed(loading)) return TALK_NOMEM;
    }
    talk__examples_keep(loading);
    talk__patterns_compile(loading);
    if (talk__loading_failed(loading)) return TALK_NOMEM;
    talk__read_english(loading);
    return talk__loading_failed(loading) ? TALK_NOMEM : TALK_OK;
}

static void loading_init(struct loading *loading, struct pack *pack)
{
    *loading = (struct loading){.pack = pack, .nodes_left = NODES_MAX};
    talk__arena_init(&loading->scratch, &pack->memory, 0);
    talk__problems_init(&loading->problems, &loading->scratch);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        talk__table_init(&loading->sections[i].names, &loading->scratch);
    }
}

static struct pack *pack_new(const struct memory *memory)
{
    struct pack *pack = talk__memory_take(memory, sizeof *pack);
    if (!pack) return NULL;
    *pack = (struct pack){.memory = *memory, .name = "", .title = ""};
    pack->opening = "";
    talk__arena_init(&pack->arena, memory, 0);
    struct table *const tables[] = {
        &pack->replaced,     &pack->topic_names,    &pack->finding_names,
        &pack->slot_names,   &pack->response_names, &pack->source_names,
        &pack->form_names,   &pack->value_names,    &pack->variable_names,
        &pack->action_names, &pack->list_names,     &pack->swapped,
        &pack->macro_names,
    };
    enum { TABLES = sizeof tables / sizeof tables[0] };
    for (size_t i = 0; i < TABLES; i++) {
        talk__table_init(tables[i], &pack->arena);
    }
    return pack;
}

talk_status talk__pack_read(const char *folder, const struct memory *memory,
                            const struct pack_limits *limits,
                            struct report *report, struct pack **out)
{
    struct loading loading = {0};
    *out = NULL;
    talk_status status = TALK_NOMEM;
    struct pack *pack = pack_new(memory);
    if (!pack) goto done;
    loading_init(&loading, pack);
    loading.folder = folder;
    loading.limits = limits;
    status = read_files(&loading, folder, limits);
    if (status == TALK_OK && limits->change) {
        limits->change->change_fn(limits->change->payload, &loading);
    }
    if (status == TALK_OK) status = fill_in(&loading);
    if (status != TALK_OK) goto done;
    status = talk__problems_tell(&loading.problems, report);
    if (status == TALK_OK && !talk__guess_build(pack)) status = TALK_NOMEM;
    if (status != TALK_OK) goto done;
    *out = pack;
    pack = NULL; /* now the caller's */
done:
    if (status == TALK_NOMEM) {
        report->nomem = true;
        (void)talk__fail_nomem(report->first);
    }
    talk__arena_clear(&loading.scratch);
    talk__pack_free(pack);
    return status;
}

void talk__pack_free(struct pack *pack)
{
    if (!pack) return;
    struct memory memory = pack->memory;
    for (size_t i = 0; i < pack->pattern_count; i++) {
        talk__regex_free(&memory, pack->patterns[i].regex);
    }
    talk__arena_clear(&pack->arena);
    talk__memory_give(&memory, pack, sizeof *pack);
}

bool talk__form_asks(const struct form *form, uint32_t response)
{
    return response != NO_INDEX &&
           (response == form->ask || response == form->again ||
            response == form->because || response == form->unclear);
}

bool talk__forms_ask(const struct pack *pack, uint32_t response)
{
    for (uint32_t i = 0; i < pack->form_count; i++) {
        if (talk__form_asks(&pack->forms[i], response)) return true;
    }
    return false;
}

bool talk__policy_screens(const struct policy *policy, uint32_t response)
{
    return response == policy->screening_ask ||
           response == policy->screening_again ||
           response == policy->screening_which;
}
