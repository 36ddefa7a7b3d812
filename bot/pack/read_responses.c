/* read_responses.c - what is said, and where it is known from.
 * In: `responses` and `sources`.  Out: those of the pack, wordings cut.
 * Ignores when a response is said. */
#include <string.h>

#include "schema.h"

enum { WEIGHT_MAX = 1000 };

/* ---- Sources ---- */

void talk__read_sources(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_SOURCES];
    struct pack *pack = loading->pack;
    pack->sources =
        talk__keep_array(loading, section->count, sizeof *pack->sources);
    if (!pack->sources) return;
    for (size_t i = 0; i < section->count; i++) {
        const struct tree *entry = section->entries[i];
        struct source source = {0};
        source.id = talk__section_keep(loading, SECTION_SOURCES, i,
                                       &pack->source_names);
        if (talk__is_text(loading, entry)) {
            source.name = talk__keep_text(loading, entry);
        }
        pack->sources[pack->source_count++] = source;
    }
}

/* A response while it is read. */
struct reading {
    struct response response;
    bool reassures; /* each of its wordings, unless that says otherwise */
    const char *why;
};

/* ---- Which sources it has ---- */

/* "F09 F10" */
static void join_sources(struct loading *loading, struct response *response)
{
    size_t length = 0;
    for (size_t i = 0; i < response->source_count; i++) {
        length += strlen(response->sources[i]) + 1;
    }
    char *joined = talk__keep_array(loading, length + 1, 1);
    if (!joined) return;
    response->sources_text = joined;
    for (size_t i = 0; i < response->source_count; i++) {
        if (i) *joined++ = ' ';
        size_t part = strlen(response->sources[i]);
        memcpy(joined, response->sources[i], part);
        joined += part;
    }
}

static void read_its_sources(struct loading *loading, struct tree *list,
                             void *out)
{
    struct reading *reading = out;
    struct response *response = &reading->response;
    const struct tree *only =
        list->first && !list->first->next ? list->first : NULL;
    if (only && strcmp(only->text, "none") == 0) {
        if (!reading->why) {
            TALK__COMPLAIN(loading, only->place,
                           "'sources: none' needs a 'why', such as 'why: "
                           "small talk'");
        }
        return;
    }
    response->sources = talk__keep_array(loading, talk__tree_count(list),
                                         sizeof *response->sources);
    if (!response->sources) return;
    for (const struct tree *item = list->first; item; item = item->next) {
        uint32_t index = talk__refer(loading, SECTION_SOURCES, item);
        if (index == NO_INDEX || !loading->pack->sources[index].id) continue;
        response->sources[response->source_count++] =
            loading->pack->sources[index].id;
    }
    join_sources(loading, response);
}

/* ---- Its wordings ---- */

static void read_text(struct loading *loading, struct tree *text, void *out)
{
    talk__wording_cut(loading, text, out);
}

static void read_condition(struct loading *loading, struct tree *map,
                           void *out)
{
    struct wording *wording = out;
    wording->when = talk__read_when(loading, map);
}

#define INTO(member) .offset = offsetof(struct wording, member)
static const struct schema_row wording_rows[] = {
    {"text", WANT_TEXT, .read = read_text},
    {"response", WANT_REFERENCE, INTO(leads), .section = SECTION_RESPONSES},
    {"weight", WANT_WHOLE, false, INTO(weight), .min = 1, .max = WEIGHT_MAX},
    {"when", WANT_MAP, .read = read_condition},
    {"reassures", WANT_FLAG, false, INTO(reassures)},
};
#undef INTO
static const struct schema wording_schema =
    TALK__SCHEMA("wording", wording_rows);

static void read_wording(struct loading *loading, struct tree *item,
                         struct wording *wording)
{
    if (item->kind == TREE_MAP) {
        talk__schema_read(loading, &wording_schema, item, wording);
        bool text = talk__tree_get(item, "text") != NULL;
        if (text == (talk__tree_get(item, "response") != NULL)) {
            TALK__COMPLAIN(loading, item->place,
                           "a wording has either 'text' or 'response', the "
                           "response that is said in its place");
        }
    } else if (talk__is_text(loading, item)) {
        talk__wording_cut(loading, item, wording);
    }
}

static void read_say(struct loading *loading, struct tree *list, void *out)
{
    struct reading *reading = out;
    struct response *response = &reading->response;
    if (!list->first) {
        TALK__COMPLAIN(loading, list->place, "'say' has no wording");
        return;
    }
    response->wordings = talk__keep_array(loading, talk__tree_count(list),
                                          sizeof *response->wordings);
    if (!response->wordings) return;
    for (struct tree *item = list->first; item; item = item->next) {
        struct wording *wording =
            &response->wordings[response->wording_count++];
        wording->place = item->place;
        wording->weight = 1;
        wording->leads = NO_INDEX;
        wording->reassures = reading->reassures;
        read_wording(loading, item, wording);
    }
}

static void read_suggest(struct loading *loading, struct tree *list, void *out)
{
    struct reading *reading = out;
    talk__quick_replies_keep(loading, list, &reading->response.suggest);
}

/* ---- What else it does ---- */

/* In a turn come the actions of up to eight responses. */
static void read_actions(struct loading *loading, struct tree *map, void *out)
{
    struct response *response = &((struct reading *)out)->response;
    size_t count = talk__tree_count(map);
    if (count > REQUESTS_MAX) {
        TALK__COMPLAIN(loading, map->place,
                       "'action' wants at most %d, not %zu", REQUESTS_MAX,
                       count);
        return;
    }
    talk__read_requests(loading, map, response);
}

/* ---- Where wordings lead ---- */

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

/* A response whose wordings are followed, up to the next one. */
struct walk {
    uint32_t response, wording;
};

/* Follows every wording of one response, and theirs in turn. What leads to
 * technique is technique; what leads back to itself is a mistake. */
static void follow(struct loading *loading, struct walk *path,
                   unsigned char *marks, uint32_t start)
{
    struct response *responses = loading->pack->responses;
    size_t depth = 1;
    path[0] = (struct walk){start, 0};
    marks[start] = MARK_OPEN;
    while (depth > 0) {
        struct walk *at = &path[depth - 1];
        struct response *response = &responses[at->response];
        if (at->wording == response->wording_count) {
            marks[at->response] = MARK_DONE;
            depth--;
            if (depth == 0 || !response->technique) continue;
            responses[path[depth - 1].response].technique = true;
            continue;
        }
        const struct wording *wording = &response->wordings[at->wording++];
        if (wording->leads == NO_INDEX) continue;
        if (marks[wording->leads] == MARK_OPEN) {
            TALK__COMPLAIN(loading, wording->place,
                           "response '%s' leads to '%s', and from there back "
                           "to itself",
                           response->name, responses[wording->leads].name);
        } else if (marks[wording->leads] == MARK_DONE) {
            response->technique |= responses[wording->leads].technique;
        } else {
            path[depth++] = (struct walk){wording->leads, 0};
            marks[wording->leads] = MARK_OPEN;
        }
    }
}

static void follow_leads(struct loading *loading)
{
    uint32_t count = loading->pack->response_count;
    struct walk *path =
        talk__arena_array(&loading->scratch, count, sizeof *path);
    unsigned char *marks = talk__arena_array(&loading->scratch, count, 1);
    if (!path || !marks) return; /* the arena remembers */
    for (uint32_t i = 0; i < count; i++) {
        if (marks[i] == MARK_NEW) follow(loading, path, marks, i);
    }
}

/* ---- The response ---- */

/* In the order of need: `why` before `sources`, `reassures` before `say`. */
#define INTO(member) .offset = offsetof(struct reading, member)
static const struct schema_row rows[] = {
    {"technique", WANT_FLAG, false, INTO(response.technique)},
    {"reassures", WANT_FLAG, false, INTO(reassures)},
    {"why", WANT_TEXT, false, INTO(why)},
    {"sources", WANT_TEXT_OR_TEXTS, .read = read_its_sources},
    {"say", WANT_TEXT_OR_LIST, true, .read = read_say},
    {"suggest", WANT_TEXTS, .read = read_suggest},
    {"ladder", WANT_FLAG, false, INTO(response.ladder)},
    {"set", WANT_MAP, .read = talk__read_set},
    {"add", WANT_MAP, .read = talk__read_add},
    {"clear", WANT_TEXTS, .read = talk__read_clear},
    {"action", WANT_MAP, .read = read_actions},
};
_Static_assert(offsetof(struct reading, response) == 0,
               "what reads a response is given what is read");
static const struct schema schema = TALK__SCHEMA("response", rows);

void talk__read_responses(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_RESPONSES];
    struct pack *pack = loading->pack;
    pack->responses =
        talk__keep_array(loading, section->count, sizeof *pack->responses);
    if (!pack->responses) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct reading reading = {.response.sources_text = ""};
        reading.response.place = entry->key->place;
        reading.response.name = talk__section_keep(loading, SECTION_RESPONSES,
                                                   i, &pack->response_names);
        talk__schema_read(loading, &schema, entry, &reading);
        pack->responses[pack->response_count++] = reading.response;
    }
    follow_leads(loading);
}
