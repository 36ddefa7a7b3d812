/* read_topics.c - what can be asked.
 * In: `topics`.  Out: the topics of the pack, their patterns and examples.
 * Ignores what is answered. */
#include "schema.h"

enum { PRIORITY_MAX = 9 };

/* A topic while it is read. */
struct reading {
    struct topic topic;
    uint32_t index;
};

static void read_condition(struct loading *loading, struct tree *map,
                           void *out)
{
    struct reading *reading = out;
    reading->topic.when = talk__read_when(loading, map);
}

static void wish(struct loading *loading, const struct reading *reading,
                 enum topic_fit fit, const struct tree *list)
{
    talk__patterns_wish(loading,
                        (struct pattern_wish){.kind = PATTERN_TOPIC,
                                              .owner = reading->index,
                                              .detail = fit},
                        list);
}

static void read_patterns(struct loading *loading, struct tree *list,
                          void *out)
{
    wish(loading, out, FIT_CLOSE, list);
}

static void read_loose(struct loading *loading, struct tree *list, void *out)
{
    wish(loading, out, FIT_LOOSE, list);
}

static void read_examples(struct loading *loading, struct tree *list,
                          void *out)
{
    const struct reading *reading = out;
    talk__examples_add(loading, (struct example){.owner = reading->index},
                       list);
}

static void read_not(struct loading *loading, struct tree *list, void *out)
{
    const struct reading *reading = out;
    talk__examples_add(
        loading, (struct example){.owner = reading->index, .counter = true},
        list);
}

static const char *const act_names[] = {
    [TOPIC_ANSWERS] = "answer",         [TOPIC_RESTARTS] = "restart",
    [TOPIC_EXPLAINS] = "explain",       [TOPIC_JUSTIFIES] = "justify",
    [TOPIC_GOES_BACK] = "go_back",      [TOPIC_CANCELS] = "cancel",
    [TOPIC_SUMS_UP] = "sum_up",         [TOPIC_TAKES_BACK] = "take_back",
    [TOPIC_REPEATS] = "repeat",         [TOPIC_GOES_ON] = "go_on",
    [TOPIC_BRINGS_BACK] = "bring_back", [TOPIC_ENDS] = "end",
    [TOPIC_DISOWNS] = "disown",
};
static const struct words act_words = {"act", act_names,
                                       sizeof act_names / sizeof *act_names};

#define INTO(member) .offset = offsetof(struct reading, topic.member)
static const struct schema_row rows[] = {
    {"priority", WANT_WHOLE, INTO(priority), .max = PRIORITY_MAX},
    {"alone", WANT_FLAG, INTO(alone)},
    {"answer", WANT_REFERENCE, INTO(response), .section = SECTION_RESPONSES},
    {"redirect", WANT_REFERENCE, INTO(redirect), .section = SECTION_TOPICS},
    {"general", WANT_FLAG, INTO(general)},
    {"does", WANT_WORD, INTO(act), .words = &act_words},
    {"ask", WANT_TEXT, INTO(ask)},
    {"when", WANT_MAP, .read = read_condition},
    {"patterns", WANT_TEXTS, .read = read_patterns},
    {"loose", WANT_TEXTS, .read = read_loose},
    {"examples", WANT_TEXTS, .read = read_examples},
    {"not", WANT_TEXTS, .read = read_not},
};
static const struct schema schema = TALK__SCHEMA("topic", rows);

/* A topic that names no response is answered by that of its own name. */
static void find_response(struct loading *loading, const struct tree *entry,
                          struct topic *topic)
{
    const struct tree *name = entry->key;
    if (entry->kind != TREE_MAP || talk__tree_get(entry, "answer") ||
        talk__tree_get(entry, "redirect")) {
        return;
    }
    topic->response = talk__table_get(&loading->pack->response_names,
                                      name->text, name->length);
    if (topic->response != NO_INDEX || loading->incomplete) return;
    TALK__COMPLAIN(loading, name->place,
                   "topic '%s' has no response: write one of that name, or "
                   "name another with 'answer:'",
                   name->text);
}

/* Where the way of one topic ends. Whose way was walked knows its end. */
static void follow_redirect(struct loading *loading, uint32_t start,
                            uint32_t *path, bool *walked)
{
    struct topic *topics = loading->pack->topics;
    uint32_t at = start, length = 0;
    while (topics[at].redirect != NO_INDEX && !walked[at]) {
        path[length++] = at;
        walked[at] = true;
        at = topics[at].redirect;
    }
    uint32_t end = topics[at].redirect == NO_INDEX ? at : topics[at].redirect;
    for (uint32_t i = 0; i < length; i++) {
        struct topic *topic = &topics[path[i]];
        if (path[i] == at) {
            const struct tree *entry =
                loading->sections[SECTION_TOPICS].entries[at];
            TALK__COMPLAIN(loading, talk__tree_get(entry, "redirect")->place,
                           "topic '%s' leads to '%s', and from there back to "
                           "itself",
                           topic->name, topics[topic->redirect].name);
            return;
        }
    }
    for (uint32_t i = 0; i < length; i++) {
        topics[path[i]].redirect = end;
        topics[path[i]].response = topics[end].response;
    }
}

/* A topic that leads to another is answered as the last one on its way. */
static void follow_redirects(struct loading *loading)
{
    uint32_t count = loading->pack->topic_count;
    uint32_t *path = talk__arena_array(&loading->scratch, count, sizeof *path);
    bool *walked = talk__arena_array(&loading->scratch, count, sizeof *walked);
    if (!path || !walked) return; /* the arena remembers */
    for (uint32_t i = 0; i < count; i++) {
        follow_redirect(loading, i, path, walked);
    }
}

_Static_assert((uint32_t)TABLE_NONE == (uint32_t)NO_INDEX, "both mean none");

void talk__read_topics(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_TOPICS];
    struct pack *pack = loading->pack;
    pack->topics =
        talk__keep_array(loading, section->count, sizeof *pack->topics);
    if (!pack->topics) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct reading reading = {.index = (uint32_t)i};
        reading.topic.priority = PRIORITY_DEFAULT;
        reading.topic.response = NO_INDEX;
        reading.topic.redirect = NO_INDEX;
        reading.topic.place = entry->key->place;
        reading.topic.name =
            talk__section_keep(loading, SECTION_TOPICS, i, &pack->topic_names);
        talk__schema_read(loading, &schema, entry, &reading);
        find_response(loading, entry, &reading.topic);
        pack->topics[pack->topic_count++] = reading.topic;
    }
    follow_redirects(loading);
}
